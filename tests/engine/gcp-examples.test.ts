/**
 * The Google Cloud examples as their READMEs tell: each satisfies the policy pack, goes up in one pass, shows no change and is
 * destroyed. Their recorded states (recorded.test.ts) are previewed here, where there is a project; `UPDATE_RECORDED=1` makes
 * them anew.
 */
import assert from "node:assert/strict";
import { pathOf } from "../../sandbox/clouds/gcp/compute/links";
import {
    clusterType,
    forwardingRuleType,
    globalForwardingRuleType,
    serviceAttachmentType,
} from "../../sandbox/clouds/gcp/compute/shared";
import { valuesAt } from "../../sandbox/clouds/values";
import { EngineRun } from "../support/engine-run";
import { assertExplained } from "../support/explained-findings";
import { project } from "../support/gcp-account";
import { gcpExampleWorlds } from "../support/gcp-example-worlds";
import { assertStays, everything, storesOnly } from "../support/gcp-what-stays";
import type { GcpWorld } from "../support/gcp-world";
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
    "gcp-minimal": { address: /^\d+\.\d+\.\d+\.\d+$/, kubeconfig: /"gke-gcloud-auth-plugin"/ },
    "gcp-production": {
        appServiceAccountEmail: /@example-project\.iam\.gserviceaccount\.com$/,
        databaseHost: /^10\./,
        bucketName: /^wandb-/,
    },
    "gcp-private": { serviceAttachmentId: /\/regions\/europe-west4\/serviceAttachments\/wandb/ },
    "gcp-existing": {
        address: /^\d+\.\d+\.\d+\.\d+$/,
        appServiceAccountEmail: /@example-project\.iam\.gserviceaccount\.com$/,
    },
};

/** What Google keeps of those that make more, or less, than the least. */
const stays: Readonly<Record<string, typeof everything>> = {
    "gcp-production": { ...everything, apis: [...everything.apis, "monitoring"] },
    "gcp-existing": storesOnly,
};

/** The load balancer of the Ingress is not known to a preview while the settings are not applied, as in a restored cluster. */
const expectedLosses: Readonly<Record<string, readonly string[]>> = {
    "gcp-private": ["create-replacement", "delete-replaced", "replace"].map((step) => `${step} wandb-psc-attachment`),
};

describe("examples on Google Cloud", function () {
    this.timeout(engineTimeoutMs);

    for (const [name, create] of Object.entries(gcpExampleWorlds)) {
        describe(name, () => {
            let world: GcpWorld;
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

            if (name === "gcp-private") {
                it("is offered by Private Service Connect after that one run, to the given projects only", () => {
                    const of = (type: string) => world.inventory.rows().filter((row) => row.type === type);
                    const [attachment, ...others] = of(serviceAttachmentType);
                    assert.deepEqual(others, []);
                    const lists = attachment.inputs["consumerAcceptLists"] as { readonly projectIdOrNum: string }[];
                    assert.deepEqual(
                        lists.map(({ projectIdOrNum }) => projectIdOrNum),
                        ["consumer-project"],
                    );
                    assert.equal(attachment.inputs["connectionPreference"], "ACCEPT_MANUAL");
                    // GKE's, of the Ingress, with TLS.
                    const [rule] = of(forwardingRuleType);
                    assert.equal(pathOf(attachment.inputs["targetService"]), rule.id);
                    assert.equal(rule.inputs["loadBalancingScheme"], "INTERNAL_MANAGED");
                    assert.deepEqual(of(globalForwardingRuleType), []);
                    const [cluster] = of(clusterType);
                    assert.equal(valuesAt(cluster.inputs, "privateClusterConfig.enablePrivateEndpoint")[0], true);
                });
            }

            it("is destroyed, and leaves what was there before and what Google keeps", async () => {
                await world.program.succeed("destroy", ...quick);
                assertStays(world.existing(), planted, {
                    projectId: project.projectId,
                    ...(stays[name] ?? everything),
                });
                await leftovers(world.client, initially, name === "gcp-existing" ? definition : []);
            });

            it("keeps every resource of its recorded state", async () => {
                const { urns } = await restore(name, world.program, world.instance);
                assertKept(await EngineRun.succeed(world.program, "preview"), urns, expectedLosses[name]);
            });
        });
    }
});
