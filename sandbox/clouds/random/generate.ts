/** The generators behind the `random` package. */
import { createHash, randomBytes, randomInt } from "node:crypto";
import type { PropertyMap } from "../values";

const classes = {
    minLower: { allowed: "lower", characters: "abcdefghijklmnopqrstuvwxyz" },
    minNumeric: { allowed: "numeric", characters: "0123456789" },
    minSpecial: { allowed: "special", characters: "!@#$%&*()-_=+[]{}<>:?" },
    minUpper: { allowed: "upper", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
} as const;

/** A string of the classes allowed, with at least the demanded number of each, in random order. */
export function text(inputs: PropertyMap): string {
    const pool: string[] = [];
    const drawn: string[] = [];
    for (const [minimum, { allowed, characters }] of Object.entries(classes)) {
        const override = allowed === "special" ? inputs["overrideSpecial"] : undefined;
        const alphabet = typeof override === "string" && override !== "" ? override : characters;
        if (inputs[allowed] !== false) {
            pool.push(...alphabet);
        }
        for (let count = 0; count < Number(inputs[minimum] ?? 0); count++) {
            drawn.push(pick([...alphabet]));
        }
    }
    while (drawn.length < Number(inputs["length"])) {
        drawn.push(pick(pool));
    }
    return shuffle(drawn).join("");
}

function pick<T>(from: readonly T[]): T {
    const picked = from[randomInt(from.length)];
    if (picked === undefined) {
        throw new Error("nothing to draw from: no characters are allowed");
    }
    return picked;
}

function shuffle<T>(items: readonly T[]): T[] {
    return items
        .map((item) => ({ item, order: randomInt(2 ** 47) }))
        .sort((one, other) => one.order - other.order)
        .map(({ item }) => item);
}

/** The spellings of a RandomId. */
export function identifier(byteLength: number, prefix: string): PropertyMap {
    const made = randomBytes(byteLength);
    const hex = made.toString("hex");
    return {
        b64Std: prefix + made.toString("base64"),
        b64Url: prefix + made.toString("base64url"),
        dec: prefix + BigInt(`0x${hex}`).toString(),
        hex: prefix + hex,
    };
}

/** An integer from `min` to `max`, both included; the same one for the same seed. */
export function integer(min: number, max: number, seed: string | undefined): number {
    const span = max - min + 1;
    const drawn =
        seed === undefined ? randomInt(span) : createHash("sha256").update(seed).digest().readUIntBE(0, 6) % span;
    return min + drawn;
}

const adverbs = ["boldly", "calmly", "gently", "kindly", "mostly", "neatly", "purely", "quietly"];
const adjectives = [
    "brave",
    "bright",
    "clever",
    "eager",
    "fair",
    "gentle",
    "keen",
    "lively",
    "merry",
    "proud",
    "swift",
];
const animals = ["badger", "crane", "dolphin", "falcon", "gecko", "heron", "lynx", "marten", "otter", "robin", "seal"];

/** Words of a pet name: adverbs, then an adjective, then the animal. */
export function pet(length: number): string[] {
    const words = [pick(animals)];
    if (length > 1) {
        words.unshift(pick(adjectives));
    }
    while (words.length < length) {
        words.unshift(pick(adverbs));
    }
    return words;
}

/**
 * Something of the form of a bcrypt hash, different for each password, that no password matches: Node.js has no
 * bcrypt, and nothing in the sandbox checks one.
 */
export function bcryptShape(password: string): string {
    const body = createHash("sha512").update(randomBytes(16)).update(password).digest("base64");
    return `$2a$10$${body.replaceAll("+", ".").slice(0, 53)}`;
}
