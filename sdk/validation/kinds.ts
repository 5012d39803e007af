import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../errors";
import { member } from "./path";
import { type Shape, takesOutput } from "./shape";
import { closest } from "./suggest";
import { codes, given, quote } from "./wording";

/** Stands for a value that is not known yet, or that was of the wrong kind and has been reported: rules skip it. */
export const Unknown = Symbol("unknown");

/** A tree that is not looked into. */
export class FreeTree {
    constructor(readonly tree: Readonly<Record<string, unknown>>) {}
}

/** What is left of the arguments after the check of kinds: only values of the right kind. */
export type Known =
    string | number | boolean | typeof Unknown | FreeTree | readonly Known[] | ReadonlyMap<string, Known>;

/**
 * Checks kinds, required and unknown keys of the arguments and returns what the other rules may look at. Whatever callers in other
 * languages pass, this does not throw.
 */
export function readKinds(value: unknown, shape: Shape, path: string, problems: Problem[]): Known {
    try {
        if (isPending(value)) {
            if (!takesOutput(shape)) {
                problems.push({ propertyPath: path, reason: NotYet });
            }
            return Unknown;
        }
        const wrong = wrongKind(value, shape);
        if (wrong !== undefined) {
            problems.push({ propertyPath: path, reason: wrong });
            return Unknown;
        }
        return readValue(value, shape, path, problems);
    } catch {
        // A getter or a proxy of the caller's. Its message may hold anything, so it is not repeated.
        problems.push({ propertyPath: path, reason: "cannot be read: reading it throws. Give a plain value." });
        return Unknown;
    }
}

const NotYet =
    "is an Output or a promise, but it decides what is created, before any of these has a value. Give a plain value; inside objects, lists and maps the single texts and numbers may be Outputs.";

/** Outputs, promises and values that the engine does not know yet. */
export function isPending(value: unknown): boolean {
    if (typeof value !== "object" && typeof value !== "function") {
        return false;
    }
    return (
        value !== null &&
        (pulumi.Output.isInstance(value) ||
            pulumi.isUnknown(value) ||
            ("then" in value && typeof value.then === "function"))
    );
}

/** A value whose kind is right. */
function readValue(value: unknown, shape: Shape, path: string, problems: Problem[]): Known {
    switch (shape.kind) {
        case "text":
        case "number":
        case "flag":
        case "choice":
            return value as string | number | boolean;
        case "free":
            return new FreeTree(value as Record<string, unknown>);
        case "list":
            // Array.from: holes of a sparse array are values that are missing.
            return Array.from(value as unknown[], (item, index) =>
                readKinds(item, shape.of, member(path, index), problems),
            );
        case "map": {
            const map = new Map<string, Known>();
            for (const [key, item] of entriesOf(value)) {
                map.set(key, readKinds(item, shape.of, member(path, key), problems));
            }
            return map;
        }
        case "object":
            return readObject(value, shape.of, path, problems);
    }
}

function readObject(
    value: unknown,
    shapes: Readonly<Record<string, Shape>>,
    path: string,
    problems: Problem[],
): ReadonlyMap<string, Known> {
    const known = new Map<string, Known>();
    for (const [key, item] of entriesOf(value)) {
        if (Object.hasOwn(shapes, key)) {
            known.set(key, readKinds(item, shapes[key], member(path, key), problems));
        } else {
            problems.push({ propertyPath: member(path, key), reason: unknownKey(key, Object.keys(shapes), path) });
            // What was probably meant is given, only misspelt: rules must not call it missing as well.
            const meant = closest(key, Object.keys(shapes));
            if (meant !== undefined && !known.has(meant)) {
                known.set(meant, Unknown);
            }
        }
    }
    for (const [key, shape] of Object.entries(shapes)) {
        if (shape.required !== undefined && !known.has(key)) {
            problems.push({ propertyPath: member(path, key), reason: `is missing. Give ${shape.required}.` });
        }
    }
    return known;
}

/** Own properties with a value. `undefined` is the same as absent, as everywhere in Pulumi. */
function entriesOf(value: unknown): [string, unknown][] {
    return Object.entries(value as Record<string, unknown>).filter(([, item]) => item !== undefined);
}

function unknownKey(key: string, known: readonly string[], path: string): string {
    const meant = closest(key, known);
    return meant === undefined
        ? `is not an argument. Known here: ${codes(known)}.`
        : `is not an argument. Did you mean \`${member(path, meant)}\`?`;
}

/** Says why a value is of the wrong kind. */
function wrongKind(value: unknown, shape: Shape): string | undefined {
    switch (shape.kind) {
        case "text":
            return typeof value === "string"
                ? wrongText(value, shape)
                : `${is(value, shape.secret)}, but must be text. ${textRemedy(value, shape)}`;
        case "number":
            return wrongNumber(value);
        case "flag":
            return typeof value === "boolean"
                ? undefined
                : `${is(value)}, but must be true or false. ${flagRemedy(value)}`;
        case "choice":
            return wrongChoice(value, shape.of, shape.hints);
        case "list":
            return Array.isArray(value)
                ? undefined
                : `${is(value, true)}, but must be a list. Put it in brackets: [ ... ].`;
        case "map":
        case "free":
            return isRecord(value)
                ? undefined
                : `${is(value, true)}, but must be an object of names and values. ${Remedy}`;
        case "object":
            return isRecord(value) ? undefined : `${is(value, true)}, but must be an object. ${objectRemedy(shape.of)}`;
    }
}

const Remedy = "Write it as { name: value }, or leave it out.";

function objectRemedy(shapes: Readonly<Record<string, Shape>>): string {
    const required = Object.keys(shapes).filter((key) => shapes[key].required !== undefined);
    return required.length > 0
        ? `Give an object with ${codes(required)}, or leave it out.`
        : `Give an object with some of ${codes(Object.keys(shapes))}, or leave it out.`;
}

/** `is text ("x" given)`; the value is left out where it could be a secret. */
function is(value: unknown, hidden = false): string {
    if (value === null || value === undefined) {
        return "is null";
    }
    const scalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return `is ${kindName(value)}${scalar && !hidden ? ` ${given(value)}` : ""}`;
}

function kindName(value: unknown): string {
    switch (typeof value) {
        case "string":
            return "text";
        case "number":
            return "a number";
        case "boolean":
            return "true or false";
        case "object":
            return Array.isArray(value) ? "a list" : "an object";
        default:
            return `a ${typeof value}`;
    }
}

/** Objects with properties; not Date, Map, typed arrays and their like, nor a resource where its output was meant. */
function isRecord(value: unknown): value is Record<string, unknown> {
    return Object.prototype.toString.call(value) === "[object Object]" && !pulumi.Resource.isInstance(value);
}

function textRemedy(value: unknown, shape: Shape & { readonly secret: boolean }): string {
    if (typeof value === "number" || typeof value === "boolean") {
        return shape.secret ? "Quote it." : `Quote it: "${String(value)}".`;
    }
    return `Give a string${orNothing(shape)}.`;
}

/** What else can be done about an argument that may be left out. */
function orNothing(shape: { readonly required?: string }): string {
    return shape.required === undefined ? ", or leave it out" : "";
}

function flagRemedy(value: unknown): string {
    return value === "true" || value === "false" ? "Write it without quotes." : "Leave it out for the default.";
}

function wrongNumber(value: unknown): string | undefined {
    if (typeof value === "number") {
        return Number.isFinite(value) ? undefined : `is not a finite number ${given(value)}. Give a number.`;
    }
    const numeric = typeof value === "string" && /^\d+$/.test(value);
    return `${is(value)}, but must be a number. ${numeric ? "Write it without quotes." : "Give a number, or leave it out."}`;
}

function wrongChoice(
    value: unknown,
    of: readonly string[],
    hints: Readonly<Record<string, string>>,
): string | undefined {
    if (typeof value !== "string") {
        return `${is(value)}, but must be text. Use one of ${of.join(", ")}.`;
    }
    if (of.includes(value)) {
        return undefined;
    }
    const meant = closest(value, of);
    const known = Object.hasOwn(hints, value.toLowerCase()) ? hints[value.toLowerCase()] : undefined;
    const hint = known ?? (meant === undefined ? "" : `Did you mean ${meant}?`);
    return `is not one of the accepted values ${given(value)}. Use one of ${of.join(", ")}. ${hint}`.trimEnd();
}

/** Empty or padded text, which would pass silently into a name, an address or a password. */
function wrongText(value: string, shape: Shape & { readonly kind: "text" }): string | undefined {
    if (shape.form === "any") {
        return undefined;
    }
    if (value.trim() === "") {
        return `is empty. Give ${shape.required ?? "a value"}${orNothing(shape)}.`;
    }
    if (shape.form === "lines") {
        return undefined;
    }
    const shown = shape.secret ? "" : ` (${quote(value)} given)`;
    if (value !== value.trim()) {
        return `starts or ends with white space${shown}. Take it off; files often end with a line break.`;
    }
    return /[\u0000-\u001f\u007f]/.test(value)
        ? `holds a line break or another control character${shown}. Give one line of text.`
        : undefined;
}
