/** What late checks of the arguments of each cloud have to prove: they say of an Output what is said of the same value given plainly. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { checkedLate } from "../../sdk/validation/late";
import { type Shape, takesOutput } from "../../sdk/validation/shape";
import { DeploymentShape } from "../../sdk/validation/shapes";
import { filledPlaces, placeName, places, plant } from "./argument-leaves";
import { type ArgumentTree, changed, type Changes } from "./bad-arguments";
import { Canary, findCanary } from "./canary";
import { problemsOf } from "./found-problems";
import { at, forbidResources, promiseOf } from "./resolve";

type Keys = readonly (string | number)[];

/** An Output that fails tells so to its own promise only, which is not part of the public type. */
interface OutputInternals {
    promise(): Promise<unknown>;
}

class Owner extends pulumi.ComponentResource {
    constructor() {
        super("test:index:Owner", "wandb");
    }
}

export interface LateChecks {
    /** What is checked. */
    readonly title: string;
    /** Argument that chooses the cloud. */
    readonly cloud: "aws" | "gcp" | "azure";
    readonly valid: () => ArgumentTree;
    /** Valid variations, which together use every argument of the cloud. */
    readonly accepted: Readonly<Record<string, Changes>>;
    /** How many arguments of the cloud take an Output, at least. */
    readonly least: number;
    /** Wrong in many ways, so that each argument refuses one of them. */
    readonly junk: readonly unknown[];
}

/** An argument that has a value in one of the variations. */
interface Filled {
    readonly args: ArgumentTree;
    readonly keys: Keys;
}

/** Proves it of each argument that takes an Output. */
export function describeLateChecks({ title, cloud, valid, accepted, least, junk }: LateChecks): void {
    const isLeaf = ({ keys, shape }: { keys: Keys; shape: Shape }) => keys[0] !== "values" && takesOutput(shape);
    const filled: Filled[] = Object.values(accepted)
        .map((changes) => changed(valid(), changes))
        .flatMap((args) =>
            filledPlaces(args)
                .filter(isLeaf)
                .map(({ keys }) => ({ args, keys })),
        );

    describe(title, () => {
        let owner: Owner;
        before(async () => {
            await pulumi.runtime.setMocks({
                newResource: ({ inputs }) => ({ id: "id", state: inputs as object }),
                call: () => ({}),
            });
            owner = new Owner();
        });
        after(() => forbidResources());

        it("reach every argument that takes an Output", () => {
            const wanted = places().filter((place) => place.keys[0] === cloud && isLeaf(place));
            const reached = new Set(filled.map(({ keys }) => placeName(keys)));
            assert.ok(wanted.length >= least, String(wanted.length));
            assert.deepEqual(
                wanted.map(({ keys }) => placeName(keys)).filter((name) => !reached.has(name)),
                [],
            );
        });

        it("say of each wrong value what is said of it when it is known at once", async () => {
            const refused = new Set<string>();
            for (const { args, keys } of filled) {
                for (const value of junk) {
                    const expected = early(planted(args, keys, value));
                    const said = await late(owner, planted(args, keys, pulumi.output(value)), keys);
                    assert.equal(said, expected, placeName(keys));
                    if (expected !== "") {
                        refused.add(placeName(keys));
                    }
                }
            }
            assert.deepEqual(
                filled.map(({ keys }) => placeName(keys)).filter((name) => !refused.has(name)),
                [],
            );
        });

        it("take every value that is right, and keep secret what is", async () => {
            for (const { args, keys } of filled) {
                const value = textAt(args, keys);
                assert.equal(await late(owner, planted(args, keys, pulumi.output(value)), keys), "", placeName(keys));
                const output = textAt(checked(owner, planted(args, keys, pulumi.secret(value))), keys);
                assert.equal(await promiseOf(output), value, placeName(keys));
                assert.equal(await pulumi.isSecret(output as pulumi.Output<unknown>), true, placeName(keys));
            }
        });

        it("never show a secret, wherever it was put", async () => {
            for (const { args, keys } of filled) {
                const said = await late(owner, planted(args, keys, pulumi.secret(` ${Canary} "!`)), keys);
                assert.deepEqual(findCanary(said), [], said);
            }
        });
    });
}

const textAt = (tree: unknown, keys: Keys): unknown => at(tree, keys.map(String));
const early = (args: ArgumentTree): string =>
    problemsOf(args)
        .map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`)
        .join("\n");

/** A copy with another value at one place. */
function planted(args: ArgumentTree, keys: Keys, value: unknown): ArgumentTree {
    const copy = structuredClone(args);
    plant(copy, keys, value);
    return copy;
}

function checked(component: Owner, args: ArgumentTree): unknown {
    const given = args as unknown as WandbDeploymentArgs;
    return checkedLate(given, { given, shape: DeploymentShape, validate: (known) => problemsOf(known), component });
}

/** What is said of the Output at one place; nothing when it is taken. */
async function late(owner: Owner, args: ArgumentTree, keys: Keys): Promise<string> {
    assert.deepEqual(problemsOf(args), [], placeName(keys));
    const output = textAt(checked(owner, args), keys);
    assert.ok(pulumi.Output.isInstance(output), placeName(keys));
    const outcome: unknown = await (output as unknown as OutputInternals).promise().catch((error: unknown) => error);
    if (!(outcome instanceof Error)) {
        return "";
    }
    assert.ok(pulumi.ResourceError.isInstance(outcome), String(outcome));
    assert.deepEqual([outcome.resource, outcome.hideStack, outcome.stack], [owner, true, undefined]);
    return outcome.message;
}
