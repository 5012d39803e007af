/** Networks of Google Cloud and what lies in them: Compute Engine's part, private services access, Cloud DNS. */
import type { InvokeModel, ResourceModel } from "../../model";
import { addresses } from "./addresses";
import { connections } from "./connections";
import { records } from "./dns-records";
import { zones } from "./dns-zones";
import { firewalls } from "./firewalls";
import { lookups } from "./lookups";
import { networks } from "./networks";
import { routers } from "./routers";
import { subnetworks } from "./subnetworks";

export const network: readonly ResourceModel[] = [
    ...networks,
    ...subnetworks,
    ...addresses,
    ...routers,
    ...firewalls,
    ...connections,
    ...zones,
    ...records,
];

export const networkInvokes: readonly InvokeModel[] = lookups;
