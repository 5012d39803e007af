import { listRedisKeysOutput } from "@pulumi/azure-native/redis/listRedisKeys";
import { PatchSchedule } from "@pulumi/azure-native/redis/patchSchedule";
import { Redis } from "@pulumi/azure-native/redis/redis";
import * as pulumi from "@pulumi/pulumi";
import { type AzureCacheArgs, AzureCacheEvictionPolicy } from "../args/cache";
import { azureCacheSku } from "../args/cache-skus";
import { DefaultCacheMaintenance } from "../args/store-defaults";
import { weeklyTime } from "../args/weekly-time";
import type { AzureDeploymentScope } from "../scope";
import type { CacheInput, MadeCache } from "./cache";
import { AzureCacheVersion } from "./engine-versions";
import { serverName } from "./server-name";

/** Azure Cache for Redis. */
export function createAzureCache(
    scope: AzureDeploymentScope,
    cache: AzureCacheArgs,
    sku: string,
    network: CacheInput["network"],
): MadeCache {
    const { resourceGroupName, parent } = scope;
    const redis = createRedis(scope, cache, sku);
    const schedule = createSchedule(scope, redis, cache);
    const keys = listRedisKeysOutput({ resourceGroupName, name: redis.name }, { parent });
    const endpoint = network.privateEndpoint({
        service: "cache",
        // Not while the schedule is written: a cache changes in one way at a time.
        targetId: pulumi.all([redis.id, schedule.id]).apply(([id]) => id),
        endpointName: cache.endpointName,
    });
    return {
        host: redis.hostName,
        port: redis.sslPort,
        password: pulumi.secret(keys.primaryKey),
        id: redis.id,
        name: redis.name,
        ready: [redis, ...endpoint],
    };
}

function createRedis(scope: AzureDeploymentScope, cache: AzureCacheArgs, sku: string): Redis {
    const { name, parent, resourceGroupName, location, tags } = scope;
    const { zones } = cache;
    const fixedName = serverName(scope, cache.identifier, {
        thing: "cache",
        longest: 63,
        pattern: /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/,
    });
    return new Redis(
        `${name}-cache`,
        {
            resourceGroupName,
            location,
            name: fixedName,
            sku: azureCacheSku(sku) ?? { name: "Standard", family: "C", capacity: 3 },
            redisVersion: AzureCacheVersion,
            enableNonSslPort: false,
            minimumTlsVersion: "1.2",
            publicNetworkAccess: "Disabled",
            disableAccessKeyAuthentication: false,
            redisConfiguration: configuration(cache),
            zones,
            zonalAllocationPolicy: zones === undefined ? undefined : "UserDefined",
            tags,
        },
        {
            parent,
            // Its name is taken until it is gone. A cache may be missing for a while.
            deleteBeforeReplace: fixedName !== undefined || undefined,
            // Azure tells them among the outputs too, where the provider does not mark them.
            additionalSecretOutputs: ["accessKeys"],
            // Azure refuses to move one.
            replaceOnChanges: ["zones"],
            customTimeouts: { create: "2h", update: "2h", delete: "1h" },
        },
    );
}

/** What Redis calls one way and the provider another. */
const Names: Readonly<Record<string, string>> = {
    "maxfragmentationmemory-reserved": "maxfragmentationmemoryReserved",
    "maxmemory-delta": "maxmemoryDelta",
    "maxmemory-reserved": "maxmemoryReserved",
    "notify-keyspace-events": "notifyKeyspaceEvents",
};

const Policies: Readonly<Record<AzureCacheEvictionPolicy, string>> = {
    AllKeysLFU: "allkeys-lfu",
    AllKeysLRU: "allkeys-lru",
    AllKeysRandom: "allkeys-random",
    VolatileLFU: "volatile-lfu",
    VolatileLRU: "volatile-lru",
    VolatileTTL: "volatile-ttl",
    VolatileRandom: "volatile-random",
    NoEviction: "noeviction",
};

function configuration({ evictionPolicy, parameters = {} }: AzureCacheArgs) {
    return {
        maxmemoryPolicy: Policies[evictionPolicy ?? AzureCacheEvictionPolicy.VolatileLru],
        ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [Names[name] ?? name, value])),
    };
}

/** Of the cache's own kind, so it goes with it. */
function createSchedule(scope: AzureDeploymentScope, redis: Redis, { maintenanceWindow }: AzureCacheArgs) {
    const time = weeklyTime(maintenanceWindow ?? DefaultCacheMaintenance);
    return new PatchSchedule(
        `${scope.name}-cache-maintenance`,
        {
            resourceGroupName: scope.resourceGroupName,
            name: redis.name,
            default: "default",
            scheduleEntries: time === undefined ? [] : [{ dayOfWeek: time.dayName, startHourUtc: time.hour }],
        },
        { parent: scope.parent, deletedWith: redis },
    );
}
