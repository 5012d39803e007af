import type * as pulumi from "@pulumi/pulumi";
import type { AwsParameterGroupArgs, AwsSecurityGroupArgs } from "./groups";

/** Engines of ElastiCache. */
export const AwsCacheEngine = {
    /** Redis OSS. */
    Redis: "redis",
    /** Valkey, cheaper by a fifth. */
    Valkey: "valkey",
} as const;
/** Engines of ElastiCache. */
export type AwsCacheEngine = (typeof AwsCacheEngine)[keyof typeof AwsCacheEngine];

/**
 * The ElastiCache replication group that is made: encrypted, with AUTH token and TLS. An external or in-cluster one is given by the top-level
 * argument `redis`; then all of this is refused. A Redis with Sentinel inside the cluster, as the Terraform module's
 * `use_ctrlplane_redis` and `use_chainguard_redis`, is
 * `redis: { host: "redis.redis.svc.cluster.local", port: 26379, parameters: { master: "gorilla" } }`, or the host
 * redis.redis-cg.svc.cluster.local.
 */
export interface AwsCacheArgs {
    /**
     * Id of the replication group (`ReplicationGroupId`): a letter, then letters, digits and hyphens, at most 40. A change replaces the
     * cache: the old one goes first. Default: made from the component's name.
     */
    replicationGroupId?: pulumi.Input<string>;
    /** Name of the cache subnet group. A change replaces the cache. Default: made from the component's name. */
    subnetGroupName?: pulumi.Input<string>;
    /** Security group: name and description. */
    securityGroup?: AwsSecurityGroupArgs;
    /**
     * Engine (`Engine`). From redis to valkey is an upgrade in place, back replaces the cache.
     * @default redis
     */
    engine?: AwsCacheEngine;
    /**
     * Engine version (`EngineVersion`), major and minor: at least 7.0 for redis, 7.2 for valkey. A higher one upgrades in place, a lower one replaces the cache.
     * Nothing is upgraded by itself. Default: 7.1 for redis, 8.1 for valkey.
     */
    engineVersion?: string;
    /** Class of the nodes (`CacheNodeType`), for example cache.m6g.large. Default: by `size`. */
    nodeType?: string;
    /**
     * Replicas in other zones, 0 to 5. With at least one a failing primary is replaced by itself (Multi-AZ).
     * @default 1
     */
    replicas?: number;
    /**
     * AUTH token (`AuthToken`), 16 to 128 characters that W&B can paste into a URL: letters, digits and ! & $ - Default: generated, 32
     * letters and digits.
     */
    authToken?: pulumi.Input<string>;
    /** Any text; changing it makes a new AUTH token (rotation). Not together with `authToken`. */
    authTokenRotation?: string;
    /**
     * Whether the cache takes the token before the last change too (`AuthTokenUpdateStrategy` ROTATE), so that a rotation cuts nobody off. Set it to
     * false in a later run, when all pods have the new token, to shut the old one out (SET), and back to true with the next rotation:
     * AWS refuses a new token while it is false.
     * @default true
     */
    keepPreviousAuthToken?: boolean;
    /**
     * Weekly time of maintenance, UTC (`PreferredMaintenanceWindow`), at least 60 minutes.
     * @default sun:03:00-sun:04:00
     */
    maintenanceWindow?: string;
    /**
     * Days to keep automatic snapshots (`SnapshotRetentionLimit`), at most 35; 0 makes none.
     * @default 1
     */
    snapshotRetentionDays?: number;
    /**
     * Daily time of the snapshot, UTC (`SnapshotWindow`), at least 60 minutes, outside `maintenanceWindow`.
     * @default 05:00-06:00
     */
    snapshotWindow?: string;
    /** Parameters of a cache parameter group, for example `maxmemory-policy`. Default: the engine's default group, `default.redis7` and the like. */
    parameters?: Record<string, string>;
    /** The cache parameter group that `parameters` makes (`CacheParameterGroupName`): name and description. */
    parameterGroup?: AwsParameterGroupArgs;
    /**
     * Apply changes at once instead of in the next maintenance window.
     * @default true
     */
    applyImmediately?: boolean;
}
