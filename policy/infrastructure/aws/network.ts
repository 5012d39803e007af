import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { type Finding, resourcePolicy } from "../../rule";
import { isWide, texts } from "../settings";

const GroupTypes = ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "aws:ec2/securityGroup:SecurityGroup"];
const RuleTypes: readonly [string, ...string[]] = [
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ...GroupTypes,
];

/** Ports that everybody may reach. */
interface Opening {
    readonly path: string;
    readonly from: number;
    readonly to: number;
    /** The range that is everybody. */
    readonly range: string;
}

const LastPort = 65535;

function openingsOf({ type, properties }: Resource): Opening[] {
    if (GroupTypes.includes(type)) {
        return properties.at("ingress").items.flatMap(openings);
    }
    return properties.at("type").text === "egress" ? [] : openings(properties);
}

function openings(rule: View): Opening[] {
    const protocol = rule.at("protocol").scalar ?? rule.at("ipProtocol").scalar;
    const ranges = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"].map((key) => rule.at(key));
    const all = protocol === "-1" || protocol === "all";
    const [from, to] = all ? [0, LastPort] : ["fromPort", "toPort"].map((key) => rule.at(key).number);
    const counted = all || /^(?:tcp|udp|6|17)$/i.test(protocol ?? "");
    if (!counted || from === undefined || to === undefined) {
        return [];
    }
    return ranges.flatMap((place) =>
        texts(place)
            .filter(isWide)
            .map((range) => ({ path: place.path, from, to, range })),
    );
}

/** Where MySQL, ElastiCache (its readers too) and EFS answer. */
const StorePorts: readonly (readonly [port: number, store: string])[] = [
    [2049, "EFS"],
    [3306, "MySQL"],
    [6379, "the cache"],
    [6380, "the cache"],
];

const storesIn = ({ from, to }: Opening): string[] => [
    ...new Set(StorePorts.filter(([port]) => from <= port && port <= to).map(([, store]) => store)),
];

const shown = ({ from, to }: Opening): string =>
    from === to ? `port ${from}` : from === 0 && to === LastPort ? "all ports" : `ports ${from} to ${to}`;

const RemedyOfRules = "List the ranges, or name the security group of whoever may connect.";

const storePort = resourcePolicy(
    {
        name: "wandb-aws-store-port-public",
        description:
            "Database, cache and file system are reached from the cluster only. A rule that lets everybody to their ports offers W&B's data to whoever finds the address.",
        level: "mandatory",
        severity: "critical",
        remedy: "Let the security group of the cluster in, and nobody else.",
    },
    RuleTypes,
    function* (resource) {
        for (const opening of openingsOf(resource)) {
            const stores = storesIn(opening);
            if (stores.length > 0) {
                yield finding(
                    resource,
                    opening,
                    `lets everybody to ${shown(opening)}, where ${stores.join(", ")} would answer`,
                );
            }
        }
    },
);

/** For users, and for those who are sent on to HTTPS. */
const WebPorts = [80, 443];

const otherPort = resourcePolicy(
    {
        name: "wandb-aws-port-public",
        description:
            "Users need ports 443 and 80 of the load balancer. What else answers everybody is for somebody to attack.",
        level: "advisory",
        severity: "medium",
        remedy: "Close the port, or list the ranges that need it.",
    },
    RuleTypes,
    function* (resource) {
        for (const opening of openingsOf(resource)) {
            const web = opening.from === opening.to && WebPorts.includes(opening.from);
            if (!web && storesIn(opening).length === 0) {
                yield finding(resource, opening, `lets everybody to ${shown(opening)}`);
            }
        }
    },
);

function finding(resource: Resource, { path, range }: Opening, message: string): Finding {
    return { resource, path, message: `${message} (${range} given)`, remedy: RemedyOfRules };
}

/** Policies about security groups. */
export const networkPolicies: Policies = [storePort, otherPort];
