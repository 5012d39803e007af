import type { WandbDeploymentArgs } from "../../args";
import {
    type AzureCacheArgs,
    AzureCacheClusteringPolicy,
    AzureCacheEvictionPolicy,
    type AzureCacheKeyArgs,
    AzureCacheKind,
    AzureCacheSnapshotPeriod,
} from "../../azure/args/cache";
import { azureCacheSku, managedMemory } from "../../azure/args/cache-skus";
import { MostWithoutCluster } from "../../azure/args/store-defaults";
import { refuseRepetition } from "../lists";
import type { Section } from "../section";
import { choice, flag, listOf, mapOf, needed, object, plainText, text } from "../shape";
import { given } from "../wording";
import { wrongNetworkName, wrongResourceId, wrongZone } from "./rules";
import { wrongVersionedKeyUri, wrongWeeklyTime } from "./store-rules";

export const cacheShape = object<AzureCacheArgs>("AzureCacheArgs", {
    kind: choice(AzureCacheKind, { redisenterprise: "Use managed-redis.", redis: "Use azure-cache." }),
    identifier: text,
    sku: plainText,
    highAvailability: flag,
    clusteringPolicy: choice(AzureCacheClusteringPolicy, {
        osscluster: "W&B's clients know nothing of clusters: use NoCluster or EnterpriseCluster.",
    }),
    evictionPolicy: choice(AzureCacheEvictionPolicy, {
        noeviction: "Use NoEviction.",
        "volatile-lru": "Use VolatileLRU.",
        "allkeys-lru": "Use AllKeysLRU.",
    }),
    snapshotPeriod: choice(AzureCacheSnapshotPeriod, { one_hour: "Use 1h.", "60": "Use 1h." }),
    appendOnlyFile: flag,
    encryptionKey: object<AzureCacheKeyArgs>("AzureCacheKeyArgs", {
        keyUri: needed(text, "the id of a key in the cache's region, with its version"),
        identityId: needed(text, "the resource id of a user-assigned identity that may use the key"),
    }),
    zones: listOf(plainText),
    maintenanceWindow: plainText,
    endpointName: text,
    parameters: mapOf(plainText),
});

type Cache = Section<AzureCacheArgs>;

/** `azure.cache` */
export function checkAzureRedis(args: Section<WandbDeploymentArgs>): void {
    const azure = args.section("azure");
    const cache = azure?.section("cache");
    if (azure === undefined || cache === undefined) {
        return;
    }
    if (args.has("redis")) {
        azure.refuse(
            "cache",
            "is given, but so is `redis`, which names another one, so that none is made here. Leave out the one or the other.",
        );
    }
    cache.check("endpointName", (name) => wrongNetworkName(name, 2, 64));
    if (cache.pending("kind")) {
        return;
    }
    const managed = (cache.text("kind") ?? AzureCacheKind.ManagedRedis) === AzureCacheKind.ManagedRedis;
    cache.check("identifier", (name) => wrongCacheName(name, managed ? 60 : 63));
    (managed ? checkManaged : checkAzureCache)(cache);
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcache */
function wrongCacheName(name: string, longest: number): string | undefined {
    return /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(name) && name.length <= longest
        ? undefined
        : `is not a name of a cache ${given(name)}. It has 1 to ${longest} letters, digits and hyphens, no hyphen at either end and no two in a row.`;
}

/** What only the other service has. */
function refuseForeign(cache: Cache, keys: readonly (keyof AzureCacheArgs)[], kind: AzureCacheKind): void {
    for (const key of cache.givenOf(...keys)) {
        cache.refuse(key, `is not for \`kind\` ${kind}. Leave it out, or choose the other kind.`);
    }
}

function checkManaged(cache: Cache): void {
    refuseForeign(cache, ["zones", "maintenanceWindow", "parameters"], AzureCacheKind.ManagedRedis);
    cache.check("sku", wrongManagedSku);
    const memory = managedMemory(cache.text("sku") ?? "");
    if (
        cache.text("clusteringPolicy") === AzureCacheClusteringPolicy.NoCluster &&
        memory !== undefined &&
        memory > MostWithoutCluster
    ) {
        cache.refuse(
            "clusteringPolicy",
            `is NoCluster, which is for at most ${MostWithoutCluster} GB, and \`sku\` has ${memory}. Leave it out, or choose a smaller \`sku\`.`,
        );
    }
    if (cache.has("snapshotPeriod") && cache.flag("appendOnlyFile") === true) {
        cache.refuse("appendOnlyFile", "is given together with `snapshotPeriod`. Leave out the one or the other.");
    }
    const key = cache.section("encryptionKey");
    key?.check("keyUri", wrongVersionedKeyUri);
    key?.check("identityId", (id) => wrongResourceId(id, "Microsoft.ManagedIdentity/userAssignedIdentities"));
}

/** https://learn.microsoft.com/azure/redis/overview#choosing-the-right-tier */
function wrongManagedSku(sku: string): string | undefined {
    if (/^(Basic|Standard|Premium|C|P)_?[CP]?\d$/.test(sku)) {
        return `is a size of Azure Cache for Redis ${given(sku)}, which \`kind\` azure-cache names. Give for example Balanced_B5.`;
    }
    return managedMemory(sku) === undefined
        ? `is not a size of Azure Managed Redis ${given(sku)}. Give for example Balanced_B5, MemoryOptimized_M10 or ComputeOptimized_X5: https://learn.microsoft.com/azure/redis/architecture#sharding-configuration`
        : undefined;
}

function checkAzureCache(cache: Cache): void {
    const foreign = [
        "highAvailability",
        "clusteringPolicy",
        "snapshotPeriod",
        "appendOnlyFile",
        "encryptionKey",
    ] as const;
    refuseForeign(cache, foreign, AzureCacheKind.AzureCache);
    cache.check("sku", wrongAzureCacheSku);
    for (const zone of cache.texts("zones")) {
        cache.checkEntry(zone, wrongZone);
    }
    refuseRepetition(cache, cache.texts("zones"));
    cache.check(
        "maintenanceWindow",
        (window) =>
            wrongWeeklyTime(window) ??
            (window.endsWith(":00")
                ? undefined
                : `does not begin with an hour ${given(window)}, which Azure Cache for Redis needs. Give for example sun:03:00.`),
    );
    checkConfiguration(cache);
}

/** https://learn.microsoft.com/azure/azure-cache-for-redis/cache-overview#feature-comparison */
function wrongAzureCacheSku(sku: string): string | undefined {
    if (/^Basic_/.test(sku)) {
        return `has neither replica nor guarantee ${given(sku)}. Give for example Standard_C3.`;
    }
    return azureCacheSku(sku) === undefined
        ? `is not a size of Azure Cache for Redis ${given(sku)}. Give Standard_C0 to Standard_C6 or Premium_P1 to Premium_P5.`
        : undefined;
}

/** https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure#memory-policies */
const Memory = ["maxfragmentationmemory-reserved", "maxmemory-delta", "maxmemory-reserved"];

function checkConfiguration(cache: Cache): void {
    for (const { key, path, value } of cache.texts("parameters")) {
        const wrong = wrongConfiguration(key, value ?? "");
        if (wrong !== undefined) {
            cache.report(path, wrong);
        }
    }
}

function wrongConfiguration(name: string, value: string): string | undefined {
    if (name === "maxmemory-policy") {
        return "is what `evictionPolicy` says. Give that instead.";
    }
    if (name === "notify-keyspace-events") {
        return /^[KEg$lshzxedtmnA]*$/.test(value)
            ? undefined
            : `is not a set of events ${given(value)}. Use the letters of Redis, for example K$.`;
    }
    if (!Memory.includes(name)) {
        return `is not a configuration that Azure Cache for Redis takes. It takes ${[...Memory, "notify-keyspace-events"].join(", ")}.`;
    }
    return value === "" || /^\d+$/.test(value)
        ? undefined
        : `is not a number of megabytes ${given(value)}. Give for example 200.`;
}
