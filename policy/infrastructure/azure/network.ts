import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import { isWide, texts } from "../settings";
import { type Fault, settingPolicy } from "./setting";

const GroupType = "azure-native:network:NetworkSecurityGroup";
const RuleType = "azure-native:network:SecurityRule";
const Documentation = "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview";

/** Ports that everybody may reach. */
interface Opening {
    readonly place: View;
    readonly from: number;
    readonly to: number;
    /** The source that is everybody. */
    readonly source: string;
}

const LastPort = 65535;

const isEverybody = (source: string): boolean => /^(?:\*|any|internet)$/i.test(source) || isWide(source);

/** Of a group its own rules; a rule of its own is one. */
const openingsOf = (resource: View, type: string): Opening[] =>
    (type === RuleType ? [resource] : resource.at("securityRules").items).flatMap(openingsOfRule);

function openingsOfRule(rule: View): Opening[] {
    const sources = [rule.at("sourceAddressPrefix"), rule.at("sourceAddressPrefixes")]
        .flatMap(texts)
        .filter(isEverybody);
    const inward = rule.at("access").text === "Allow" && rule.at("direction").text === "Inbound";
    if (!inward || sources.length === 0 || !/^(?:\*|tcp|udp)$/i.test(rule.at("protocol").text ?? "")) {
        return [];
    }
    const [one, several] = [rule.at("destinationPortRange"), rule.at("destinationPortRanges")];
    return [one, ...several.items].flatMap((place) => {
        const match = /^(\d+)(?:-(\d+))?$/.exec(place.text === "*" ? `0-${LastPort}` : (place.text ?? ""));
        const [source] = sources;
        return match === null ? [] : [{ place, source, from: Number(match[1]), to: Number(match[2] ?? match[1]) }];
    });
}

/** Where machines are administered, and where data stores answer. */
const GuardedPorts: readonly (readonly [port: number, what: string])[] = [
    [22, "SSH"],
    [3306, "MySQL"],
    [3389, "Remote Desktop"],
    [6379, "the cache"],
    [6380, "the cache"],
    [10000, "the cache"],
    [10250, "the kubelet"],
];

const guardedIn = ({ from, to }: Opening): string[] => [
    ...new Set(GuardedPorts.filter(([port]) => from <= port && port <= to).map(([, what]) => what)),
];

const shown = ({ from, to }: Opening): string =>
    from === to ? `port ${from}` : from === 0 && to === LastPort ? "all ports" : `ports ${from} to ${to}`;

const fault = (opening: Opening, more = ""): Fault => ({
    place: opening.place,
    message: `lets everybody to ${shown(opening)}${more} (${opening.source} given)`,
});

const fix = "List the ranges in sourceAddressPrefixes, or name a service tag or application security groups.";

const guardedPort = settingPolicy(
    {
        name: "wandb-azure-guarded-port-public",
        description:
            "Machines are administered, and data stores asked, from inside. A rule that lets everybody to their ports, or to all ports, offers them to whoever finds the address.",
        level: "mandatory",
        severity: "critical",
        remedy: "Let in the ranges that need it; for SSH use Azure Bastion.",
        documentation: Documentation,
        fix,
    },
    [GroupType, RuleType],
    (resource, type) =>
        openingsOf(resource, type).map((opening) => {
            const guarded = guardedIn(opening);
            return guarded.length > 0 && fault(opening, `, where ${guarded.join(", ")} would answer`);
        }),
);

/** For users, and for those who are sent on to HTTPS. */
const WebPorts = [80, 443];

const otherPort = settingPolicy(
    {
        name: "wandb-azure-port-public",
        description:
            "Users need ports 443 and 80 of the gateway. What else answers everybody is for somebody to attack.",
        level: "advisory",
        severity: "medium",
        remedy: "Close the port, or list the ranges that need it.",
        documentation: Documentation,
        fix,
    },
    [GroupType, RuleType],
    (resource, type) =>
        openingsOf(resource, type).map((opening) => {
            const web = opening.from === opening.to && WebPorts.includes(opening.from);
            return !web && guardedIn(opening).length === 0 && fault(opening);
        }),
);

/** Policies about network security groups. */
export const networkPolicies: Policies = [guardedPort, otherPort];
