import assert from "node:assert/strict";
import fc from "fast-check";
import { type BadArguments, badArguments, compatible, validArguments } from "../support/bad-arguments";
import { assertFindsAll, problemsOf } from "../support/found-problems";

const assertFinds = (rows: readonly BadArguments[]) => assertFindsAll(validArguments(), rows);

describe("validate: one mistake at a time", () => {
    it("finds nothing in valid arguments", () => {
        assert.deepEqual(problemsOf(validArguments()), []);
    });

    it("has enough rows, and no two of the same name", () => {
        assert.ok(badArguments.length >= 200, String(badArguments.length));
        const names = badArguments.map(({ name }) => name);
        assert.deepEqual([...new Set(names)], names);
    });

    for (const row of badArguments) {
        it(row.name, () => assertFinds([row]));
    }
});

describe("validate: many mistakes at once", () => {
    it("lists all problems of random compatible rows", () => {
        const rows = fc.shuffledSubarray([...badArguments], { minLength: 2, maxLength: 40 });
        fc.assert(
            fc.property(rows, (chosen) => assertFinds(compatible(chosen))),
            { numRuns: 2000 },
        );
    });

    it("lists the problems of every compatible pair", () => {
        for (const [index, first] of badArguments.entries()) {
            for (const second of badArguments.slice(index + 1)) {
                if (compatible([first, second]).length === 2) {
                    assertFinds([first, second]);
                }
            }
        }
    }).timeout(120_000);

    it("finds a problem in several arguments of one interface", () => {
        const args = validArguments();
        args.database = { host: "mysql://h", port: 0, name: "", password: "a@b", passwordSecret: { name: "A" } };
        assert.deepEqual(
            problemsOf(args)
                .map(({ propertyPath }) => propertyPath)
                .sort(),
            [
                "database.host",
                "database.name",
                "database.password",
                "database.password",
                "database.passwordSecret.key",
                "database.passwordSecret.name",
                "database.port",
            ],
        );
    });
});

describe("validate: wording", () => {
    it("ends every message with a full stop or a question, and says what to do after saying what is wrong", () => {
        for (const row of badArguments) {
            const args = validArguments();
            row.change(args);
            for (const { reason } of problemsOf(args)) {
                assert.match(reason, /^[^A-Z].*[.:] .*[.?]$/s, `${row.name}: ${reason}`);
                assert.doesNotMatch(reason, /undefined|\[object|NaN\.|\s\s/, `${row.name}: ${reason}`);
            }
        }
    });
});
