/** The root program on its stack `azure`, with the settings of `npm start -- --stack azure`: from nothing to Ready and to nothing again. */
import assert from "node:assert/strict";
import { assertStays } from "../support/azure-what-stays";
import { AzureWorld } from "../support/azure-world";
import { inventory, leftovers } from "../support/inventory";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const quick = ["--yes", "--skip-preview"] as const;
const dnsGroup = "/subscriptions/00000000-0000-4000-8000-00000000005b/resourceGroups/dns";

/** What a user reads after the first run. */
const expectedOutputs: Readonly<Record<string, RegExp>> = {
    url: /^https:\/\/wandb\.sandbox\.example$/,
    address: /^\d+\.\d+\.\d+\.\d+$/,
    kubeconfig: /"current-context"/,
    namespace: /^wandb$/,
    clusterName: /^wandb/,
    databaseHost: /^wandb-[a-z0-9-]+\.mysql\.database\.azure\.com$/,
    bucketName: /^wandb/,
    redisHost: /\.westeurope\.redis\.azure\.net$/,
    operatorVersion: /^\d+\.\d+\.\d+/,
    chartVersion: /^\d+\.\d+\.\d+/,
};

describe("the root program on the stack azure", function () {
    this.timeout(engineTimeoutMs);
    let world: AzureWorld;
    let planted: string[];
    let initially: string[];

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        world = await AzureWorld.root();
        planted = world.existing();
        initially = await inventory(world.client);
    });
    after(() => world?.remove());

    it("begins with the zone of the domain in its group, and nothing else", () => {
        assert.deepEqual(planted, [
            `ResourceGroup ${dnsGroup}`,
            `Zone ${dnsGroup}/providers/Microsoft.Network/dnsZones/sandbox.example`,
        ]);
    });

    it("goes up to Ready in one pass, and tells where W&B and its stores are", async () => {
        await world.program.succeed("up", ...quick);
        const live = new Live(world.client, "wandb");
        assert.equal(await live.phase(), "Completed");
        assert.deepEqual(await live.unavailable(), []);
        const given = await world.program.outputs();
        for (const [output, expected] of Object.entries(expectedOutputs)) {
            assert.match(String(given[output]), expected, output);
        }
    });

    it("finds nothing to change in a second run, in a preview, and after a refresh", async () => {
        await world.program.succeed("up", ...quick, "--expect-no-changes");
        await world.program.succeed("refresh", ...quick);
        await world.program.succeed("preview", "--expect-no-changes");
    });

    it("is destroyed as its settings allow, and leaves what was there and what Azure keeps", async () => {
        await world.program.succeed("destroy", ...quick);
        assertStays(world.existing(), planted);
        await leftovers(world.client, initially, []);
    });
});
