/**
 * Property values as the engine sends them, and their way over the wire.
 *
 * The markers are the Pulumi wire protocol's own (`sdk/nodejs/runtime/rpc.ts`): a value not known yet, and a value
 * wrapped as secret.
 */
import { createHash } from "node:crypto";

/** A value that the engine does not know yet; it occurs in previews only. */
export const unknown: unique symbol = Symbol("unknown");

export type PropertyValue = null | boolean | number | string | typeof unknown | PropertyValue[] | PropertyMap;

export interface PropertyMap {
    [property: string]: PropertyValue;
}

/** A bag of properties together with the names of those that must not be shown. */
export interface Properties {
    readonly values: PropertyMap;
    readonly secrets: ReadonlySet<string>;
}

/** What JSON can hold: inventory and log are made of it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const unknownMarker = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export function isMap(value: unknown): value is PropertyMap {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function properties(values: PropertyMap = {}, secrets: Iterable<string> = []): Properties {
    return { values, secrets: new Set(secrets) };
}

export function allUnknown(names: readonly string[]): PropertyMap {
    return Object.fromEntries(names.map((name): [string, PropertyValue] => [name, unknown]));
}

/** Reads a bag from the wire. A secret anywhere inside a property makes the whole property secret. */
export function fromWire(wire: unknown): Properties {
    const values: PropertyMap = {};
    const secrets = new Set<string>();
    for (const [name, value] of Object.entries(isMap(wire) ? wire : {})) {
        values[name] = unwrap(value, () => secrets.add(name));
    }
    return { values, secrets };
}

function unwrap(value: unknown, onSecret: () => void): PropertyValue {
    if (value === unknownMarker) {
        return unknown;
    }
    if (Array.isArray(value)) {
        return value.map((item) => unwrap(item, onSecret));
    }
    if (!isMap(value)) {
        return value as PropertyValue;
    }
    if (value[signatureKey] === secretSignature) {
        onSecret();
        return unwrap(value["value"], onSecret);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrap(item, onSecret)]));
}

/** Writes a bag for the wire, secrets wrapped, so that the engine encrypts them in its state. */
export function toWire(bag: Properties): { [key: string]: Json } {
    return Object.fromEntries(
        Object.entries(bag.values).map(([name, value]) => {
            const plain = mark(value);
            return [name, bag.secrets.has(name) ? { [signatureKey]: secretSignature, value: plain } : plain];
        }),
    );
}

function mark(value: PropertyValue): Json {
    if (value === unknown) {
        return unknownMarker;
    }
    if (Array.isArray(value)) {
        return value.map(mark);
    }
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mark(item)])) : value;
}

/**
 * The bag as it may be written to disk: secrets become a digest, which tells whether two are the same. The salt, one for
 * each sandbox instance, keeps the digest of a common value from being recognised.
 */
export function withoutSecrets(bag: Properties, salt: string): { [key: string]: Json } {
    return Object.fromEntries(
        Object.entries(bag.values).map(([name, value]) => [
            name,
            bag.secrets.has(name) ? { secret: digest(salt, JSON.stringify(mark(value))) } : mark(value),
        ]),
    );
}

/** Whether a value from disk stands for a secret. */
export function isDigest(value: PropertyValue): boolean {
    return isMap(value) && Object.keys(value).join() === "secret" && textOf(value["secret"]).startsWith("sha256:");
}

function digest(salt: string, text: string): string {
    return `sha256:${createHash("sha256").update(salt).update("\0").update(text).digest("hex")}`;
}

export function containsUnknown(value: PropertyValue | undefined): boolean {
    if (value === unknown) {
        return true;
    }
    if (Array.isArray(value)) {
        return value.some(containsUnknown);
    }
    return isMap(value) && Object.values(value).some(containsUnknown);
}

/** A scalar as text; `absent` for everything else. */
export function textOf(value: PropertyValue | undefined, absent = ""): string {
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? String(value)
        : absent;
}

/** Equality by content, key order aside. Two unknowns are not equal: nobody knows. */
export function sameValue(one: PropertyValue | undefined, other: PropertyValue | undefined): boolean {
    if (Array.isArray(one) && Array.isArray(other)) {
        return one.length === other.length && one.every((item, index) => sameValue(item, other[index]));
    }
    if (isMap(one) && isMap(other)) {
        const names = new Set([...Object.keys(one), ...Object.keys(other)]);
        return [...names].every((name) => sameValue(one[name], other[name]));
    }
    return one !== unknown && (one ?? null) === (other ?? null);
}

/** The values at a path such as `vpcConfig.subnetIds[*]`; absent parts give none. */
export function valuesAt(values: PropertyMap, path: string): PropertyValue[] {
    let found: PropertyValue[] = [values];
    for (const part of path.replaceAll("[*]", ".*").split(".")) {
        found = found.flatMap((value) => {
            if (part === "*") {
                return Array.isArray(value) ? value : [];
            }
            const next = isMap(value) ? value[part] : undefined;
            return next === undefined || next === null ? [] : [next];
        });
    }
    return found;
}
