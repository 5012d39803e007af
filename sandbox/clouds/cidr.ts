/** IPv4 ranges in CIDR notation. */
import { isIPv4 } from "node:net";
import type { Problem } from "./model";
import { textOf, type PropertyValue } from "./values";

interface Range {
    readonly first: number;
    readonly prefix: number;
}

function parse(text: string): Range | undefined {
    const [address, prefix, ...more] = text.split("/");
    if (!isIPv4(address) || !/^\d{1,2}$/.test(prefix ?? "") || Number(prefix) > 32 || more.length > 0) {
        return undefined;
    }
    return { first: address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0), prefix: Number(prefix) };
}

function size({ prefix }: Range): number {
    return 2 ** (32 - prefix);
}

/** What the provider says of a text that is no range, or has bits beyond its prefix. */
export function wrongCidr(property: string, value: PropertyValue | undefined): Problem[] {
    if (typeof value !== "string") {
        return [];
    }
    const range = parse(value);
    if (range === undefined) {
        return [{ property, reason: `"${value}" is not a valid IPv4 CIDR block. Correct it.` }];
    }
    const start = range.first - (range.first % size(range));
    if (start === range.first) {
        return [];
    }
    const address = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".");
    return [
        {
            property,
            reason: `"${value}" is not a valid IPv4 CIDR block; did you mean "${address}/${range.prefix}"?`,
        },
    ];
}

/** Length of the prefix; NaN for a text that is no range. */
export function prefixOf(cidr: PropertyValue | undefined): number {
    return parse(textOf(cidr))?.prefix ?? NaN;
}

export function isWithin(inner: PropertyValue | undefined, outer: PropertyValue | undefined): boolean {
    const [small, large] = [parse(textOf(inner)), parse(textOf(outer))];
    return (
        small !== undefined &&
        large !== undefined &&
        small.prefix >= large.prefix &&
        Math.floor(small.first / size(large)) === Math.floor(large.first / size(large))
    );
}

export function overlap(one: PropertyValue | undefined, other: PropertyValue | undefined): boolean {
    return isWithin(one, other) || isWithin(other, one);
}

/** Addresses that a subnet has left for use: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
export function usableAddresses(cidr: PropertyValue | undefined): number {
    const range = parse(textOf(cidr));
    return range === undefined ? 0 : size(range) - 5;
}

/** The address at a place of a range, the first at 0. */
export function addressIn(cidr: PropertyValue | undefined, index: number): string {
    const address = (parse(textOf(cidr))?.first ?? 0) + index;
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
