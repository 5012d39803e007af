/** The policies about AWS on what our own components register. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AwsBucketEncryption, AwsSecureStorageConnector, type AwsSecureStorageConnectorArgs } from "../../sdk/index";
import { GraphRecorder } from "../support/graph";
import { foundIn } from "../support/policy-aws/stack";
import { LeastArgs } from "../support/storage-connector";

const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";

const outputs: Readonly<Record<string, Record<string, unknown>>> = {
    "aws:s3/bucket:Bucket": { bucket: "files-1", arn: "arn:aws:s3:::files-1", bucketRegion: "eu-west-1" },
    "aws:kms/key:Key": { arn: keyArn, keyId: "1234abcd" },
};

const answers = {
    "aws:index/getPartition:getPartition": { partition: "aws" },
    "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
    "aws:index/getRegion:getRegion": { region: "eu-west-1" },
};

/** Policy and place of everything that is found. */
async function found(changes: Partial<AwsSecureStorageConnectorArgs>): Promise<string[]> {
    const graph = await GraphRecorder.start({ preview: false, outputs, answers });
    new AwsSecureStorageConnector("files", { ...LeastArgs, ...changes });
    await pulumi.runtime.disconnect();
    const stack = graph.resources.map(({ type, name, inputs }) => ({
        type,
        name,
        props: { ...inputs, ...outputs[type] },
    }));
    assert.ok(stack.some(({ type }) => type === "aws:s3/bucketPolicy:BucketPolicy"));
    return (await foundIn(stack)).map(({ policy, message }) => `${policy} ${message.split(": ", 2).join(": ")}`);
}

describe("policies about AWS on AwsSecureStorageConnector", () => {
    it("find nothing by default", async () => {
        assert.deepEqual(await found({}), []);
    });

    it("tell what its arguments give up", async () => {
        const changes = { versioning: false, encryption: AwsBucketEncryption.S3, deletionProtection: false };
        assert.deepEqual(await found(changes), [
            "bucket-versions files-bucket-versioning: versioningConfiguration.status",
            "bucket-key files-bucket-encryption: rules",
            "bucket-force-destroy files-bucket: forceDestroy",
        ]);
    });
});
