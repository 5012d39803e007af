/** What JSON and YAML can hold. */
export type Json = string | number | boolean | null | Json[] | JsonMap;
export interface JsonMap {
    [key: string]: Json;
}

export function isMap(value: unknown): value is JsonMap {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text, or what reads as the same text: YAML makes numbers and booleans of what people meant as words. */
export function textOf(value: Json | undefined): string | undefined {
    return typeof value === "string"
        ? value
        : typeof value === "number" || typeof value === "boolean"
          ? String(value)
          : undefined;
}

/** Empty texts, maps and lists say no more than what is absent. */
export function isEmpty(value: Json | undefined): boolean {
    return (
        value === undefined ||
        value === null ||
        value === "" ||
        (typeof value === "object" && Object.keys(value).length === 0)
    );
}

/** Writes a value to a place, and makes the maps above it. A key that holds a dot is an element of its own. */
export function put(tree: JsonMap, path: readonly string[], value: Json): void {
    const [key, ...below] = path;
    if (below.length === 0) {
        define(tree, key, value);
        return;
    }
    const inner = own(tree, key);
    const map = isMap(inner) ? inner : {};
    define(tree, key, map);
    put(map, below, value);
}

/** The value of a place; what objects inherit is none. */
export function own(tree: JsonMap, key: string): Json | undefined {
    return Object.hasOwn(tree, key) ? tree[key] : undefined;
}

/** A key called `__proto__` is a key like any other. */
function define(tree: JsonMap, key: string, value: Json): void {
    Object.defineProperty(tree, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Reads a tree bit by bit, and knows what nobody has asked for. */
export class Reading {
    private readonly tree: JsonMap;

    constructor(tree: JsonMap) {
        this.tree = structuredClone(tree);
    }

    /** Takes away what stands at a place. Empty values count as absent. */
    take(path: string): Json | undefined {
        const found = takeFrom(this.tree, path.split("."));
        return isEmpty(found) ? undefined : found;
    }

    /** The same of a text; what is none stays. */
    takeText(path: string): string | undefined {
        const found = path
            .split(".")
            .reduce<Json | undefined>((at, key) => (isMap(at) ? own(at, key) : undefined), this.tree);
        return textOf(found) === undefined ? undefined : textOf(this.take(path));
    }

    /** A switch, which may be written as text. */
    takeFlag(path: string): boolean | undefined {
        const text = this.takeText(path)?.toLowerCase();
        return text === "true" ? true : text === "false" ? false : undefined;
    }

    /** What nobody has taken. */
    remaining(): JsonMap {
        return structuredClone(this.tree);
    }

    /** What nobody has taken, by path. */
    rest(): [path: string, value: Json][] {
        return this.leaves()
            .filter(([, value]) => !isEmpty(value))
            .map(([keys, value]) => [keys.join("."), value]);
    }

    /** The same, by the keys that lead there. An empty text or list stays: it may stand against a default. */
    leaves(): [keys: readonly string[], value: Json][] {
        return leavesOf(this.tree, []);
    }
}

function takeFrom(tree: JsonMap, [key, ...below]: readonly string[]): Json | undefined {
    const value = own(tree, key);
    if (below.length === 0) {
        delete tree[key];
        return value;
    }
    return isMap(value) ? takeFrom(value, below) : undefined;
}

function leavesOf(value: Json, keys: readonly string[]): [readonly string[], Json][] {
    if (isMap(value)) {
        return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...keys, key]));
    }
    return value === null ? [] : [[keys, value]];
}
