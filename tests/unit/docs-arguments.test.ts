import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { argumentsPage, ArgumentsPages } from "../../docs/cloud-arguments";
import { declaredArguments } from "../../docs/declared-arguments";

for (const page of ArgumentsPages) {
    describe(`docs/${basename(page.file)}`, () => {
        it("is what the source says", () => {
            const text = readFileSync(page.file, "utf8");
            assert.equal(text, argumentsPage(page, declaredArguments()), "run npm run docs:arguments");
        });

        it("has a meaning for every argument", () => {
            const silent = declaredArguments().filter(
                ({ path, meaning }) => path.startsWith(`${page.argument}.`) && meaning.length < 10,
            );
            assert.deepEqual(
                silent.map(({ path }) => path),
                [],
            );
        });
    });
}
