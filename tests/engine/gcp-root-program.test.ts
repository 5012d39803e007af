/** The root program on its stack `gcp`, with the settings of `npm start -- --stack gcp`: from nothing to Ready and to nothing again. */
import assert from "node:assert/strict";
import { assertStays, everything } from "../support/gcp-what-stays";
import { GcpWorld } from "../support/gcp-world";
import { inventory, leftovers } from "../support/inventory";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const quick = ["--yes", "--skip-preview"] as const;
const project = "sandbox-project";

/** What a user reads after the first run. */
const expectedOutputs: Readonly<Record<string, RegExp>> = {
    url: /^https:\/\/wandb\.sandbox\.example$/,
    address: /^\d+\.\d+\.\d+\.\d+$/,
    kubeconfig: /"gke-gcloud-auth-plugin"/,
    namespace: /^wandb$/,
    clusterName: /^wandb/,
    databaseHost: /^10\.\d+\.\d+\.\d+$/,
    bucketName: /^wandb-/,
    redisHost: /^10\.\d+\.\d+\.\d+$/,
    operatorVersion: /^\d+\.\d+\.\d+/,
    chartVersion: /^\d+\.\d+\.\d+/,
};

describe("the root program on the stack gcp", function () {
    this.timeout(engineTimeoutMs);
    let world: GcpWorld;
    let planted: string[];
    let initially: string[];

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        world = await GcpWorld.root();
        planted = world.existing();
        initially = await inventory(world.client);
    });
    after(() => world?.remove());

    it("begins with the zone of the domain, its API, and nothing else", () => {
        assert.deepEqual(planted, [
            `ManagedZone projects/${project}/managedZones/sandbox-example`,
            `serviceusage/api ${project}/dns.googleapis.com`,
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

    it("finds nothing to change in a second run, a refresh and the preview after it", async () => {
        await world.program.succeed("up", ...quick, "--expect-no-changes");
        await world.program.succeed("refresh", ...quick, "--expect-no-changes");
        await world.program.succeed("preview", "--expect-no-changes");
    });

    it("is destroyed as its settings allow, and leaves what was there and what Google keeps", async () => {
        await world.program.succeed("destroy", ...quick);
        assertStays(world.existing(), planted, { projectId: project, ...everything });
        await leftovers(world.client, initially, []);
    });
});
