import { addressNumber, addressText } from "../ipv4";
import { given, quote } from "./wording";

/** An IPv4 range in CIDR notation, as numbers. */
export interface Ipv4Range {
    readonly first: number;
    readonly prefix: number;
}

/** The range that a text means; undefined when it means none. Bits beyond the prefix are kept. */
export function parseIpv4Range(text: string): Ipv4Range | undefined {
    const [, ...parts] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) ?? [];
    const numbers = parts.map(Number);
    const prefix = numbers.at(4);
    if (prefix === undefined || prefix > 32 || numbers.slice(0, 4).some((octet) => octet > 255)) {
        return undefined;
    }
    return { first: addressNumber(text.split("/")[0]), prefix };
}

/** Whether all addresses of one range are in the other; not while one of them is no range. */
export function contains(outer: Ipv4Range | undefined, inner: Ipv4Range | undefined): boolean {
    if (outer === undefined || inner === undefined || outer.prefix > inner.prefix) {
        return false;
    }
    const size = 2 ** (32 - outer.prefix);
    return Math.floor(outer.first / size) === Math.floor(inner.first / size);
}

/** What is wrong with a text that should be an IPv4 range. */
export function wrongIpv4Range(text: string): string | undefined {
    const range = parseIpv4Range(text);
    if (range === undefined) {
        const address = /^[\d.]+$/.test(text) && parseIpv4Range(`${text}/32`) !== undefined;
        const remedy = address ? `For this address alone write ${text}/32` : "Give for example 203.0.113.0/24";
        return `is not an IPv4 range in CIDR notation ${given(text)}. ${remedy}.`;
    }
    const size = 2 ** (32 - range.prefix);
    const start = range.first - (range.first % size);
    return start === range.first
        ? undefined
        : `has bits beyond its prefix ${given(text)}. Did you mean ${quote(`${addressText(start)}/${range.prefix}`)}?`;
}
