/** A sample of the faults on Google Cloud, drawn by a seed: `npm run test:faults` runs them all. */
import assert from "node:assert/strict";
import { assertConverged, assertGone, failEach, seed, shuffled, up } from "../support/faults-cases";
import { GcpProgram } from "../support/gcp-faults";
import { changeable } from "../support/gcp-faults-cases";
import { Everything, ExtraTypes } from "../support/gcp-faults-sets";
import { KilledRun } from "../support/killed-run";
import { toolchainTimeoutMs } from "../support/scratch-program";

/** Of the types that every deployment has, those with the most behind them. */
const Types = [
    "gcp:compute/subnetwork:Subnetwork",
    "gcp:container/cluster:Cluster",
    "gcp:container/nodePool:NodePool",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    "gcp:redis/instance:Instance",
    "gcp:serviceaccount/iAMMember:IAMMember",
    "gcp:sql/databaseInstance:DatabaseInstance",
    "gcp:storage/bucket:Bucket",
];

/** One of these types, of each kind. */
function drawn(word: string, isLeft: (type: string) => boolean = () => true): string[] {
    return [Types, ExtraTypes].flatMap((types) => shuffled(`${seed} ${word}`, types).filter(isLeft).slice(0, 1)).sort();
}

describe(`a deployment on Google Cloud with faults, seed ${seed}`, function () {
    this.timeout(5 * 60_000);
    let gcp: GcpProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        gcp = await GcpProgram.create(0.002, Everything);
    });

    after(() => gcp.remove());

    it("loses nothing when it is killed among creations", async () => {
        const run = KilledRun.start(gcp.program, ...up);
        await run.did("created", 12);
        await run.kill();
        await gcp.adopt(await gcp.unlock());
        assert.deepEqual(gcp.discrepancies(), []);
    });

    it("converges after creations have failed", async () => {
        // What is there may be made already, all of its type.
        const made = gcp.types();
        const some = drawn("create", (type) => !made.includes(type));
        const { types } = await failEach(gcp, "up", "create", some);
        assert.deepEqual(types, some, "each fault has hit");
        assert.deepEqual(gcp.discrepancies(), []);
    });

    it("converges after updates have failed", async () => {
        gcp.change(Everything.changes);
        const some = drawn("update", (type) => changeable([type]).length > 0);
        const { types } = await failEach(gcp, "up", "update", some);
        assert.deepEqual(types, some, "each fault has hit");
        await assertConverged(gcp);
    });

    it("is gone after deletions have failed", async () => {
        const some = drawn("delete");
        const { types } = await failEach(gcp, "destroy", "delete", some);
        assert.deepEqual(types, some, "each fault has hit");
        assertGone(gcp);
    });
});
