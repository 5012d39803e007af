import * as pulumi from "@pulumi/pulumi";
import { type Problem, resourceError } from "../errors";
import { isPending } from "./kinds";
import { member } from "./path";
import { type Shape, takesOutput } from "./shape";

type Keys = readonly (string | number)[];
/** What an Output should hold. Until it is checked it may hold anything. */
type Leaf = string | number | undefined;

/** What a late check needs. */
export interface LateChecks<T> {
    /** The arguments as the user gave them. Validation has found nothing wrong with them. */
    readonly given: T;
    readonly shape: Shape;
    /** The validation that these arguments have passed: the rules are the same, late or early. */
    readonly validate: (args: T) => readonly Problem[];
    /** Whose error it is. It must not need the checked arguments for its own registration. */
    readonly component: pulumi.Resource;
}

/**
 * The same arguments, where each Output fails once its value is known and wrong, and with it each resource that needs the value. For that
 * the user's arguments are validated again with the value in its place. Nothing was wrong with them before, so whatever is found now
 * comes of the value. Two Outputs are not compared with each other: then all that needs the one would wait for the other.
 *
 * @param args the arguments to be deployed: what stands in them at another place than in the given ones stays unchecked
 */
export function checkedLate<T extends object, A extends T>(args: A, checks: LateChecks<T>): A {
    return checkedTree(args, checks.shape, [], checks) as A;
}

function checkedTree<T>(value: unknown, shape: Shape, keys: Keys, checks: LateChecks<T>): unknown {
    if (isPending(value)) {
        return takesOutput(shape) && valueAt(checks.given, keys) === value
            ? checkedOutput(value, shape, keys, checks)
            : value;
    }
    if (shape.kind === "list" && Array.isArray(value)) {
        return value.map((item, index) => checkedTree(item, shape.of, [...keys, index], checks));
    }
    if ((shape.kind === "map" || shape.kind === "object") && typeof value === "object" && value !== null) {
        const inner = Object.entries(value).map(([key, item]): [string, unknown] => {
            const of = shape.kind === "map" ? shape.of : Object.hasOwn(shape.of, key) ? shape.of[key] : undefined;
            return [key, of === undefined ? item : checkedTree(item, of, [...keys, key], checks)];
        });
        return Object.fromEntries(inner);
    }
    return value;
}

function checkedOutput<T>(value: unknown, shape: Shape, keys: Keys, checks: LateChecks<T>): pulumi.Output<Leaf> {
    const output = pulumi.output(value as pulumi.Input<Leaf>);
    return output.apply(async (resolved) => {
        const known = shape.kind === "text" && shape.form === "lines" ? asText(resolved) : resolved;
        // An Output without value is an argument left out.
        if (known === undefined && shape.required === undefined) {
            return known;
        }
        const problems = checks.validate(replaced(checks.given, keys, known) as T);
        if (problems.length > 0) {
            const hidden = !neverShown(shape) && (await pulumi.isSecret(output));
            throw resourceError(hidden ? hiddenText(keys) : textOf(problems), checks.component);
        }
        return known;
    });
}

/** Pulumi YAML turns config that looks like JSON into an object, and a kubeconfig may be JSON. */
function asText(value: unknown): Leaf {
    return typeof value === "object" && value !== null ? JSON.stringify(value) : (value as Leaf);
}

/** Whether no rule quotes the value. */
function neverShown(shape: Shape): boolean {
    return shape.kind === "text" && shape.secret;
}

function textOf(problems: readonly Problem[]): string {
    return problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("\n");
}

/** For a secret where none is expected: rules quote such a value. */
function hiddenText(keys: Keys): string {
    return `${keys.reduce<string>(member, "")}: is refused, but the reason would quote the value, which is secret. Compare it with what the documentation of the argument asks for.`;
}

function valueAt(tree: unknown, keys: Keys): unknown {
    return keys.reduce<unknown>(
        (node, key) => (typeof node === "object" && node !== null ? (node as Record<string, unknown>)[key] : undefined),
        tree,
    );
}

/** A copy of the tree with another value at one place. */
function replaced(tree: unknown, [key, ...inner]: Keys, value: unknown): unknown {
    if (key === undefined) {
        return value;
    }
    if (Array.isArray(tree)) {
        return tree.map((item: unknown, index) => (index === key ? replaced(item, inner, value) : item));
    }
    const record = tree as Readonly<Record<string, unknown>>;
    return { ...record, [key]: replaced(record[key], inner, value) };
}
