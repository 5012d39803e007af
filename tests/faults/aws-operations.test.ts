/** Every type of resource of a deployment on AWS fails once on create, once on update, once on delete; and AWS is too busy. */
import assert from "node:assert/strict";
import type { FaultRule } from "../../sandbox/clouds/faults";
import { AwsProgram, ModelledTypes } from "../support/aws-faults";
import { Least, NeverUpdated } from "../support/aws-faults-sets";
import { assertConverged, assertGone, assertReadable, failEach } from "../support/faults-cases";
import { toolchainTimeoutMs } from "../support/scratch-program";

describe("faults of AWS", function () {
    this.timeout(15 * 60_000);
    let aws: AwsProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        aws = await AwsProgram.create();
    });

    after(() => aws.remove());

    it("converges after the first creation of each type has failed", async () => {
        const { types } = await failEach(aws, "up", "create", ModelledTypes);
        assert.deepEqual(types, aws.types());
        await assertConverged(aws);
    });

    it("converges after the first update of each type has failed, before or after the work", async () => {
        aws.change(Least.changes);
        const { types } = await failEach(aws, "up", "update", ModelledTypes);
        assert.deepEqual(
            aws.types().filter((type) => !types.includes(type)),
            aws.types().filter((type) => type in NeverUpdated),
        );
        await assertConverged(aws);
    });

    it("is gone after the first deletion of each type has failed, before or after the work", async () => {
        const made = aws.types();
        const { types } = await failEach(aws, "destroy", "delete", ModelledTypes);
        assert.deepEqual(types, made);
        assertGone(aws);
    });

    it("says that AWS is too busy, and converges once it is not", async () => {
        aws.change();
        const busy = (operation: "create" | "delete") =>
            ModelledTypes.map((type): FaultRule => ({ type, operation, kind: "throttle", nth: 2, times: 2 }));
        await aws.faults(busy("create"));
        const said = (await aws.repeat("up", 40)).join("\n");
        assert.match(said, /error: Throttling: Rate exceeded for create of aws:\S+\. Try again later\./);
        assertReadable(said);
        await assertConverged(aws);
        await aws.faults(busy("delete"));
        await aws.repeat("destroy", 40);
        assertGone(aws);
    });
});
