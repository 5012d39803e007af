const Mask = "***";

/** Names whose values are never shown, as they stand in JSON, YAML, Go maps, URLs' queries and environment listings. */
const SecretName =
    "[\\w.-]*(?:passw(?:or)?d|pwd|token|secret|licen[cs]e|credential|authorization|api[_-]?key|access[_-]?key|private[_-]?key|signature)[\\w.-]*";

const Rules: readonly (readonly [RegExp, string])[] = [
    [/-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*PRIVATE KEY-----|$)/g, Mask],
    // scheme://user:password@host, and user:password@host without scheme (database DSNs). An image's `tag@sha256:` is no password.
    [/(\w+:\/\/)[^\s/@"']+@/g, `$1${Mask}@`],
    [/[^\s:@/"'=,([{]+:[^\s@"'/]+@(?!sha256:)/g, `${Mask}@`],
    [/\b(Bearer|Basic|Negotiate)\s+[A-Za-z0-9._~+/=-]{6,}/gi, `$1 ${Mask}`],
    [new RegExp(`(\\b${SecretName}\\\\?["']?\\s*[:=]\\s*)(\\\\?["'])(?:(?!\\2).)*\\2`, "gi"), `$1$2${Mask}$2`],
    [new RegExp(`(\\b${SecretName}[:=] ?)[^\\s"',;&\\]})]+`, "gi"), `$1${Mask}`],
    // JSON web tokens, which W&B's licenses are too.
    [/\b[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g, Mask],
    // Hexadecimal keys. A digest is public and helps.
    [/(?<!sha256:)\b[0-9a-f]{32,}\b/gi, Mask],
];

/** Long words of an alphabet used for keys; paths and object names are told apart by having no upper case with digits. */
const LongWord = /[A-Za-z0-9+/_-]{32,}={0,2}/g;

function looksRandom(word: string): boolean {
    return /[A-Z]/.test(word) && /[a-z]/.test(word) && /\d/.test(word);
}

/** Takes everything out of a text of the cluster that looks like a credential: a Helm error, for example, may quote values. */
export function redact(text: string): string {
    const masked = Rules.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
    return masked.replace(LongWord, (word) => (looksRandom(word) ? Mask : word));
}

/** Shorter values would hide ordinary words. */
const KnownLength = 8;

/** Takes values out of a text that are known to be secret, also where they stand in base64, percent encoding or JSON. */
export function hideKnown(text: string, known: readonly string[]): string {
    const spellings = known
        .filter((value) => value.length >= KnownLength)
        .flatMap((value) => [
            value,
            encodeURIComponent(value),
            Buffer.from(value).toString("base64"),
            JSON.stringify(value).slice(1, -1),
        ]);
    // Longest first, so that a value that begins with another one leaves no rest behind.
    spellings.sort((left, right) => right.length - left.length);
    return spellings.reduce((result, spelling) => result.replaceAll(spelling, Mask), text);
}
