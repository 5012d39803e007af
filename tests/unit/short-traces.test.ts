import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { withShortTraces } from "../../sdk/short-traces";

/** Error, as far as it says how traces become text. */
const formatted: { prepareStackTrace?: (error: Error, frames: NodeJS.CallSite[]) => unknown } = Error;

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

    describe("in a program whose lines are mapped", () => {
        const { prepareStackTrace } = formatted;
        /** Functions whose traces were mapped. */
        let mapped: (string | null)[];

        beforeEach(() => {
            mapped = [];
            formatted.prepareStackTrace = (_, frames) => {
                mapped.push(frames[0]?.getFunctionName());
                return "mapped";
            };
        });
        afterEach(() => {
            formatted.prepareStackTrace = prepareStackTrace;
        });

        it("leave out those of Pulumi's promises, and no others", async () => {
            await pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) });
            const create = (name: string) => new pulumi.ComponentResource("test:index:Some", name);
            create("whole");
            assert.ok(mapped.includes("debuggablePromise"));
            mapped = [];
            withShortTraces(() => create("short"));
            assert.ok(!mapped.includes("debuggablePromise"), String(mapped));
            // The position for the engine.
            assert.ok(mapped.includes("callsites"), String(mapped));
        });

        it("give the mapping back as it was", () => {
            const mapping = formatted.prepareStackTrace;
            assert.equal(
                withShortTraces(() => new Error().stack),
                "mapped",
            );
            assert.equal(formatted.prepareStackTrace, mapping);
        });
    });

    it("are not wanted by whoever looks for promises that never end", () => {
        process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
        assert.ok(withShortTraces(lines) > 1);
    });
});
