/** The rules of the simulated Azure Managed Redis and Azure Cache for Redis: for each something that Azure takes and something that it refuses. */
import assert from "node:assert/strict";
import {
    cacheType,
    managedDatabaseType,
    managedType,
    patchScheduleType,
} from "../../sandbox/clouds/azure/redis/shared";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { idIn, resourceGroupName } from "../support/azure-platform";
import {
    encryptionIdentityId,
    keyUri,
    keyUriWithVersion,
    otherIdentityId,
    startStoreCloud,
} from "../support/azure-stores";
import { type TestCloud, urnOf } from "../support/cloud-frame";

const group = { resourceGroupName };
const cluster: PropertyMap = {
    ...group,
    clusterName: "one",
    publicNetworkAccess: "Disabled",
    sku: { name: "Balanced_B5" },
};
const database: PropertyMap = { ...group, clusterName: "one", databaseName: "default", clusteringPolicy: "NoCluster" };
const cache: PropertyMap = { ...group, name: "one", sku: { name: "Standard", family: "C", capacity: 3 } };

describe("simulated Redis on Azure", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await startStoreCloud();
    });
    afterEach(() => cloud.remove());

    const make = async (type: string, inputs: PropertyMap) => {
        const checked = await cloud.check(type, inputs);
        assert.deepEqual(checked.problems, []);
        return cloud.create(type, checked.inputs, "thing");
    };
    const accepts = async (type: string, inputs: PropertyMap) => {
        const { id, outputs } = await make(type, inputs);
        await cloud.delete(type, id, "thing");
        return outputs.values;
    };
    const refuses = (type: string, inputs: PropertyMap, words: RegExp) => assert.rejects(make(type, inputs), words);
    /** From one to the other in place; it stays. */
    const change = async (
        type: string,
        made: Awaited<ReturnType<typeof make>>,
        olds: PropertyMap,
        news: PropertyMap,
    ) => {
        const checked = await cloud.check(type, { ...olds, ...news }, olds);
        const request = { urn: urnOf(type), id: made.id, oldOutputs: made.outputs, preview: false };
        return cloud.provider.update({ ...request, news: checked.inputs });
    };
    const keysOf = (token: string, inputs: PropertyMap) => cloud.provider.invoke(token, properties(inputs));

    it("Managed Redis tells host and port, and its keys once they may be used", async () => {
        const made = await make(managedType, cluster);
        assert.equal(made.outputs.values["hostName"], "one.westeurope.redis.azure.net");
        const token = "azure-native:redisenterprise:listDatabaseKeys";
        const named = { ...group, clusterName: "one", databaseName: "default" };
        await assert.rejects(keysOf(token, named), /Code="ResourceNotFound"/);
        const shut = await make(managedDatabaseType, database);
        assert.equal(shut.outputs.values["port"], 10_000);
        await assert.rejects(keysOf(token, named), /Code="AccessKeysAuthenticationDisabled"/);
        await change(managedDatabaseType, shut, database, { accessKeysAuthentication: "Enabled" });
        const { primaryKey, secondaryKey } = (await keysOf(token, named)).values;
        assert.match(textOf(primaryKey), /^[A-Za-z0-9+/]{43}=$/);
        assert.notEqual(primaryKey, secondaryKey);
    });

    it("Managed Redis has names without two hyphens in a row", async () => {
        await accepts(managedType, { ...cluster, clusterName: "a".repeat(60) });
        for (const clusterName of ["a--b", "-a", "a-", "a_b"]) {
            assert.match((await cloud.problems(managedType, { ...cluster, clusterName })).join(), /^clusterName: /);
        }
    });

    it("Managed Redis has sizes that exist, chooses zones itself, and takes TLS 1.2 only", async () => {
        for (const [changes, words] of [
            [{ sku: { name: "Balanced_B7" } }, /SKU 'Balanced_B7' is not valid/],
            [{ sku: { name: "Balanced_B5", capacity: 2 } }, /sku.capacity/],
            [{ zones: ["1", "2"] }, /zones are chosen by Azure/],
            [{ minimumTlsVersion: "1.0" }, /TLS versions before 1.2/],
        ] as const) {
            await refuses(managedType, { ...cluster, ...changes } as PropertyMap, words);
        }
        const problems = await cloud.problems(managedType, {
            ...group,
            clusterName: "one",
            sku: { name: "Balanced_B5" },
        });
        assert.match(problems.join(), /^publicNetworkAccess: is required/);
    });

    it("Managed Redis keeps its replica, and grows beyond 25 GB only when its keys may be spread", async () => {
        const made = await make(managedType, cluster);
        const alone = { highAvailability: "Disabled" };
        await assert.rejects(change(managedType, made, cluster, alone), /High availability cannot be disabled/);
        await make(managedDatabaseType, database);
        const big = { sku: { name: "Balanced_B50" } };
        await assert.rejects(change(managedType, made, cluster, big), /policy NoCluster cannot be scaled/);
        await change(managedType, made, cluster, { sku: { name: "Balanced_B20" } });
        const flash = { sku: { name: "FlashOptimized_A250" } };
        await assert.rejects(
            change(managedType, made, cluster, flash),
            /Scaling from 'Balanced_B5' to 'FlashOptimized/,
        );
    });

    it("the database is one, called default, on port 10000", async () => {
        await make(managedType, cluster);
        const named = { ...database, databaseName: "other" };
        assert.match((await cloud.problems(managedDatabaseType, named)).join(), /^databaseName: must be default/);
        await refuses(managedDatabaseType, { ...database, port: 6379 }, /port of a database must be 10000/);
        await refuses(managedDatabaseType, { ...database, clusterName: "none" }, /Code="ParentResourceNotFound"/);
        await make(managedDatabaseType, database);
        await refuses(managedDatabaseType, database, /already existing resource/);
    });

    it("the database changes its policy from NoCluster only", async () => {
        await make(managedType, cluster);
        const made = await make(managedDatabaseType, database);
        const spread = { clusteringPolicy: "EnterpriseCluster" };
        const outputs = await change(managedDatabaseType, made, database, spread);
        const now = { ...made, outputs };
        const back = change(managedDatabaseType, now, { ...database, ...spread }, { clusteringPolicy: "NoCluster" });
        await assert.rejects(back, /cannot be changed from EnterpriseCluster to NoCluster/);
        await make(managedType, { ...cluster, clusterName: "big", sku: { name: "Balanced_B50" } });
        await refuses(managedDatabaseType, { ...database, clusterName: "big" }, /not supported for the SKU/);
    });

    it("the database is written to disk in one way at most", async () => {
        await make(managedType, cluster);
        const persistence = (how: PropertyMap) => ({ ...database, persistence: how });
        const both = { aofEnabled: true, rdbEnabled: true, rdbFrequency: "1h" };
        await refuses(managedDatabaseType, persistence(both), /At most one of AOF or RDB/);
        await refuses(managedDatabaseType, persistence({ rdbEnabled: true }), /frequency of RDB/);
        await accepts(managedDatabaseType, persistence({ rdbEnabled: true, rdbFrequency: "12h" }));
    });

    it("Managed Redis is encrypted with a version of a key that its identity may use", async () => {
        const encrypted = (uri: string, identityId: string, own = identityId): PropertyMap => ({
            ...cluster,
            identity: { type: "UserAssigned", userAssignedIdentities: [own] },
            encryption: {
                customerManagedKeyEncryption: {
                    keyEncryptionKeyUrl: uri,
                    keyEncryptionKeyIdentity: {
                        identityType: "userAssignedIdentity",
                        userAssignedIdentityResourceId: identityId,
                    },
                },
            },
        });
        await accepts(managedType, encrypted(keyUriWithVersion, encryptionIdentityId));
        await refuses(managedType, encrypted(keyUri, encryptionIdentityId), /must have a version/);
        await refuses(managedType, encrypted(keyUriWithVersion, otherIdentityId), /cannot be used: denied/);
        const foreign = encrypted(keyUriWithVersion, encryptionIdentityId, otherIdentityId);
        await refuses(managedType, foreign, /must be a user assigned identity of the cluster/);
    });

    it("Azure Cache for Redis tells host, ports and keys, and has a name once in all of Azure", async () => {
        const { outputs } = await make(cacheType, cache);
        const { hostName, sslPort, redisVersion } = outputs.values;
        assert.deepEqual([hostName, sslPort, redisVersion], ["one.redis.cache.windows.net", 6380, "6.0"]);
        assert.ok(outputs.secrets.has("accessKeys"));
        const keys = await keysOf("azure-native:redis:listRedisKeys", { ...group, name: "one" });
        assert.equal(keys.values["primaryKey"], (outputs.values["accessKeys"] as PropertyMap)["primaryKey"]);
        await assert.rejects(
            keysOf("azure-native:redis:listRedisKeys", { ...group, name: "none" }),
            /ResourceNotFound/,
        );
        const id = idIn("Microsoft.Cache/Redis/taken").replace(resourceGroupName, "elsewhere");
        await cloud.provider.inventory.plant({ type: cacheType, id, inputs: {}, outputs: {} });
        await refuses(cacheType, { ...cache, name: "taken" }, /Code="NameNotAvailable"/);
    });

    it("Azure Cache for Redis has sizes of its tiers, and never goes to a smaller tier", async () => {
        const sku = (name: string, family: string, capacity: number) => ({ sku: { name, family, capacity } });
        await accepts(cacheType, { ...cache, ...sku("Premium", "P", 5) });
        for (const wrong of [sku("Premium", "C", 1), sku("Standard", "C", 7), sku("Premium", "P", 0)]) {
            await refuses(cacheType, { ...cache, ...wrong }, /properties.sku is invalid/);
        }
        const made = await make(cacheType, cache);
        const premium = sku("Premium", "P", 1);
        const outputs = await change(cacheType, made, cache, premium);
        const back = change(cacheType, { ...made, outputs }, { ...cache, ...premium }, { sku: cache["sku"] });
        await assert.rejects(back, /Scaling from Premium 1 to Standard 3/);
    });

    it("Azure Cache for Redis has version 6, known settings, and zones that stay", async () => {
        for (const [changes, words] of [
            [{ redisVersion: "7" }, /redisVersion is invalid/],
            [{ redisConfiguration: { maxmemoryPolicy: "oldest" } }, /maxmemory-policy is invalid/],
            [{ shardCount: 2 }, /requires the Premium SKU/],
            [{ zones: ["4"] }, /Code="AvailabilityZoneNotSupported"/],
            [{ zones: ["1"], location: "westus" }, /Code="AvailabilityZoneNotSupported"/],
        ] as const) {
            await refuses(cacheType, { ...cache, ...changes } as PropertyMap, words);
        }
        const zoned = { ...cache, zones: ["1", "2"] };
        const made = await make(cacheType, zoned);
        await assert.rejects(change(cacheType, made, zoned, { zones: ["1", "3"] }), /zones cannot be changed/);
    });

    it("Azure Cache for Redis is maintained at hours that exist", async () => {
        await make(cacheType, cache);
        const at = (startHourUtc: number) => ({
            ...group,
            name: "one",
            default: "default",
            scheduleEntries: [{ dayOfWeek: "Sunday", startHourUtc }],
        });
        await accepts(patchScheduleType, at(3));
        await refuses(patchScheduleType, at(24), /schedule entries are invalid/);
        await refuses(patchScheduleType, { ...at(3), name: "none" }, /Code="ParentResourceNotFound"/);
    });
});
