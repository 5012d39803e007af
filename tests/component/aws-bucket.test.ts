import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type AwsBucketArgs, AwsStorageClass } from "../../sdk/aws/args/bucket";
import { type BucketPart, createBucketPart, ownBucketPolicies } from "../../sdk/aws/bucket/part";
import type { PolicyDocument, Statement } from "../../sdk/aws/iam/policies";
import type { AwsScope } from "../../sdk/aws/scope";
import { lastPart, storeSurroundings } from "../support/aws-stores";
import { GraphRecorder } from "../support/graph";
import { promiseOf } from "../support/resolve";

const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
const copyKeyArn = "arn:aws:kms:us-east-1:123456789012:key/5678";
const queueArn = "arn:aws:sqs:eu-west-1:123456789012:events";
const queueUrl = "https://sqs.eu-west-1.amazonaws.com/123456789012/events";
const iam = { path: "/team/", permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary" };
const outputs = {
    "aws:s3/bucket:Bucket": { bucket: "wandb-1", arn: "arn:aws:s3:::wandb-1", bucketRegion: "eu-west-1" },
    "aws:sqs/queue:Queue": { arn: queueArn, url: queueUrl },
    "aws:iam/role:Role": { name: "copies", arn: "arn:aws:iam::123456789012:role/team/copies" },
};

interface Made {
    readonly graph: GraphRecorder;
    readonly part: BucketPart;
}

async function make(bucket: AwsBucketArgs = {}, key?: string, settings: Partial<AwsScope> = {}): Promise<Made> {
    const graph = await GraphRecorder.start({ preview: false, outputs });
    const scope = { ...storeSurroundings().scope, ...settings };
    const part = createBucketPart(scope, {
        bucket,
        keyArn: key,
        hosts: ["wandb.example.com", "alias.example.com"],
        iam,
    });
    await pulumi.runtime.disconnect();
    return { graph, part };
}

const inputsOf = ({ graph }: Made, name: string) => graph.byName(name).inputs;
const childrenOf = ({ graph }: Made) => graph.resources.filter(({ type }) => type.startsWith("aws:"));
const dependenciesOf = ({ graph }: Made, name: string) => graph.byName(name).dependencies.map(lastPart);
const statementsIn = (text: unknown): readonly Statement[] => (JSON.parse(String(text)) as PolicyDocument).Statement;

describe("bucket on AWS", () => {
    it("is made below one component, with nothing that nobody asked for", async () => {
        const made = await make({}, keyArn);
        assert.match(made.graph.byName("wandb-storage").urn, /wandb:aws:Bucket::wandb-storage$/);
        assert.deepEqual(
            childrenOf(made)
                .map(({ urn }) => urn.replace("test:index:Parent$", ""))
                .sort(),
            [
                "wandb:aws:Bucket$aws:s3/bucket:Bucket::wandb-bucket",
                "wandb:aws:Bucket$aws:s3/bucketCorsConfiguration:BucketCorsConfiguration::wandb-bucket-cors",
                "wandb:aws:Bucket$aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration::wandb-bucket-lifecycle",
                "wandb:aws:Bucket$aws:s3/bucketOwnershipControls:BucketOwnershipControls::wandb-bucket-ownership",
                "wandb:aws:Bucket$aws:s3/bucketPolicy:BucketPolicy::wandb-bucket-policy",
                "wandb:aws:Bucket$aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::wandb-bucket-public-access",
                "wandb:aws:Bucket$aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration::wandb-bucket-encryption",
                "wandb:aws:Bucket$aws:s3/bucketVersioning:BucketVersioning::wandb-bucket-versioning",
            ],
        );
        assert.ok(childrenOf(made).every(({ protect }) => protect === true));
    });

    it("refuses plain text to everybody, and grants nothing: the pods' role has its own policy", async () => {
        const statements = statementsIn(inputsOf(await make(), "wandb-bucket-policy")["policy"]);
        assert.deepEqual(
            statements.map(({ Sid, Effect, Principal }) => [Effect, Sid, Principal]),
            [
                ["Deny", "HttpsOnly", "*"],
                ["Deny", "Tls12OrNewer", "*"],
            ],
        );
    });

    it("tells W&B where it is, and which key it has (trap 14)", async () => {
        const { part } = await make({ prefix: "team/wandb" }, keyArn);
        const { provider, name, prefix, region, kmsKey, credentials } = part.facts;
        assert.equal(provider, "s3");
        assert.deepEqual(await Promise.all([name, region, part.arn].map((value) => promiseOf(value ?? ""))), [
            "wandb-1",
            "eu-west-1",
            "arn:aws:s3:::wandb-1",
        ]);
        assert.deepEqual([prefix, kmsKey, credentials], ["team/wandb", keyArn, undefined]);
        assert.equal((await make()).part.facts.kmsKey, undefined);
    });

    it("lets pages of all hosts use presigned URLs", async () => {
        const [rule] = inputsOf(await make({ corsHosts: ["*.example.org"] }), "wandb-bucket-cors")["corsRules"] as [
            Record<string, unknown>,
        ];
        assert.deepEqual(rule["allowedOrigins"], [
            "https://wandb.example.com",
            "https://alias.example.com",
            "https://*.example.org",
        ]);
    });

    it("takes name, encryption and lifecycle from the arguments", async () => {
        const made = await make({
            name: "files",
            versioning: false,
            lifecycle: { noncurrentVersionDays: 90, incompleteMultipartUploadDays: 3 },
        });
        assert.equal(inputsOf(made, "wandb-bucket")["bucket"], "files");
        assert.deepEqual(inputsOf(made, "wandb-bucket-versioning")["versioningConfiguration"], { status: "Suspended" });
        assert.deepEqual(inputsOf(made, "wandb-bucket-encryption")["rules"], [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
        const [old, parts] = inputsOf(made, "wandb-bucket-lifecycle")["rules"] as Record<string, unknown>[];
        assert.deepEqual(old["noncurrentVersionExpiration"], { noncurrentDays: 90 });
        assert.deepEqual(parts["abortIncompleteMultipartUpload"], { daysAfterInitiation: 3 });
    });

    describe("with an access log", () => {
        it("writes it below its own name, and can be told to stop", async () => {
            const made = await make({ accessLogBucket: "logs" });
            const { inputs, protect } = made.graph.byName("wandb-bucket-access-log");
            assert.deepEqual(inputs, { bucket: "wandb-1", targetBucket: "logs", targetPrefix: "wandb-1/" });
            assert.equal(protect, undefined);
        });
    });

    describe("with copies", () => {
        const replication = { bucketArn: "arn:aws:s3:::copies", kmsKeyArn: copyKeyArn };

        it("copies everything that is encrypted with its key", async () => {
            const made = await make(
                { replication: { ...replication, storageClass: AwsStorageClass.GlacierInstant } },
                keyArn,
            );
            const { inputs, protect } = made.graph.byName("wandb-bucket-replication");
            assert.deepEqual(inputs, {
                bucket: "wandb-1",
                role: "arn:aws:iam::123456789012:role/team/copies",
                rules: [
                    {
                        id: "everything",
                        status: "Enabled",
                        filter: {},
                        deleteMarkerReplication: { status: "Enabled" },
                        destination: {
                            bucket: "arn:aws:s3:::copies",
                            storageClass: "GLACIER_IR",
                            encryptionConfiguration: { replicaKmsKeyId: copyKeyArn },
                        },
                        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                    },
                ],
            });
            assert.equal(protect, undefined);
            const after = dependenciesOf(made, "wandb-bucket-replication");
            assert.ok(after.includes("wandb-bucket-versioning") && after.includes("wandb-replication-role-copy"));
        });

        it("gives the role path, boundary and the rights for these two buckets", async () => {
            const made = await make({ replication }, keyArn);
            const role = inputsOf(made, "wandb-replication-role");
            assert.deepEqual([role["path"], role["permissionsBoundary"]], [iam.path, iam.permissionsBoundary]);
            assert.deepEqual(statementsIn(role["assumeRolePolicy"])[0].Principal, { Service: ["s3.amazonaws.com"] });
            const rights = statementsIn(inputsOf(made, "wandb-replication-role-copy")["policy"]);
            assert.deepEqual(
                rights.map(({ Sid, Resource }) => [Sid, ...(Resource ?? [])]),
                [
                    ["Source", "arn:aws:s3:::wandb-1"],
                    ["SourceObjects", "arn:aws:s3:::wandb-1/*"],
                    ["Copies", "arn:aws:s3:::copies/*"],
                    ["SourceKey", keyArn],
                    ["CopiesKey", copyKeyArn],
                ],
            );
        });

        it("hands them over to another account", async () => {
            const made = await make({ replication: { ...replication, accountId: "210987654321" } }, keyArn);
            const [rule] = inputsOf(made, "wandb-bucket-replication")["rules"] as [
                { destination: Record<string, unknown> },
            ];
            assert.equal(rule.destination["account"], "210987654321");
            assert.deepEqual(rule.destination["accessControlTranslation"], { owner: "Destination" });
            const [, , copies] = statementsIn(inputsOf(made, "wandb-replication-role-copy")["policy"]);
            assert.ok(copies.Action.includes("s3:ObjectOwnerOverrideToBucketOwner"));
        });

        it("asks for no key where S3's own keys encrypt", async () => {
            const made = await make({ replication: { bucketArn: replication.bucketArn } });
            const [rule] = inputsOf(made, "wandb-bucket-replication")["rules"] as [Record<string, unknown>];
            assert.equal(rule["sourceSelectionCriteria"], undefined);
            assert.doesNotMatch(String(inputsOf(made, "wandb-replication-role-copy")["policy"]), /kms:/);
        });
    });

    describe("with a queue of events", () => {
        it("makes one that is encrypted and takes events of this bucket only", async () => {
            const made = await make({ eventQueue: true, prefix: "team" });
            assert.deepEqual(inputsOf(made, "wandb-bucket-events"), {
                sqsManagedSseEnabled: true,
                receiveWaitTimeSeconds: 10,
                tags: { team: "ml" },
            });
            const [statement] = statementsIn(inputsOf(made, "wandb-bucket-events-policy")["policy"]);
            assert.deepEqual(statement.Condition, {
                ArnEquals: { "aws:SourceArn": "arn:aws:s3:::wandb-1" },
                StringEquals: { "aws:SourceAccount": "123456789012" },
            });
            assert.deepEqual(inputsOf(made, "wandb-bucket-notification")["queues"], [
                { id: "object-created", queueArn, events: ["s3:ObjectCreated:*"], filterPrefix: "team/" },
            ]);
            assert.ok(dependenciesOf(made, "wandb-bucket-notification").includes("wandb-bucket-events-policy"));
            const { queue } = made.part;
            assert.deepEqual(
                [queue && (await promiseOf(queue.arn)), queue && (await promiseOf(queue.url))],
                [queueArn, queueUrl],
            );
            assert.ok(
                childrenOf(made).every(({ name, protect }) => protect === true || /events|notification/.test(name)),
            );
        });

        it("makes none else", async () => {
            const made = await make({ eventQueue: false });
            assert.equal(made.part.queue, undefined);
            assert.ok(childrenOf(made).every(({ type }) => !type.startsWith("aws:sqs")));
        });
    });

    it("is named in policies in its partition", async () => {
        const made = await make({ eventQueue: true }, undefined, { partition: pulumi.output("aws-us-gov") });
        assert.equal(await promiseOf(made.part.arn), "arn:aws-us-gov:s3:::wandb-1");
        assert.match(String(inputsOf(made, "wandb-bucket-events-policy")["policy"]), /"arn:aws-us-gov:s3:::wandb-1"/);
    });
});

describe("bucket of one's own on AWS", () => {
    it("gets the policies that its owner must add, in its own region", async () => {
        await GraphRecorder.start({ preview: false });
        const { scope } = storeSurroundings();
        const roleArn = "arn:aws:iam::123456789012:role/app";
        const policies = ownBucketPolicies(scope, { name: "files", prefix: "p", region: "us-east-1", roleArn });
        const statements = statementsIn(await promiseOf(policies.bucket));
        assert.deepEqual(
            statements.map(({ Sid, Principal, Resource }) => [Sid, Principal, Resource?.[0]]),
            [
                ["HttpsOnly", "*", "arn:aws:s3:::files"],
                ["Tls12OrNewer", "*", "arn:aws:s3:::files"],
                ["WandbBucket", { AWS: [roleArn] }, "arn:aws:s3:::files"],
                ["WandbObjects", { AWS: [roleArn] }, "arn:aws:s3:::files/p/*"],
            ],
        );
        const [use] = JSON.parse(await promiseOf(policies.key)) as Statement[];
        assert.deepEqual(use.Principal, { AWS: [roleArn] });
        assert.deepEqual(use.Condition, { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } });
        const here = await promiseOf(ownBucketPolicies(scope, { name: "files", roleArn }).key);
        assert.match(here, /s3\.eu-west-1\.amazonaws\.com/);
        await pulumi.runtime.disconnect();
    });
});
