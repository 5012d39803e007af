import type { AwsArgs } from "../../aws/args";
import { object } from "../shape";
import { bucketShape } from "./bucket";
import { cacheShape } from "./cache";
import { clusterShape } from "./cluster";
import { databaseShape } from "./database";
import { dnsShape, loadBalancerShape, privateLinkShape } from "./entry";
import { clickHouseShape, monitoringShape } from "./extras";
import { identityShape } from "./identity";
import { keyShape } from "./key";
import { networkShape } from "./network";

/** The kind of every argument of `aws`. */
export const awsShape = object<AwsArgs>("AwsArgs", {
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
