import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { Problem } from "../../sdk/errors";
import { validate } from "../../sdk/validate";
import { member } from "../../sdk/validation/path";
import { takesOutput } from "../../sdk/validation/shape";
import { acceptedAwsArguments, validAwsArguments } from "../support/accepted-aws-arguments";
import { filledPlaces, places, plant } from "../support/argument-leaves";
import { changed } from "../support/bad-arguments";

function problemsOf(args: unknown): Problem[] {
    return validate("wandb", args as never, { hasKubernetesProvider: false });
}

function shown(problems: readonly Problem[]): string {
    return problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("\n");
}

describe("validate on AWS: accepted arguments", () => {
    for (const [name, changes] of Object.entries(acceptedAwsArguments)) {
        it(name, () => assert.equal(shown(problemsOf(changed(validAwsArguments(), changes))), ""));
    }
});

describe("validate on AWS: unknown values", () => {
    for (const [name, changes] of Object.entries(acceptedAwsArguments)) {
        it(`skips an Output or a promise in each place that takes one, and refuses it elsewhere: ${name}`, () => {
            for (const { keys, shape } of filledPlaces(changed(validAwsArguments(), changes))) {
                for (const unknown of [pulumi.output("x"), pulumi.secret(1), Promise.resolve([]), pulumi.unknown]) {
                    const args = changed(validAwsArguments(), structuredClone(changes));
                    plant(args, keys, unknown);
                    const problems = problemsOf(args);
                    assert.equal(problems.length, takesOutput(shape) ? 0 : 1, `${keys.join(".")}:\n${shown(problems)}`);
                    for (const { propertyPath, reason } of problems) {
                        assert.equal(
                            propertyPath,
                            keys.reduce<string>((above, key) => member(above, key), ""),
                        );
                        assert.match(reason, /is an Output or a promise, but it decides what is created/);
                    }
                }
            }
        });
    }
});

describe("validate on AWS: whatever a caller passes", () => {
    const ofAws = places().filter(({ keys }) => ["aws", "access", "charts", "tags"].includes(String(keys[0])));

    it("never throws on random values in random places (5,000 runs)", () => {
        const value = fc.oneof(fc.anything({ withBigInt: true, withDate: true, withMap: true }), fc.jsonValue());
        fc.assert(
            fc.property(
                fc.array(fc.tuple(fc.constantFrom(...ofAws), value), { minLength: 1, maxLength: 6 }),
                (changes) => {
                    const args = validAwsArguments();
                    for (const [{ keys }, planted] of changes) {
                        try {
                            plant(args, keys, planted);
                        } catch {
                            continue; // A former change put a scalar in the way.
                        }
                    }
                    for (const { propertyPath, reason } of problemsOf(args)) {
                        assert.ok(propertyPath !== "" && reason.length > 10 && reason.length < 1500, reason);
                    }
                },
            ),
            { numRuns: 5_000 },
        );
    }).timeout(60_000);

    it("shows no secret, however wrong it is", () => {
        const secrets = ofAws.filter(({ shape }) => shape.kind === "text" && shape.secret);
        assert.equal(secrets.length, 4);
        const canary = "c4n4ry";
        const broken = [
            `${canary}\n`,
            `a ${canary} b`,
            `${canary}:/?#[]@%`,
            `- ${canary}`,
            `/home/${canary}`,
            [canary],
            { canary },
        ];
        for (const { keys } of secrets) {
            const found = broken.flatMap((value) => {
                const args = validAwsArguments();
                plant(args, keys, value);
                return problemsOf(args);
            });
            assert.ok(found.length >= 4, keys.join("."));
            assert.doesNotMatch(shown(found).replaceAll("`canary`", ""), /c4n4ry/, keys.join("."));
        }
    });
});
