import { member } from "../validation/path";

/** Stands for a value that is not known yet. Whatever depends on it is not checked. */
export const Unknown: unique symbol = Symbol("unknown");

/**
 * A place in a configuration: its path, and what stands there. Below an unknown value everything is unknown; below a scalar, a list
 * or nothing there is nothing. Absent and `null` are the same to a reader, as to Helm.
 */
export class View {
    constructor(
        readonly path: string,
        readonly value: unknown,
    ) {}

    /** The place below, key by key. */
    at(...keys: readonly string[]): View {
        return keys.reduce<View>((view, key) => view.child(key), this);
    }

    /** The place below by a path of plain words, `global.mysql.host`. */
    find(path: string): View {
        return this.at(...path.split("."));
    }

    /** Whether nothing stands here, and nothing unknown either. */
    get absent(): boolean {
        return this.value === undefined || this.value === null;
    }

    get unknown(): boolean {
        return this.value === Unknown;
    }

    /** Whether something stands here, known or not. */
    get given(): boolean {
        return !this.absent;
    }

    /** Whether nothing stands here, or an empty text, map or list: what a template takes for nothing. */
    get empty(): boolean {
        return this.absent || this.value === "" || this.size === 0;
    }

    /** Whether something that is not empty stands here, or something unknown may. */
    get filled(): boolean {
        return !this.empty;
    }

    /** A known text. */
    get text(): string | undefined {
        return typeof this.value === "string" ? this.value : undefined;
    }

    /** A known number. */
    get number(): number | undefined {
        return typeof this.value === "number" ? this.value : undefined;
    }

    /** A known flag. */
    get flag(): boolean | undefined {
        return typeof this.value === "boolean" ? this.value : undefined;
    }

    /** A known text, number or flag as text. */
    get scalar(): string | undefined {
        const { value } = this;
        return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
            ? String(value)
            : undefined;
    }

    get isMap(): boolean {
        return isMap(this.value);
    }

    get isList(): boolean {
        return Array.isArray(this.value);
    }

    /** Members of a known list; none for anything else. */
    get items(): View[] {
        return Array.isArray(this.value)
            ? Array.from(this.value as unknown[], (item, index) => new View(member(this.path, index), item))
            : [];
    }

    /** Members of a known map by key; none for anything else. */
    get members(): readonly (readonly [string, View])[] {
        return isMap(this.value) ? Object.keys(this.value).map((key) => [key, this.child(key)] as const) : [];
    }

    private child(key: string): View {
        const path = member(this.path, key);
        if (this.unknown) {
            return new View(path, Unknown);
        }
        return new View(path, isMap(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined);
    }

    private get size(): number | undefined {
        if (Array.isArray(this.value)) {
            return this.value.length;
        }
        return isMap(this.value) ? Object.keys(this.value).length : undefined;
    }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
