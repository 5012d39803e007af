/** The types of resources that only a deployment of everything has: each fails once on create, once on update, once on delete. */
import assert from "node:assert/strict";
import { assertConverged, assertGone, failEach } from "../support/faults-cases";
import { GcpProgram } from "../support/gcp-faults";
import { changeable } from "../support/gcp-faults-cases";
import { Everything, ExtraTypes } from "../support/gcp-faults-sets";
import { toolchainTimeoutMs } from "../support/scratch-program";

describe("faults of Google Cloud, for a deployment of everything", function () {
    this.timeout(15 * 60_000);
    let gcp: GcpProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        gcp = await GcpProgram.create(0, Everything);
    });

    after(() => gcp.remove());

    it("converges after the first creation of each type has failed", async () => {
        const { types } = await failEach(gcp, "up", "create", ExtraTypes);
        assert.deepEqual(types, ExtraTypes);
        await assertConverged(gcp);
    });

    it("converges after the first update of each type has failed, before or after the work", async () => {
        gcp.change(Everything.changes);
        const { types } = await failEach(gcp, "up", "update", ExtraTypes);
        assert.deepEqual(types, changeable(ExtraTypes));
        await assertConverged(gcp);
    });

    it("is gone after the first deletion of each type has failed, before or after the work", async () => {
        const { types } = await failEach(gcp, "destroy", "delete", ExtraTypes);
        assert.deepEqual(types, ExtraTypes);
        assertGone(gcp);
    });
});
