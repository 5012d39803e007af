/** Whoever copies from the vendor's page gets a custom resource that works, or is told what does not. */
import assert from "node:assert/strict";
import { checkSnippet, snippets, valuesMade } from "../support/vendor-snippets";

describe("snippets of the vendor's page, as free values", () => {
    for (const snippet of snippets) {
        const { title, holds, secretEnv = [], moved = [], findings } = snippet;
        it(title, async () => {
            const checked = checkSnippet(snippet);
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
            assertHolds(await valuesMade(snippet, checked), holds, "");
        });
    }

    it("says of a store named by a variable that its key stays readable", () => {
        const [snippet] = snippets.filter(({ findings }) => findings.includes("bucket.env"));
        const [{ message }] = checkSnippet(snippet).findings;
        assert.match(message, /its key stays readable in the custom resource$/);
    });
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
