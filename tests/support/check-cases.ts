import assert from "node:assert/strict";
import type { Check } from "../../sdk/checks/check";
import { Unknown } from "../../sdk/checks/view";
import { type Configuration, checkInput, findingsOf } from "./check-input";
import { runChecks } from "../../sdk/checks/run";

/** One input of one check, and what comes of it. */
export interface CheckCase {
    readonly id: string;
    /** What is special about the input, for the title. */
    readonly when: string;
    readonly given: Configuration;
    /** `level path: message. remedy`, in order; a pattern where the words stand in another case already. Absent = finds nothing. */
    readonly finds?: readonly (string | RegExp)[];
}

/**
 * A test for each case; that each check has a case that finds something and one that does not; that unknown values and odd kinds do
 * no harm. `byKey`: checks that need no more than the name of a key.
 */
export function testCases(checks: readonly Check[], cases: readonly CheckCase[], byKey: readonly string[] = []): void {
    for (const { id, when, given, finds = [] } of cases) {
        it(`${id} ${finds.length === 0 ? "finds nothing" : "finds it"}: ${when}`, () => {
            const lines = findingsOf(checks, id, given).map(
                ({ level, path, message, remedy }) => `${level} ${path}: ${message}. ${remedy}`,
            );
            assert.equal(lines.length, finds.length, lines.join("\n"));
            finds.forEach((wanted, index) => {
                if (typeof wanted === "string") {
                    assert.equal(lines[index], wanted);
                } else {
                    assert.match(lines[index], wanted);
                }
            });
        });
    }

    it("has for each check a case that finds something, and one that does not", () => {
        const ids = (found: boolean): string[] => [
            ...new Set(cases.filter(({ finds = [] }) => finds.length > 0 === found).map(({ id }) => id)),
        ];
        const wanted = checks.map(({ id }) => id).sort();
        assert.deepEqual(ids(true).sort(), wanted);
        assert.deepEqual(ids(false).sort(), wanted);
    });

    it("finds nothing in values that are not known", () => {
        const known = checkInput();
        const values = checkInput({ values: Unknown }).values;
        assert.deepEqual(runChecks(checks, { ...known, values, untyped: values }), []);
    });

    it("finds nothing where every value of a case is not known yet", () => {
        for (const { id, given } of cases.filter((one) => !byKey.includes(one.id))) {
            const values = unknownLeaves(given.values);
            const chart = unknownLeaves(given.chart);
            const operator = given.operator && {
                ...given.operator,
                version: unknownLeaves(given.operator.version),
                values: unknownLeaves(given.operator.values),
            };
            assert.deepEqual(findingsOf(checks, id, { ...given, chart, values, operator, context: {} }), []);
        }
    });

    it("does not throw on odd kinds anywhere in the cases", () => {
        for (const { id, given } of cases) {
            const inputs = [
                ...variants(given.values).map((values) => ({ ...given, values })),
                ...variants(given.chart).map((chart) => ({ ...given, chart })),
                ...variants(given.operator?.values).map((values) => ({
                    ...given,
                    operator: { ...given.operator, values },
                })),
            ];
            for (const input of inputs) {
                assert.doesNotThrow(() => findingsOf(checks, id, input), JSON.stringify(input));
            }
        }
    });
}

const Odd = [null, undefined, "", "text", 0, -1.5, true, [], [null], [{}], {}, { "": null }, Unknown];

function isMap(tree: unknown): tree is Record<string, unknown> {
    return typeof tree === "object" && tree !== null && !Array.isArray(tree);
}

/** The tree with every place in turn replaced by something odd. */
function variants(tree: unknown): unknown[] {
    const below = isMap(tree)
        ? Object.keys(tree).flatMap((key) => variants(tree[key]).map((one) => ({ ...tree, [key]: one })))
        : [];
    return [...Odd, ...below];
}

function unknownLeaves(tree: unknown): unknown {
    if (isMap(tree) && Object.keys(tree).length > 0) {
        return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, unknownLeaves(value)]));
    }
    return tree === undefined ? undefined : Unknown;
}
