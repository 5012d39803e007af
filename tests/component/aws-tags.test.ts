import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { AwsIdentityMode } from "../../sdk/index";
import { AwsDeployments } from "../support/aws-args";
import { startOnAws } from "../support/aws-graph";
import { deployedAlone } from "../support/aws-recording";

const { production, existing } = AwsDeployments;
const tags = { team: "ml" };

/** As many types as one deployment can have. */
const everything: WandbDeploymentArgs = {
    ...production,
    tags,
    aws: {
        ...production.aws,
        network: { ...production.aws.network, interfaceEndpoints: ["sts"] },
        identity: { mode: AwsIdentityMode.PodIdentity },
        bucket: { eventQueue: true },
        cache: { parameters: { "maxmemory-policy": "noeviction" } },
        privateLink: { allowedAccountIds: ["210987654321"] },
        clickHouse: {
            endpointServiceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
            key: true,
            keyPrincipalArn: "arn:aws:iam::210987654321:role/clickhouse",
        },
    },
};

const sdk = dirname(require.resolve("@pulumi/aws/package.json"));

/** Whether AWS takes tags for a type: its declaration has them then. */
function takesTags(type: string): boolean {
    const [, module] = type.split(":");
    return /^ {4}readonly tags: /m.test(readFileSync(join(sdk, `${module}.d.ts`), "utf8"));
}

describe("tags of a deployment", () => {
    const cases = { "everything that is made": everything, "around an own cluster": { ...existing, tags } };
    for (const [what, args] of Object.entries<WandbDeploymentArgs>(cases)) {
        it(`are on each resource of AWS that takes tags: ${what}`, async () => {
            const graph = await startOnAws();
            await deployedAlone(args);
            const taggable = graph.resources.filter(({ type }) => type.startsWith("aws:") && takesTags(type));
            const untagged = taggable.filter(
                ({ inputs }) => (inputs["tags"] as typeof tags | undefined)?.team !== "ml",
            );
            assert.ok(taggable.length > 5);
            assert.deepEqual(
                untagged.map(({ type, name }) => `${type} ${name}`),
                [],
            );
        });
    }
});
