/** Longer values are cut: a message is for reading. */
const LongestValue = 80;

/** Leaves out the user part of `scheme://user:password@host`, or of the same without scheme. */
function withoutUser(value: string): string {
    const at = value.lastIndexOf("@");
    const user = value.slice(0, Math.max(at, 0));
    if (!user.includes(":")) {
        return value;
    }
    const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? "";
    return `${scheme}***${value.slice(at)}`;
}

/** A value in quotes, cut when long, without a password inside a URL. */
export function quote(value: string): string {
    const shown = withoutUser(value);
    return JSON.stringify(shown.length > LongestValue ? `${shown.slice(0, LongestValue)}...` : shown);
}

/** `("abc" given)`. */
export function given(value: string | number | boolean): string {
    return `(${typeof value === "string" ? quote(value) : String(value)} given)`;
}

/** `a, b and c`. */
export function list(words: readonly string[], last = "and"): string {
    return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}

/** The same with back-quotes, for names of arguments. */
export function codes(words: readonly string[], last = "and"): string {
    return list(
        words.map((word) => `\`${word}\``),
        last,
    );
}
