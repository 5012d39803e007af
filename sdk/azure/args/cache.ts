import type * as pulumi from "@pulumi/pulumi";

/** Services of Azure for Redis. */
export const AzureCacheKind = {
    /** Azure Managed Redis (`Microsoft.Cache/redisEnterprise`): Redis 7.4, port 10000. */
    ManagedRedis: "managed-redis",
    /**
     * Azure Cache for Redis (`Microsoft.Cache/redis`), for installations that have one: Redis 6, which is older than W&B asks for, port 6380. Microsoft retires it on 2028-09-30, and
     * makes none for tenants that had none before April 2026.
     */
    AzureCache: "azure-cache",
} as const;
/** Services of Azure for Redis. */
export type AzureCacheKind = (typeof AzureCacheKind)[keyof typeof AzureCacheKind];

/** How Managed Redis spreads keys (`clusteringPolicy`). W&B's clients take one that looks like a single Redis, so the policy OSSCluster is not among them. */
export const AzureCacheClusteringPolicy = {
    /** All keys in one process, as a Redis without cluster. For at most 25 GB. */
    NoCluster: "NoCluster",
    /** Spread behind one address. Commands on several keys must name keys of one slot. */
    EnterpriseCluster: "EnterpriseCluster",
} as const;
/** How Managed Redis spreads keys. */
export type AzureCacheClusteringPolicy = (typeof AzureCacheClusteringPolicy)[keyof typeof AzureCacheClusteringPolicy];

/** What goes when memory is full (`evictionPolicy`, `maxmemory-policy`). */
export const AzureCacheEvictionPolicy = {
    /** Of all keys, the least often used. */
    AllKeysLfu: "AllKeysLFU",
    /** Of all keys, the least recently used. */
    AllKeysLru: "AllKeysLRU",
    /** Of all keys, any. */
    AllKeysRandom: "AllKeysRandom",
    /** Of keys that expire, the least often used. */
    VolatileLfu: "VolatileLFU",
    /** Of keys that expire, the least recently used. */
    VolatileLru: "VolatileLRU",
    /** Of keys that expire, the one with the least time to live. */
    VolatileTtl: "VolatileTTL",
    /** Of keys that expire, any. */
    VolatileRandom: "VolatileRandom",
    /** Nothing: writes fail. */
    NoEviction: "NoEviction",
} as const;
/** What goes when memory is full. */
export type AzureCacheEvictionPolicy = (typeof AzureCacheEvictionPolicy)[keyof typeof AzureCacheEvictionPolicy];

/** How often Managed Redis is written to disk (`persistence.rdbFrequency`). */
export const AzureCacheSnapshotPeriod = {
    /** Each hour. */
    OneHour: "1h",
    /** Every six hours. */
    SixHours: "6h",
    /** Every twelve hours. */
    TwelveHours: "12h",
} as const;
/** How often Managed Redis is written to disk. */
export type AzureCacheSnapshotPeriod = (typeof AzureCacheSnapshotPeriod)[keyof typeof AzureCacheSnapshotPeriod];

/** A key of one's own for what Managed Redis writes to disks (`encryption.customerManagedKeyEncryption`). */
export interface AzureCacheKeyArgs {
    /** Id of the key with its version (`keyEncryptionKeyUrl`): `https://<vault>.vault.azure.net/keys/<name>/<version>`, RSA, in the cache's region. */
    keyUri: pulumi.Input<string>;
    /** Resource id of a user-assigned identity with the role Key Vault Crypto Service Encryption User on it (`userAssignedIdentityResourceId`). */
    identityId: pulumi.Input<string>;
}

/**
 * The Redis that is made: inside the network by a private endpoint only, TLS only, with an access key. An external or in-cluster one is given by the top-level argument
 * `redis`; then all of this is refused. A Redis with Sentinel inside the cluster, as the Terraform module's `use_ctrlplane_redis` and `use_chainguard_redis`, is
 * `redis: { host: "redis.redis.svc.cluster.local", port: 26379, parameters: { master: "gorilla" } }`, or the host redis.redis-cg.svc.cluster.local.
 */
export interface AzureCacheArgs {
    /**
     * Service that it is. A change makes another cache and deletes the old one.
     * @default managed-redis
     */
    kind?: AzureCacheKind;
    /**
     * Name of the cache (`clusterName`, `name`): at most 60 letters, digits and single hyphens (63 with `azure-cache`), one of a kind in the region (in all of Azure). A change
     * replaces the cache: with a name the old one goes first. Default: made from the component's name.
     */
    identifier?: pulumi.Input<string>;
    /**
     * Size (`sku`): for example Balanced_B10, MemoryOptimized_M20 or ComputeOptimized_X5, whose number is about twice the vCPUs of a Balanced one and GB of memory; with `azure-cache`
     * Standard_C0 to Standard_C6 or Premium_P1 to Premium_P5. A change is made in place; Azure refuses some smaller ones (`az redisenterprise list-skus-for-scaling`), and with
     * `azure-cache` all smaller tiers. Default: by `size`.
     */
    sku?: string;
    /**
     * Keep a replica, in another zone where the region has zones (`highAvailability`). It can be added in place, but not given up; for that give another `identifier`. With
     * `azure-cache` there is always one.
     * @default true
     */
    highAvailability?: boolean;
    /**
     * How keys are spread (`clusteringPolicy`), with `managed-redis`. NoCluster becomes EnterpriseCluster in place, which must be done in a run before a `sku` of more than 25 GB;
     * the way back is refused by Azure. Default: NoCluster up to 25 GB, else EnterpriseCluster.
     */
    clusteringPolicy?: AzureCacheClusteringPolicy;
    /**
     * What goes when memory is full (`evictionPolicy`, `maxmemory-policy`). A change is made in place.
     * @default VolatileLRU
     */
    evictionPolicy?: AzureCacheEvictionPolicy;
    /** How often the cache is written to disk (`persistence`), with `managed-redis`, to be read after a failure of all its nodes. Default: never; W&B makes its contents again. */
    snapshotPeriod?: AzureCacheSnapshotPeriod;
    /** Write each change to disk within a second (`persistence.aofEnabled`), with `managed-redis`. Not together with `snapshotPeriod`. It slows the cache down. Default: false. */
    appendOnlyFile?: boolean;
    /** Key of one's own for what is written to disks, with `managed-redis`. A change is made in place and takes long. Default: Microsoft's. */
    encryptionKey?: AzureCacheKeyArgs;
    /** Zones (`zones`) of the nodes with `azure-cache`: "1", "2", "3". A change replaces the cache. Default: Azure's choice. */
    zones?: string[];
    /**
     * Weekly hour at which maintenance begins, UTC (`scheduleEntries`), with `azure-cache`: day and full hour. A change is made in place.
     * @default sun:03:00
     */
    maintenanceWindow?: string;
    /** Name of the private endpoint. A change replaces it. Default: made from the component's name. */
    endpointName?: pulumi.Input<string>;
    /**
     * Configuration of Redis (`redisConfiguration`), with `azure-cache`: `maxfragmentationmemory-reserved`, `maxmemory-delta`, `maxmemory-reserved` (MB) and
     * `notify-keyspace-events`. A change is made in place.
     */
    parameters?: Record<string, string>;
}
