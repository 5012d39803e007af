import assert from "node:assert/strict";
import { shapeChecks } from "../../sdk/checks/themes/shape";
import { type Configuration, findingsOf } from "./check-input";

/** The chart version that messages name. */
export const Version = "operator-wandb 0.43.8";

/** A check, what is given, and what it says: nothing, or path, message and remedy of each finding in order. */
export type ShapeRow = readonly [
    id: string,
    title: string,
    given: Configuration,
    findings: readonly [string, string, string][],
];

/** What a check of the shape finds: path, message and remedy of each finding. */
export function textsOf(id: string, given: Configuration): [string, string, string][] {
    return findingsOf(shapeChecks, id, given).map(({ path, message, remedy }) => [path, message, remedy]);
}

/** `spec.values` alone. */
export function values(tree: unknown): Configuration {
    return { values: tree };
}

/** Checks of the shape whose rows are about kinds; those of all others are about keys, places and names. */
export const KindIds: readonly string[] = ["values.null", "values.kind", "values.list-append"];

/** Tests that each of these checks has a row that finds something, and one that finds nothing. */
export function testCoverage(rows: readonly ShapeRow[], ids: readonly string[]): void {
    it("has for each check a row that finds something, and one that does not", () => {
        const having = (found: boolean): string[] =>
            ids.filter((id) => rows.some(([own, , , findings]) => own === id && findings.length > 0 === found));
        assert.deepEqual(having(true), ids);
        assert.deepEqual(having(false), ids);
        assert.deepEqual([...new Set(rows.map(([id]) => id))].sort(), [...ids].sort());
    });
}
