/** The types of resources that only a deployment of everything has: each fails once on create, once on update, once on delete. */
import assert from "node:assert/strict";
import { AwsProgram } from "../support/aws-faults";
import { Everything, ExtraTypes, NeverUpdated, OtherBucket, QueuePolicy } from "../support/aws-faults-sets";
import { assertConverged, assertGone, failEach } from "../support/faults-cases";
import { toolchainTimeoutMs } from "../support/scratch-program";

describe("faults of AWS, for a deployment of everything", function () {
    this.timeout(15 * 60_000);
    let aws: AwsProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        aws = await AwsProgram.create(0, Everything);
    });

    after(() => aws.remove());

    it("converges after the first creation of each type has failed", async () => {
        const { types } = await failEach(aws, "up", "create", ExtraTypes);
        assert.deepEqual(types, ExtraTypes);
        await assertConverged(aws);
    });

    it("converges after the first update of each type has failed, before or after the work", async () => {
        aws.change(Everything.changes);
        const { types } = await failEach(aws, "up", "update", ExtraTypes);
        const others = ExtraTypes.filter((type) => !types.includes(type));
        assert.deepEqual(others, [...ExtraTypes.filter((type) => type in NeverUpdated), QueuePolicy].sort());
        await assertConverged(aws);
    });

    it("converges after the queue's policy could not be told of another bucket", async () => {
        aws.change(Everything.changes, OtherBucket);
        const { types } = await failEach(aws, "up", "update", [QueuePolicy]);
        assert.deepEqual(types, [QueuePolicy]);
        await assertConverged(aws);
    });

    it("is gone after the first deletion of each type has failed, before or after the work", async () => {
        const { types } = await failEach(aws, "destroy", "delete", ExtraTypes);
        assert.deepEqual(types, ExtraTypes);
        assertGone(aws);
    });
});
