import type { WandbDeploymentArgs } from "../../sdk/args";

/** How we meet one setting of a Terraform module. */
export type ParityRow = ArgumentRow | InsteadRow | ReasonRow;

/** An argument of ours says the same: the graph changes with it. */
export interface ArgumentRow {
    readonly kind: "argument";
    readonly variable: string;
    /** Paths of our arguments. */
    readonly arguments: readonly string[];
    /** Each of the arguments is given in one of them. */
    readonly variants: readonly Variant[];
}

/** One way to give the arguments of a row. */
export interface Variant {
    /** What is given, over the least that a deployment needs. */
    readonly change: Change;
    /** What it becomes. */
    readonly becomes: readonly Expectation[];
}

/** An input of a resource, by logical name and path; or that the resource is not there. */
export interface Expectation {
    readonly resource: string;
    /** Keys separated by dots; a dot of a key is written `\.`. */
    readonly path?: string;
    /** What it is; a RegExp is searched in its text: what base64 encodes, or the JSON of anything but text. */
    readonly value?: unknown;
    readonly absent?: true;
}

/** We have a better default, or do it in another way. */
export interface InsteadRow {
    readonly kind: "instead";
    readonly variable: string;
    readonly instead: string;
    /** What shows it in the least deployment. */
    readonly holds: readonly Expectation[];
}

/** There is nothing to meet. */
export interface ReasonRow {
    readonly kind: "reason";
    readonly variable: string;
    readonly reason: string;
}

export type Change = DeepPartial<WandbDeploymentArgs>;
type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;

export function argument(
    variable: string,
    paths: string | readonly string[],
    change: Change,
    ...becomes: Expectation[]
): ArgumentRow {
    const all = typeof paths === "string" ? [paths] : paths;
    return { kind: "argument", variable, arguments: all, variants: [{ change, becomes }] };
}

/** Another way to give them. */
export function alsoBy(row: ArgumentRow, change: Change, ...becomes: Expectation[]): ArgumentRow {
    return { ...row, variants: [...row.variants, { change, becomes }] };
}

/** An input is this value, or its text matches. */
export function input(resource: string, path: string, value: unknown): Expectation {
    return { resource, path, value };
}

export function there(resource: string): Expectation {
    return { resource };
}

export function gone(resource: string): Expectation {
    return { resource, absent: true };
}

export function instead(variable: string, text: string, ...holds: Expectation[]): InsteadRow {
    return { kind: "instead", variable, instead: text, holds };
}

export function reason(variable: string, text: string): ReasonRow {
    return { kind: "reason", variable, reason: text };
}

/** The change over the least that a deployment needs; `undefined` takes away. */
export function changed(base: unknown, change: unknown): unknown {
    const isMap = (value: unknown): value is Record<string, unknown> =>
        typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isMap(base) || !isMap(change)) {
        return change;
    }
    const keys = [...new Set([...Object.keys(base), ...Object.keys(change)])];
    return Object.fromEntries(
        keys.map((key) => [key, Object.hasOwn(change, key) ? changed(base[key], change[key]) : base[key]]),
    );
}
