/** What Cloud SQL and Memorystore need of a network that they give addresses to, and what they tell of themselves. */
import { createHash } from "node:crypto";
import type { InventoryView } from "../model";
import { textOf, type PropertyMap, type PropertyValue } from "../values";
import { completed, lastPart } from "./compute/links";
import { connectionsOf } from "./compute/producers";
import { globalAddressType } from "./compute/shared";
import type { Project } from "./project";

/** Id of the network that an id, a name or a URL means. */
export function networkId(link: PropertyMap[string] | undefined, { projectId }: Project): string {
    return completed(link, "networks", { project: projectId });
}

/** Names of the ranges that the network's connection with Google may give addresses of; absent without a connection. */
export function serviceRanges(network: string, inventory: InventoryView): string[] | undefined {
    const ranges = connectionsOf(network, inventory).at(0)?.inputs["reservedPeeringRanges"];
    return Array.isArray(ranges) ? ranges.map((range) => lastPart(textOf(range))) : undefined;
}

/** An address that is the same for a thing wherever it is asked for: of the range where that is known, else of one that Google chose. */
export function privateAddress(thing: string, range: string | undefined, inventory: InventoryView): string {
    const row = range === undefined ? undefined : inventory.find(globalAddressType, ({ id }) => lastPart(id) === range);
    const [, start = "10.90.0"] = /^(\d+\.\d+\.\d+)\.\d+$/.exec(textOf(row?.outputs["address"])) ?? [];
    return `${start}.${2 + (createHash("sha256").update(thing).digest()[0] % 250)}`;
}

/** A certificate in form only: nobody opens a connection with it. */
export function certificateOf(thing: string): string {
    const drawn = createHash("sha512").update(thing).digest();
    const body = Buffer.concat([Buffer.from([0x30, drawn.length]), drawn]).toString("base64");
    return `-----BEGIN CERTIFICATE-----\n${body.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----`;
}

/** The first of these zones that is none of the region. */
export function zoneElsewhere(zones: readonly (PropertyValue | undefined)[], region: string): string | undefined {
    return zones
        .filter((zone) => zone !== undefined)
        .map((zone) => textOf(zone))
        .find((zone) => !new RegExp(`^${region}-[a-z]$`).test(zone));
}
