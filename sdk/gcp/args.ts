import type * as pulumi from "@pulumi/pulumi";
import type { GcpBigtableArgs } from "./args/bigtable";
import type { GcpBucketArgs } from "./args/bucket";
import type { GcpCacheArgs } from "./args/cache";
import type { GcpClusterArgs } from "./args/cluster";
import type { GcpDatabaseArgs } from "./args/database";
import type { GcpDnsArgs, GcpLoadBalancerArgs, GcpPrivateServiceConnectArgs } from "./args/entry";
import type { GcpEventsArgs } from "./args/events";
import type { GcpClickHouseArgs, GcpMonitoringArgs } from "./args/extras";
import type { GcpIdentityArgs } from "./args/identity";
import type { GcpKeyArgs } from "./args/key";
import type { GcpNetworkArgs } from "./args/network";

/**
 * W&B on Google Cloud. Everything is made unless a part names what is there already, and has defaults for production. It needs the package
 * `@pulumi/gcp` (major 9).
 */
export interface GcpArgs {
    /**
     * Id of the project in which everything is made. A change replaces cluster, database, cache, bucket, key and everything else, which
     * deletion protection refuses. Default: the provider's (`gcp:project`).
     */
    project?: pulumi.Input<string>;
    /**
     * Region of everything that has one, for example `europe-west4`. A change replaces cluster, database, cache, bucket, key and everything
     * else, which deletion protection refuses. Default: the provider's (`gcp:region`).
     */
    region?: pulumi.Input<string>;
    /**
     * Turn on the APIs of the project that are called, which are off in a new one. They stay on after `destroy`, since others may use them.
     * False: they are on already, and whoever runs Pulumi need not be allowed to turn on APIs.
     * @default true
     */
    enableApis?: boolean;
    /** VPC network and subnet: made, or your own. */
    network?: GcpNetworkArgs;
    /** Cloud KMS key of everything that is stored. */
    key?: GcpKeyArgs;
    /** GKE cluster: made, or your own. */
    cluster?: GcpClusterArgs;
    /** Cloud SQL for MySQL. Not used when the top-level `database` names another one. */
    database?: GcpDatabaseArgs;
    /** Memorystore for Redis. Not used when the top-level `redis` is given. */
    cache?: GcpCacheArgs;
    /** Cloud Storage bucket that is made. Not used when the top-level `bucket` names another one. */
    bucket?: GcpBucketArgs;
    /** Pub/Sub queues by which parts of W&B hand messages to each other. Default: none. */
    events?: GcpEventsArgs;
    /** Bigtable as store of the history of runs. Default: none. */
    bigtable?: GcpBigtableArgs;
    /** Service account of W&B's pods. */
    identity?: GcpIdentityArgs;
    /** DNS and certificate of the host. */
    dns?: GcpDnsArgs;
    /** Application Load Balancer. */
    loadBalancer?: GcpLoadBalancerArgs;
    /** W&B for other projects by Private Service Connect. Default: not offered. */
    privateServiceConnect?: GcpPrivateServiceConnectArgs;
    /** ClickHouse Cloud for W&B Weave. */
    clickHouse?: GcpClickHouseArgs;
    /** Metrics of the parts in Cloud Monitoring. */
    monitoring?: GcpMonitoringArgs;
}
