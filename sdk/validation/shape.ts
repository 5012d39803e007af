/** How an argument must look. The table of all arguments is in `shapes.ts`. */
export type Shape = (
    | TextShape
    | NumberShape
    | { readonly kind: "flag" }
    | { readonly kind: "choice"; readonly of: readonly string[]; readonly hints: Readonly<Record<string, string>> }
    | { readonly kind: "list"; readonly of: Shape }
    | { readonly kind: "map"; readonly of: Shape }
    | { readonly kind: "object"; readonly name: string; readonly of: Readonly<Record<string, Shape>> }
    | { readonly kind: "free" }
) & {
    /** Set when the argument must be given: what to give. */
    readonly required?: string;
};

interface TextShape {
    readonly kind: "text";
    /** The value is never printed. */
    readonly secret: boolean;
    /** `word`: one line, not empty, no white space around it. `lines`: a document, not empty. `any`: whatever, even empty. */
    readonly form: "word" | "lines" | "any";
    /** Set when it decides what is created: then it is no Output. */
    readonly plain?: true;
}

interface NumberShape {
    readonly kind: "number";
    /** Set when it decides what is created: then it is no Output. */
    readonly plain?: true;
}

const word = (secret: boolean): TextShape & Shape => Object.freeze({ kind: "text", secret, form: "word" });
const lines = (secret: boolean): TextShape & Shape => Object.freeze({ kind: "text", secret, form: "lines" });
const any = (secret: boolean): TextShape & Shape => Object.freeze({ kind: "text", secret, form: "any" });

/** One line of text. */
export const text = word(false);
/** One line of text that decides what is created. */
export const plainText: TextShape & Shape = Object.freeze({ kind: "text", secret: false, form: "word", plain: true });
/** One line of text that no message shows. */
export const secret = word(true);
/** PEM, YAML and other documents; long, so never shown. */
export const pages = lines(true);
/** Any text, also empty: values of environment variables and annotations. */
export const anyText = any(false);
/** Any text that decides what is created. */
export const plainAnyText: TextShape & Shape = Object.freeze({ kind: "text", secret: false, form: "any", plain: true });
/** Any text that no message shows. */
export const anySecret = any(true);
export const number: Shape = Object.freeze({ kind: "number" });
/** A number that decides what is created. */
export const plainNumber: Shape = Object.freeze({ kind: "number", plain: true });
export const flag: Shape = Object.freeze({ kind: "flag" });
/** A tree that is checked elsewhere, or by Kubernetes. */
export const free: Shape = Object.freeze({ kind: "free" });

/** One of some words. `hints` answers words that people use for another system's spelling. */
export function choice(of: Readonly<Record<string, string>>, hints: Readonly<Record<string, string>> = {}): Shape {
    return Object.freeze({ kind: "choice", of: Object.freeze(Object.values(of)), hints: Object.freeze(hints) });
}

export function listOf(of: Shape): Shape {
    return Object.freeze({ kind: "list", of });
}

export function mapOf(of: Shape): Shape {
    return Object.freeze({ kind: "map", of });
}

/** One of the interfaces of the arguments. The compiler demands a shape for every property. */
export function object<T>(
    name: string,
    of: { readonly [K in keyof Required<T>]: Shape },
): Shape & {
    readonly kind: "object";
} {
    return Object.freeze({ kind: "object", name, of: Object.freeze(of) });
}

/** Marks an argument that must be given; `what` completes "Give ...". */
export function needed(shape: Shape, what: string): Shape {
    return Object.freeze({ ...shape, required: what });
}

/** Whether the value may be an Output: leaves only, and only those that do not decide what is created. */
export function takesOutput(shape: Shape): boolean {
    return (shape.kind === "number" || shape.kind === "text") && shape.plain !== true;
}
