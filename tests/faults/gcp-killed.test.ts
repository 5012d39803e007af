/** The engine is killed at points all over a deployment on Google Cloud; and what the plugin had begun is lost with it. */
import assert from "node:assert/strict";
import { assertConverged, assertGone, seed, shuffled, up } from "../support/faults-cases";
import { GcpProgram } from "../support/gcp-faults";
import { Everything, NeverDeleted } from "../support/gcp-faults-sets";
import { KilledRun } from "../support/killed-run";
import { toolchainTimeoutMs } from "../support/scratch-program";

/** After how many resources each run is killed: seven times within the whole of about a hundred and thirty. */
const points = shuffled(seed, [6, 9, 12, 15, 18, 21, 24]);
const pointsOfDestroy = shuffled(seed, [8, 21, 34]);

describe(`an engine that is killed on Google Cloud, seed ${seed}`, function () {
    this.timeout(10 * 60_000);
    let gcp: GcpProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        // Minutes become a fraction of a second: long enough to be hit in the middle of many creations.
        gcp = await GcpProgram.create(0.002, Everything);
    });

    after(() => gcp.remove());

    for (const point of points) {
        it(`loses nothing and makes nothing twice, killed after ${point} more resources`, async () => {
            const run = KilledRun.start(gcp.program, ...up);
            await run.did("created", point);
            await run.kill();
            const unfinished = await gcp.unlock();
            // What is begun is written down before it is begun, so all that the state lacks is told.
            assert.deepEqual(gcp.discrepancies().sort(), gcp.orphansAmong(unfinished).sort());
            await gcp.adopt(unfinished);
            assert.deepEqual(gcp.discrepancies(), []);
        });
    }

    it("goes on after all of them", async () => {
        await gcp.up();
        await assertConverged(gcp);
    });

    it("loses nothing when it is killed among updates", async () => {
        gcp.change(Everything.changes);
        const run = KilledRun.start(gcp.program, ...up);
        await run.said(/(?: updated \([^]*?){9}/);
        await run.kill();
        await gcp.adopt(await gcp.unlock());
        assert.deepEqual(gcp.discrepancies(), []);
        await gcp.up();
        await assertConverged(gcp);
    });

    for (const point of pointsOfDestroy) {
        it(`loses nothing, killed after ${point} deletions`, async () => {
            const run = KilledRun.start(gcp.program, "destroy", "--yes", "--skip-preview");
            await run.did("deleted", point);
            await run.kill();
            await gcp.unlock();
            // The engine forgets these before that with which they go.
            const isForgotten = (told: string) => Object.keys(NeverDeleted).some((type) => told.includes(`$${type}::`));
            assert.deepEqual(
                gcp.discrepancies().filter((told) => !isForgotten(told)),
                [],
            );
        });
    }

    it("is gone after all", async () => {
        await gcp.destroy();
        assertGone(gcp);
    });
});
