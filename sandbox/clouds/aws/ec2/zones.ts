/**
 * Availability zones: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 *
 * Which id a name has differs from account to account; here names and ids have the same order.
 */
import type { InvokeModel, PropertyModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { regionOf } from "../account";
import { textsIn } from "./shared";

export interface Zone {
    readonly name: string;
    readonly id: string;
    readonly group: string;
    readonly type: "availability-zone" | "local-zone";
    readonly optIn: "opt-in-not-required" | "opted-in" | "not-opted-in";
}

/** Letters and last digits of ids where a region does not have the zones 1, 2 and 3 under a, b and c. */
const Special: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
    "us-east-1": ["a", "b", "c", "d", "e", "f"].map((letter, index) => [letter, index + 1]),
    "us-west-1": [
        ["a", 1],
        ["b", 3],
    ],
    "us-west-2": ["a", "b", "c", "d"].map((letter, index) => [letter, index + 1]),
    "ca-central-1": [
        ["a", 1],
        ["b", 2],
        ["c", 3],
        ["d", 4],
    ],
};

/** One that everybody may opt in to, and this account has; lists show it unless they are filtered. */
const LocalZones: Readonly<Record<string, readonly Zone[]>> = {
    "us-west-2": [
        {
            name: "us-west-2-lax-1a",
            id: "usw2-lax1-az1",
            group: "us-west-2-lax-1",
            type: "local-zone",
            optIn: "opted-in",
        },
    ],
};

export function zonesIn(region: string): Zone[] {
    const letters = Special[region] ?? ["a", "b", "c"].map((letter, index) => [letter, index + 1] as const);
    return letters
        .map(([letter, digit]): Zone => ({
            name: `${region}${letter}`,
            id: `${shortRegion(region)}-az${digit}`,
            group: region,
            type: "availability-zone",
            optIn: "opt-in-not-required",
        }))
        .concat(LocalZones[region] ?? []);
}

const Directions: readonly (readonly [RegExp, string])[] = [
    [/northeast/, "ne"],
    [/northwest/, "nw"],
    [/southeast/, "se"],
    [/southwest/, "sw"],
    [/north/, "n"],
    [/south/, "s"],
    [/east/, "e"],
    [/west/, "w"],
    [/central/, "c"],
];

/** `ap-southeast-2` is `apse2` in ids of zones. */
function shortRegion(region: string): string {
    const short = Directions.reduce((text, [long, letter]) => text.replace(long, letter), region);
    return short.replace("us-gov", "usg").replaceAll("-", "");
}

const strings: PropertyModel = { type: "array" };

/** Filters of DescribeAvailabilityZones: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html */
const Filters: Readonly<Record<string, (zone: Zone, region: string) => string>> = {
    "group-name": ({ group }) => group,
    "opt-in-status": ({ optIn }) => optIn,
    "region-name": (_zone, region) => region,
    state: () => "available",
    "zone-id": ({ id }) => id,
    "zone-name": ({ name }) => name,
    "zone-type": ({ type }) => type,
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/getavailabilityzones/ */
export const getAvailabilityZones: InvokeModel = {
    token: "aws:index/getAvailabilityZones:getAvailabilityZones",
    inputs: {
        allAvailabilityZones: { type: "boolean" },
        excludeNames: strings,
        excludeZoneIds: strings,
        filters: {
            type: "array",
            items: {
                type: "object",
                properties: { name: { type: "string", required: true }, values: { type: "array", required: true } },
            },
        },
        region: { type: "string" },
        state: { type: "string", values: ["available", "information", "impaired", "unavailable"] },
    },
    outputs: {
        groupNames: strings,
        id: { type: "string" },
        names: strings,
        region: { type: "string" },
        zoneIds: strings,
    },
    answer: (inputs, { config }) => {
        const region = regionOf(inputs, config);
        const filters = (Array.isArray(inputs["filters"]) ? inputs["filters"] : []).filter(isMap);
        const found = zonesIn(region)
            .filter(({ optIn }) => optIn !== "not-opted-in" || inputs["allAvailabilityZones"] === true)
            .filter((zone) => filters.every((filter) => passes(filter, zone, region)))
            .filter(() => (inputs["state"] ?? "available") === "available")
            .filter(({ name }) => !textsIn(inputs["excludeNames"]).includes(name))
            .filter(({ id }) => !textsIn(inputs["excludeZoneIds"]).includes(id));
        return {
            groupNames: [...new Set(found.map(({ group }) => group))],
            id: region,
            names: found.map(({ name }) => name),
            region,
            zoneIds: found.map(({ id }) => id),
        };
    },
};

function passes(filter: PropertyMap, zone: Zone, region: string): boolean {
    const name = textOf(filter["name"]);
    const read = Filters[name];
    if (read === undefined) {
        throw new Error(`InvalidParameterValue: The filter '${name}' is invalid`);
    }
    return textsIn(filter["values"]).includes(read(zone, region));
}
