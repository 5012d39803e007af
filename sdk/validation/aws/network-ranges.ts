import type { AwsNetworkArgs, AwsSubnetCidrsArgs } from "../../aws/args/network";
import { DefaultNetworkCidr, DefaultZoneCount } from "../../aws/args/network-defaults";
import { contains, type Ipv4Range, parseIpv4Range, wrongIpv4Range } from "../cidr";
import type { Section } from "../section";
import { given } from "../wording";

/** Ranges that are nobody's on the internet, and that EKS takes: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const PrivateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const LargestPrefix = 16;
const SmallestPrefix = 28;

/**
 * The smallest network that the plan divides: its public subnets are then /27, the least that a load balancer takes
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html), and its private ones /24: a node of
 * the size table keeps up to 60 addresses ready for pods.
 */
const SmallestPlan = 22;
const SmallestForLoadBalancer = 27;

/** `aws.network.cidr` and `aws.network.subnetCidrs` */
export function checkRanges(network: Section<AwsNetworkArgs>, isInternal: boolean | undefined): void {
    const smallest = network.has("subnetCidrs") ? SmallestPrefix : SmallestPlan;
    network.check("cidr", (cidr) => wrongNetworkRange(cidr, smallest));
    const subnets = network.section("subnetCidrs");
    if (subnets !== undefined) {
        checkSubnetRanges(network, subnets, isInternal);
    }
}

function wrongNetworkRange(cidr: string, smallest: number): string | undefined {
    const range = parseIpv4Range(cidr);
    if (range === undefined || wrongIpv4Range(cidr) !== undefined) {
        return wrongIpv4Range(cidr);
    }
    if (!PrivateRanges.some((text) => contains(parseIpv4Range(text), range))) {
        return `is not private ${given(cidr)}. Give a range within ${PrivateRanges.join(", ")}.`;
    }
    if (range.prefix < LargestPrefix) {
        return `is too large ${given(cidr)}. A VPC has /${LargestPrefix} at most.`;
    }
    return range.prefix > smallest
        ? `is too small ${given(cidr)}. Give /${smallest} or larger${smallest === SmallestPlan ? ", or your own plan in `subnetCidrs`" : ""}.`
        : undefined;
}

interface GivenRange {
    readonly path: string;
    readonly text: string;
    readonly range: Ipv4Range;
}

function checkSubnetRanges(
    network: Section<AwsNetworkArgs>,
    subnets: Section<AwsSubnetCidrsArgs>,
    isInternal: boolean | undefined,
): void {
    checkCounts(network, subnets);
    const cidr = network.text("cidr") ?? DefaultNetworkCidr;
    // What is wrong with the whole is told once.
    const known = !network.pending("cidr") && wrongNetworkRange(cidr, SmallestPrefix) === undefined;
    const whole = known ? parseIpv4Range(cidr) : undefined;
    const earlier: GivenRange[] = [];
    for (const tier of ["private", "public", "data"] as const) {
        for (const entry of subnets.texts(tier)) {
            subnets.checkEntry(entry, (cidr) => {
                const wrong = wrongSubnetRange(cidr, whole, tier === "public" && isInternal === false);
                const range = parseIpv4Range(cidr);
                if (wrong !== undefined || range === undefined) {
                    return wrong;
                }
                const other = earlier.find((one) => contains(one.range, range) || contains(range, one.range));
                earlier.push({ path: entry.path, text: cidr, range });
                return other === undefined
                    ? undefined
                    : `overlaps with \`${other.path}\` ${given(cidr)}, which is ${other.text}. Give another range.`;
            });
        }
    }
}

function wrongSubnetRange(cidr: string, whole: Ipv4Range | undefined, forLoadBalancer: boolean): string | undefined {
    const range = parseIpv4Range(cidr);
    if (range === undefined || wrongIpv4Range(cidr) !== undefined) {
        return wrongIpv4Range(cidr);
    }
    if (whole !== undefined && !contains(whole, range)) {
        return `is not inside the network ${given(cidr)}. Give a part of \`aws.network.cidr\`.`;
    }
    if (range.prefix > SmallestPrefix) {
        return `is too small ${given(cidr)}. A subnet has /${SmallestPrefix} at least.`;
    }
    return forLoadBalancer && range.prefix > SmallestForLoadBalancer
        ? `is too small ${given(cidr)}: a load balancer needs /${SmallestForLoadBalancer} or larger. Give a larger range.`
        : undefined;
}

/** Number of the zones of a network that is made; undefined while that is not known. */
export function zonesOf(network: Section<AwsNetworkArgs>): number | undefined {
    if (network.pending("zones") || network.pending("zoneCount")) {
        return undefined;
    }
    return network.has("zones") ? network.texts("zones").length : (network.number("zoneCount") ?? DefaultZoneCount);
}

function checkCounts(network: Section<AwsNetworkArgs>, subnets: Section<AwsSubnetCidrsArgs>): void {
    const zones = zonesOf(network);
    const hasPublic = network.flag("publicSubnets") !== false;
    if (!hasPublic && subnets.has("public")) {
        subnets.refuse("public", "is given, but `aws.network.publicSubnets` is false. Leave it out.");
    } else if (hasPublic && !subnets.has("public")) {
        subnets.refuse("public", "is missing. Give one range per zone, or set `aws.network.publicSubnets` to false.");
    }
    for (const tier of ["private", "public", "data"] as const) {
        const count = subnets.texts(tier).length;
        const expected = subnets.has(tier) && !subnets.pending(tier) && (tier !== "public" || hasPublic);
        if (expected && zones !== undefined && count !== zones) {
            subnets.refuse(tier, `has ${count} entries, but there are ${zones} zones. Give one range per zone.`);
        }
    }
}
