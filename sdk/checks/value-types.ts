import { list } from "../validation/wording";
import type { View } from "./view";

/** One kind of value that may stand somewhere. */
interface Alternative {
    readonly kind: "text" | "flag" | "number" | "integer" | "scalar" | "any" | "reference" | "list" | "map";
    /** Of every member of a list or map. */
    readonly member?: ValueType;
    /** Of the members of a map that are known by name. */
    readonly fields?: ReadonlyMap<string, ValueType>;
}

/** The kinds that may stand at a place, as the reference writes them: `string|valueFrom`, `list<string>`. */
export type ValueType = readonly Alternative[];

const Words: Readonly<Record<string, Alternative["kind"]>> = {
    string: "text",
    boolean: "flag",
    integer: "integer",
    number: "number",
    scalar: "scalar",
    any: "any",
    valueFrom: "reference",
    list: "list",
    map: "map",
};

const Expected: Readonly<Record<Alternative["kind"], string>> = {
    text: "a text",
    flag: "true or false",
    integer: "a whole number",
    number: "a number",
    scalar: "a text, a number, true or false",
    any: "anything",
    reference: "a map with `valueFrom`",
    list: "a list",
    map: "a map",
};

const parsed = new Map<string, ValueType | undefined>();

/** Reads a type as the reference writes it; undefined when it is none. */
export function parseType(text: string): ValueType | undefined {
    if (!parsed.has(text)) {
        parsed.set(text, new Parser(text).all());
    }
    return parsed.get(text);
}

/** Reads `type := kind ("|" kind)*`, `kind := word | list<type> | map<word,type> | {field,field:type}`. */
class Parser {
    private at = 0;

    constructor(private readonly text: string) {}

    all(): ValueType | undefined {
        const type = this.type();
        return this.at === this.text.length ? type : undefined;
    }

    private type(): ValueType | undefined {
        const kinds: Alternative[] = [];
        do {
            const kind = this.kind();
            if (kind === undefined) {
                return undefined;
            }
            kinds.push(kind);
        } while (this.take("|"));
        return kinds;
    }

    private kind(): Alternative | undefined {
        if (this.take("{")) {
            return this.fields();
        }
        const word = this.word();
        if (!Object.hasOwn(Words, word)) {
            return undefined;
        }
        const kind = Words[word];
        if ((kind !== "list" && kind !== "map") || !this.take("<")) {
            return { kind };
        }
        if (kind === "map" && (this.word() === "" || !this.take(","))) {
            return undefined;
        }
        const member = this.type();
        return member !== undefined && this.take(">") ? { kind, member } : undefined;
    }

    private fields(): Alternative | undefined {
        const fields = new Map<string, ValueType>();
        do {
            const name = this.word();
            const type: ValueType | undefined = this.take(":") ? this.type() : [{ kind: "any" }];
            if (name === "" || type === undefined) {
                return undefined;
            }
            fields.set(name, type);
        } while (this.take(","));
        return this.take("}") ? { kind: "map", fields } : undefined;
    }

    private word(): string {
        const start = this.at;
        while (this.at < this.text.length && /[A-Za-z]/.test(this.text[this.at])) {
            this.at++;
        }
        return this.text.slice(start, this.at);
    }

    private take(mark: string): boolean {
        const there = this.text[this.at] === mark;
        this.at += there ? 1 : 0;
        return there;
    }
}

/** Whether maps or lists may stand there. */
export function allows(type: ValueType, kind: "map" | "list"): boolean {
    return type.some((alternative) => alternative.kind === kind || alternative.kind === "any");
}

/** What may stand there, in words: `a text or a map with ...`. */
export function expectedWords(type: ValueType): string {
    return list(
        type.map(({ kind }) => Expected[kind]),
        "or",
    );
}

/** The kind of what stands there, in words. */
export function kindWords(view: View): string {
    if (view.isList) {
        return "a list";
    }
    if (view.text !== undefined) {
        return "a text";
    }
    return view.flag === undefined ? (view.number === undefined ? "a map" : "a number") : "true or false";
}

function fits({ kind }: Alternative, view: View): boolean {
    switch (kind) {
        case "text":
            return view.text !== undefined;
        case "flag":
            return view.flag !== undefined;
        case "integer":
        case "number":
            return view.number !== undefined;
        case "scalar":
            return view.scalar !== undefined;
        case "list":
            return view.isList;
        case "map":
        case "reference":
            return view.isMap;
        case "any":
            return true;
    }
}

/** Every known place in the value whose kind is another one, and the kinds that it may have. */
export function* misfits(type: ValueType, view: View): Iterable<readonly [View, ValueType]> {
    if (view.absent || view.unknown) {
        return;
    }
    const alternative = type.find((candidate) => fits(candidate, view));
    if (alternative === undefined) {
        yield [view, type];
        return;
    }
    const { member, fields } = alternative;
    for (const [key, inner] of view.members) {
        const inside = fields?.get(key) ?? member;
        if (inside !== undefined) {
            yield* misfits(inside, inner);
        }
    }
    if (member !== undefined) {
        for (const item of view.items) {
            yield* misfits(member, item);
        }
    }
}
