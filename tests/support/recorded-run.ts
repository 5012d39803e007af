/** What a preview may do to a recorded state. */
import assert from "node:assert/strict";
import type { EngineRun } from "./engine-run";

const AsItIs = ["same", "update"];

/**
 * Every resource is there afterwards, as it was or changed in place.
 *
 * @param losses what else happens, all of it, as `EngineRun.losses` tells it
 */
export function assertKept(run: EngineRun, recorded: readonly string[], losses: readonly string[] = []): void {
    assert.deepEqual([...run.losses()].sort(), [...losses].sort());
    const replaced = losses.map((loss) => loss.slice(loss.indexOf(" ") + 1));
    const kept = run.operations().filter(({ step, name }) => AsItIs.includes(step) && !replaced.includes(name));
    // Neither the stack itself nor default providers are told among the steps.
    const urns = recorded.filter(
        (urn) =>
            !/::pulumi:(?:pulumi:Stack::|providers:[^:]+::default)/.test(urn) &&
            !replaced.includes(urn.slice(urn.lastIndexOf("::") + 2)),
    );
    assert.ok(urns.length >= 6, `only ${urns.length} resources are recorded`);
    assert.deepEqual([...new Set(kept.map(({ urn }) => urn))].sort(), urns.sort());
}
