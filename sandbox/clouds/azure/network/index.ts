/** Networks and what is on them. Application Gateway has files of its own. */
import type { ResourceModel } from "../../model";
import { publicAddresses } from "./addresses";
import { natGateways, routeTables } from "./nat";
import { privateEndpoints, zoneGroups } from "./private-endpoint";
import { securityGroups } from "./security-group";
import { subnets } from "./subnet";
import { vnets } from "./vnet";

export const network: readonly ResourceModel[] = [
    vnets,
    subnets,
    securityGroups,
    publicAddresses,
    natGateways,
    routeTables,
    privateEndpoints,
    zoneGroups,
];
