import type { GcpArgs } from "../../gcp/args";
import { flag, object, text } from "../shape";
import { bigtableShape } from "./bigtable";
import { bucketShape } from "./bucket";
import { cacheShape } from "./cache";
import { clusterShape } from "./cluster";
import { databaseShape } from "./database";
import { dnsShape, loadBalancerShape, privateServiceConnectShape } from "./entry";
import { eventsShape } from "./events";
import { clickHouseShape, monitoringShape } from "./extras";
import { identityShape } from "./identity";
import { keyShape } from "./key";
import { networkShape } from "./network";

/** The kind of every argument of `gcp`. */
export const gcpShape = object<GcpArgs>("GcpArgs", {
    project: text,
    region: text,
    enableApis: flag,
    network: networkShape,
    key: keyShape,
    cluster: clusterShape,
    database: databaseShape,
    cache: cacheShape,
    bucket: bucketShape,
    events: eventsShape,
    bigtable: bigtableShape,
    identity: identityShape,
    dns: dnsShape,
    loadBalancer: loadBalancerShape,
    privateServiceConnect: privateServiceConnectShape,
    clickHouse: clickHouseShape,
    monitoring: monitoringShape,
});
