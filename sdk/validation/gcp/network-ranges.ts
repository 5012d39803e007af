import type { GcpNetworkArgs, GcpSubnetCidrsArgs } from "../../gcp/args/network";
import { contains, type Ipv4Range, parseIpv4Range, wrongIpv4Range } from "../cidr";
import type { Section } from "../section";
import { wholeNumber } from "../syntax";
import { given } from "../wording";

/** RFC 1918 */
const PrivateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
/** What subnets take beside them: https://docs.cloud.google.com/vpc/docs/subnets#valid-ranges */
const SubnetRanges = [...PrivateRanges, "100.64.0.0/10"];

/** Of a Docker bridge beside each database: https://docs.cloud.google.com/sql/docs/mysql/private-ip */
const Unanswered = "172.17.0.0/16";

/** The plan gives pods half of the network: /9 at most, and /21 for 8 nodes at least; and Google's services a /23. */
const LargestPlan = 8;
const SmallestPlan = 20;

interface Size {
    readonly largest: number;
    readonly smallest: number;
    /** Completes "is too small". */
    readonly why: string;
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/concepts/alias-ips, https://docs.cloud.google.com/sql/docs/mysql/configure-private-services-access */
const Sizes: Readonly<Record<keyof GcpSubnetCidrsArgs, Size>> = {
    nodes: { largest: 8, smallest: 29, why: "a subnet has /29 at least" },
    pods: { largest: 9, smallest: 24, why: "each node takes a /24" },
    services: { largest: 16, smallest: 28, why: "GKE takes /28 at least" },
    privateServices: {
        largest: 8,
        smallest: 23,
        why: "databases of a region take a /24, and caches have no room in that",
    },
};

/** `gcp.network.cidr`, `gcp.network.subnetCidrs` and `gcp.network.privateServices` */
export function checkRanges(network: Section<GcpNetworkArgs>): void {
    network.check("cidr", wrongNetworkRange);
    if (network.has("cidr") && network.has("subnetCidrs")) {
        network.refuse("cidr", "is given together with `subnetCidrs`, which say all of it. Leave it out.");
    }
    const subnets = network.section("subnetCidrs");
    if (subnets !== undefined) {
        checkSubnetRanges(subnets);
    }
    const services = network.section("privateServices");
    const prefix = services?.number("prefixLength");
    if (services === undefined || prefix === undefined) {
        return;
    }
    const wrong = wholeNumber(prefix, Sizes.privateServices.largest, Sizes.privateServices.smallest);
    if (wrong !== undefined) {
        services.refuse("prefixLength", wrong);
    }
    if (subnets?.has("privateServices") === true) {
        services.refuse(
            "prefixLength",
            `has no effect with \`gcp.network.subnetCidrs.privateServices\` ${given(prefix)}. Leave one out.`,
        );
    }
}

function wrongNetworkRange(cidr: string): string | undefined {
    const range = parseIpv4Range(cidr);
    if (range === undefined || wrongIpv4Range(cidr) !== undefined) {
        return wrongIpv4Range(cidr);
    }
    if (!isWithin(range, PrivateRanges)) {
        return `is not private ${given(cidr)}. Give a range within ${PrivateRanges.join(", ")}.`;
    }
    if (range.prefix < LargestPlan || range.prefix > SmallestPlan) {
        return `is too ${range.prefix < LargestPlan ? "large" : "small"} ${given(cidr)}. Give /${LargestPlan} to /${SmallestPlan}, or your own plan in \`subnetCidrs\`.`;
    }
    return isUnanswered(range) ? unanswered(cidr) : undefined;
}

function checkSubnetRanges(subnets: Section<GcpSubnetCidrsArgs>): void {
    const earlier: { readonly key: string; readonly text: string; readonly range: Ipv4Range }[] = [];
    for (const key of ["nodes", "pods", "services", "privateServices"] as const) {
        subnets.check(key, (cidr) => {
            const wrong = wrongSubnetRange(cidr, key);
            const range = parseIpv4Range(cidr);
            if (wrong !== undefined || range === undefined) {
                return wrong;
            }
            const other = earlier.find((one) => overlap(one.range, range));
            earlier.push({ key, text: cidr, range });
            return other === undefined
                ? undefined
                : `overlaps with \`${subnets.path}.${other.key}\` ${given(cidr)}, which is ${other.text}. Give another range.`;
        });
    }
}

function wrongSubnetRange(cidr: string, key: keyof GcpSubnetCidrsArgs): string | undefined {
    const range = parseIpv4Range(cidr);
    if (range === undefined || wrongIpv4Range(cidr) !== undefined) {
        return wrongIpv4Range(cidr);
    }
    const allowed = key === "privateServices" ? PrivateRanges : SubnetRanges;
    if (!isWithin(range, allowed)) {
        return `is not private ${given(cidr)}. Give a range within ${allowed.join(", ")}.`;
    }
    const { largest, smallest, why } = Sizes[key];
    if (range.prefix < largest) {
        return `is too large ${given(cidr)}. Give /${largest} or smaller.`;
    }
    if (range.prefix > smallest) {
        return `is too small ${given(cidr)}: ${why}. Give /${smallest} or larger.`;
    }
    // No connection comes from an address of a Service.
    return key !== "services" && isUnanswered(range) ? unanswered(cidr) : undefined;
}

function isWithin(range: Ipv4Range, allowed: readonly string[]): boolean {
    return allowed.some((text) => contains(parseIpv4Range(text), range));
}

function overlap(one: Ipv4Range | undefined, other: Ipv4Range | undefined): boolean {
    return contains(one, other) || contains(other, one);
}

function isUnanswered(range: Ipv4Range): boolean {
    return overlap(parseIpv4Range(Unanswered), range);
}

function unanswered(cidr: string): string {
    return `overlaps with ${Unanswered} ${given(cidr)}, which Cloud SQL does not answer. Give another range.`;
}
