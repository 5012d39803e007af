import assert from "node:assert/strict";
import fc from "fast-check";
import { prepare } from "../../sdk/prepare";
import { validAwsArguments } from "../support/accepted-aws-arguments";
import { type BadArguments, compatible } from "../support/bad-arguments";
import { badAwsArguments } from "../support/bad-aws-arguments";
import { assertFindsAll, problemsOf } from "../support/found-problems";

const assertFinds = (rows: readonly BadArguments[]) => assertFindsAll(validAwsArguments(), rows);

describe("validate on AWS: one mistake at a time", () => {
    it("has no two rows of the same name", () => {
        const names = badAwsArguments.map(({ name }) => name);
        assert.deepEqual([...new Set(names)], names);
    });

    for (const row of badAwsArguments) {
        it(row.name, () => assertFinds([row]));
    }

    it("a name from which no name of ElastiCache can be made", () => {
        const [problem, ...others] = problemsOf(validAwsArguments(), "w".repeat(41));
        assert.deepEqual(others, []);
        assert.equal(problem.propertyPath, "(resource name)");
        assert.match(problem.reason, /characters/);
    });
});

describe("validate on AWS: many mistakes at once", () => {
    it("lists all problems of random compatible rows", () => {
        const rows = fc.shuffledSubarray([...badAwsArguments], { minLength: 2, maxLength: 40 });
        fc.assert(
            fc.property(rows, (chosen) => assertFinds(compatible(chosen))),
            { numRuns: 1000 },
        );
    });
});

describe("validate on AWS: wording", () => {
    it("ends every message with a full stop or a question, and says what to do after saying what is wrong", () => {
        for (const row of badAwsArguments) {
            const args = validAwsArguments();
            row.change(args);
            for (const { reason } of problemsOf(args)) {
                assert.match(reason, /^[^A-Z].*[.:] .*[.?]$/s, `${row.name}: ${reason}`);
                assert.doesNotMatch(reason, /undefined|\[object|NaN\.|\s\s/, `${row.name}: ${reason}`);
            }
        }
    });

    it("tells whoever writes `aws: {}` what else must be said, and nothing that would be refused next", () => {
        const { host, license } = validAwsArguments();
        assert.throws(
            () => prepare("wandb", { host, license, aws: {} } as never, { hasKubernetesProvider: false }),
            (error: Error) => {
                const [first, ...lines] = error.message.split("\n");
                assert.equal(first, "wandb: 2 problems in the arguments, nothing was created.");
                assert.deepEqual(
                    lines.map((line) => /^ {2}- ([\w.]+): /.exec(line)?.[1]),
                    ["access", "ingress.tls"],
                );
                assert.doesNotMatch(error.message, /secretName|certificate annotation|gke|appgw|google/);
                return true;
            },
        );
    });
});
