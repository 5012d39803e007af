import type * as pulumi from "@pulumi/pulumi";

/** How the cache's network is joined to Memorystore (`connectMode`). */
export const GcpCacheConnectMode = {
    /** Through the private connection of the network to Google's services, as the database. */
    PrivateServiceAccess: "PRIVATE_SERVICE_ACCESS",
    /** By a peering of its own, as W&B's Terraform module does. */
    DirectPeering: "DIRECT_PEERING",
} as const;
/** How the cache's network is joined to Memorystore. */
export type GcpCacheConnectMode = (typeof GcpCacheConnectMode)[keyof typeof GcpCacheConnectMode];

/** How often the cache is written to disk (`rdbSnapshotPeriod`). */
export const GcpCacheSnapshotPeriod = {
    /** Each hour. */
    OneHour: "ONE_HOUR",
    /** Every six hours. */
    SixHours: "SIX_HOURS",
    /** Every twelve hours. */
    TwelveHours: "TWELVE_HOURS",
    /** Each day. */
    TwentyFourHours: "TWENTY_FOUR_HOURS",
} as const;
/** How often the cache is written to disk. */
export type GcpCacheSnapshotPeriod = (typeof GcpCacheSnapshotPeriod)[keyof typeof GcpCacheSnapshotPeriod];

/**
 * The Memorystore for Redis instance that is made: encrypted, with AUTH and TLS. An external or in-cluster one is given by the top-level argument `redis`; then
 * all of this is refused. A Redis with Sentinel inside the cluster, as the Terraform module's `use_ctrlplane_redis` and
 * `use_chainguard_redis`, is `redis: { host: "redis.redis.svc.cluster.local", port: 26379, parameters: { master: "gorilla" } }`, or
 * the host redis.redis-cg.svc.cluster.local.
 */
export interface GcpCacheArgs {
    /**
     * Name of the instance (`name`): at most 40 lower-case letters, digits and hyphens, a letter first. A change replaces the cache: with a name the old one goes
     * first. Default: made from the component's name.
     */
    identifier?: pulumi.Input<string>;
    /**
     * Version of Redis (`redisVersion`), REDIS_7_0 or newer. A higher one upgrades in place, a lower one replaces the cache. Patches come with the maintenance.
     * @default REDIS_7_2
     */
    engineVersion?: string;
    /** Memory in GiB (`memorySizeGb`), 1 to 300, from 5 with `readReplicas`. A change is made in place. Default: by `size`. */
    memorySizeGb?: number;
    /**
     * Keep a replica in another zone of the region, which takes over when the primary fails (`tier` STANDARD_HA). A change replaces the cache.
     * @default true
     */
    highAvailability?: boolean;
    /**
     * Number of replicas that can be read (`replicaCount`), 1 to 5, of a cache with `highAvailability`. More of them survive more failures; W&B itself reads from the
     * primary. On a cache that is there already they need `secondaryIpRange`, and cannot be given up again. Default: none.
     */
    readReplicas?: number;
    /** Zone of the primary (`locationId`), for example europe-west4-a. A change replaces the cache. Default: Google's choice. */
    zone?: pulumi.Input<string>;
    /** Zone of the replica (`alternativeLocationId`), another one. A change replaces the cache. Default: Google's choice. */
    alternativeZone?: pulumi.Input<string>;
    /**
     * How the network is joined (`connectMode`). A change replaces the cache.
     * @default PRIVATE_SERVICE_ACCESS
     */
    connectMode?: GcpCacheConnectMode;
    /**
     * Where its addresses come from (`reservedIpRange`): name of an allocated range of the private connection, or with DIRECT_PEERING an unused IPv4 range of 29 bits, of
     * 28 with `readReplicas`. A change replaces the cache. Default: the network's range for Google's services, or Google's choice.
     */
    reservedIpRange?: pulumi.Input<string>;
    /** Where further addresses come from (`secondaryIpRange`), for replicas of a cache that is there already: as `reservedIpRange`, or `auto`. */
    secondaryIpRange?: pulumi.Input<string>;
    /** How often the cache is written to disk (`persistenceConfig`), to be read after a failure of all its nodes. Default: never; W&B makes its contents again. */
    snapshotPeriod?: GcpCacheSnapshotPeriod;
    /** When the first snapshot is made, with which later ones are in step (`rdbSnapshotStartTime`), for example 2026-01-31T05:00:00Z. Default: at once. */
    snapshotStartTime?: pulumi.Input<string>;
    /**
     * Weekly hour of maintenance, UTC (`maintenancePolicy`): day, hour and minute.
     * @default sun:03:00
     */
    maintenanceWindow?: string;
    /** Configuration of Redis (`redisConfigs`), for example `maxmemory-policy`, over ours: `notify-keyspace-events` K$. A change is made in place. */
    parameters?: Record<string, string>;
}
