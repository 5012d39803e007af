import assert from "node:assert/strict";
import { withShortTraces } from "../../sdk/short-traces";

const lines = (): number => (new Error().stack ?? "").split("\n").length - 1;

describe("short stack traces", () => {
    const before = lines();

    beforeEach(() => {
        delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
    });

    afterEach(() => {
        delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
    });

    it("last as long as the resources are created", () => {
        assert.ok(before > 1);
        assert.equal(withShortTraces(lines), 1);
        assert.ok(lines() > 1);
    });

    it("end with an error too, which still tells its place", () => {
        const fail = (): never => {
            throw new Error("no");
        };
        assert.throws(
            () => withShortTraces(fail),
            (error: Error) => /^Error: no\n +at fail .*short-traces\.test\.ts:\d+/.test(error.stack ?? ""),
        );
        assert.ok(lines() > 1);
    });

    it("are not wanted by whoever looks for promises that never end", () => {
        process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
        assert.ok(withShortTraces(lines) > 1);
    });
});
