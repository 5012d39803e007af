/**
 * The AWS examples as their READMEs tell: each satisfies the policy pack, goes up in one pass, shows no change and is destroyed. Their
 * recorded states (recorded.test.ts) are previewed here, where there is an account; `UPDATE_RECORDED=1` makes them anew.
 */
import assert from "node:assert/strict";
import { awsExampleWorlds } from "../support/aws-example-worlds";
import type { AwsWorld } from "../support/aws-world";
import { EngineRun } from "../support/engine-run";
import { assertExplained } from "../support/explained-findings";
import { inventory, leftovers } from "../support/inventory";
import { Live } from "../support/live";
import { policyPack } from "../support/policy-run";
import { assertKept } from "../support/recorded-run";
import { record, restore } from "../support/recorded-state";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const quick = ["--yes", "--skip-preview"] as const;

/** What stays in a cluster that is there before and after (docs/operations.md, "What stays"). */
const definition = ["apiservices v1.apps.wandb.com", "customresourcedefinitions weightsandbiases.apps.wandb.com"];

/** What each example adds to the outputs that all have. */
const outputs: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
    "aws-minimal": { address: /^k8s-wandb-wandb-\S+\.eu-west-1\.elb\.amazonaws\.com$/, kubeconfig: /"get-token"/ },
    "aws-production": { appRoleArn: /^arn:aws:iam::123456789012:role\/wandb-app-role-/, databaseHost: /\.rds\./ },
    "aws-private": {
        privateLinkServiceName: /^com\.amazonaws\.vpce\.eu-west-1\.vpce-svc-/,
        privateLinkZones: /^\["eu-west-1a","eu-west-1b","eu-west-1c"\]$/,
    },
    "aws-existing": {
        address: /^k8s-wandb-wandb-\S+\.eu-west-1\.elb\.amazonaws\.com$/,
        bucketOwnerPolicy: /"arn:aws:s3:::example-wandb\/\*"/,
        bucketKeyPolicyStatements: /"kms:ViaService":"s3\.eu-west-1\.amazonaws\.com"/,
    },
};

/** The load balancer behind the Ingress is not known to a preview while the settings are not applied, as in a restored cluster. */
const expectedLosses: Readonly<Record<string, readonly string[]>> = {
    "aws-private": ["create-replacement", "delete-replaced", "replace"].map(
        (step) => `${step} wandb-private-link-target`,
    ),
};

describe("examples on AWS", function () {
    this.timeout(engineTimeoutMs);

    for (const [name, create] of Object.entries(awsExampleWorlds)) {
        describe(name, () => {
            let world: AwsWorld;
            let planted: string[];
            let initially: string[];

            before(async function () {
                this.timeout(toolchainTimeoutMs);
                world = await create();
                planted = world.existing();
                initially = await inventory(world.client);
            });
            after(() => world?.remove());

            it("previews with the explained findings of the policy pack only", async () => {
                const output = await world.program.succeed("preview", "--policy-pack", policyPack);
                assertExplained(name, output);
                assert.deepEqual(world.existing(), planted);
            });

            it("goes up to Ready in one pass and shows no change afterwards", async () => {
                await world.program.succeed("config", "set", "deletionProtection", "false");
                await world.program.succeed("up", ...quick);
                const live = new Live(world.client, "wandb");
                assert.equal(await live.phase(), "Completed");
                assert.deepEqual(await live.unavailable(), []);
                const given = await world.program.outputs();
                for (const [output, expected] of Object.entries({ url: /^https:\/\/wandb\./, ...outputs[name] })) {
                    const value = given[output];
                    assert.match(typeof value === "string" ? value : JSON.stringify(value), expected, output);
                }
                await world.program.succeed("preview", "--expect-no-changes");
                if (process.env.UPDATE_RECORDED === "1") {
                    await record(name, world.program, world.instance);
                }
            });

            if (name === "aws-private") {
                it("is offered by PrivateLink after that one run, to the given accounts only (Trap 6)", () => {
                    const one = (type: string, kind = "") => {
                        const found = world.inventory
                            .rows()
                            .filter((row) => row.type === type && row.id.includes(kind));
                        assert.equal(found.length, 1, type);
                        return found[0];
                    };
                    const service = one("aws:ec2/vpcEndpointService:VpcEndpointService");
                    const balancer = one("aws:lb/loadBalancer:LoadBalancer", "loadbalancer/net/");
                    const ingress = one("aws:lb/loadBalancer:LoadBalancer", "loadbalancer/app/");
                    assert.deepEqual(service.inputs["networkLoadBalancerArns"], [balancer.id]);
                    assert.deepEqual(service.inputs["allowedPrincipals"], ["arn:aws:iam::210987654321:root"]);
                    assert.equal(ingress.inputs["internal"], true);
                    assert.equal(
                        one("aws:lb/targetGroupAttachment:TargetGroupAttachment").inputs["targetId"],
                        ingress.id,
                    );
                });
            }

            it("is destroyed, and leaves what was there before", async () => {
                await world.program.succeed("destroy", ...quick);
                assert.deepEqual(world.existing(), planted);
                await leftovers(world.client, initially, name === "aws-existing" ? definition : []);
            });

            it("keeps every resource of its recorded state", async () => {
                const { urns } = await restore(name, world.program, world.instance);
                assertKept(await EngineRun.succeed(world.program, "preview"), urns, expectedLosses[name]);
            });
        });
    }
});
