import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/aws/provider";
import { AwsBucketEncryption, AwsSecureStorageConnector, type AwsSecureStorageConnectorArgs } from "../../sdk/index";
import type { PolicyDocument } from "../../sdk/aws/iam/policies";
import { GraphRecorder } from "../support/graph";
import { assertSnapshot } from "../support/snapshot";
import { promiseOf } from "../support/resolve";
import { LeastArgs, WandbRole } from "../support/storage-connector";

const keyArn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1234abcd";

/** What AWS would answer in GovCloud, where every ARN looks otherwise. */
const answers = {
    outputs: {
        "aws:s3/bucket:Bucket": {
            bucket: "files-1",
            arn: "arn:aws-us-gov:s3:::files-1",
            bucketRegion: "us-gov-west-1",
        },
        "aws:kms/key:Key": { arn: keyArn, keyId: "1234abcd" },
    },
    answers: {
        "aws:index/getPartition:getPartition": { partition: "aws-us-gov" },
        "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
        "aws:index/getRegion:getRegion": { region: "us-gov-west-1" },
    },
};

interface Made {
    readonly graph: GraphRecorder;
    readonly connector: AwsSecureStorageConnector;
}

async function make(
    changes: Partial<AwsSecureStorageConnectorArgs> = {},
    options: () => pulumi.ComponentResourceOptions = () => ({}),
): Promise<Made> {
    const graph = await GraphRecorder.start({ preview: false, ...answers });
    const connector = new AwsSecureStorageConnector("files", { ...LeastArgs, ...changes }, options());
    await pulumi.runtime.disconnect();
    return { graph, connector };
}

const inputsOf = ({ graph }: Made, name: string) => graph.byName(name).inputs;
const childrenOf = ({ graph }: Made) => graph.resources.filter(({ type }) => type.startsWith("aws:"));
const document = (inputs: Record<string, unknown>) => JSON.parse(String(inputs["policy"])) as PolicyDocument;

describe("AwsSecureStorageConnector", () => {
    it("registers the graph that the snapshot shows", async () => {
        const { graph } = await make();
        assertSnapshot("aws-connector", graph.lines());
    });

    it("encrypts with its own key, and names it to the bucket", async () => {
        const made = await make({ tags: { team: "ml" } });
        assert.deepEqual(inputsOf(made, "files-bucket-encryption")["rules"], [
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
                bucketKeyEnabled: true,
            },
        ]);
        const { policy, ...key } = inputsOf(made, "files-key");
        assert.deepEqual(key, {
            description: "Encrypts a bucket of Weights & Biases",
            enableKeyRotation: true,
            rotationPeriodInDays: 365,
            deletionWindowInDays: 30,
            tags: { team: "ml" },
        });
        const [account, use, describe] = document({ policy }).Statement;
        assert.deepEqual(account.Principal, { AWS: ["arn:aws-us-gov:iam::123456789012:root"] });
        assert.deepEqual([use.Principal, describe.Principal], [{ AWS: [WandbRole] }, { AWS: [WandbRole] }]);
        assert.deepEqual(use.Condition, { StringEquals: { "kms:ViaService": "s3.us-gov-west-1.amazonaws.com" } });
        assert.deepEqual(inputsOf(made, "files-key-alias"), { namePrefix: "alias/files-", targetKeyId: "1234abcd" });
        assert.deepEqual(inputsOf(made, "files-bucket"), { forceDestroy: false, tags: { team: "ml" } });
    });

    it("passes on settings of the key", async () => {
        const administrator = "arn:aws-us-gov:iam::123456789012:role/admin";
        const made = await make({
            principalArns: ["arn:aws-us-gov:iam::210987654321:root"],
            kmsKey: { alias: "alias/w", administratorArns: [administrator], rotationDays: 90, deletionWindowDays: 7 },
        });
        const key = inputsOf(made, "files-key");
        assert.equal(key["rotationPeriodInDays"], 90);
        assert.equal(key["deletionWindowInDays"], 7);
        assert.deepEqual(document(key).Statement[1].Principal, { AWS: [administrator] });
        assert.deepEqual(inputsOf(made, "files-key-alias"), { name: "alias/w", targetKeyId: "1234abcd" });
    });

    it("uses a key of one's own, and says what its policy needs", async () => {
        const arn = "arn:aws:kms:us-gov-west-1:123456789012:key/own";
        const made = await make({ kmsKey: { arn } });
        assert.ok(childrenOf(made).every(({ type }) => !type.startsWith("aws:kms")));
        const [rule] = inputsOf(made, "files-bucket-encryption")["rules"] as [Record<string, unknown>];
        assert.deepEqual(rule["applyServerSideEncryptionByDefault"], { sseAlgorithm: "aws:kms", kmsMasterKeyId: arn });
        const { kmsKeyArn, kmsKeyPolicyStatements = "" } = made.connector;
        assert.equal(await promiseOf(kmsKeyArn), arn);
        const statements = JSON.parse(await promiseOf(kmsKeyPolicyStatements)) as PolicyDocument["Statement"];
        assert.deepEqual(
            statements.map(({ Sid, Principal, Condition }) => [Sid, Principal, Condition]),
            [
                [
                    "WandbUse",
                    { AWS: [WandbRole] },
                    { StringEquals: { "kms:ViaService": "s3.us-gov-west-1.amazonaws.com" } },
                ],
                ["WandbDescribe", { AWS: [WandbRole] }, undefined],
            ],
        );
    });

    it("uses S3's keys when told to", async () => {
        const made = await make({ encryption: AwsBucketEncryption.S3 });
        assert.ok(childrenOf(made).every(({ type }) => !type.startsWith("aws:kms")));
        assert.deepEqual(inputsOf(made, "files-bucket-encryption")["rules"], [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
        const { kmsKeyArn, kmsKeyPolicyStatements, prefix } = made.connector;
        assert.deepEqual([kmsKeyArn, kmsKeyPolicyStatements, prefix], [undefined, undefined, undefined]);
        assert.doesNotMatch(await promiseOf(made.connector.principalPolicy), /kms:/);
    });

    it("is private, versioned and cleared of old versions", async () => {
        const made = await make({ lifecycle: { noncurrentVersionDays: 90, incompleteMultipartUploadDays: 3 } });
        const bucket = "files-1";
        assert.deepEqual(inputsOf(made, "files-bucket-public-access"), {
            bucket,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        assert.deepEqual(inputsOf(made, "files-bucket-ownership")["rule"], { objectOwnership: "BucketOwnerEnforced" });
        const versioning = inputsOf(made, "files-bucket-versioning");
        assert.deepEqual(versioning, { bucket, versioningConfiguration: { status: "Enabled" } });
        const [old, parts] = inputsOf(made, "files-bucket-lifecycle")["rules"] as Record<string, unknown>[];
        assert.deepEqual(old["noncurrentVersionExpiration"], { noncurrentDays: 90 });
        assert.deepEqual(old["expiration"], { expiredObjectDeleteMarker: true }, "current objects never expire");
        assert.deepEqual(parts["abortIncompleteMultipartUpload"], { daysAfterInitiation: 3 });
        const suspended = await make({ versioning: false });
        assert.deepEqual(inputsOf(suspended, "files-bucket-versioning")["versioningConfiguration"], {
            status: "Suspended",
        });
    });

    it("lets pages of the hosts use presigned URLs", async () => {
        const made = await make({
            hosts: [
                "wandb.example.com",
                "http://old.example.com",
                "*.example.org:8443",
                "http://a.example:443",
                "a.example:443",
                "http://a.example:80",
                "*",
            ],
        });
        const [rule] = inputsOf(made, "files-bucket-cors")["corsRules"] as [Record<string, unknown>];
        assert.deepEqual(rule["allowedOrigins"], [
            "https://wandb.example.com",
            "http://old.example.com",
            "https://*.example.org:8443",
            "http://a.example:443",
            // As browsers name it.
            "https://a.example",
            "http://a.example",
            "*",
        ]);
        assert.deepEqual(rule["allowedMethods"], ["GET", "HEAD", "PUT"]);
        assert.deepEqual(rule["exposeHeaders"], ["ETag"]);
    });

    it("grants on the bucket, or below the prefix, in the bucket's partition", async () => {
        const made = await make({ bucketName: "files-1", prefix: pulumi.output("team/wandb") });
        assert.equal(inputsOf(made, "files-bucket")["bucket"], "files-1");
        const { Statement } = document(inputsOf(made, "files-bucket-policy"));
        assert.deepEqual(
            Statement.map(({ Sid, Resource }) => [Sid, ...(Resource ?? [])].join(" ")),
            [
                "HttpsOnly arn:aws-us-gov:s3:::files-1 arn:aws-us-gov:s3:::files-1/*",
                "Tls12OrNewer arn:aws-us-gov:s3:::files-1 arn:aws-us-gov:s3:::files-1/*",
                "WandbBucket arn:aws-us-gov:s3:::files-1",
                "WandbObjects arn:aws-us-gov:s3:::files-1/team/wandb/*",
            ],
        );
        assert.equal(await promiseOf(made.connector.prefix), "team/wandb");
    });

    it("blocks the public before there is a policy", async () => {
        const { graph } = await make();
        const { dependencies } = graph.byName("files-bucket-policy");
        assert.ok(dependencies.some((urn) => urn.endsWith("::files-bucket-public-access")));
        assert.ok(graph.byName("files-bucket-lifecycle").dependencies.some((urn) => urn.endsWith("-versioning")));
    });

    it("protects everything, or says nothing about it", async () => {
        const protectedOnes = childrenOf(await make());
        assert.deepEqual([...new Set(protectedOnes.map(({ protect }) => protect))], [true]);
        assert.equal(protectedOnes.length, 10);
        const free = await make({ deletionProtection: false });
        // `false` would override what the caller sets on the component.
        assert.deepEqual([...new Set(childrenOf(free).map(({ protect }) => protect))], [undefined]);
        assert.equal(inputsOf(free, "files-bucket")["forceDestroy"], true);
    });

    it("retains everything when told to, objects included", async () => {
        const made = await make({ deletionProtection: false, retainData: true });
        assert.deepEqual([...new Set(childrenOf(made).map(({ retainOnDelete }) => retainOnDelete))], [true]);
        assert.equal(inputsOf(made, "files-bucket")["forceDestroy"], false);
    });

    it("gives every child the component for a parent and the caller's provider", async () => {
        const made = await make({}, () => ({ providers: [new Provider("own", { region: "us-gov-west-1" })] }));
        for (const { name, parent, provider } of childrenOf(made)) {
            assert.match(parent, /::wandb:index:AwsSecureStorageConnector::files$/, name);
            assert.match(provider, /pulumi:providers:aws::own::/, name);
        }
    });

    it("keeps what is secret secret", async () => {
        const made = await make({ principalArns: [pulumi.secret(WandbRole)] });
        const policy = inputsOf(made, "files-bucket-policy")["policy"];
        assert.ok(typeof policy === "object", "the policy is marked");
        assert.equal(await pulumi.isSecret(made.connector.bucketName), false);
    });

    it("knows its outputs only when all settings are made", async () => {
        const { connector } = await make();
        assert.equal(await promiseOf(connector.bucketName), "files-1");
        assert.equal(await promiseOf(connector.bucketRegion), "us-gov-west-1");
        const names = await dependenciesOf(connector.bucketName);
        assert.ok(names.includes("files-bucket-policy") && names.includes("files-bucket-encryption"), String(names));
    });

    it("refuses wrong arguments before anything is registered", async () => {
        const graph = await GraphRecorder.start(answers);
        assert.throws(
            () => new AwsSecureStorageConnector("files", { ...LeastArgs, principalArns: ["*"] }),
            (error) => pulumi.InputPropertiesError.isInstance(error) && /principalArns\[0\]/.test(String(error)),
        );
        assert.deepEqual(graph.resources, []);
    });
});

/** Internal to the SDK, but the only way to see what an Output waits for. */
interface OutputInternals {
    allResources(): Promise<Set<pulumi.Resource>>;
}

/** Logical names of the resources that an Output waits for. */
async function dependenciesOf(output: pulumi.Output<unknown>): Promise<string[]> {
    const resources = await (output as unknown as OutputInternals).allResources();
    const urns = await Promise.all([...resources].map(({ urn }) => promiseOf(urn)));
    return urns.map((urn) => urn.slice(urn.lastIndexOf("::") + 2));
}
