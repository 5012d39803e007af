/**
 * How the operator joins the values of two layers (controller 1.22.0, reference: pkg/utils/merge.go). The edges are
 * sharp and users meet them, so they are kept: lists are concatenated, kinds must match, null panics.
 */

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Chart values of one layer. */
export type Values = Record<string, Json>;

/** Two layers disagree on the kind of a value. The reconcile fails, the phase stays, and only the log shows it. */
export class TypeNotMatchError extends Error {
    constructor() {
        super("type not match");
        this.name = "TypeNotMatchError";
    }
}

/** A null met another layer's value: the Go code reads the kind of nothing and panics. */
export class MergePanic extends Error {
    constructor() {
        super("panic: runtime error: invalid memory address or nil pointer dereference [recovered]");
        this.name = "MergePanic";
    }
}

/** The values of `high` with what only `low` has. */
export function mergeValues(high: Values, low: Values): Values {
    const merged: Values = { ...high };
    for (const [key, value] of Object.entries(low)) {
        merged[key] = key in high ? mergeJson(high[key], value) : value;
    }
    return merged;
}

function mergeJson(high: Json, low: Json): Json {
    if (high === null || low === null) {
        throw new MergePanic();
    }
    if (kindOf(high) !== kindOf(low)) {
        throw new TypeNotMatchError();
    }
    if (Array.isArray(high) && Array.isArray(low)) {
        return [...high, ...low];
    }
    if (isMap(high) && isMap(low)) {
        return mergeValues(high, low);
    }
    return high;
}

function kindOf(value: Json): string {
    return Array.isArray(value) ? "list" : typeof value;
}

/** Whether `value` is a JSON object. */
export function isMap(value: unknown): value is Values {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
