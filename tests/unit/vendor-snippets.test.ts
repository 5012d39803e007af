/** Whoever copies from the vendor's page gets a custom resource that works, or is told what does not. */
import assert from "node:assert/strict";
import { checkArgs } from "../../sdk/static-checks";
import { operatorValues } from "../../sdk/kubernetes/operator";
import { buildValues } from "../../sdk/values/build";
import { resolveTree } from "../support/resolve";
import { SoundArgs } from "../support/sound-args";
import { valuesInput } from "../support/values-input";
import { snippets } from "../support/vendor-snippets";

describe("snippets of the vendor's page, as free values", () => {
    for (const { title, values, operatorValues: operator, holds, secretEnv = [], moved = [], findings } of snippets) {
        it(title, async () => {
            const given = { ...SoundArgs, values, operator: { values: operator } };
            const checked = checkArgs(given);
            assert.deepEqual(checked.findings.map(({ id }) => id).sort(), [...findings].sort());
            assert.doesNotMatch(JSON.stringify(checked.findings), /canary/);
            assert.deepEqual(
                checked.moved.map(({ path }) => path),
                moved,
            );
            assert.deepEqual(Object.keys(checked.args.secretEnv ?? {}), secretEnv);
            if (holds === undefined) {
                assert.ok(checked.findings.every(({ level }) => level === "error"));
                return;
            }
            const made = operator
                ? operatorValues(checked.args.operator ?? {}, "wandb")
                : buildValues(valuesInput(checked.args));
            assertHolds(await resolveTree(made), holds, "");
        });
    }
});

/** Whether a tree holds another: maps may have more, everything else is the same. */
function assertHolds(found: unknown, wanted: unknown, path: string): void {
    if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) {
        assert.deepEqual(found, wanted, path);
        return;
    }
    assert.ok(typeof found === "object" && found !== null, `${path} is no map`);
    for (const [key, value] of Object.entries(wanted)) {
        assertHolds((found as Record<string, unknown>)[key], value, `${path}.${key}`);
    }
}
