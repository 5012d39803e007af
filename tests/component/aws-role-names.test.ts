import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { AwsDeployments, EveryRoleName } from "../support/aws-args";
import { startOnAws } from "../support/aws-graph";
import { deployedAlone } from "../support/aws-recording";

const { production } = AwsDeployments;

/** Everything for which a role is made. */
const everything: WandbDeploymentArgs = {
    ...production,
    aws: {
        ...production.aws,
        cluster: { roleName: "acme-cluster", nodes: { roleName: "acme-nodes" } },
        bucket: {
            replication: {
                bucketArn: "arn:aws:s3:::copies",
                kmsKeyArn: "arn:aws:kms:us-west-2:123456789012:key/12345678-1234-1234-1234-123456789012",
            },
        },
        identity: { roleName: "acme-app", roleNames: EveryRoleName },
        dns: { ...production.aws.dns, externalDns: true },
    },
};

describe("roles of a deployment", () => {
    it("have the names that are given, each of them", async () => {
        const graph = await startOnAws();
        await deployedAlone(everything);
        const names = graph.resources
            .filter(({ type }) => type === "aws:iam/role:Role")
            .map(({ inputs }) => inputs["name"]);
        assert.deepEqual(
            names.sort(),
            ["acme-app", "acme-cluster", "acme-nodes", ...Object.values(EveryRoleName)].sort(),
        );
    });
});
