import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AzureCacheArgs } from "../../sdk/azure/args/cache";
import { lastPart } from "../support/aws-stores";
import { resourceGroupName } from "../support/azure-platform";
import { type AzureStoreOptions, encryptionIdentityId, keyUriWithVersion, makeCache } from "../support/azure-stores";
import { promiseOf } from "../support/resolve";

type Inputs = Record<string, unknown>;
const sizes = ["small", "medium", "large", "xlarge", "xxlarge"] as const;

async function inputsOf(args: AzureCacheArgs, name = "wandb-cache", options?: AzureStoreOptions): Promise<Inputs> {
    return (await makeCache(args, options)).graph.byName(name).inputs;
}

describe("cache on Azure", () => {
    it("is Managed Redis with a replica, TLS and no public access", async () => {
        assert.deepEqual(await inputsOf({}), {
            resourceGroupName,
            location: "westeurope",
            sku: { name: "Balanced_B5" },
            highAvailability: "Enabled",
            minimumTlsVersion: "1.2",
            publicNetworkAccess: "Disabled",
            tags: { team: "ml" },
        });
        assert.deepEqual(await inputsOf({}, "wandb-cache-database"), {
            resourceGroupName,
            clusterName: "wandb-cache0badcafe",
            databaseName: "default",
            clientProtocol: "Encrypted",
            port: 10_000,
            accessKeysAuthentication: "Enabled",
            clusteringPolicy: "NoCluster",
            evictionPolicy: "VolatileLRU",
            persistence: { aofEnabled: false, rdbEnabled: false },
        });
    });

    it("has about the memory of the module, and looks like a single Redis in each size", async () => {
        const found: unknown[] = [];
        for (const size of sizes) {
            const { store, graph } = await makeCache({}, { size });
            found.push([store.sku, graph.byName("wandb-cache-database").inputs["clusteringPolicy"]]);
        }
        assert.deepEqual(
            found,
            [5, 5, 10, 10, 20].map((number) => [`Balanced_B${number}`, "NoCluster"]),
        );
        const policyOf = async (args: AzureCacheArgs) =>
            (await inputsOf(args, "wandb-cache-database"))["clusteringPolicy"];
        assert.equal(await policyOf({ sku: "MemoryOptimized_M50" }), "EnterpriseCluster");
        assert.equal(await policyOf({ clusteringPolicy: "EnterpriseCluster" }), "EnterpriseCluster");
    });

    it("passes on what one chooses oneself", async () => {
        const args = {
            identifier: "ns-redis",
            sku: "ComputeOptimized_X5",
            highAvailability: false,
            evictionPolicy: "NoEviction",
            snapshotPeriod: "6h",
            encryptionKey: { keyUri: keyUriWithVersion, identityId: encryptionIdentityId },
        } as const;
        const made = await makeCache(args);
        const cluster = made.graph.byName("wandb-cache");
        assert.deepEqual(
            ["clusterName", "sku", "highAvailability"].map((key) => cluster.inputs[key]),
            ["ns-redis", { name: "ComputeOptimized_X5" }, "Disabled"],
        );
        assert.equal(cluster.deleteBeforeReplace, true);
        assert.deepEqual(cluster.inputs["identity"], {
            type: "UserAssigned",
            userAssignedIdentities: [encryptionIdentityId],
        });
        assert.deepEqual(cluster.inputs["encryption"], {
            customerManagedKeyEncryption: {
                keyEncryptionKeyUrl: keyUriWithVersion,
                keyEncryptionKeyIdentity: {
                    identityType: "userAssignedIdentity",
                    userAssignedIdentityResourceId: encryptionIdentityId,
                },
            },
        });
        const { evictionPolicy, persistence } = made.graph.byName("wandb-cache-database").inputs;
        assert.equal(evictionPolicy, "NoEviction");
        assert.deepEqual(persistence, { aofEnabled: false, rdbEnabled: true, rdbFrequency: "6h" });
        const log = await inputsOf({ appendOnlyFile: true }, "wandb-cache-database");
        assert.deepEqual(log["persistence"], { aofEnabled: true, aofFrequency: "1s", rdbEnabled: false });
    });

    it("tells host, port, a secret key and TLS, and is reached by an endpoint that waits for its database", async () => {
        const { store, graph } = await makeCache({ endpointName: "pe-cache" });
        const { host, port, password, tls, caCertificate } = store.facts;
        assert.equal(await promiseOf(pulumi.output(host)), "wandb-cache0badcafe.westeurope.redis.azure.net");
        assert.deepEqual([port, tls, caCertificate], [10_000, true, undefined]);
        const key = pulumi.output(password?.literal);
        assert.equal(await promiseOf(key), "first-key");
        assert.equal(await pulumi.isSecret(key), true);
        const endpoint = graph.byName("Endpoint");
        const wanted = { service: "managed-cache", targetId: "wandb-cache-id", endpointName: "pe-cache" };
        assert.deepEqual(endpoint.inputs, wanted);
        assert.ok(endpoint.dependencies.map(lastPart).includes("wandb-cache-database"));
        assert.equal(store.ready.length, 2);
        assert.equal(await promiseOf(store.cacheId), "wandb-cache-id");
    });

    it("holds nothing worth protecting", async () => {
        const { graph, options } = await makeCache({}, { retainData: true });
        for (const name of ["wandb-cache", "wandb-cache-database"]) {
            const { protect, retainOnDelete } = graph.byName(name);
            assert.deepEqual([protect, retainOnDelete], [undefined, undefined], name);
        }
        assert.equal(lastPart(options.get("wandb-cache-database")?.deletedWith ?? ""), "wandb-cache");
    });

    it("has a name that the service takes, whatever the component is called", async () => {
        for (const name of ["w_b", "w--b", "a".repeat(60)]) {
            const { graph } = await makeCache({}, { name });
            const clusterName = String(graph.byName(`${name}-cache`).inputs["clusterName"]);
            assert.match(clusterName, /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, name);
            assert.ok(clusterName.length <= 60, clusterName);
        }
        assert.equal((await inputsOf({}))["clusterName"], undefined);
    });
});

describe("Azure Cache for Redis", () => {
    const kind = "azure-cache" as const;

    it("takes TLS only, inside the network only, and is maintained at night", async () => {
        assert.deepEqual(await inputsOf({ kind }), {
            resourceGroupName,
            location: "westeurope",
            sku: { name: "Standard", family: "C", capacity: 3 },
            redisVersion: "6",
            enableNonSslPort: false,
            minimumTlsVersion: "1.2",
            publicNetworkAccess: "Disabled",
            disableAccessKeyAuthentication: false,
            redisConfiguration: { maxmemoryPolicy: "volatile-lru" },
            tags: { team: "ml" },
        });
        assert.deepEqual(await inputsOf({ kind }, "wandb-cache-maintenance"), {
            resourceGroupName,
            name: "wandb-cache0badcafe",
            default: "default",
            scheduleEntries: [{ dayOfWeek: "Sunday", startHourUtc: 3 }],
        });
    });

    it("has the sizes of the module", async () => {
        const found: unknown[] = [];
        for (const size of sizes) {
            found.push((await makeCache({ kind }, { size })).store.sku);
        }
        assert.deepEqual(found, ["Standard_C3", "Standard_C3", "Standard_C4", "Standard_C4", "Standard_C5"]);
    });

    it("passes on what one chooses oneself", async () => {
        const args = {
            kind,
            identifier: "ns-redis",
            sku: "Premium_P2",
            evictionPolicy: "AllKeysLFU",
            zones: ["1", "3"],
            parameters: { "notify-keyspace-events": "K$", "maxmemory-reserved": "200" },
        } as const;
        const made = await makeCache({ ...args, zones: [...args.zones], maintenanceWindow: "wed:22:00" });
        const { inputs, deleteBeforeReplace, additionalSecretOutputs } = made.graph.byName("wandb-cache");
        assert.deepEqual(
            ["name", "sku", "zones", "zonalAllocationPolicy"].map((key) => inputs[key]),
            ["ns-redis", { name: "Premium", family: "P", capacity: 2 }, ["1", "3"], "UserDefined"],
        );
        assert.deepEqual(inputs["redisConfiguration"], {
            maxmemoryPolicy: "allkeys-lfu",
            notifyKeyspaceEvents: "K$",
            maxmemoryReserved: "200",
        });
        assert.deepEqual([deleteBeforeReplace, additionalSecretOutputs], [true, ["accessKeys"]]);
        assert.deepEqual(made.options.get("wandb-cache")?.replaceOnChanges, ["zones"]);
        const entries = made.graph.byName("wandb-cache-maintenance").inputs["scheduleEntries"];
        assert.deepEqual(entries, [{ dayOfWeek: "Wednesday", startHourUtc: 22 }]);
    });

    it("tells host, port, a secret key and TLS, and is reached by an endpoint", async () => {
        const { store, graph } = await makeCache({ kind });
        const { host, port, password, tls } = store.facts;
        assert.equal(await promiseOf(pulumi.output(host)), "wandb-cache0badcafe.redis.cache.windows.net");
        assert.deepEqual([await promiseOf(pulumi.output(port)), tls], [6380, true]);
        const key = pulumi.output(password?.literal);
        assert.deepEqual([await promiseOf(key), await pulumi.isSecret(key)], ["first-key", true]);
        assert.deepEqual(graph.byName("Endpoint").inputs, { service: "cache", targetId: "wandb-cache-id" });
    });
});
