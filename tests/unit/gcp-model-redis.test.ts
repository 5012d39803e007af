/** The rules of the simulated Memorystore for Redis: for each something that Google takes and something that it refuses. */
import assert from "node:assert/strict";
import { cryptoKeyMemberType } from "../../sandbox/clouds/gcp/kms";
import { instanceType } from "../../sandbox/clouds/gcp/redis/rules";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { type TestCloud, urnOf } from "../support/cloud-frame";
import { startStoreCloud, storeKeyId, storeNetworkId, storeRange } from "../support/gcp-stores";

const one: PropertyMap = { name: "cache", memorySizeGb: 6, authorizedNetwork: storeNetworkId };
const pair: PropertyMap = { ...one, tier: "STANDARD_HA" };
const inside: PropertyMap = { connectMode: "PRIVATE_SERVICE_ACCESS", reservedIpRange: storeRange };

describe("simulated Memorystore for Redis", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await startStoreCloud(["redis"]);
    });
    afterEach(() => cloud.remove());

    const make = async (inputs: PropertyMap, within = cloud) => {
        const checked = await within.check(instanceType, inputs);
        assert.deepEqual(checked.problems, []);
        return within.create(instanceType, checked.inputs, "cache");
    };
    const accepts = async (inputs: PropertyMap) => {
        const { id, outputs } = await make({ ...inputs, name: "passing" });
        await cloud.delete(instanceType, id, "cache");
        return outputs.values;
    };
    const refuses = (inputs: PropertyMap, words: RegExp) => assert.rejects(make(inputs), words);
    /** From one to the other in place; gives the outputs. */
    const update = async (olds: PropertyMap, news: PropertyMap) => {
        const { id, outputs } = await make(olds);
        const request = { urn: urnOf(instanceType), id, oldOutputs: outputs, preview: false };
        const checked = await cloud.check(instanceType, news, olds);
        try {
            return (await cloud.provider.update({ ...request, news: checked.inputs })).values;
        } finally {
            await cloud.delete(instanceType, id, "cache");
        }
    };
    const diff = async (olds: PropertyMap, news: PropertyMap) => {
        const bags = { oldInputs: properties(olds), news: properties({ ...olds, ...news }) };
        const { changes } = await cloud.provider.diff({ urn: urnOf(instanceType), id: "cache", ...bags });
        return changes.map(({ path, replaces }) => `${path} ${replaces}`);
    };

    it("tells host, port, AUTH string and certificates", async () => {
        const tls = { authEnabled: true, transitEncryptionMode: "SERVER_AUTHENTICATION" };
        const { id, outputs } = await make({ ...pair, ...inside, ...tls });
        const { host, port, authString, serverCaCerts } = outputs.values;
        assert.equal(id, "projects/example-project/locations/europe-west4/instances/cache");
        assert.match(textOf(host), /^10\.80\.0\.\d+$/);
        assert.equal(port, 6378);
        assert.match(textOf(authString), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        assert.ok(outputs.secrets.has("authString"));
        assert.match(JSON.stringify(serverCaCerts), /BEGIN CERTIFICATE/);
        const open = await accepts(one);
        assert.deepEqual([open["port"], open["authString"], open["serverCaCerts"]], [6379, "", []]);
    });

    it("has names of up to 40 characters, each once in a region", async () => {
        await accepts({ ...one, name: "a".repeat(40) });
        for (const name of ["a", "Cache", "1cache", "cache-", "a".repeat(41)]) {
            assert.match((await cloud.problems(instanceType, { ...one, name })).join(), /^name: /, name);
        }
        await make(one);
        await refuses(one, /Error creating Instance: googleapi: Error 409: Resource '.*' already exists/);
        await cloud.delete(instanceType, "projects/example-project/locations/europe-west4/instances/cache", "cache");
        await make(one);
    });

    it("needs the API, a region and labels that Google takes", async () => {
        await refuses({ ...one, region: "mars" }, /Location mars is not found/);
        await refuses({ ...one, labels: { Team: "ml" } }, /Invalid label key "Team"/);
        const off = await startStoreCloud();
        try {
            await assert.rejects(make(one, off), /Redis API has not been used/);
        } finally {
            off.remove();
        }
    });

    it("has memory, versions and configurations of Google's", async () => {
        for (const memorySizeGb of [1, 300]) {
            await accepts({ ...one, memorySizeGb });
        }
        for (const memorySizeGb of [0, 301]) {
            await refuses({ ...one, memorySizeGb }, /between 1 and 300 GB/);
        }
        await refuses({ ...one, redisVersion: "REDIS_8_0" }, /Invalid value for redis_version/);
        const lazy = { redisConfigs: { "lazyfree-lazy-expire": "yes" } };
        await accepts({ ...one, ...lazy, redisVersion: "REDIS_7_0" });
        await refuses({ ...one, ...lazy, redisVersion: "REDIS_6_X" }, /Unsupported Redis config lazyfree-lazy-expire/);
        await refuses({ ...one, redisConfigs: { save: "60 1" } }, /Unsupported Redis config save/);
        await refuses({ ...one, redisConfigs: { "maxmemory-policy": "fifo" } }, /Invalid value for maxmemory-policy/);
    });

    it("has a second zone in the higher tier alone", async () => {
        const zones = { locationId: "europe-west4-c", alternativeLocationId: "europe-west4-a" };
        const outputs = await accepts({ ...pair, ...zones });
        assert.deepEqual([outputs["currentLocationId"], outputs["replicaCount"]], ["europe-west4-c", 1]);
        await refuses({ ...one, ...zones }, /only applicable to the STANDARD_HA tier/);
        await refuses({ ...pair, ...zones, alternativeLocationId: "europe-west4-c" }, /must be different/);
        await refuses({ ...pair, locationId: "europe-west1-b" }, /not in region europe-west4/);
    });

    it("has up to five replicas to read, with memory enough", async () => {
        const readable = { ...pair, readReplicasMode: "READ_REPLICAS_ENABLED" };
        assert.match(textOf((await accepts({ ...readable, replicaCount: 5 }))["readEndpoint"]), /^\d+\.\d+\.\d+\.\d+$/);
        await refuses({ ...readable, replicaCount: 6 }, /between 1 and 5/);
        await refuses({ ...readable, memorySizeGb: 4 }, /at least 5 GB/);
        await refuses({ ...readable, tier: "BASIC" }, /need the STANDARD_HA tier/);
        await refuses({ ...readable, redisVersion: "REDIS_4_0" }, /Redis 5\.0 or newer/);
        await refuses({ ...pair, replicaCount: 2 }, /must be 1 when read replicas are not enabled/);
        await refuses({ ...one, replicaCount: 1 }, /must be 0 when/);
    });

    it("gets replicas later with a range for them, and keeps them", async () => {
        const plain = { ...pair, readReplicasMode: "READ_REPLICAS_DISABLED" };
        const readable = { ...pair, readReplicasMode: "READ_REPLICAS_ENABLED", replicaCount: 2 };
        await assert.rejects(update(plain, readable), /secondary_ip_range is required/);
        await update(plain, { ...readable, secondaryIpRange: "auto" });
        await assert.rejects(update(readable, plain), /cannot be disabled once they are enabled/);
        await update(readable, { ...readable, replicaCount: 4 });
    });

    it("has one window of maintenance, and snapshots with a period", async () => {
        const at = (hours: number) => ({ day: "SUNDAY", startTime: { hours, minutes: 0 } });
        const windows = (...times: PropertyMap[]) => ({ maintenancePolicy: { weeklyMaintenanceWindows: times } });
        await accepts({ ...one, ...windows(at(23)) });
        await refuses({ ...one, ...windows(at(1), at(2)) }, /Only one weekly maintenance window/);
        const problems = await cloud.problems(instanceType, { ...one, ...windows(at(24)) });
        assert.match(problems.join(), /startTime\.hours: must be in the range \(0 - 23\)/);
        await accepts({ ...one, persistenceConfig: { persistenceMode: "RDB", rdbSnapshotPeriod: "ONE_HOUR" } });
        await refuses({ ...one, persistenceConfig: { persistenceMode: "RDB" } }, /rdb_snapshot_period is required/);
    });

    it("is in a network, whose connection with Google it may use", async () => {
        await accepts({ ...one, reservedIpRange: "10.70.0.0/29" });
        await accepts({ ...one, ...inside });
        await refuses({ ...one, reservedIpRange: "10.70.0.0/30" }, /CIDR range of size \/29 or larger/);
        const readable = { ...pair, readReplicasMode: "READ_REPLICAS_ENABLED" };
        await refuses({ ...readable, reservedIpRange: "10.70.0.0/29" }, /size \/28 or larger/);
        await refuses({ ...one, authorizedNetwork: "nobodys" }, /Network '.*nobodys' not found/);
        await refuses({ ...one, ...inside, reservedIpRange: "other" }, /'other' is not associated with/);
        const { inventory } = cloud.provider;
        await inventory.change((change) => {
            const type = "gcp:servicenetworking/connection:Connection";
            change.rows.filter((row) => row.type === type).forEach(({ id }) => change.remove(type, id));
        });
        await refuses({ ...one, ...inside }, /private service access is not enabled/);
        await accepts(one);
    });

    it("needs a key of its region that Memorystore may use", async () => {
        await accepts({ ...one, customerManagedKey: storeKeyId });
        await refuses({ ...one, customerManagedKey: "key" }, /Invalid customer managed key/);
        const elsewhere = storeKeyId.replace("europe-west4", "europe");
        await refuses({ ...one, customerManagedKey: elsewhere }, /same region as the instance/);
        await cloud.provider.inventory.change((change) => {
            const rows = change.rows.filter(({ type }) => type === cryptoKeyMemberType);
            rows.forEach(({ type, id }) => change.remove(type, id));
        });
        await refuses({ ...one, customerManagedKey: storeKeyId }, /Unable to delegate the access of CMEK/);
    });

    it("is replaced for what it is made of, and a lower version", async () => {
        for (const [property, value] of Object.entries({
            alternativeLocationId: "europe-west4-b",
            authorizedNetwork: "other",
            connectMode: "PRIVATE_SERVICE_ACCESS",
            customerManagedKey: storeKeyId,
            locationId: "europe-west4-a",
            name: "other",
            region: "europe-west1",
            reservedIpRange: storeRange,
            tier: "STANDARD_HA",
            transitEncryptionMode: "SERVER_AUTHENTICATION",
        })) {
            assert.deepEqual(await diff(one, { [property]: value }), [`${property} true`]);
        }
        const old = { ...one, redisVersion: "REDIS_7_0" };
        assert.deepEqual(await diff(old, { redisVersion: "REDIS_7_2" }), ["redisVersion false"]);
        assert.deepEqual(await diff({ ...one, redisVersion: "REDIS_7_2" }, old), ["redisVersion true"]);
        assert.deepEqual(await diff(one, { memorySizeGb: 13 }), ["memorySizeGb false"]);
        assert.deepEqual(await diff(one, { authEnabled: true }), ["authEnabled false"]);
        assert.deepEqual(await diff({ ...one, secondaryIpRange: "10.70.0.0/28" }, { secondaryIpRange: "auto" }), []);
    });

    it("keeps address and zones through changes", async () => {
        const olds = { ...pair, ...inside };
        const { outputs } = await make({ ...olds, name: "passing" });
        const { host, ...updated } = await update(olds, { ...olds, memorySizeGb: 13 });
        assert.match(textOf(host), /^10\.80\.0\./);
        for (const property of ["locationId", "alternativeLocationId", "currentLocationId"]) {
            assert.equal(updated[property], outputs.values[property], property);
        }
    });

    it("goes unless it is protected", async () => {
        const { id } = await make({ ...one, deletionProtection: true });
        await assert.rejects(cloud.delete(instanceType, id, "cache"), /without setting deletion_protection=false/);
        await accepts(one);
    });
});
