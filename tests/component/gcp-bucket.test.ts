import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type BucketPartArgs, createBucketPart, ownBucketGrants } from "../../sdk/gcp/bucket/part";
import { lastPart } from "../support/aws-stores";
import type { TestCloud } from "../support/cloud-frame";
import { plantKey, plantObject, plantStorageAgent, project, region } from "../support/gcp-account";
import { type GcpSettings, makeGcpPart, makeInCloud, startGcpCloud } from "../support/gcp-surroundings";
import { promiseOf } from "../support/resolve";

const keyId = `projects/${project.projectId}/locations/${region}/keyRings/r/cryptoKeys/k`;

const make = (changes: Partial<BucketPartArgs> = {}, settings: GcpSettings = {}) =>
    makeGcpPart(
        ({ scope, apis }) =>
            createBucketPart(scope, {
                bucket: {},
                keyId: pulumi.output(keyId),
                hosts: ["wandb.example.com"],
                apis,
                ...changes,
            }),
        settings,
    );

describe("bucket on Google Cloud", () => {
    it("is private, encrypted and versioned, in the region of the deployment, and clears old versions away", async () => {
        const { graph } = await make();
        const bucket = graph.byName("wandb-bucket");
        assert.deepEqual(bucket.inputs, {
            project: project.projectId,
            location: region.toUpperCase(),
            uniformBucketLevelAccess: true,
            publicAccessPrevention: "enforced",
            encryption: { defaultKmsKeyName: keyId },
            versioning: { enabled: true },
            lifecycleRules: [
                { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 30 } },
                { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
            ],
            softDeletePolicy: { retentionDurationSeconds: 7 * 86_400 },
            cors: [
                {
                    origins: ["https://wandb.example.com"],
                    methods: ["GET", "HEAD", "PUT"],
                    responseHeaders: ["*"],
                    maxAgeSeconds: 3000,
                },
            ],
            forceDestroy: false,
            labels: { team: "ml" },
        });
        assert.equal(bucket.protect, true);
        assert.deepEqual(bucket.dependencies.map(lastPart), ["wandb-storage-api"]);
        assert.match(bucket.urn, /\$wandb:gcp:Bucket\$gcp:storage\/bucket:Bucket::wandb-bucket$/);
    });

    it("lets nobody in by itself: that is for the identity", async () => {
        const { graph } = await make();
        assert.ok(!graph.resources.some(({ type }) => /I[Aa][Mm]/.test(type)));
    });

    it("takes its shape from the arguments", async () => {
        const bucket = {
            name: "files",
            prefix: "team",
            encryption: "google",
            storageClass: "NEARLINE",
            versioning: false,
            lifecycle: { noncurrentVersionDays: 3, incompleteMultipartUploadDays: 2 },
            softDeleteDays: 0,
            corsHosts: ["other.example.com"],
            accessLogBucket: "logs",
        } as const;
        const { corsHosts, ...rest } = bucket;
        const { graph, made } = await make(
            { bucket: { ...rest, corsHosts: [...corsHosts] }, keyId: undefined },
            { location: "eur4", deletionProtection: false },
        );
        const { inputs, protect } = graph.byName("wandb-bucket");
        assert.equal(inputs["name"], "files");
        assert.equal(inputs["location"], "EUR4");
        assert.equal(inputs["storageClass"], "NEARLINE");
        assert.equal(inputs["encryption"], undefined);
        assert.deepEqual(inputs["versioning"], { enabled: false });
        assert.deepEqual(inputs["softDeletePolicy"], { retentionDurationSeconds: 0 });
        assert.deepEqual(inputs["logging"], { logBucket: "logs" });
        assert.deepEqual((inputs["cors"] as { origins: string[] }[])[0].origins, [
            "https://wandb.example.com",
            "https://other.example.com",
        ]);
        assert.deepEqual(
            (inputs["lifecycleRules"] as { condition: object }[]).map(({ condition }) => condition),
            [{ daysSinceNoncurrentTime: 3 }, { age: 2 }],
        );
        assert.deepEqual([inputs["forceDestroy"], protect], [true, undefined]);
        const { facts } = made;
        assert.deepEqual([facts.provider, await promiseOf(facts.name), facts.prefix], ["gcs", "files", "team"]);
    });

    it("keeps its objects when they are to be left behind", async () => {
        const { graph } = await make({}, { deletionProtection: false, retainData: true });
        const { inputs, retainOnDelete } = graph.byName("wandb-bucket");
        assert.deepEqual([inputs["forceDestroy"], retainOnDelete], [false, true]);
    });

    describe("events", () => {
        const withEvents = () =>
            make({
                bucket: {
                    name: "files",
                    events: true,
                    prefix: "team",
                    eventTopicName: "t",
                    eventSubscriptionName: "s",
                },
                topicKeyId: pulumi.output(keyId),
            });

        it("are made on request only", async () => {
            const { graph, made } = await make();
            assert.equal(made.events, undefined);
            assert.ok(!graph.resources.some(({ type }) => /pubsub|notification/.test(type)));
        });

        it("are those of new objects below the prefix, in a subscription that stays", async () => {
            const { graph } = await withEvents();
            const topic = graph.byName("wandb-bucket-events").inputs;
            assert.deepEqual([topic["name"], topic["kmsKeyName"]], ["t", keyId]);
            assert.deepEqual(topic["messageStoragePolicy"], { allowedPersistenceRegions: [region] });
            const reader = graph.byName("wandb-bucket-events-subscription").inputs;
            assert.deepEqual([reader["name"], reader["topic"]], ["s", "wandb-bucket-events-id"]);
            assert.deepEqual(reader["expirationPolicy"], { ttl: "" });
            assert.deepEqual(graph.byName("wandb-bucket-notification").inputs, {
                bucket: "files",
                topic: "wandb-bucket-events-id",
                payloadFormat: "JSON_API_V1",
                eventTypes: ["OBJECT_FINALIZE"],
                objectNamePrefix: "team/",
            });
            assert.equal(graph.byName("wandb-bucket-events").protect, undefined);
        });

        it("come once Cloud Storage may publish them", async () => {
            const { graph } = await withEvents();
            assert.deepEqual(
                graph.byName("wandb-bucket-events-publisher").inputs["member"],
                "serviceAccount:agent-of-storage",
            );
            const waits = graph.byName("wandb-bucket-notification").dependencies.map(lastPart);
            assert.ok(waits.includes("wandb-bucket-events-publisher"));
        });
    });

    it("of the caller's own is used once its owner has granted roles, limited to the prefix", async () => {
        const grants = async (prefix?: string) =>
            JSON.parse(await promiseOf(ownBucketGrants({ name: "given", prefix, email: "app@example" }))) as unknown;
        const member = "serviceAccount:app@example";
        assert.deepEqual(await grants(), [
            { role: "roles/storage.objectUser", member },
            { role: "roles/storage.bucketViewer", member },
        ]);
        assert.deepEqual(await grants("team"), [
            {
                role: "roles/storage.objectUser",
                member,
                condition: {
                    title: "prefix",
                    description: "Objects below one prefix, and lists of the bucket",
                    expression:
                        'resource.type == "storage.googleapis.com/Bucket" || resource.name.startsWith("projects/_/buckets/given/objects/team/")',
                },
            },
            { role: "roles/storage.bucketViewer", member },
        ]);
    });

    describe("in the simulated cloud", () => {
        let cloud: TestCloud;
        beforeEach(async () => {
            cloud = await startGcpCloud();
        });
        afterEach(() => cloud.remove());

        const makeThere = async (settings: GcpSettings) => {
            const agent = await plantStorageAgent(cloud.provider.inventory, project);
            const key = await plantKey(cloud.provider.inventory, region, [agent]);
            return makeInCloud(
                cloud,
                ({ scope, apis }) => {
                    apis.need("cloudkms");
                    return createBucketPart(scope, {
                        bucket: { name: "files", events: true },
                        keyId: pulumi.output(key),
                        hosts: ["wandb.example.com"],
                        apis,
                    });
                },
                settings,
            );
        };

        it("goes with its objects and events when the protection is off", async () => {
            const { run } = await makeThere({ deletionProtection: false });
            await plantObject(cloud.provider.inventory, "files", "a");
            await run.destroy((candidates) => candidates[0]);
            const left = cloud.provider.inventory.rows().map(({ type }) => type);
            assert.ok(!left.some((type) => /storage\/(bucket|object|notification)|pubsub\//.test(type)), left.join());
        });

        it("with objects stays as long as it is protected", async () => {
            const { run } = await makeThere({});
            await plantObject(cloud.provider.inventory, "files", "a");
            await assert.rejects(
                run.destroy((candidates) => candidates[0]),
                /delete bucket files without `force_destroy` set to true/,
            );
        });
    });
});
