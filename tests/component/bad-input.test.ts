import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { WandbDeployment } from "../../sdk/index";
import {
    type ArgumentTree,
    type BadArguments,
    badArguments,
    compatible,
    validArguments,
} from "../support/bad-arguments";
import { GraphRecorder } from "../support/graph";

/** The error of a construction that must fail. */
function refusal(args: ArgumentTree): pulumi.InputPropertiesError {
    try {
        new WandbDeployment("demo", args as never);
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
        return error;
    }
    return assert.fail("the arguments were accepted");
}

/** Makes all the mistakes at once and expects one line for each. */
function assertLists(rows: readonly BadArguments[]): void {
    const args = validArguments();
    rows.forEach(({ change }) => change(args));
    const { message, errors, stack } = refusal(args);
    const [summary, ...lines] = message.split("\n");
    const count = rows.length === 1 ? "1 problem" : `${rows.length} problems`;
    assert.equal(summary, `demo: ${count} in the arguments, nothing was created.`, message);
    assert.equal(lines.length, rows.length, message);
    for (const { path, mustSay } of rows) {
        const found = lines.filter((line) => line.startsWith(`  - ${path}: `) && mustSay.test(line));
        assert.equal(found.length, 1, `${path} ${String(mustSay)}\n${message}`);
    }
    // The engine would print the value behind each, and a stack trace above the message.
    assert.deepEqual([errors, stack], [[], undefined]);
}

describe("bad input", () => {
    let graph: GraphRecorder;

    before(async () => {
        graph = await GraphRecorder.start();
    });

    it("is listed, one mistake at a time", () => {
        assert.ok(badArguments.length >= 60, String(badArguments.length));
        badArguments.forEach((row) => assertLists([row]));
    });

    it("is listed, many mistakes at once", () => {
        for (let start = 0; start < badArguments.length; start += 10) {
            const rows = compatible([...badArguments.slice(start), ...badArguments.slice(0, start)]);
            assert.ok(rows.length >= 10, String(rows.length));
            assertLists(rows);
        }
    });

    it("leaves nothing registered, while good input registers the deployment", async () => {
        await pulumi.runtime.disconnect();
        assert.deepEqual(graph.lines(), []);
        graph = await GraphRecorder.start();
        const { existing, ...others } = validArguments();
        new WandbDeployment("demo", { existing: { ...(existing as object), context: "test" }, ...others } as never);
        await pulumi.runtime.disconnect();
        assert.ok(graph.byName("demo-instance"));
    });
});
