import type { WandbDeploymentArgs } from "../../args";
import { DefaultClickHouseCidr, DefaultNatCidr, DefaultProxyCidr } from "../../gcp/args/entry-defaults";
import { DefaultNetworkCidr } from "../../gcp/args/network-defaults";
import { contains, type Ipv4Range, parseIpv4Range, wrongIpv4Range } from "../cidr";
import type { Section } from "../section";
import { given } from "../wording";
import { isInternal } from "./entry-tls";

/** What subnets may have: https://docs.cloud.google.com/vpc/docs/subnets#valid-ranges */
const SubnetRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/**
 * What is wrong with the range of a subnet.
 *
 * @param smallest the longest prefix that it may have
 */
export function wrongSubnetRange(text: string, smallest: number): string | undefined {
    const range = parseIpv4Range(text);
    const wrong = wrongIpv4Range(text);
    if (range === undefined || wrong !== undefined) {
        return wrong;
    }
    if (!SubnetRanges.some((whole) => contains(parseIpv4Range(whole), range))) {
        return `is not private ${given(text)}. Give a range within ${SubnetRanges.join(", ")}.`;
    }
    return range.prefix > smallest ? `is too small ${given(text)}. Give /${smallest} or larger.` : undefined;
}

interface Named {
    readonly path: string;
    readonly text: string;
    readonly range: Ipv4Range | undefined;
    /** It is the default, which nobody has chosen. */
    readonly byDefault: boolean;
}

/** Subnets of the entry lie in one network with the rest, so that their ranges must be apart. */
export function checkOverlaps(args: Section<WandbDeploymentArgs>): void {
    const others = networkRanges(args);
    const earlier = [...others];
    for (const one of entryRanges(args)) {
        const clash = earlier.find((other) => overlap(other.range, one.range));
        if (clash !== undefined) {
            const what = one.byDefault ? `is ${one.text} by default, and overlaps` : `overlaps ${given(one.text)}`;
            const with_ = clash.byDefault
                ? `\`${clash.path}\`, which is ${clash.text} by default`
                : `\`${clash.path}\` (${clash.text})`;
            args.report(one.path, `${what} with ${with_}. Give another range.`);
        }
        earlier.push(one);
    }
}

function entryRanges(args: Section<WandbDeploymentArgs>): Named[] {
    const gcp = args.section("gcp");
    const proxies = gcp?.section("loadBalancer")?.section("proxySubnet");
    const connect = gcp?.section("privateServiceConnect");
    const clickHouse = gcp?.section("clickHouse");
    return [
        ...(isInternal(args) && proxies?.flag("create") !== false
            ? [named("gcp.loadBalancer.proxySubnet.cidr", proxies?.text("cidr"), DefaultProxyCidr)]
            : []),
        ...(connect === undefined
            ? []
            : [named("gcp.privateServiceConnect.natCidr", connect.text("natCidr"), DefaultNatCidr)]),
        ...(clickHouse === undefined || clickHouse.has("existingSubnetId")
            ? []
            : [named("gcp.clickHouse.subnetCidr", clickHouse.text("subnetCidr"), DefaultClickHouseCidr)]),
    ];
}

/** Ranges of a network that is made; those of an own one are Google's to compare. */
function networkRanges(args: Section<WandbDeploymentArgs>): Named[] {
    const network = args.section("gcp")?.section("network");
    if (network?.has("existing") === true) {
        return [];
    }
    const subnets = network?.section("subnetCidrs");
    if (subnets === undefined) {
        return [named("gcp.network.cidr", network?.text("cidr"), DefaultNetworkCidr)];
    }
    return (["nodes", "pods", "services", "privateServices"] as const).flatMap((key) => {
        const text = subnets.text(key);
        return text === undefined ? [] : [named(subnets.at(key), text, text)];
    });
}

function named(path: string, text: string | undefined, absent: string): Named {
    const known = text ?? absent;
    return { path, text: known, range: parseIpv4Range(known), byDefault: text === undefined };
}

function overlap(one: Ipv4Range | undefined, other: Ipv4Range | undefined): boolean {
    return contains(one, other) || contains(other, one);
}
