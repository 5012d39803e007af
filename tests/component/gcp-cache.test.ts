import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { GcpCacheArgs } from "../../sdk/gcp/args/cache";
import { lastPart } from "../support/aws-stores";
import { makeCache, storeKeyId, storeNetworkId, storeRange, type StoreOptions } from "../support/gcp-stores";
import { promiseOf } from "../support/resolve";

type Inputs = Record<string, unknown>;

async function inputsOf(args: GcpCacheArgs, options?: StoreOptions): Promise<Inputs> {
    return (await makeCache(args, options)).graph.byName("wandb-cache").inputs;
}

describe("cache on Google Cloud", () => {
    it("is an encrypted pair in two zones, of a pinned version, with AUTH and TLS", async () => {
        assert.deepEqual(await inputsOf({}, { size: "large" }), {
            project: "example-project",
            region: "europe-west4",
            tier: "STANDARD_HA",
            memorySizeGb: 13,
            redisVersion: "REDIS_7_2",
            redisConfigs: { "notify-keyspace-events": "K$" },
            connectMode: "PRIVATE_SERVICE_ACCESS",
            authorizedNetwork: storeNetworkId,
            reservedIpRange: storeRange,
            authEnabled: true,
            transitEncryptionMode: "SERVER_AUTHENTICATION",
            customerManagedKey: storeKeyId,
            persistenceConfig: { persistenceMode: "DISABLED" },
            maintenancePolicy: {
                weeklyMaintenanceWindows: [{ day: "SUNDAY", startTime: { hours: 3, minutes: 0 } }],
            },
            deletionProtection: false,
            labels: { team: "ml" },
        });
    });

    it("has the memory of the module", async () => {
        const memory: unknown[] = [];
        for (const size of ["small", "medium", "large", "xlarge", "xxlarge"] as const) {
            memory.push((await inputsOf({}, { size }))["memorySizeGb"]);
        }
        assert.deepEqual(memory, [6, 6, 13, 13, 26]);
        assert.equal((await makeCache({ memorySizeGb: 40 })).store.memorySizeGb, 40);
    });

    it("passes on what one chooses oneself", async () => {
        const inputs = await inputsOf({
            identifier: "ns-redis",
            engineVersion: "REDIS_7_0",
            memorySizeGb: 10,
            zone: "europe-west4-a",
            alternativeZone: "europe-west4-b",
            readReplicas: 3,
            secondaryIpRange: "auto",
            snapshotPeriod: "SIX_HOURS",
            snapshotStartTime: "2026-01-31T05:00:00Z",
            maintenanceWindow: "Wed:22:30",
            parameters: { "maxmemory-policy": "volatile-ttl", "notify-keyspace-events": "KEA" },
        });
        assert.deepEqual(
            ["name", "redisVersion", "memorySizeGb", "locationId", "alternativeLocationId"].map((key) => inputs[key]),
            ["ns-redis", "REDIS_7_0", 10, "europe-west4-a", "europe-west4-b"],
        );
        assert.deepEqual(
            ["readReplicasMode", "replicaCount", "secondaryIpRange"].map((key) => inputs[key]),
            ["READ_REPLICAS_ENABLED", 3, "auto"],
        );
        assert.deepEqual(inputs["persistenceConfig"], {
            persistenceMode: "RDB",
            rdbSnapshotPeriod: "SIX_HOURS",
            rdbSnapshotStartTime: "2026-01-31T05:00:00Z",
        });
        assert.deepEqual(inputs["maintenancePolicy"], {
            weeklyMaintenanceWindows: [{ day: "WEDNESDAY", startTime: { hours: 22, minutes: 30 } }],
        });
        assert.deepEqual(inputs["redisConfigs"], {
            "maxmemory-policy": "volatile-ttl",
            "notify-keyspace-events": "KEA",
        });
        assert.equal((await inputsOf({ highAvailability: false }))["tier"], "BASIC");
    });

    it("peers as the module does on request, without the network's connection", async () => {
        const made = await makeCache({ connectMode: "DIRECT_PEERING", reservedIpRange: "10.30.0.0/16" });
        const { inputs, dependencies } = made.graph.byName("wandb-cache");
        assert.deepEqual([inputs["connectMode"], inputs["reservedIpRange"]], ["DIRECT_PEERING", "10.30.0.0/16"]);
        assert.deepEqual(dependencies.map(lastPart), ["wandb-redis-api"]);
        assert.equal((await inputsOf({ connectMode: "DIRECT_PEERING" }))["reservedIpRange"], undefined);
    });

    it("waits for the API and the network's connection, and for nothing else", async () => {
        const { graph } = await makeCache();
        assert.deepEqual(graph.byName("wandb-cache").dependencies.map(lastPart).sort(), [
            "connection",
            "wandb-redis-api",
        ]);
        const own = await makeCache({}, { enableApis: false, connection: false });
        assert.deepEqual(own.graph.byName("wandb-cache").dependencies, []);
    });

    it("tells W&B what to wait for, and where to connect, with all CAs", async () => {
        const { store } = await makeCache();
        const ready = await Promise.all(store.ready.map(({ urn }) => promiseOf(urn)));
        assert.deepEqual(ready.map(lastPart), ["wandb-cache"]);
        const { host, port, tls, parameters, caCertificate, password } = store.facts;
        assert.deepEqual(
            [await promiseOf(host), await promiseOf(port), tls, parameters],
            ["10.80.0.4", 6378, true, undefined],
        );
        assert.equal(await promiseOf(caCertificate), "PEM 1\nPEM 2");
        assert.equal(await promiseOf(password?.literal), "a-string-of-theirs");
        assert.equal(await pulumi.isSecret(pulumi.output(password?.literal)), true);
        assert.equal(await pulumi.isSecret(pulumi.output(caCertificate)), false);
    });

    it("has a name that fits, also where the deployment's is long", async () => {
        const longest = "a-deployment-with-26-chars";
        const fits = await makeCache({}, { name: longest });
        const { inputs, deleteBeforeReplace } = fits.graph.byName(`${longest}-cache`);
        assert.deepEqual([inputs["name"], deleteBeforeReplace], [undefined, undefined]);
        assert.equal(`${longest}-cache-1234567`.length, 40);

        const longer = "a-deployment-with-27-chars--";
        const { graph } = await makeCache({}, { name: longer });
        const shortened = graph.byName(`${longer}-cache-name`).inputs;
        assert.deepEqual(shortened, { byteLength: 4, prefix: "a-deployment-with-27-char-cache-" });
        assert.equal(`${String(shortened["prefix"])}12345678`.length, 40);
        const instance = graph.byName(`${longer}-cache`);
        assert.equal(instance.inputs["name"], "shortened-cache-0badcafe");
        // Two cannot have one name.
        assert.equal(instance.deleteBeforeReplace, true);
        assert.equal((await makeCache({ identifier: "mine" })).graph.byName("wandb-cache").deleteBeforeReplace, true);
    });

    it("has the component for a parent, protects nothing and leaves nothing: it can be made again", async () => {
        const { graph } = await makeCache({}, { retainData: true });
        const { parent, protect, retainOnDelete } = graph.byName("wandb-cache");
        assert.match(parent, /wandb:gcp:Cache::wandb-cache$/);
        assert.deepEqual([protect, retainOnDelete], [undefined, undefined]);
    });
});
