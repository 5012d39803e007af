import type { Problem } from "../errors";
import type { Known } from "./kinds";
import { FreeTree, Unknown } from "./kinds";
import { member } from "./path";

/** One member of a list or a map. `value` is absent while it is unknown. */
export interface Entry<V> {
    readonly key: string;
    readonly path: string;
    readonly value: V | undefined;
}

type Key<T> = keyof T & string;
/** Element of the list or map that a property holds. */
type Element<P> = NonNullable<P> extends (infer E)[] ? E : NonNullable<P> extends Record<string, infer E> ? E : never;

/**
 * One interface of the arguments as the rules see it: a getter returns a value only when it is there, known and of the right kind.
 * Whether something was said at all is another question, answered by `has`.
 */
export class Section<T> {
    constructor(
        readonly path: string,
        private readonly values: ReadonlyMap<string, Known>,
        private readonly problems: Problem[],
    ) {}

    /** Whether the argument was given, known or not. */
    has(key: Key<T>): boolean {
        return this.values.has(key);
    }

    /** Whether the argument was given, but its value is not known yet or was of the wrong kind. */
    pending(key: Key<T>): boolean {
        return this.values.get(key) === Unknown;
    }

    /** Which of these arguments were given. */
    givenOf<K extends Key<T>>(...keys: K[]): K[] {
        return keys.filter((key) => this.has(key));
    }

    /** All arguments that were given. */
    givenKeys(): string[] {
        return [...this.values.keys()];
    }

    text(key: Key<T>): string | undefined {
        const value = this.values.get(key);
        return typeof value === "string" ? value : undefined;
    }

    number(key: Key<T>): number | undefined {
        const value = this.values.get(key);
        return typeof value === "number" ? value : undefined;
    }

    flag(key: Key<T>): boolean | undefined {
        const value = this.values.get(key);
        return typeof value === "boolean" ? value : undefined;
    }

    /** The tree of a free argument. */
    tree(key: Key<T>): Readonly<Record<string, unknown>> | undefined {
        const value = this.values.get(key);
        return value instanceof FreeTree ? value.tree : undefined;
    }

    /** Members of a list of free trees. */
    trees(key: Key<T>): Entry<Readonly<Record<string, unknown>>>[] {
        return this.members(key).map(({ value, ...entry }) => ({
            ...entry,
            value: value instanceof FreeTree ? value.tree : undefined,
        }));
    }

    section<K extends Key<T>>(key: K): Section<NonNullable<T[K]>> | undefined {
        const value = this.values.get(key);
        return isMap(value) ? new Section(this.at(key), value, this.problems) : undefined;
    }

    /** Members of a list or map of texts. */
    texts(key: Key<T>): Entry<string>[] {
        return this.members(key).map(({ value, ...entry }) => ({
            ...entry,
            value: typeof value === "string" ? value : undefined,
        }));
    }

    /** Members of a list or map of objects. */
    sections<K extends Key<T>>(key: K): Entry<Section<Element<T[K]>>>[] {
        return this.members(key).map(({ value, ...entry }) => ({
            ...entry,
            value: isMap(value) ? new Section<Element<T[K]>>(entry.path, value, this.problems) : undefined,
        }));
    }

    /** Path of an argument of this interface. */
    at(key: Key<T>): string {
        return member(this.path, key);
    }

    /** Reports a problem with an argument of this interface. */
    refuse(key: Key<T>, reason: string): void {
        this.report(this.at(key), reason);
    }

    /** Reports a problem by its full path. */
    report(propertyPath: string, reason: string): void {
        this.problems.push({ propertyPath, reason });
    }

    /** Reports what `check` finds in a text; nothing while it is unknown. */
    check(key: Key<T>, check: (value: string) => string | undefined): void {
        this.checkEntry({ path: this.at(key), value: this.text(key) }, check);
    }

    /** The same for a member of a list or map. */
    checkEntry(entry: { path: string; value: string | undefined }, check: (value: string) => string | undefined): void {
        const reason = entry.value === undefined ? undefined : check(entry.value);
        if (reason !== undefined) {
            this.report(entry.path, reason);
        }
    }

    private members(key: Key<T>): Entry<Known>[] {
        const value = this.values.get(key);
        if (isMap(value)) {
            return [...value].map(([name, item]) => ({ key: name, path: member(this.at(key), name), value: item }));
        }
        if (isList(value)) {
            return value.map((item, index) => ({
                key: String(index),
                path: member(this.at(key), index),
                value: item,
            }));
        }
        return [];
    }
}

function isMap(value: Known | undefined): value is ReadonlyMap<string, Known> {
    return value instanceof Map;
}

function isList(value: Known | undefined): value is readonly Known[] {
    return Array.isArray(value);
}
