/** What all tests of faults on a simulated cloud prove, for few types or for all. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { FaultRule } from "../../sandbox/clouds/faults";
import type { CloudProgram } from "./faults";

/** A deployment passes its dozen of layers one failure at a time. */
const mostRuns = 60;

/** Decides what is drawn; the same draws the same. */
export const seed = process.env["FAULTS_SEED"] ?? "1";

export const up = ["up", "--yes", "--skip-preview"];

/** The same order for the same seed: what a test draws, it can draw again. */
export function shuffled<T>(by: string, items: readonly T[]): T[] {
    const rank = (item: T) =>
        createHash("sha256")
            .update(`${by} ${JSON.stringify(item)}`)
            .digest("hex");
    return [...items].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

interface Failures {
    /** Types of which a call has failed, each once. */
    readonly types: readonly string[];
    /** All that the runs said. */
    readonly said: string;
}

/**
 * Lets the first call of each of these types fail, half of them after the cloud has done the work where that leaves nothing behind that
 * nobody knows; repeats the command until it ends well.
 */
export async function failEach(
    cloud: CloudProgram,
    command: "up" | "destroy",
    operation: "create" | "update" | "delete",
    types: readonly string[],
): Promise<Failures> {
    const rules = types.map((type, index): FaultRule => {
        const at = operation !== "create" && index % 2 === 1 ? "after" : "before";
        return { type, operation, kind: "fail", at };
    });
    await cloud.faults(rules);
    const said = (await cloud.repeat(command, mostRuns)).join("\n");
    await cloud.faults([]);
    assertReadable(said);
    const failed = [...said.matchAll(/InternalError: \w+ of (\S+) failed \(sandbox fault\)/g)].map(([, type]) => type);
    return { types: [...new Set(failed)].sort(), said };
}

/** Each cloud's error stands under the name of its resource, and none comes as a stack trace. */
export function assertReadable(output: string): void {
    // Pulumi's SDK for Node.js prints one of these of its own, when a failed run ends while the program still registers outputs.
    const isSdks =
        /resource monitor shut down while (sending resource outputs|waiting on output step's done channel)|Channel closed before call started/.test(
            output,
        );
    assert.ok(isSdks || !/\n\s+at \S+ \(/.test(output), `a stack trace helps nobody here:\n${output}`);
    const unnamed = [...output.matchAll(/^(.*)\n\s+error: (InternalError|Throttling|googleapi): .*$/gm)].filter(
        ([, head]) => !/^ {2}\S+ \(demo-\S+\):$/.test(head),
    );
    assert.deepEqual(
        unnamed.map(([text]) => text),
        [],
    );
}

/** All is made, once, and known; and another run has nothing to do. */
export async function assertConverged(cloud: CloudProgram): Promise<void> {
    assert.deepEqual(cloud.discrepancies(), []);
    await cloud.up("--expect-no-changes");
}

/** Nothing is left but what was there before. */
export function assertGone(cloud: CloudProgram): void {
    assert.deepEqual(cloud.rows(), []);
    assert.deepEqual(cloud.state().resources ?? [], []);
}
