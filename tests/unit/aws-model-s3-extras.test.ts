/** The rules of access log, replication and events of the simulated S3: for each one input that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { properties, type PropertyMap } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const bucketType = "aws:s3/bucket:Bucket";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const versioningType = "aws:s3/bucketVersioning:BucketVersioning";
const loggingType = "aws:s3/bucketLogging:BucketLogging";
const replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const notificationType = "aws:s3/bucketNotification:BucketNotification";
const queueType = "aws:sqs/queue:Queue";
const queuePolicyType = "aws:sqs/queuePolicy:QueuePolicy";
const keyType = "aws:kms/key:Key";

describe("simulated S3, extras", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(properties({ region: "eu-west-1" }));
        await makeBucket("files");
    });
    afterEach(() => cloud.remove());

    const makeBucket = (bucket: string, inputs: PropertyMap = {}) =>
        cloud.create(bucketType, { bucket, ...inputs }, bucket);
    const versioned = (bucket: string, status = "Enabled") => ({ bucket, versioningConfiguration: { status } });
    const makeVersions = (bucket: string, status?: string) =>
        cloud.create(versioningType, versioned(bucket, status), bucket);

    it("logs to another bucket of the same region", async () => {
        const log = (targetBucket: string) =>
            cloud.create(loggingType, { bucket: "files", targetBucket, targetPrefix: "files/" });
        await assert.rejects(log("gone"), /InvalidTargetBucketForLogging/);
        await makeBucket("far", { region: "us-east-1" });
        await assert.rejects(log("far"), /CrossLocationLoggingProhibitted/);
        await makeBucket("logs");
        await log("logs");
    });

    it("lets in principals of this account only when they are there", async () => {
        const role = "arn:aws:iam::123456789012:role/wandb";
        const put = () => {
            const grant = { Effect: "Allow", Principal: { AWS: role }, Action: "s3:GetObject" };
            const policy = { Version: "2012-10-17", Statement: [{ ...grant, Resource: "arn:aws:s3:::files/*" }] };
            return cloud.create(policyType, { bucket: "files", policy: JSON.stringify(policy) });
        };
        await assert.rejects(put(), /MalformedPolicy: Invalid principal in policy/);
        const planted = { inputs: { name: "wandb" }, outputs: { arn: role, name: "wandb" } };
        await cloud.provider.inventory.plant({ type: "aws:iam/role:Role", id: "wandb", ...planted });
        await put();
    });

    describe("replication", () => {
        const role = "arn:aws:iam::123456789012:role/copy";
        const rule = {
            id: "everything",
            status: "Enabled",
            filter: {},
            deleteMarkerReplication: { status: "Enabled" },
            destination: { bucket: "arn:aws:s3:::copies" },
        };
        const put = (changes: PropertyMap = {}, givenRole = role) =>
            cloud.create(replicationType, { bucket: "files", role: givenRole, rules: [{ ...rule, ...changes }] });
        const kms = { encryptionConfiguration: { replicaKmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1" } };
        const chosen = { sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } } };

        it("needs versions on both sides", async () => {
            await makeBucket("copies", { region: "us-east-1" });
            await assert.rejects(put(), /Versioning must be 'Enabled' on the bucket/);
            await makeVersions("files");
            await assert.rejects(put(), /Destination bucket must have versioning enabled/);
            await makeVersions("copies", "Suspended");
            await assert.rejects(put(), /Destination bucket must have versioning enabled/);
            await cloud.delete(versioningType, "copies");
            await makeVersions("copies");
            await put();
        });

        describe("between versioned buckets", () => {
            beforeEach(async () => {
                await makeVersions("files");
                await makeBucket("copies", { region: "us-east-1" });
                await makeVersions("copies");
            });

            const to = (changes: PropertyMap) => ({ destination: { ...rule.destination, ...changes } });
            for (const [what, changes, expected] of [
                ["a bucket that is not there", to({ bucket: "arn:aws:s3:::gone" }), /Destination bucket must exist/],
                ["itself", to({ bucket: "arn:aws:s3:::files" }), /cannot be the same as the source/],
                ["a name in place of an ARN", to({ bucket: "copies" }), /Invalid bucket ARN/],
                ["a key without chosen objects", to(kms), /SseKmsEncryptedObjects must be specified/],
                ["chosen objects without key", chosen, /ReplicaKmsKeyID must be specified/],
                [
                    "another owner without account",
                    to({ accessControlTranslation: { owner: "Destination" } }),
                    /Account must be specified/,
                ],
            ] as const) {
                it(`refuses ${what}`, () => assert.rejects(put(changes), expected));
            }

            it("demands to say what becomes of deletions, and a role", async () => {
                const { deleteMarkerReplication, ...silent } = rule;
                assert.ok(deleteMarkerReplication);
                const rules = cloud.create(replicationType, { bucket: "files", role, rules: [silent] });
                await assert.rejects(rules, /DeleteMarkerReplication must be specified/);
                await assert.rejects(put({}, "copy"), /Invalid Role ARN/);
            });

            it("takes a key with chosen objects, and another owner with his account", async () => {
                const owner = { account: "210987654321", accessControlTranslation: { owner: "Destination" } };
                await put({ ...chosen, ...to({ ...kms, ...owner, storageClass: "STANDARD_IA" }) });
            });

            it("keeps the versions of the bucket as they are", async () => {
                const { id } = await put();
                const suspend = () =>
                    cloud.provider.update({
                        urn: urnOf(versioningType),
                        id: "files",
                        oldOutputs: properties(versioned("files")),
                        news: properties(versioned("files", "Suspended")),
                        preview: false,
                    });
                await assert.rejects(suspend(), /InvalidBucketState: A replication configuration is present/);
                await assert.rejects(cloud.delete(versioningType, "files"), /InvalidBucketState/);
                await cloud.delete(replicationType, id);
                await suspend();
                await cloud.delete(versioningType, "files");
            });
        });
    });

    describe("events", () => {
        const queueArn = "arn:aws:sqs:eu-west-1:123456789012:events";
        const queueUrl = "https://sqs.eu-west-1.amazonaws.com/123456789012/events";
        const created = { id: "created", queueArn, events: ["s3:ObjectCreated:*"] };
        const notify = (...queues: PropertyMap[]) => cloud.create(notificationType, { bucket: "files", queues });
        const allow = (condition: object = {}) => {
            const grant = { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sqs:SendMessage" };
            const statement = { ...grant, Resource: queueArn, Condition: condition };
            const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
            return cloud.create(queuePolicyType, { queueUrl, policy });
        };
        const unable = /InvalidArgument: Unable to validate the following destination configurations/;

        it("go to a queue that lets S3 send for this bucket", async () => {
            await assert.rejects(notify(created), unable);
            await cloud.create(queueType, { name: "events" });
            await assert.rejects(notify(created), unable);
            await allow({ ArnEquals: { "aws:SourceArn": "arn:aws:s3:::other" } });
            await assert.rejects(notify(created), unable);
            await cloud.delete(queuePolicyType, queueUrl);
            await allow({ StringEquals: { "aws:SourceAccount": "210987654321" } });
            await assert.rejects(notify(created), unable);
            await cloud.delete(queuePolicyType, queueUrl);
            await allow({
                ArnEquals: { "aws:SourceArn": "arn:aws:s3:::files" },
                StringEquals: { "aws:SourceAccount": "123456789012" },
            });
            await notify(created);
        });

        it("go to an encrypted queue when the key lets S3 in", async () => {
            const keyFor = async (...principals: object[]) => {
                const allow = { Effect: "Allow", Action: "kms:*", Resource: "*" };
                const statements = principals.map((Principal) => ({ ...allow, Principal }));
                const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
                return (await cloud.create(keyType, { policy })).id;
            };
            const account = { AWS: "arn:aws:iam::123456789012:root" };
            await cloud.create(queueType, { name: "events", kmsMasterKeyId: await keyFor(account) });
            await allow();
            await assert.rejects(notify(created), unable);
            await cloud.delete(queueType, queueUrl);
            const kmsMasterKeyId = await keyFor(account, { Service: "s3.amazonaws.com" });
            await cloud.create(queueType, { name: "events", kmsMasterKeyId });
            await notify(created);
        });

        it("are events of S3 that go to one place each", async () => {
            await cloud.create(queueType, { name: "events" });
            await allow();
            await assert.rejects(notify({ ...created, events: ["ObjectCreated"] }), /is not an event of S3/);
            const put = { ...created, id: "put", events: ["s3:ObjectCreated:Put"] };
            await assert.rejects(notify(created, put), /Configurations overlap/);
            const apart = [
                { ...created, filterPrefix: "a/" },
                { ...put, filterPrefix: "b/" },
            ];
            await assert.rejects(notify(...apart, { ...put, filterPrefix: "b/c/" }), /Configurations overlap/);
            await notify(...apart);
        });
    });
});
