/** IPv4 ranges of a network: which are taken, which may be used, which is free. */
import type { Row } from "../../inventory";
import type { InventoryView, Problem } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { isWithin, overlap, prefixOf } from "../../cidr";
import { completed, lastPart, pathOf, projectIn, regionIn } from "./links";
import { addressType, globalAddressType, subnetworkType } from "./shared";

/** Ranges of addresses that a network has already. */
export interface Taken {
    readonly cidr: string;
    /** Subnet, or allocated range. */
    readonly row: Row;
}

/** validateIpCidrRange of the provider (google/verify/validation.go) */
export function wrongRange(property: string, value: PropertyValue | undefined): Problem[] {
    if (typeof value !== "string") {
        return [];
    }
    const prefix = prefixOf(value);
    const whole = Number.isNaN(prefix) ? undefined : `${firstAddress(value)}/${prefix}`;
    return whole === value
        ? []
        : [
              {
                  property,
                  reason: `"${value}" is not a valid IPv4 CIDR block${whole ? `, expected ${whole}` : ""}. Correct it.`,
              },
          ];
}

/** https://docs.cloud.google.com/vpc/docs/subnets#prohibited-ranges */
const prohibited: readonly string[] = [
    "0.0.0.0/8",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "224.0.0.0/4",
    "199.36.153.4/30",
    "199.36.153.8/30",
    "255.255.255.255/32",
];

export function isProhibited(cidr: string): boolean {
    return prohibited.some((range) => overlap(range, cidr));
}

const rfc1918: readonly string[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

export function isRfc1918(cidr: string): boolean {
    return rfc1918.some((range) => isWithin(cidr, range));
}

function secondaryOf(inputs: PropertyMap): PropertyMap[] {
    const ranges = inputs["secondaryIpRanges"];
    return Array.isArray(ranges) ? ranges.filter(isMap) : [];
}

/** Ranges of a subnet, the primary one first. */
export function rangesOf(inputs: PropertyMap): string[] {
    return [inputs, ...secondaryOf(inputs)].map((range) => textOf(range["ipCidrRange"])).filter((cidr) => cidr !== "");
}

/** Secondary ranges of a subnet by name. */
export function secondaryRanges(inputs: PropertyMap): ReadonlyMap<string, string> {
    return new Map(secondaryOf(inputs).map((range) => [textOf(range["rangeName"]), textOf(range["ipCidrRange"])]));
}

/** All ranges of a network, but those of one row. */
export function takenIn(networkId: string, inventory: InventoryView, but?: string): Taken[] {
    const subnets = inventory
        .rows(subnetworkType)
        .filter((row) => row.id !== but && networkOf(row) === networkId)
        .flatMap((row) => rangesOf(row.inputs).map((cidr) => ({ cidr, row })));
    const allocated = inventory
        .rows(globalAddressType)
        .filter((row) => row.id !== but && row.inputs["purpose"] === "VPC_PEERING" && networkOf(row) === networkId)
        .map((row) => ({ cidr: `${textOf(row.outputs["address"])}/${textOf(row.outputs["prefixLength"])}`, row }));
    return [...subnets, ...allocated];
}

/** Id of the network of a row. */
export function networkOf({ id, inputs }: Row): string {
    return completed(inputs["network"], "networks", { project: projectIn(id) });
}

/** Google's words for a range that somebody in the network has. */
export function conflictOf(cidr: string, taken: readonly Taken[]): string | undefined {
    const other = taken.find((one) => overlap(one.cidr, cidr));
    if (other === undefined) {
        return undefined;
    }
    return other.row.type === subnetworkType
        ? `Invalid IPCidrRange: ${cidr} conflicts with existing subnetwork '${lastPart(other.row.id)}' in region '${regionIn(other.row.id)}'.`
        : `Invalid IPCidrRange: ${cidr} conflicts with the allocated range '${lastPart(other.row.id)}'.`;
}

/** The first range of that size among private addresses which nobody in the network has. */
export function freeRange(prefix: number, taken: readonly Taken[]): string | undefined {
    const size = 2 ** (32 - prefix);
    for (const whole of rfc1918) {
        const first = numberOf(firstAddress(whole));
        const end = first + 2 ** (32 - prefixOf(whole));
        // Google chooses anywhere; high addresses are seldom those that a test gives.
        for (let start = end - size; start >= first; start -= size) {
            const cidr = `${addressOf(start)}/${prefix}`;
            if (!taken.some((one) => overlap(one.cidr, cidr))) {
                return cidr;
            }
        }
    }
    return undefined;
}

/** An address of a subnet's primary range that no reserved one has; Google keeps the first two and the last two. */
export function freeAddress(subnet: Row, inventory: InventoryView): string {
    const cidr = textOf(subnet.inputs["ipCidrRange"]);
    const first = numberOf(firstAddress(cidr));
    const used = new Set(
        inventory
            .rows(addressType)
            .filter(({ inputs }) => pathOf(inputs["subnetwork"]) === subnet.id)
            .map(({ outputs }) => textOf(outputs["address"])),
    );
    for (let address = first + 2; ; address += 1) {
        if (!used.has(addressOf(address))) {
            return addressOf(address);
        }
    }
}

export function firstAddress(cidr: string): string {
    const [address] = cidr.split("/");
    const size = 2 ** (32 - prefixOf(cidr));
    const number = numberOf(address);
    return addressOf(number - (number % size));
}

function numberOf(address: string): number {
    return address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function addressOf(number: number): string {
    return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
