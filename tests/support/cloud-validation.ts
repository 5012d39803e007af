/** What the validation of each cloud's arguments has to prove. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { Problem } from "../../sdk/errors";
import { validate } from "../../sdk/validate";
import { member } from "../../sdk/validation/path";
import { takesOutput } from "../../sdk/validation/shape";
import { filledPlaces, places, plant } from "./argument-leaves";
import { type ArgumentTree, changed, type Changes } from "./bad-arguments";

export interface CloudValidation {
    readonly cloud: string;
    /** The least arguments. A new tree each time. */
    readonly valid: () => ArgumentTree;
    /** Valid variations. */
    readonly accepted: Readonly<Record<string, Changes>>;
    /** Arguments at the top that the cloud reads. */
    readonly roots: readonly string[];
    /** How many credentials are among them. */
    readonly secretCount: number;
}

function problemsOf(args: unknown): Problem[] {
    return validate("wandb", args as never, { hasKubernetesProvider: false });
}

function shown(problems: readonly Problem[]): string {
    return problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("\n");
}

export function describeCloudValidation({ cloud, valid, accepted, roots, secretCount }: CloudValidation): void {
    describe(`validate on ${cloud}: accepted arguments`, () => {
        for (const [name, changes] of Object.entries(accepted)) {
            it(name, () => assert.equal(shown(problemsOf(changed(valid(), changes))), ""));
        }
    });

    describe(`validate on ${cloud}: unknown values`, () => {
        for (const [name, changes] of Object.entries(accepted)) {
            it(`skips an Output or a promise in each place that takes one, and refuses it elsewhere: ${name}`, () => {
                for (const { keys, shape } of filledPlaces(changed(valid(), changes))) {
                    for (const unknown of [pulumi.output("x"), pulumi.secret(1), Promise.resolve([]), pulumi.unknown]) {
                        const args = changed(valid(), structuredClone(changes));
                        plant(args, keys, unknown);
                        const problems = problemsOf(args);
                        assert.equal(
                            problems.length,
                            takesOutput(shape) ? 0 : 1,
                            `${keys.join(".")}:\n${shown(problems)}`,
                        );
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

    describe(`validate on ${cloud}: whatever a caller passes`, () => {
        const inCloud = places().filter(({ keys }) => roots.includes(String(keys[0])));

        it("never throws on random values in random places (5,000 runs)", () => {
            const value = fc.oneof(fc.anything({ withBigInt: true, withDate: true, withMap: true }), fc.jsonValue());
            fc.assert(
                fc.property(
                    fc.array(fc.tuple(fc.constantFrom(...inCloud), value), { minLength: 1, maxLength: 6 }),
                    (changes) => {
                        const args = valid();
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
            const secrets = inCloud.filter(({ shape }) => shape.kind === "text" && shape.secret);
            assert.equal(secrets.length, secretCount);
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
                    const args = valid();
                    plant(args, keys, value);
                    return problemsOf(args);
                });
                assert.ok(found.length >= 4, keys.join("."));
                assert.doesNotMatch(shown(found).replaceAll("`canary`", ""), /c4n4ry/, keys.join("."));
            }
        });
    });
}
