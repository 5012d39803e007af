/** Rules for `azure.cache`: what Azure and W&B take, and what they refuse. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { memoryOf } from "../../sandbox/clouds/azure/redis/managed-skus";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { azureCacheSku, managedMemory } from "../../sdk/azure/args/cache-skus";
import { AzureStoreSizes } from "../../sdk/azure/args/store-sizes";
import { weeklyTime } from "../../sdk/azure/args/weekly-time";
import type { Problem } from "../../sdk/errors";
import { checkAzureRedis } from "../../sdk/validation/azure/cache";
import { readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { DeploymentShape } from "../../sdk/validation/shapes";

function problems(cache: object, others: object = {}): string[] {
    const found: Problem[] = [];
    const known = readKinds({ host: "wandb.example.com", ...others, azure: { cache } }, DeploymentShape, "", found);
    if (known instanceof Map) {
        checkAzureRedis(new Section<WandbDeploymentArgs>("", known, found));
    }
    return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

const identityId =
    "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/cache";
const keyUri = `https://a-vault.vault.azure.net/keys/cache/${"0123456789abcdef".repeat(2)}`;
const old = { kind: "azure-cache" };

const accepted: Readonly<Record<string, object>> = {
    nothing: {},
    "a name": { identifier: "a".repeat(60) },
    "a longer name of the other service": { ...old, identifier: "a".repeat(63) },
    "a large one": { sku: "MemoryOptimized_M2000", highAvailability: true },
    "the largest without cluster": { sku: "Balanced_B20", clusteringPolicy: "NoCluster" },
    "a cluster behind one address": { sku: "ComputeOptimized_X50", clusteringPolicy: "EnterpriseCluster" },
    "one node": { highAvailability: false },
    snapshots: { snapshotPeriod: "12h", appendOnlyFile: false },
    "a log": { appendOnlyFile: true },
    "a key": { encryptionKey: { keyUri, identityId } },
    "what goes": { evictionPolicy: "AllKeysLFU" },
    "an endpoint": { endpointName: "pe-cache" },
    "the other service": { ...old, sku: "Standard_C0", evictionPolicy: "NoEviction" },
    "the other service in zones": { ...old, sku: "Premium_P5", zones: ["1", "2"], maintenanceWindow: "wed:22:00" },
    "settings of the other service": {
        ...old,
        parameters: { "notify-keyspace-events": "K$", "maxmemory-reserved": "200" },
    },
};

const refused: readonly (readonly [string, object, RegExp])[] = [
    ["another service", { kind: "redis" }, /kind: .*Use azure-cache/],
    ["two hyphens", { identifier: "a--b" }, /identifier: is not a name of a cache/],
    ["a long name", { identifier: "a".repeat(61) }, /identifier: is not a name of a cache .*1 to 60/],
    ["no such size", { sku: "Balanced_B7" }, /sku: is not a size of Azure Managed Redis/],
    ["a size of the other service", { sku: "Standard_C3" }, /sku: is a size of Azure Cache for Redis/],
    [
        "a policy for small ones",
        { sku: "Balanced_B50", clusteringPolicy: "NoCluster" },
        /clusteringPolicy: is NoCluster.*60/,
    ],
    ["a cluster of OSS", { clusteringPolicy: "OSSCluster" }, /clusteringPolicy: .*know nothing of clusters/],
    ["Redis's own words", { evictionPolicy: "volatile-lru" }, /evictionPolicy: .*Use VolatileLRU/],
    ["both ways to disk", { snapshotPeriod: "1h", appendOnlyFile: true }, /appendOnlyFile: is given together/],
    [
        "a key without version",
        { encryptionKey: { keyUri: keyUri.slice(0, -33), identityId } },
        /keyUri: is the id of a key without/,
    ],
    ["half a key", { encryptionKey: { keyUri } }, /encryptionKey.identityId: /],
    ["zones of Managed Redis", { zones: ["1"] }, /zones: is not for `kind` managed-redis/],
    ["a window of Managed Redis", { maintenanceWindow: "sun:03:00" }, /maintenanceWindow: is not for `kind`/],
    ["parameters of Managed Redis", { parameters: {} }, /parameters: is not for `kind` managed-redis/],
    [
        "a cluster of the other service",
        { ...old, clusteringPolicy: "NoCluster" },
        /clusteringPolicy: is not for `kind` azure-cache/,
    ],
    ["one node of the other service", { ...old, highAvailability: false }, /highAvailability: is not for `kind`/],
    ["no replica", { ...old, sku: "Basic_C1" }, /sku: has neither replica nor guarantee/],
    ["no such size of the other", { ...old, sku: "Standard_C7" }, /sku: is not a size of Azure Cache for Redis/],
    ["a bad zone", { ...old, zones: ["4"] }, /zones\[0\]: is not a zone/],
    ["a zone twice", { ...old, zones: ["1", "1"] }, /zones\[1\]: is there twice/],
    ["half an hour", { ...old, maintenanceWindow: "sun:03:30" }, /maintenanceWindow: does not begin with an hour/],
    ["no time", { ...old, maintenanceWindow: "sunday" }, /maintenanceWindow: is not a time of the week/],
    [
        "the policy elsewhere",
        { ...old, parameters: { "maxmemory-policy": "noeviction" } },
        /maxmemory-policy\S*: is what `evictionPolicy` says/,
    ],
    ["unknown settings", { ...old, parameters: { hz: "10" } }, /hz: is not a configuration that Azure Cache/],
    [
        "no megabytes",
        { ...old, parameters: { "maxmemory-delta": "2g" } },
        /maxmemory-delta\S*: is not a number of megabytes/,
    ],
    [
        "no events",
        { ...old, parameters: { "notify-keyspace-events": "all!" } },
        /notify-keyspace-events\S*: is not a set of events/,
    ],
    ["a bad endpoint", { endpointName: "a/b" }, /endpointName: is not a name/],
    ["no such argument", { memorySizeGb: 6 }, /azure.cache.memorySizeGb: /],
];

describe("azure.cache", () => {
    for (const [name, cache] of Object.entries(accepted)) {
        it(`accepts ${name}`, () => assert.deepEqual(problems(cache), []));
    }
    for (const [name, cache, words] of refused) {
        it(`refuses ${name}`, () => {
            const found = problems(cache);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], words);
            assert.match(found[0], /^azure\.cache\b/);
        });
    }

    it("is refused beside another Redis", () => {
        const found = problems({}, { redis: { host: "redis.example.com" } });
        assert.equal(found.length, 1);
        assert.match(found[0], /^azure.cache: is given, but so is `redis`/);
    });

    it("wants to know the service before anything is made", () => {
        const found = problems({ kind: pulumi.output("azure-cache"), zones: ["1"] });
        assert.equal(found.length, 1);
        assert.match(found[0], /^azure.cache.kind: is an Output or a promise/);
    });
});

describe("sizes of Redis on Azure", () => {
    it("are those that the service has", () => {
        for (const number of [0, 1, 3, 5, 7, 10, 20, 50, 100, 150, 250, 350, 500, 700, 1000, 1500, 2000, 4500]) {
            for (const family of ["Balanced_B", "MemoryOptimized_M", "ComputeOptimized_X", "FlashOptimized_A"]) {
                const sku = `${family}${number}`;
                assert.equal(managedMemory(sku), memoryOf(sku), sku);
            }
        }
        assert.equal(managedMemory("Balanced_B05"), undefined);
        assert.deepEqual(azureCacheSku("Premium_P1"), { name: "Premium", family: "P", capacity: 1 });
        assert.deepEqual(["Premium_P6", "Premium_C1", "Standard_P1"].map(azureCacheSku), [
            undefined,
            undefined,
            undefined,
        ]);
    });

    it("are within what needs no cluster for each size of W&B", () => {
        const memory = Object.values(AzureStoreSizes).map(({ cacheSku }) => managedMemory(cacheSku));
        assert.deepEqual(memory, [6, 6, 12, 12, 24]);
    });
});

describe("a time of the week on Azure", () => {
    it("counts from Sunday", () => {
        assert.deepEqual(weeklyTime("Sun:00:00"), { day: 0, dayName: "Sunday", hour: 0, minute: 0 });
        assert.deepEqual(weeklyTime("sat:23:59"), { day: 6, dayName: "Saturday", hour: 23, minute: 59 });
        assert.deepEqual(["sun:24:00", "sun:1:00", "xyz:01:00", ""].map(weeklyTime), Array(4).fill(undefined));
    });
});
