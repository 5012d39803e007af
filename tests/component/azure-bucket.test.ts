import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AzureBucketArgs } from "../../sdk/azure/args/bucket";
import { createBucketPart } from "../../sdk/azure/bucket/part";
import { lastPart } from "../support/aws-stores";
import {
    azureCloud,
    azureThings,
    makeAzurePart,
    type PartSettings,
    resourceGroupName,
    runAzurePart,
} from "../support/azure-platform";
import {
    appIdentity,
    appPrincipalId,
    encryptionId,
    encryptionIdentity,
    listeningNetwork,
    plantStorageSurroundings,
    storageAnswers,
    storageKey,
} from "../support/azure-storage";
import type { TestCloud } from "../support/cloud-frame";
import type { GraphRecorder } from "../support/graph";
import { promiseOf } from "../support/resolve";

async function make(bucket: AzureBucketArgs = {}, settings: PartSettings = {}, withKey = true) {
    const network = listeningNetwork();
    const { graph, made } = await makeAzurePart(
        (scope) =>
            createBucketPart(scope, {
                bucket,
                ...(withKey ? { key: storageKey(), encryptionIdentity: encryptionIdentity() } : {}),
                hosts: ["wandb.example.com"],
                network,
                appIdentity: appIdentity(),
            }),
        { ...settings, ...storageAnswers },
    );
    return { graph, made, endpoints: network.asked };
}

const account = (graph: GraphRecorder) => graph.byName("wandb-bucket-account").inputs;
const service = (graph: GraphRecorder) => graph.byName("wandb-bucket-service").inputs;
const waitsOf = (graph: GraphRecorder, name: string) => graph.byName(name).dependencies.map(lastPart);
const rolesOf = (graph: GraphRecorder) =>
    graph.resources
        .filter(({ type }) => type === "azure-native:authorization:RoleAssignment")
        .map(({ name, inputs }) => [name, inputs["principalId"], inputs["scope"]])
        .sort();

describe("storage account on Azure", () => {
    it("takes TLS only, lets nobody in without a credential, and encrypts with the newest version of the key", async () => {
        const { graph } = await make();
        assert.deepEqual(account(graph), {
            accountName: "wandb01234567",
            resourceGroupName,
            location: "westeurope",
            kind: "StorageV2",
            sku: { name: "Standard_ZRS" },
            accessTier: "Hot",
            minimumTlsVersion: "TLS1_2",
            enableHttpsTrafficOnly: true,
            allowBlobPublicAccess: false,
            allowCrossTenantReplication: false,
            allowSharedKeyAccess: true,
            defaultToOAuthAuthentication: false,
            publicNetworkAccess: "Enabled",
            networkRuleSet: { bypass: "None", defaultAction: "Allow", virtualNetworkRules: [] },
            identity: { type: "UserAssigned", userAssignedIdentities: [encryptionId] },
            encryption: {
                keySource: "Microsoft.Keyvault",
                keyVaultProperties: { keyName: "storage", keyVaultUri: "https://kv-wandb.vault.azure.net/" },
                encryptionIdentity: { encryptionUserAssignedIdentity: encryptionId },
            },
            tags: { team: "ml" },
        });
        assert.match(
            graph.byName("wandb-bucket-account").urn,
            /\$wandb:azure:Bucket\$azure-native:storage:StorageAccount::wandb-bucket-account$/,
        );
    });

    it("keeps what is deleted for a while, clears old versions away, and lets the pages of W&B sign in", async () => {
        const { graph } = await make({ corsHosts: ["other.example.com"] });
        assert.deepEqual(service(graph), {
            accountName: "wandb01234567",
            resourceGroupName,
            blobServicesName: "default",
            isVersioningEnabled: true,
            deleteRetentionPolicy: { enabled: true, days: 7 },
            containerDeleteRetentionPolicy: { enabled: true, days: 7 },
            cors: {
                corsRules: [
                    {
                        allowedOrigins: ["https://wandb.example.com", "https://other.example.com"],
                        allowedMethods: ["GET", "HEAD", "PUT"],
                        allowedHeaders: ["*"],
                        exposedHeaders: ["*"],
                        maxAgeInSeconds: 3600,
                    },
                ],
            },
        });
        assert.deepEqual(graph.byName("wandb-bucket-lifecycle").inputs["policy"], {
            rules: [
                {
                    name: "oldVersions",
                    type: "Lifecycle",
                    enabled: true,
                    definition: {
                        filters: { blobTypes: ["blockBlob", "appendBlob"] },
                        actions: { version: { delete: { daysAfterCreationGreaterThan: 30 } } },
                    },
                },
            ],
        });
        const container = graph.byName("wandb-bucket");
        assert.deepEqual([container.inputs["containerName"], container.inputs["publicAccess"]], ["wandb", "None"]);
        assert.ok(waitsOf(graph, "wandb-bucket").includes("wandb-bucket-service"));
    });

    it("hands the account's key to W&B as a secret, and no role", async () => {
        const { graph, made } = await make({ prefix: "team" });
        const { provider, account: name, name: container, prefix, credentials } = made.facts;
        assert.deepEqual(
            [provider, await promiseOf(name), await promiseOf(container), prefix],
            ["az", "wandb01234567", "wandb", "team"],
        );
        const key = pulumi.output(credentials?.accessKey);
        assert.equal(await promiseOf(key), "first-key");
        assert.equal(await pulumi.isSecret(key), true);
        assert.deepEqual(rolesOf(graph), []);
        assert.equal(await promiseOf(made.blobEndpoint), "https://wandb01234567.blob.core.windows.net/");
    });

    it("lets the identity of the pods in by itself, and takes no keys then", async () => {
        const { graph, made } = await make({ access: "identity" });
        assert.equal(made.facts.credentials, undefined);
        const { allowSharedKeyAccess, defaultToOAuthAuthentication } = account(graph);
        assert.deepEqual([allowSharedKeyAccess, defaultToOAuthAuthentication], [false, true]);
        const accountId = await promiseOf(made.accountId);
        assert.deepEqual(rolesOf(graph), [
            ["wandb-bucket-objects", appPrincipalId, `${accountId}/blobServices/default/containers/wandb`],
            ["wandb-bucket-settings", appPrincipalId, accountId],
            ["wandb-bucket-signing", appPrincipalId, accountId],
        ]);
        assert.equal(made.ready.length, 3);
        assert.equal(graph.byName("wandb-bucket-objects").protect, true);
    });

    it("takes its shape from the arguments", async () => {
        const { graph } = await make(
            {
                accountName: "files",
                containerName: "runs",
                redundancy: "RAGZRS",
                accessTier: "Cool",
                infrastructureEncryption: true,
                versioning: false,
                lifecycle: { noncurrentVersionDays: 3 },
                softDeleteDays: 0,
            },
            {},
            false,
        );
        const { accountName, sku, accessTier, encryption, identity } = account(graph);
        assert.deepEqual(
            [accountName, sku, accessTier, identity],
            ["files", { name: "Standard_RAGZRS" }, "Cool", undefined],
        );
        assert.deepEqual(encryption, { keySource: "Microsoft.Storage", requireInfrastructureEncryption: true });
        const { isVersioningEnabled, deleteRetentionPolicy, containerDeleteRetentionPolicy } = service(graph);
        assert.deepEqual(
            [isVersioningEnabled, deleteRetentionPolicy, containerDeleteRetentionPolicy],
            [false, { enabled: false }, { enabled: false }],
        );
        assert.match(
            JSON.stringify(graph.byName("wandb-bucket-lifecycle").inputs),
            /"daysAfterCreationGreaterThan":3\b/,
        );
        assert.equal(graph.byName("wandb-bucket").inputs["containerName"], "runs");
    });

    describe("network", () => {
        const rules = async (bucket: AzureBucketArgs) => {
            const { graph } = await make(bucket);
            const { publicNetworkAccess, networkRuleSet } = account(graph);
            return { publicNetworkAccess, ...(networkRuleSet as object) };
        };

        it("has a private endpoint for pods, and answers signed URLs from anywhere", async () => {
            const { endpoints, made } = await make();
            assert.deepEqual(
                endpoints.map(({ service: kind, endpointName }) => [kind, endpointName]),
                [["blob", undefined]],
            );
            assert.equal(await promiseOf(pulumi.output(endpoints[0].targetId)), await promiseOf(made.accountId));
        });

        it("answers some addresses only, one of them without a prefix length", async () => {
            assert.deepEqual(
                await rules({ allowedCidrs: ["203.0.113.0/24", "198.51.100.7/32"], allowedSubnetIds: ["subnet"] }),
                {
                    publicNetworkAccess: "Enabled",
                    bypass: "None",
                    defaultAction: "Deny",
                    ipRules: [
                        { action: "Allow", iPAddressOrRange: "203.0.113.0/24" },
                        { action: "Allow", iPAddressOrRange: "198.51.100.7" },
                    ],
                    virtualNetworkRules: [{ action: "Allow", virtualNetworkResourceId: "subnet" }],
                },
            );
        });

        it("is closed by an empty list", async () => {
            const { publicNetworkAccess, defaultAction } = (await rules({ allowedCidrs: [] })) as Record<
                string,
                unknown
            >;
            assert.deepEqual([publicNetworkAccess, defaultAction], ["Disabled", "Deny"]);
        });

        it("stays open for Event Grid alone where events are wanted", async () => {
            assert.deepEqual(await rules({ allowedCidrs: [], events: true }), {
                publicNetworkAccess: "Enabled",
                bypass: "AzureServices",
                defaultAction: "Deny",
                ipRules: [],
                virtualNetworkRules: [],
            });
        });

        it("needs no endpoint", async () => {
            assert.deepEqual((await make({ privateEndpoint: false })).endpoints, []);
            const [named] = (await make({ privateEndpointName: "files" })).endpoints;
            assert.equal(named.endpointName, "files");
        });
    });

    describe("events", () => {
        const names = { eventQueueName: "q", eventTopicName: "t", eventSubscriptionName: "s" };

        it("are made on request only", async () => {
            const { graph, made } = await make();
            assert.equal(made.events, undefined);
            assert.ok(!graph.resources.some(({ type }) => /eventgrid|Queue/.test(type)));
        });

        it("are those of new blobs below the prefix, sent as the topic's own identity", async () => {
            const { graph, made, endpoints } = await make({ ...names, events: true, prefix: "team" });
            const { inputs } = graph.byName("wandb-bucket-events-subscription");
            assert.deepEqual(inputs["filter"], {
                includedEventTypes: ["Microsoft.Storage.BlobCreated"],
                isSubjectCaseSensitive: true,
                subjectBeginsWith: "/blobServices/default/containers/wandb/blobs/team/",
            });
            assert.deepEqual([inputs["systemTopicName"], inputs["eventSubscriptionName"]], ["topic", "s"]);
            assert.deepEqual(inputs["deliveryWithResourceIdentity"], {
                identity: { type: "SystemAssigned" },
                destination: {
                    endpointType: "StorageQueue",
                    resourceId: await promiseOf(made.accountId),
                    queueName: "q",
                    queueMessageTimeToLiveInSeconds: 604_800,
                },
            });
            assert.ok(waitsOf(graph, "wandb-bucket-events-subscription").includes("wandb-bucket-events-sender"));
            assert.equal(graph.byName("wandb-bucket-events-topic").inputs["systemTopicName"], "t");
            assert.deepEqual(rolesOf(graph), [
                ["wandb-bucket-events-reader", appPrincipalId, "wandb-bucket-events-id"],
                ["wandb-bucket-events-sender", "topic-principal", "wandb-bucket-events-id"],
            ]);
            assert.deepEqual(
                endpoints.map(({ service: kind }) => kind),
                ["blob", "queue"],
            );
            assert.equal(await promiseOf(made.events?.queueName ?? pulumi.output("")), "q");
        });
    });

    describe("protection", () => {
        it("keeps everything that holds data, and a lock holds the account", async () => {
            const { graph } = await make({ events: true, lockName: "files" });
            for (const name of [
                "wandb-bucket-account",
                "wandb-bucket-service",
                "wandb-bucket-lifecycle",
                "wandb-bucket",
            ]) {
                assert.equal(graph.byName(name).protect, true, name);
            }
            const lock = graph.byName("wandb-bucket-lock");
            assert.deepEqual(
                [lock.inputs["scope"], lock.inputs["level"], lock.inputs["lockName"], lock.protect],
                ["wandb-bucket-account-id", "CanNotDelete", "files", undefined],
            );
            // It goes before all that it holds.
            for (const name of [
                "wandb-bucket",
                "wandb-bucket-lifecycle",
                "wandb-bucket-events",
                "wandb-bucket-events-reader",
            ]) {
                assert.ok(waitsOf(graph, "wandb-bucket-lock").includes(name), name);
            }
        });

        it("is off when told, and data may be left behind", async () => {
            const { graph } = await make({}, { deletionProtection: false, retainData: true });
            assert.ok(!graph.resources.some(({ name }) => name === "wandb-bucket-lock"));
            const { protect, retainOnDelete } = graph.byName("wandb-bucket-account");
            assert.deepEqual([protect, retainOnDelete], [undefined, true]);
        });
    });

    describe("in the simulated cloud", () => {
        let cloud: TestCloud;
        beforeEach(async () => {
            cloud = await azureCloud();
            await plantStorageSurroundings(cloud.provider.inventory);
        });
        afterEach(() => cloud.remove());

        const run = (bucket: AzureBucketArgs, settings: PartSettings = {}) =>
            runAzurePart(
                cloud,
                (scope) =>
                    createBucketPart(scope, {
                        bucket: { accountName: "files", ...bucket },
                        key: storageKey(),
                        encryptionIdentity: encryptionIdentity(),
                        hosts: ["wandb.example.com"],
                        network: listeningNetwork(),
                        appIdentity: appIdentity(),
                    }),
                settings,
            );

        const variants: readonly AzureBucketArgs[] = [
            {},
            { access: "identity", events: true },
            { allowedCidrs: ["203.0.113.0/24", "198.51.100.7/32"], events: true, prefix: "team" },
            {
                allowedCidrs: [],
                redundancy: "LRS",
                accessTier: "Cold",
                softDeleteDays: 0,
                corsHosts: ["*.example.com"],
            },
        ];
        for (const bucket of variants) {
            it(`is made and goes again, its lock first: ${JSON.stringify(bucket)}`, async () => {
                const before = azureThings(cloud);
                const { run: made } = await run(bucket);
                const order = await made.destroy((candidates) => candidates[candidates.length - 1]);
                const held = order.filter(
                    (name) => /^wandb-bucket/.test(name) && !/topic|subscription|service/.test(name),
                );
                assert.equal(held[0], "wandb-bucket-lock");
                assert.deepEqual(azureThings(cloud), before);
            });
        }

        it("has a lock that stands in the way of anybody who deletes it", async () => {
            await run({});
            const id =
                azureThings(cloud)
                    .find((thing) => /StorageAccount /.test(thing))
                    ?.split(" ")[1] ?? "";
            await assert.rejects(
                cloud.delete("azure-native:storage:StorageAccount", id),
                /Code="ScopeLocked".*Please remove the lock/,
            );
        });
    });
});
