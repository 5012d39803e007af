/** What the component makes of valid arguments has no errors: what validation lets through, the checks let through. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { findingText } from "../../sdk/checks";
import { checkArgs } from "../../sdk/static-checks";
import { validate } from "../../sdk/validate";
import { acceptedArguments } from "../support/accepted-arguments";
import { changed } from "../support/bad-arguments/row";
import { validArguments } from "../support/bad-arguments/valid";

const context = { hasKubernetesProvider: true };

function errorsOf(args: WandbDeploymentArgs): string[] {
    return checkArgs(args)
        .findings.filter(({ level }) => level === "error")
        .map(findingText);
}

describe("valid arguments", () => {
    for (const [title, changes] of Object.entries(acceptedArguments)) {
        it(`make no error: ${title}`, () => {
            assert.deepEqual(errorsOf(changed(validArguments(), changes) as unknown as WandbDeploymentArgs), []);
        });
    }

    it("make no error in any combination (10,000 runs)", function () {
        this.timeout(120_000);
        // Free values may hold what an argument lacks, so validation trusts them, and only the checks look.
        const typed = Object.values(acceptedArguments).filter((changes) => !Object.hasOwn(changes, "values"));
        const rows = fc.subarray(typed, { maxLength: 8 });
        fc.assert(
            fc.property(rows, (chosen) => {
                const tree = chosen.reduce((args, changes) => changed(args, changes), validArguments());
                const args = tree as unknown as WandbDeploymentArgs;
                fc.pre(validate("wandb", args, context).length === 0);
                assert.deepEqual(errorsOf(args), []);
            }),
            { numRuns: 10_000 },
        );
    });
});
