import assert from "node:assert/strict";
import { BucketPolicy } from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { WandbDeployment } from "../../sdk/index";
import type { PolicyDocument } from "../../sdk/aws/iam/policies";
import { AwsDeployments } from "../support/aws-args";
import { startOnAws } from "../support/aws-graph";
import { allows } from "../support/iam-evaluation";
import { promiseOf } from "../support/resolve";

const { existing } = AwsDeployments;
const roleArn = "arn:aws:iam::123456789012:role/demo-app-role";
const files = "arn:aws:s3:::example-wandb/team/wandb/file";

/** A deployment with a bucket that another account owns, and the policy that is set there in the same program. */
async function deployed() {
    const graph = await startOnAws({ "aws:iam/role:Role": { arn: roleArn } });
    const { bucket } = existing;
    const { aws } = new WandbDeployment("demo", { ...existing, bucket: { ...bucket, prefix: "team/wandb" } });
    assert.ok(aws?.bucketOwnerPolicy && aws.bucketKeyPolicyStatements);
    new BucketPolicy("owner", { bucket: bucket.name, policy: aws.bucketOwnerPolicy });
    await pulumi.runtime.disconnect();
    return { graph, aws };
}

describe("a bucket of another account", () => {
    it("is told where it is, and what its owner must add for the pods' role", async () => {
        const { aws } = await deployed();
        assert.equal(await promiseOf(aws.bucketRegion), existing.bucket.region);
        assert.equal(await promiseOf(aws.bucketPrefix), "team/wandb");
        const policy = JSON.parse(await promiseOf(aws.bucketOwnerPolicy ?? "")) as PolicyDocument;
        const put = (resource: string) => allows(policy, { principal: roleArn, action: "s3:PutObject", resource });
        assert.ok(put(files));
        assert.ok(!put("arn:aws:s3:::example-wandb/other/file"));
        assert.match(await promiseOf(aws.bucketKeyPolicyStatements ?? ""), /kms:GenerateDataKey/);
    });

    it("lets the role in before W&B is there, so that one run is enough", async () => {
        const { graph } = await deployed();
        const waitsFor = graph.byName("owner").dependencies.map((urn) => urn.split("::").at(-1));
        assert.deepEqual(waitsFor, ["demo-app-role"]);
    });
});
