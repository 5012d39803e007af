/**
 * The Azure examples as their READMEs tell: each satisfies the policy pack, goes up in one pass, shows no change and is
 * destroyed. Their recorded states (recorded.test.ts) are previewed here, where there is a subscription; `UPDATE_RECORDED=1` makes
 * them anew.
 */
import assert from "node:assert/strict";
import { clusterType } from "../../sandbox/clouds/azure/containerservice/shared";
import { gatewayType, listAt } from "../../sandbox/clouds/azure/network/gateway-rules";
import { valuesAt } from "../../sandbox/clouds/values";
import { azureExampleWorlds } from "../support/azure-example-worlds";
import { assertStays } from "../support/azure-what-stays";
import type { AzureWorld } from "../support/azure-world";
import { EngineRun } from "../support/engine-run";
import { assertExplained } from "../support/explained-findings";
import { inventory, leftovers } from "../support/inventory";
import { Live } from "../support/live";
import { policyPack } from "../support/policy-run";
import { assertKept } from "../support/recorded-run";
import { record, restore } from "../support/recorded-state";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const quick = ["--yes", "--skip-preview"] as const;

/** What stays in a cluster that is there before and after (docs/operations.md and docs/azure.md, "What stays"). */
const definitions = [
    "apiservices v1.apps.wandb.com",
    "apiservices v1.cert-manager.io",
    "customresourcedefinitions certificates.cert-manager.io",
    "customresourcedefinitions clusterissuers.cert-manager.io",
    "customresourcedefinitions issuers.cert-manager.io",
    "customresourcedefinitions weightsandbiases.apps.wandb.com",
];

/** What each example adds to the outputs that all have. */
const outputs: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
    "azure-minimal": { address: /^\d+\.\d+\.\d+\.\d+$/, kubeconfig: /"current-context"/ },
    "azure-production": {
        appClientId: /^[0-9a-f-]{36}$/,
        databaseHost: /\.mysql\.database\.azure\.com$/,
        bucketName: /^wandb$/,
    },
    "azure-private": {
        privateLinkResourceId: /\/applicationGateways\/wandb-[0-9a-f]{8}$/,
        privateLinkName: /./,
        storageAccountId: /\/storageAccounts\/wandb/,
    },
    "azure-existing": { address: /^203\.0\.113\.77$/, appClientId: /^[0-9a-f-]{36}$/ },
};

describe("examples on Azure", function () {
    this.timeout(engineTimeoutMs);

    for (const [name, create] of Object.entries(azureExampleWorlds)) {
        describe(name, () => {
            let world: AzureWorld;
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

            if (name === "azure-private") {
                it("answers at private addresses only", () => {
                    const one = (type: string) => {
                        const [found, ...others] = world.inventory.rows().filter((row) => row.type === type);
                        assert.deepEqual(others, []);
                        return found.inputs;
                    };
                    const access = "apiServerAccessProfile.enablePrivateCluster";
                    assert.equal(valuesAt(one(clusterType), access)[0], true);
                    const gateway = one(gatewayType);
                    const linked = listAt(gateway, "frontendIPConfigurations").filter(
                        (frontend) => frontend["privateLinkConfiguration"] !== undefined,
                    );
                    assert.deepEqual(
                        linked.map((frontend) => frontend["name"]),
                        ["private"],
                    );
                    const listeners = valuesAt(gateway, "httpListeners[*].frontendIPConfiguration.id").map(String);
                    assert.ok(listeners.length > 0);
                    assert.deepEqual(
                        listeners.filter((id) => !id.endsWith("/private")),
                        [],
                    );
                });
            }

            it("is destroyed, and leaves what was there before and what Azure keeps", async () => {
                await world.program.succeed("destroy", ...quick);
                assertStays(world.existing(), planted);
                await leftovers(world.client, initially, name === "azure-existing" ? definitions : []);
            });

            it("keeps every resource of its recorded state", async () => {
                const { urns } = await restore(name, world.program, world.instance);
                assertKept(await EngineRun.succeed(world.program, "preview"), urns);
            });
        });
    }
});
