import * as pulumi from "@pulumi/pulumi";
import type { ValuesTree } from "./types";

/** Whether one may look inside. Outputs, promises and resources are leaves: what they hold is not known yet. */
export function isMap(value: unknown): value is ValuesTree {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return false;
    }
    if (pulumi.Output.isInstance(value) || isThenable(value)) {
        return false;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
}

function isThenable(value: object): boolean {
    return "then" in value && typeof value.then === "function";
}

/** A copy of all maps; leaves, and what is no plain map (Outputs), stay the same objects. */
export function copyMaps(tree: ValuesTree): ValuesTree {
    return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, copied(item)]));
}

function copied(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(copied);
    }
    return isMap(value) ? copyMaps(value) : value;
}

/** The map at a path; undefined when there is none. */
export function mapAt(
    tree: Readonly<Record<string, unknown>>,
    ...keys: readonly string[]
): Record<string, unknown> | undefined {
    return keys.reduce<Record<string, unknown> | undefined>((found, key) => {
        const next: unknown = found !== undefined && Object.hasOwn(found, key) ? found[key] : undefined;
        return isMap(next) ? next : undefined;
    }, tree);
}

/** Whether something was said: to Helm `null` is nothing. */
export function isGiven(value: unknown): boolean {
    return value !== undefined && value !== null;
}

/** Removes the map at a path when nothing is left in it, and then the ones around it. */
export function prune(tree: Record<string, unknown>, keys: readonly string[]): void {
    for (let depth = keys.length; depth > 0; depth--) {
        const parent = mapAt(tree, ...keys.slice(0, depth - 1));
        const last = keys[depth - 1];
        const map = parent && mapAt(parent, last);
        if (parent === undefined || map === undefined || Object.keys(map).length > 0) {
            return;
        }
        delete parent[last];
    }
}
