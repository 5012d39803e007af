/** The engine is killed at points all over a deployment on AWS, and while controllers are installed. */
import assert from "node:assert/strict";
import { createClient, type KubeClient } from "../../sandbox/operator/controller/kube";
import { AwsProgram } from "../support/aws-faults";
import { killInInstallation } from "../support/aws-faults-cases";
import { assertConverged, assertGone, seed, shuffled, up } from "../support/faults-cases";
import { KilledRun } from "../support/killed-run";
import { toolchainTimeoutMs } from "../support/scratch-program";

/** After how many resources each run is killed: seven times within the whole of about a hundred. */
const points = shuffled(seed, [5, 7, 9, 11, 13, 15, 17]);
const pointsOfDestroy = shuffled(seed, [8, 21, 34]);

const Controllers = ["aws-load-balancer-controller", "cluster-autoscaler"];

describe(`an engine that is killed on AWS, seed ${seed}`, function () {
    this.timeout(10 * 60_000);
    let aws: AwsProgram;
    let client: KubeClient;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        // Minutes become a fraction of a second: long enough to be hit in the middle of many creations.
        aws = await AwsProgram.create(0.002);
        client = createClient(aws.instance.controlPlane.kubeconfigPath);
    });

    after(() => aws.remove());

    for (const point of points) {
        it(`loses nothing and makes nothing twice, killed after ${point} more resources`, async () => {
            const run = KilledRun.start(aws.program, ...up);
            await run.did("created", point);
            await run.kill();
            const unfinished = await aws.unlock();
            // What is begun is written down before it is begun, so all that the state lacks is told.
            const told = unfinished.flatMap(({ urn, id }) => (id === undefined ? [] : [`orphan: ${urn} ${id}`]));
            assert.deepEqual(aws.discrepancies().sort(), told.sort());
            await aws.adopt(unfinished);
            assert.deepEqual(aws.discrepancies(), []);
        });
    }

    it("goes on by itself with controllers whose installation was cut off", async () => {
        await killInInstallation(aws, client, Controllers, "pending-install");
        const output = await aws.up();
        for (const name of Controllers) {
            const removed = `removed its record sh.helm.release.v1.${name}.v1 (pending-install)`;
            assert.ok(output.includes(removed), output);
        }
        await assertConverged(aws);
    });

    it("goes on by itself with controllers whose upgrade was cut off", async () => {
        aws.change({ tags: { team: "ml" } });
        await killInInstallation(aws, client, ["aws-load-balancer-controller"], "pending-upgrade");
        assert.match(await aws.up(), /removed its record sh\.helm\.release\.v1\.\S+\.v2 \(pending-upgrade\)/);
        await assertConverged(aws);
    });

    for (const point of pointsOfDestroy) {
        it(`loses nothing, killed after ${point} deletions`, async () => {
            const run = KilledRun.start(aws.program, "destroy", "--yes", "--skip-preview");
            await run.did("deleted", point);
            await run.kill();
            await aws.unlock();
            assert.deepEqual(aws.discrepancies(), []);
        });
    }

    it("is gone after all", async () => {
        await aws.destroy();
        assertGone(aws);
    });
});
