import { findWords } from "./canary";

/** How Pulumi marks what is special on the wire, and that it is a secret. */
const Mark = "4dabf18193072939515e22adb298388d";
const SecretMark = "1b47061264138c4ac30d75fd1eb44270";

/** Where a text with one of these words, in whatever form, does not lie below a marked secret. */
export function plainWords(value: unknown, words: readonly string[], path: string): string[] {
    if (typeof value === "string") {
        return findWords(value, words).length > 0 ? [path] : [];
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    if (Mark in value && value[Mark] === SecretMark) {
        return [];
    }
    return Object.entries(value).flatMap(([key, inner]) => plainWords(inner, words, `${path}.${key}`));
}
