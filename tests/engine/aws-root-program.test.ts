/** The root program on its stack `aws`, with the settings of `npm start -- --stack aws`: from nothing to Ready and to nothing again. */
import assert from "node:assert/strict";
import { AwsWorld } from "../support/aws-world";
import { inventory, leftovers } from "../support/inventory";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const quick = ["--yes", "--skip-preview"] as const;

/** What a user reads after the first run. */
const expectedOutputs: Readonly<Record<string, RegExp>> = {
    url: /^https:\/\/wandb\.sandbox\.example$/,
    address: /^k8s-wandb-wandb-\S+\.us-east-1\.elb\.amazonaws\.com$/,
    kubeconfig: /"get-token"/,
    namespace: /^wandb$/,
    clusterName: /^wandb/,
    databaseHost: /\.us-east-1\.rds\.amazonaws\.com$/,
    bucketName: /^wandb-/,
    redisHost: /\.cache\.amazonaws\.com$/,
    operatorVersion: /^\d+\.\d+\.\d+/,
    chartVersion: /^\d+\.\d+\.\d+/,
};

describe("the root program on the stack aws", function () {
    this.timeout(engineTimeoutMs);
    let world: AwsWorld;
    let planted: string[];
    let initially: string[];

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        world = await AwsWorld.root();
        planted = world.existing();
        initially = await inventory(world.client);
    });
    after(() => world?.remove());

    it("begins with the zone of the domain and nothing else", () => {
        assert.deepEqual(planted, ["Zone Z0SANDBOXEXAMPLE"]);
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

    it("finds nothing to change in a second run, a refresh and the preview after it", async () => {
        await world.program.succeed("up", ...quick, "--expect-no-changes");
        await world.program.succeed("refresh", ...quick, "--expect-no-changes");
        await world.program.succeed("preview", "--expect-no-changes");
    });

    it("is destroyed as its settings allow, and leaves the zone only", async () => {
        await world.program.succeed("destroy", ...quick);
        assert.deepEqual(world.existing(), planted);
        await leftovers(world.client, initially, []);
    });
});
