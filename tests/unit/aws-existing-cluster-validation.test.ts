/** What an EKS cluster that is there already needs beside it. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { validate } from "../../sdk/validate";

const rest = { host: "https://wandb.example.com", license: "x" };

/** What is wrong with `aws.network` when the cluster is there already. */
function problemsOfNetwork(network?: object | pulumi.Output<object>): string[] {
    const args = { ...rest, aws: { network, cluster: { existing: { name: "theirs" } } } };
    return validate("wandb", args as never, { hasKubernetesProvider: false })
        .filter(({ propertyPath }) => propertyPath.startsWith("aws.network"))
        .map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

describe("aws.cluster.existing", () => {
    it("needs its own network, since pods reach database and cache in no other", () => {
        for (const network of [undefined, {}]) {
            assert.match(
                problemsOfNetwork(network).join("\n"),
                /^aws\.network\.existing: is missing, but `aws\.cluster\.existing` is given.*Give that VPC and its subnets\.$/,
            );
        }
        const privateSubnetIds = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
        const existing = {
            vpcId: "vpc-0123456789abcdef0",
            privateSubnetIds,
            loadBalancerSubnetIds: privateSubnetIds,
        };
        assert.deepEqual(problemsOfNetwork({ existing }), []);
        // It may be there: that it is no plain value is all that is wrong with it.
        assert.match(problemsOfNetwork(pulumi.output({ existing })).join("\n"), /^aws\.network: is an Output.*$/);
    });
});
