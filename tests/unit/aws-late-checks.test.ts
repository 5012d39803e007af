import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { checkedLate } from "../../sdk/validation/late";
import { type Shape, takesOutput } from "../../sdk/validation/shape";
import { DeploymentShape } from "../../sdk/validation/shapes";
import { acceptedAwsArguments, validAwsArguments } from "../support/accepted-aws-arguments";
import { filledPlaces, placeName, places, plant } from "../support/argument-leaves";
import { type ArgumentTree, changed } from "../support/bad-arguments";
import { badAwsArguments } from "../support/bad-aws-arguments";
import { Canary, findCanary } from "../support/canary";
import { problemsOf } from "../support/found-problems";
import { at, forbidResources, promiseOf } from "../support/resolve";

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

describe("late checks of arguments on AWS", () => {
    let owner: Owner;
    before(async () => {
        await pulumi.runtime.setMocks({
            newResource: ({ inputs }) => ({ id: "id", state: inputs as object }),
            call: () => ({}),
        });
        owner = new Owner();
    });
    after(() => forbidResources());

    function checked(args: ArgumentTree): unknown {
        return checkedLate(args as unknown as WandbDeploymentArgs, {
            given: args as unknown as WandbDeploymentArgs,
            shape: DeploymentShape,
            validate: (known) => problemsOf(known),
            component: owner,
        });
    }

    /** What is said of an Output at one place; nothing when it is taken. */
    async function late(args: ArgumentTree, keys: Keys, value: pulumi.Output<unknown>): Promise<string> {
        const withOutput = structuredClone(args);
        plant(withOutput, keys, value);
        assert.deepEqual(problemsOf(withOutput), [], placeName(keys));
        const output = textAt(checked(withOutput), keys);
        assert.ok(pulumi.Output.isInstance(output));
        const outcome: unknown = await (output as unknown as OutputInternals)
            .promise()
            .catch((error: unknown) => error);
        if (!(outcome instanceof Error)) {
            return "";
        }
        assert.ok(pulumi.ResourceError.isInstance(outcome), String(outcome));
        assert.deepEqual([outcome.resource, outcome.hideStack, outcome.stack], [owner, true, undefined]);
        return outcome.message;
    }

    const isLeaf = ({ keys, shape }: { keys: Keys; shape: Shape }) => keys[0] !== "values" && takesOutput(shape);
    const variations = Object.values(acceptedAwsArguments).map((changes) => changed(validAwsArguments(), changes));
    const filled = variations.flatMap((args) =>
        filledPlaces(args)
            .filter(isLeaf)
            .map((place) => ({ args, ...place })),
    );

    it("reach every argument of AWS that takes an Output", () => {
        const wanted = places().filter((place) => place.keys[0] === "aws" && isLeaf(place));
        const reached = new Set(filled.map(({ keys }) => placeName(keys)));
        assert.ok(wanted.length > 80, String(wanted.length));
        assert.deepEqual(
            wanted.map(({ keys }) => placeName(keys)).filter((name) => !reached.has(name)),
            [],
        );
    });

    /** Wrong in many ways: kinds, characters, length, ranges, windows of time, ARNs of others, names that are kept. */
    const junk = [
        "",
        " padded ",
        "no, such (thing)!",
        "*",
        "-",
        "x".repeat(600),
        "8.0.0.0/33",
        "a//b/",
        "aws:x",
        -1,
        1.5,
    ];

    it("say of each wrong value what is said of it when it is known at once", async () => {
        const refused = new Set<string>();
        for (const { args, keys } of filled) {
            for (const value of junk) {
                const expected = early(planted(args, keys, value));
                assert.equal(await late(args, keys, pulumi.output<unknown>(value)), expected, placeName(keys));
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

    it("say so of the table's mistakes, too", async () => {
        let count = 0;
        for (const row of badAwsArguments) {
            const args = validAwsArguments();
            row.change(args);
            const keys = row.path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
            const place = filledPlaces(pruned(args)).find((one) => one.keys.join(".") === keys.join("."));
            if (place === undefined || !isLeaf(place)) {
                continue;
            }
            const value = textAt(args, place.keys);
            const pending = planted(args, place.keys, undefined);
            if (problemsOf(withOutput(pending, place.keys, value)).length > 0) {
                continue; // The mistake is that the argument is given at all, which is told at once.
            }
            const said = await late(pending, place.keys, pulumi.output(value));
            assert.ok(said.startsWith(`${row.path}: `) && row.mustSay.test(said), `${row.name}: ${said}`);
            count += 1;
        }
        assert.ok(count >= 12, String(count));
    });

    it("take every value that is right, and keep secret what is", async () => {
        for (const { args, keys } of filled) {
            const value = textAt(args, keys);
            assert.equal(await late(args, keys, pulumi.output(value)), "", placeName(keys));
            const output = textAt(checked(withOutput(args, keys, value, true)), keys) as pulumi.Output<unknown>;
            assert.equal(await promiseOf(output), value, placeName(keys));
            assert.equal(await pulumi.isSecret(output), true, placeName(keys));
        }
    });

    it("never show a secret, wherever it was put", async () => {
        for (const { args, keys } of filled) {
            const said = await late(args, keys, pulumi.secret<unknown>(` ${Canary} "!`));
            assert.deepEqual(findCanary(said), [], said);
        }
        const [args, keys] = [validAwsArguments(), ["aws", "bucket", "name"]];
        assert.equal(
            await late(args, keys, pulumi.secret("Wrong_Name")),
            "aws.bucket.name: is refused, but the reason would quote the value, which is secret. Compare it with what the documentation of the argument asks for.",
        );
        const password = await late(args, ["aws", "database", "password"], pulumi.secret("short"));
        assert.match(password, /^aws\.database\.password: has 5 characters/);
    });

    it("hold against what else is given", async () => {
        const args = planted(validAwsArguments(), ["aws", "network"], { cidr: "10.64.0.0/16" });
        const said = await late(args, ["aws", "cluster", "serviceCidr"], pulumi.output("10.64.0.0/20"));
        assert.match(said, /^aws\.cluster\.serviceCidr: overlaps the VPC, 10\.64\.0\.0\/16/);
    });

    it("take an Output without value for an argument left out, and miss it where one is needed", async () => {
        const nothing = pulumi.output<unknown>(undefined);
        assert.equal(await late(validAwsArguments(), ["aws", "bucket", "prefix"], nothing), "");
        assert.match(await late(validAwsArguments(), ["host"], nothing), /^host: is missing/);
    });

    it("take a kubeconfig that Pulumi YAML has taken for an object", async () => {
        const decoded = { clusters: [], users: [] };
        const given = { existing: { kubeconfig: pulumi.output(decoded) } };
        const after = checkedLate(given as unknown as WandbDeploymentArgs, {
            given: given as unknown as WandbDeploymentArgs,
            shape: DeploymentShape,
            validate: (known) =>
                typeof known.existing?.kubeconfig === "string" ? [] : [{ propertyPath: "x", reason: "is no text" }],
            component: owner,
        });
        assert.equal(await promiseOf(after.existing?.kubeconfig), JSON.stringify(decoded));
    });

    it("leave alone what is plain, free, or stands elsewhere than the user put it", () => {
        const output = pulumi.output("x");
        const given = { ...validAwsArguments(), values: { app: { tag: output } }, tags: { team: "ml" } };
        const moved = { ...given, license: output };
        const after = checkedLate(moved as unknown as WandbDeploymentArgs, {
            given: given as unknown as WandbDeploymentArgs,
            shape: DeploymentShape,
            validate: () => [{ propertyPath: "x", reason: "is asked" }],
            component: owner,
        });
        assert.deepEqual(after, moved);
        assert.equal(after.license, output);
    });

    /** Without the properties that JavaScript has, but that say nothing. */
    function pruned(args: ArgumentTree): ArgumentTree {
        return Object.fromEntries(Object.entries(args).filter(([key]) => key in DeploymentShape.of));
    }

    function withOutput(args: ArgumentTree, keys: Keys, value: unknown, secret = false): ArgumentTree {
        const copy = structuredClone(args);
        plant(copy, keys, secret ? pulumi.secret(value) : pulumi.output(value));
        return copy;
    }
});
