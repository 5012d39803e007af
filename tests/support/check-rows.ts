import assert from "node:assert/strict";
import type { Check } from "../../sdk/checks/check";
import type { CheckLevel } from "../../sdk/checks/finding";
import { Unknown } from "../../sdk/checks/view";
import { type Configuration, findingsOf } from "./check-input";

/** Stands in inputs of checks where a secret is; no finding may show it. */
export const Canary = "S3CRET";

/** An input in which one check finds one thing. */
export interface FoundRow extends Configuration {
    readonly id: string;
    /** When it differs from the check's own. */
    readonly level?: CheckLevel;
    /** Below `spec.values`. */
    readonly path: string;
    readonly message: RegExp;
    readonly remedy: RegExp;
}

/** Inputs by check in which it finds nothing: the nearest ones, and ones that are not known. */
export type FineInputs = Readonly<Record<string, readonly Configuration[]>>;

const Odd = [null, undefined, "", "text", "x".repeat(100_000), 0, -1.5, true, [], [null], {}, { "": null }];

/** The tree with each of its places in turn replaced. */
function withReplaced(tree: unknown, replacement: unknown): unknown[] {
    const below =
        typeof tree === "object" && tree !== null && !Array.isArray(tree)
            ? Object.entries(tree).flatMap(([key, value]) =>
                  withReplaced(value, replacement).map((one) => ({ ...tree, [key]: one })),
              )
            : [];
    return [replacement, ...below];
}

/** Such inputs that are values only. */
export function withValues(inputs: Readonly<Record<string, readonly unknown[]>>): FineInputs {
    return Object.fromEntries(Object.entries(inputs).map(([id, trees]) => [id, trees.map((values) => ({ values }))]));
}

/** Tests every check of a theme both ways. */
export function testChecks(checks: readonly Check[], found: readonly FoundRow[], fine: FineInputs): void {
    for (const { id, level, path, message, remedy, ...configuration } of found) {
        it(`${id} finds ${JSON.stringify(configuration)}`, () => {
            const findings = findingsOf(checks, id, configuration);
            assert.equal(findings.length, 1);
            assert.equal(findings[0].level, level ?? checks.find((check) => check.id === id)?.level);
            assert.equal(findings[0].path, `spec.values.${path}`);
            assert.match(findings[0].message, message);
            assert.doesNotMatch(findings[0].message, /\.$/);
            assert.match(findings[0].remedy, remedy);
            assert.match(findings[0].remedy, /[.?]$/);
            assert.ok(!JSON.stringify(findings).includes(Canary), "shows a secret");
        });
    }
    for (const [id, inputs] of Object.entries(fine)) {
        it(`${id} finds nothing in ${inputs.length} others`, () => {
            for (const configuration of inputs) {
                assert.deepEqual(findingsOf(checks, id, configuration), []);
            }
        });
    }
    it("finds no more when a part of the values is not known yet, and takes odd kinds anywhere", () => {
        const inputs = [...found, ...Object.entries(fine).flatMap(([id, all]) => all.map((one) => ({ id, ...one })))];
        for (const { id, values, context } of inputs) {
            const known = findingsOf(checks, id, { values, context }).length;
            for (const partly of withReplaced(values, Unknown)) {
                assert.ok(findingsOf(checks, id, { values: partly, context }).length <= known, id);
            }
            for (const odd of Odd.flatMap((one) => withReplaced(values, one))) {
                assert.doesNotThrow(() => findingsOf(checks, id, { values: odd, context }));
            }
        }
    });
    it("has rows for every check", () => {
        const ids = checks.map(({ id }) => id);
        assert.deepEqual(Object.keys(fine), ids);
        assert.deepEqual(
            ids.filter((id) => found.every((row) => row.id !== id)),
            [],
        );
    });
}
