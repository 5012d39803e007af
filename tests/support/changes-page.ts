/** The tests of one cloud's page of changes. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { changedArguments, type ChangedArgument, type ChangesPage, changesPage, isNothing } from "../../docs/changes";
import { declaredArguments } from "../../docs/declared-arguments";
import type { StackChanges } from "../../docs/modelled-stack";

export interface ChangesPageTests {
    readonly page: ChangesPage;
    /** What only says how to look something up. */
    readonly silent: readonly string[];
    /** Further tests, of what is computed for an argument. */
    readonly more: (changesOf: (argument: string) => StackChanges) => void;
}

export function describeChangesPage({ page, silent, more }: ChangesPageTests): void {
    const { argument: cloud, file } = page;
    describe(`docs/${basename(file)}`, function () {
        // A deployment is registered for each argument.
        this.timeout(10 * 60_000);

        let changed: readonly ChangedArgument[];
        before(async () => {
            changed = await changedArguments(page, page.rows);
        });

        it("is what the component and the models of the cloud give", () => {
            assert.ok(existsSync(file), `${file} is missing: npm run docs:changes`);
            assert.equal(readFileSync(file, "utf8"), changesPage(page, changed), "stale: npm run docs:changes");
        });

        it(`has a row for each argument below \`${cloud}\`, and for access, size and tags`, () => {
            const declared = declaredArguments()
                .filter(({ path, leaf }) => leaf && new RegExp(`^(${cloud}|access|size|tags)(\\.|$)`).test(path))
                .map(({ path }) => path);
            assert.deepEqual(page.rows.map(({ argument }) => argument).sort(), declared.sort());
        });

        it("shows a change for each of them, but for what only says how to look something up", () => {
            const nothing = changed.filter(({ changes }) => isNothing(changes)).map(({ argument }) => argument);
            assert.deepEqual(nothing, silent);
        });

        more((argument) => {
            const row = changed.find((one) => one.argument === argument);
            assert.ok(row !== undefined, argument);
            return row.changes;
        });
    });
}
