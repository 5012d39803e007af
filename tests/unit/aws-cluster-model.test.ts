/** What the component asks of AWS is well-formed: the simulated AWS, written from the documentation, knows each property and value. */
import assert from "node:assert/strict";
import { AwsTaintEffect } from "../../sdk/aws/args/cluster";
import { AwsIdentityMode } from "../../sdk/aws/args/identity";
import type { PropertyMap } from "../../sandbox/clouds/values";
import { makeCluster } from "../support/eks";
import { EksCloud } from "../support/eks-cloud";

const entry = {
    principalArn: "arn:aws-us-gov:iam::123456789012:role/admin",
    policies: ["AmazonEKSViewPolicy"],
    groups: ["readers"],
    namespaces: ["wandb"],
};

describe("the EKS cluster before the simulated AWS", () => {
    for (const identityMode of Object.values(AwsIdentityMode)) {
        it(`asks for nothing unknown with ${identityMode}`, async () => {
            const cluster = {
                serviceCidr: "172.20.0.0/16",
                accessEntries: { readers: entry },
                nodes: { labels: { pool: "a" }, taints: [{ key: "a", effect: AwsTaintEffect.NoSchedule }] },
            };
            const input = { identityMode, cluster, externalDns: { zoneId: "Z1" } };
            const { graph } = await makeCluster(input, { tags: { team: "ml" } });
            const cloud = await EksCloud.start();
            const asked = graph.resources.filter(({ type }) => type.startsWith("aws:"));
            assert.ok(asked.length > 25, String(asked.length));
            for (const { type, name, inputs } of asked) {
                const given = JSON.parse(JSON.stringify(inputs)) as PropertyMap;
                assert.deepEqual(await cloud.problems(type, given), [], name);
            }
            cloud.remove();
        });
    }
});
