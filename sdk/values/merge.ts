import { isMap } from "./tree";
import type { ValuesTree } from "./types";

/** Keys that merging looks at. Assigning `__proto__` would set a prototype instead of a key. */
function keysOf(tree: object): string[] {
    return Object.keys(tree).filter((key) => key !== "__proto__");
}

/** The tree's own value: a key such as `constructor` must not find what every object inherits. */
function own(tree: ValuesTree, key: string): unknown {
    return Object.prototype.hasOwnProperty.call(tree, key) ? tree[key] : undefined;
}

/** A copy without nulls; a map that held nothing else goes with them, while a map written as `{}` stays (`emptyDir: {}`). */
function withoutNulls(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withoutNulls).filter((item) => item !== undefined);
    }
    if (value === null) {
        return undefined;
    }
    return isMap(value) ? mergeMaps({}, value) : value;
}

function mergeMaps(base: ValuesTree, user: ValuesTree): ValuesTree | undefined {
    const merged: ValuesTree = {};
    const given = keysOf(user);
    const keys = new Set([...keysOf(base), ...given]);
    for (const key of keys) {
        const value = mergeKey(own(base, key), own(user, key));
        if (value !== undefined) {
            merged[key] = value;
        }
    }
    return given.length > 0 && Object.keys(merged).length === 0 ? undefined : merged;
}

function mergeKey(base: unknown, user: unknown): unknown {
    if (user === undefined) {
        return withoutNulls(base);
    }
    return isMap(base) && isMap(user) ? mergeMaps(base, user) : withoutNulls(user);
}

/**
 * Puts the user's tree over ours: maps deep, lists and scalars replace, `null` removes. The result has no null and no undefined
 * anywhere: on a null the operator's own merge with the release channel panics. Keys keep the order of `base`, new ones follow.
 * Inputs are not changed. An Output or a promise is taken as it is and replaces the whole value at its key.
 */
export function mergeValues(base: ValuesTree, user: ValuesTree): ValuesTree {
    return mergeMaps(base, user) ?? {};
}

/**
 * Drops what was not said: undefined, and maps and lists left empty by it. An empty list would only be joined with the release
 * channel's, and an empty map be merged with it, so neither says anything.
 */
export function compact(tree: ValuesTree): ValuesTree {
    const entries = keysOf(tree)
        .map((key) => [key, said(tree[key])] as const)
        .filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries);
}

function said(value: unknown): unknown {
    if (Array.isArray(value)) {
        const items = value.map(said).filter((item) => item !== undefined);
        return items.length === 0 ? undefined : items;
    }
    if (!isMap(value)) {
        return value ?? undefined;
    }
    const tree = compact(value);
    return Object.keys(tree).length === 0 ? undefined : tree;
}
