/**
 * Every type of resource of a deployment on Google Cloud fails once on create, once on update, once on delete; calls fail by chance; and Google
 * is too busy.
 */
import assert from "node:assert/strict";
import type { FaultRule } from "../../sandbox/clouds/faults";
import { assertConverged, assertGone, assertReadable, failEach, seed } from "../support/faults-cases";
import { GcpProgram, ModelledTypes } from "../support/gcp-faults";
import { changeable } from "../support/gcp-faults-cases";
import { Connection, Least, NeverDeleted, OtherRange } from "../support/gcp-faults-sets";
import { toolchainTimeoutMs } from "../support/scratch-program";

describe("faults of Google Cloud", function () {
    this.timeout(15 * 60_000);
    let gcp: GcpProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        gcp = await GcpProgram.create();
    });

    after(() => gcp.remove());

    it("converges after the first creation of each type has failed", async () => {
        const { types } = await failEach(gcp, "up", "create", ModelledTypes);
        assert.deepEqual(types, gcp.types());
        await assertConverged(gcp);
    });

    it("converges after the first update of each type has failed, before or after the work", async () => {
        gcp.change(Least.changes);
        const { types } = await failEach(gcp, "up", "update", ModelledTypes);
        assert.deepEqual(
            types,
            changeable(gcp.types()).filter((type) => type !== Connection),
        );
        await assertConverged(gcp);
    });

    it("converges after the connection with Google's networks could not be told of another range", async () => {
        gcp.change(Least.changes, OtherRange);
        const { types } = await failEach(gcp, "up", "update", [Connection]);
        assert.deepEqual(types, [Connection]);
        await assertConverged(gcp);
    });

    it("is gone after the first deletion of each type has failed, before or after the work", async () => {
        const made = gcp.types().filter((type) => !(type in NeverDeleted));
        const { types } = await failEach(gcp, "destroy", "delete", ModelledTypes);
        assert.deepEqual(types, made);
        assertGone(gcp);
    });

    it("converges, and is gone again, where one call in ten fails", async () => {
        gcp.change();
        await gcp.faults([], { seed: Number(seed), rate: 0.1 });
        const said = await gcp.repeat("up", 40);
        assert.notEqual(said.length, 1, "no call has failed");
        assertReadable(said.join("\n"));
        await assertConverged(gcp);
        await gcp.repeat("destroy", 40);
        assertGone(gcp);
    });

    it("says that Google is too busy, and converges once it is not", async () => {
        const message =
            "googleapi: Error 429: Quota exceeded for quota metric 'Queries' and limit 'Queries per minute'., rateLimitExceeded";
        const busy = (operation: "create" | "delete") =>
            ModelledTypes.map((type): FaultRule => ({ type, operation, kind: "throttle", nth: 2, times: 2, message }));
        await gcp.faults(busy("create"));
        const said = (await gcp.repeat("up", 40)).join("\n");
        assert.match(said, /error: googleapi: Error 429: Quota exceeded for quota metric 'Queries'/);
        assertReadable(said);
        await assertConverged(gcp);
        await gcp.faults(busy("delete"));
        await gcp.repeat("destroy", 40);
        assertGone(gcp);
    });
});
