import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Numbers in the titles of tests: `(Trap 3)`, `(traps 8 and 9)`. */
function trapsIn(file: string): number[] {
    const source = readFileSync(join(__dirname, "..", `${file}.test.ts`), "utf8");
    const titles = source.matchAll(/\(traps? ([\d, and]+)\)/gi);
    return [...titles].flatMap(([, numbers]) => (numbers.match(/\d+/g) ?? []).map(Number));
}

/**
 * Each trap has a test with its number, where the list says.
 *
 * @param count how many traps the list has
 * @param files test files by trap, without `.test.ts`
 */
export function describeTraps(title: string, count: number, files: Readonly<Record<number, readonly string[]>>): void {
    describe(title, () => {
        it(`all ${count} have one`, () => {
            assert.deepEqual(
                Object.keys(files).map(Number),
                Array.from({ length: count }, (_, index) => index + 1),
            );
        });

        for (const [trap, holders] of Object.entries(files)) {
            it(`${trap}: ${holders.join(", ")}`, () => {
                for (const file of holders) {
                    assert.ok(trapsIn(file).includes(Number(trap)), `${file} has no test of trap ${trap}`);
                }
            });
        }
    });
}
