import type * as pulumi from "@pulumi/pulumi";
import type { AzureNetworkArgs } from "../args/network";
import type { AzureDeploymentScope } from "../scope";
import { createLinkedZone, type LinkedZone, linkOwnZone } from "./private-dns";

/** The zone of a database in a subnet of its own, linked before the database is made: Azure refuses it else. */
export function createDatabaseZone(
    scope: AzureDeploymentScope,
    { privateDnsZones, databaseZoneName }: AzureNetworkArgs,
    vnetId: pulumi.Output<string>,
): LinkedZone {
    const word = "database-subnet";
    const zoneId = privateDnsZones?.databaseSubnet;
    return zoneId === undefined
        ? createLinkedZone(scope, { word, zoneName: databaseZoneName ?? defaultZoneName(scope), vnetId })
        : linkOwnZone(scope, { word, zoneId, vnetId });
}

/** It must not be the name of a server, which a name right below .mysql.database.azure.com could be. */
function defaultZoneName({ name }: AzureDeploymentScope): string {
    return `${name.toLowerCase()}.private.mysql.database.azure.com`;
}
