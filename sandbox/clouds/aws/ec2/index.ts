/** Amazon EC2: the network of the simulated AWS. */
import type { InvokeModel, ResourceModel } from "../../model";
import { endpoints } from "./endpoints";
import { flowLogs } from "./flow-log";
import { gateways } from "./gateways";
import { lookups } from "./lookups";
import { routes } from "./routes";
import { securityGroups } from "./security-groups";
import { vpcs } from "./vpc";
import { getAvailabilityZones } from "./zones";

export const network: readonly ResourceModel[] = [
    ...vpcs,
    ...gateways,
    ...routes,
    ...securityGroups,
    ...endpoints,
    ...flowLogs,
];

export const networkLookups: readonly InvokeModel[] = [getAvailabilityZones, ...lookups];
