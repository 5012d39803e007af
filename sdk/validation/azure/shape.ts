import type { AzureArgs } from "../../azure/args";
import type { AzureResourceGroupArgs } from "../../azure/args/resource-group";
import { object, text } from "../shape";
import { bucketShape } from "./bucket";
import { cacheShape } from "./cache";
import { clusterShape } from "./cluster";
import { databaseShape } from "./database";
import { dnsShape, loadBalancerShape, privateLinkShape } from "./entry";
import { clickHouseShape } from "./extras";
import { identityShape } from "./identity";
import { keyShape } from "./key";
import { monitoringShape } from "./monitoring";
import { networkShape } from "./network";

/** The kind of every argument of `azure`. */
export const azureShape = object<AzureArgs>("AzureArgs", {
    location: text,
    resourceGroup: object<AzureResourceGroupArgs>("AzureResourceGroupArgs", { name: text, existingName: text }),
    network: networkShape,
    key: keyShape,
    cluster: clusterShape,
    database: databaseShape,
    cache: cacheShape,
    bucket: bucketShape,
    identity: identityShape,
    dns: dnsShape,
    loadBalancer: loadBalancerShape,
    privateLink: privateLinkShape,
    clickHouse: clickHouseShape,
    monitoring: monitoringShape,
});
