import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AwsArgs } from "../../sdk/aws/args";
import type { WandbDeploymentArgs } from "../../sdk/index";
import { AwsDeployments } from "../support/aws-args";
import { startOnAws } from "../support/aws-graph";
import type { GraphRecorder } from "../support/graph";
import { type Failed, failedLate } from "../support/late-failures";

function failed(change: Partial<WandbDeploymentArgs>): Promise<Failed> {
    const args: WandbDeploymentArgs = AwsDeployments.minimal;
    return failedLate(() => startOnAws(), { ...args, ...change, aws: { ...args.aws, ...change.aws } });
}

const messages = (errors: readonly pulumi.ResourceError[]): string[] => errors.map(({ message }) => message).sort();
const types = ({ resources }: GraphRecorder): Set<string> => new Set(resources.map(({ type }) => type));

/** One wrong value each: the argument, and the resource that must not be made. */
const wrong: readonly { readonly aws: AwsArgs; readonly message: RegExp; readonly type: string }[] = [
    {
        aws: { bucket: { name: pulumi.output("Wrong_Name") } },
        message:
            /^aws\.bucket\.name: is not a name of an S3 bucket \("Wrong_Name" given\)\. .*letter or digit at both ends\.$/,
        type: "aws:s3/bucket:Bucket",
    },
    {
        aws: { database: { identifier: pulumi.output("-") } },
        message: /^aws\.database\.identifier: .*\("-" given\)/,
        type: "aws:rds/cluster:Cluster",
    },
    {
        aws: { cache: { authToken: pulumi.secret("short") } },
        message: /^aws\.cache\.authToken: has 5 characters/,
        type: "aws:elasticache/replicationGroup:ReplicationGroup",
    },
    {
        aws: { key: { alias: pulumi.output("wandb") } },
        message: /^aws\.key\.alias: is not an alias of a KMS key \("wandb" given\)/,
        type: "aws:kms/alias:Alias",
    },
];

describe("late checks in a deployment on AWS", function () {
    this.timeout(60_000);

    for (const { aws, message, type } of wrong) {
        it(`fail ${type} before it is made, with one message and no stack`, async () => {
            const { graph, errors } = await failed({ aws });
            assert.equal(errors.length, 1, messages(errors).join("\n"));
            const [error] = errors;
            assert.match(error.message, message);
            assert.deepEqual([error.stack, error.hideStack], [undefined, true]);
            assert.ok(types(graph).has("aws:ec2/vpc:Vpc"));
            assert.ok(!types(graph).has(type));
        });
    }

    it("name the deployment, which has been registered", async () => {
        const { graph, errors } = await failed({ host: pulumi.output("wandb.example.com/") });
        assert.match(messages(errors).join("\n"), /^host: ends with a slash \("wandb\.example\.com\/" given\)/);
        assert.equal(pulumi.Resource.isInstance(errors[0].resource), true);
        assert.ok(types(graph).has("wandb:index:WandbDeployment"));
        assert.ok(!types(graph).has("aws:acm/certificate:Certificate"));
    });

    it("tell of all wrong values of one run", async () => {
        const { errors } = await failed({
            ingress: { additionalHosts: [pulumi.output("Upper.example.com")] },
            aws: { bucket: { prefix: pulumi.output("/a") }, identity: { roleName: pulumi.output("a b") } },
        });
        assert.deepEqual(
            messages(errors).map((message) => message.split(":")[0]),
            ["aws.bucket.prefix", "aws.identity.roleName", "ingress.additionalHosts[0]"],
        );
    });
});
