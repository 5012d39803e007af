import assert from "node:assert/strict";
import type { AwsArgs } from "../../sdk/aws/args";
import { AwsDeployments } from "../support/aws-args";
import { startOnAws } from "../support/aws-graph";
import { deployedAlone } from "../support/aws-recording";

/** The resources of the statement on secrets; undefined when there is none. */
async function secretsOf(aws: AwsArgs): Promise<unknown> {
    const graph = await startOnAws();
    const { minimal } = AwsDeployments;
    await deployedAlone({ ...minimal, aws: { ...minimal.aws, ...aws } });
    const policy = graph.resources.find(({ name }) => name === "demo-app-role-secrets");
    const text = policy?.inputs["policy"] as string | undefined;
    return text && (JSON.parse(text) as { Statement: { Resource: unknown }[] }).Statement[0].Resource;
}

describe("rights on secrets of teams on AWS", () => {
    const secret = (name: string) => [`arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}*`];
    const rows: [what: string, aws: AwsArgs, resources: unknown][] = [
        ["the cluster's made name, which nobody else's begins with", {}, secret("demo-cluster-1a2b3c4")],
        ["none for a cluster whose name others may begin with", { cluster: { name: "prod" } }, undefined],
        [
            "those that are asked for",
            { cluster: { name: "prod" }, identity: { secretPrefix: "prod-wandb/" } },
            secret("prod-wandb/"),
        ],
    ];
    for (const [what, aws, resources] of rows) {
        it(`are by default or by argument: ${what}`, async () => assert.deepEqual(await secretsOf(aws), resources));
    }
});
