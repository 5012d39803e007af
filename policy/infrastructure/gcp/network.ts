import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { type Finding, resourcePolicy } from "../../rule";
import { isOff, isWide, texts } from "../settings";

const FirewallType = "gcp:compute/firewall:Firewall";
const Documentation = "https://docs.cloud.google.com/firewall/docs/firewalls";

/** Ports that everybody may reach. */
interface Opening {
    readonly path: string;
    readonly from: number;
    readonly to: number;
    /** The range that is everybody. */
    readonly range: string;
}

const LastPort = 65535;

/** Protocols with ports, by name and by number. Without protocol numbers of others, such as icmp. */
const WithPorts = /^(?:all|tcp|udp|sctp|6|17|132)$/i;

function openingsOf({ properties }: Resource): Opening[] {
    const direction = properties.at("direction");
    const inward = direction.absent || direction.text === "INGRESS";
    const ranges = texts(properties.at("sourceRanges")).filter(isWide);
    if (!inward || !isOff(properties.at("disabled")) || ranges.length === 0) {
        return [];
    }
    return properties
        .at("allows")
        .items.filter((rule) => WithPorts.test(rule.at("protocol").scalar ?? ""))
        .flatMap(portsOf)
        .map((ports) => ({ ...ports, range: ranges[0] }));
}

/** Without ports all of the protocol are meant. */
function portsOf(rule: View): Omit<Opening, "range">[] {
    const ports = rule.at("ports");
    if (ports.empty) {
        return [{ path: rule.path, from: 0, to: LastPort }];
    }
    return ports.items.flatMap((port) => {
        const match = /^(\d+)(?:-(\d+))?$/.exec(port.scalar ?? "");
        return match === null ? [] : [{ path: port.path, from: Number(match[1]), to: Number(match[2] ?? match[1]) }];
    });
}

/** Where machines are administered, and where data stores answer; Memorystore with TLS has a port of its own. */
const GuardedPorts: readonly (readonly [port: number, what: string])[] = [
    [22, "SSH"],
    [3306, "MySQL"],
    [3389, "Remote Desktop"],
    [6378, "the cache"],
    [6379, "the cache"],
    [10250, "the kubelet"],
];

const guardedIn = ({ from, to }: Opening): string[] => [
    ...new Set(GuardedPorts.filter(([port]) => from <= port && port <= to).map(([, what]) => what)),
];

const shown = ({ from, to }: Opening): string =>
    from === to ? `port ${from}` : from === 0 && to === LastPort ? "all ports" : `ports ${from} to ${to}`;

const guardedPort = resourcePolicy(
    {
        name: "wandb-gcp-guarded-port-public",
        description:
            "Machines are administered, and data stores asked, from inside. A firewall rule that lets everybody to their ports, or to all ports, offers them to whoever finds the address.",
        level: "mandatory",
        severity: "critical",
        remedy: "Let in the ranges that need it; for SSH use Identity-Aware Proxy, 35.235.240.0/20.",
        documentation: Documentation,
    },
    [FirewallType],
    function* (resource) {
        for (const opening of openingsOf(resource)) {
            const guarded = guardedIn(opening);
            if (guarded.length > 0) {
                const where = `${shown(opening)}, where ${guarded.join(", ")} would answer`;
                yield finding(resource, opening, `lets everybody to ${where}`);
            }
        }
    },
);

/** For users, and for those who are sent on to HTTPS. */
const WebPorts = [80, 443];

const otherPort = resourcePolicy(
    {
        name: "wandb-gcp-port-public",
        description:
            "Users need ports 443 and 80 of the load balancer. What else answers everybody is for somebody to attack.",
        level: "advisory",
        severity: "medium",
        remedy: "Close the port, or list the ranges that need it.",
        documentation: Documentation,
    },
    [FirewallType],
    function* (resource) {
        for (const opening of openingsOf(resource)) {
            const web = opening.from === opening.to && WebPorts.includes(opening.from);
            if (!web && guardedIn(opening).length === 0) {
                yield finding(resource, opening, `lets everybody to ${shown(opening)}`);
            }
        }
    },
);

function finding(resource: Resource, { path, range }: Opening, message: string): Finding {
    return {
        resource,
        path,
        message: `${message} (${range} given)`,
        remedy: "List the ranges in sourceRanges, or name sourceTags or sourceServiceAccounts in their place.",
    };
}

/** Policies about firewall rules. */
export const networkPolicies: Policies = [guardedPort, otherPort];
