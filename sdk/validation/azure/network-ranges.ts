import type { AzureNetworkArgs, AzureSubnetCidrsArgs } from "../../azure/args/network";
import { DefaultNetworkCidr, type SubnetWord, SubnetWords } from "../../azure/args/network-defaults";
import { planSubnets } from "../../azure/args/subnet-plan";
import { contains, type Ipv4Range, parseIpv4Range, wrongIpv4Range } from "../cidr";
import type { Section } from "../section";
import { given } from "../wording";

/** RFC 1918, and RFC 6598: https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-faq#what-address-ranges-can-i-use-in-my-virtual-networks */
const PrivateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const AllRanges = [...PrivateRanges, "100.64.0.0/10"];

/** AKS keeps them for itself: https://learn.microsoft.com/en-us/azure/aks/concepts-network-ip-address-planning */
const OfAks = ["172.30.0.0/16", "172.31.0.0/16", "169.254.0.0/16", "192.0.2.0/24"];

/** The plan gives the API server a /28, and the gateway a /27, of a /23. */
const LargestPlan = 8;
const SmallestPlan = 23;

interface Size {
    readonly smallest: number;
    /** Completes "is too small". */
    readonly why: string;
}

const Sizes: Readonly<Record<SubnetWord, Size>> = {
    nodes: {
        smallest: 26,
        why: "five of its addresses are Azure's, and an upgrade wants nodes beside those that are there",
    },
    // https://learn.microsoft.com/en-us/azure/application-gateway/configuration-infrastructure#size-of-the-subnet
    gateway: { smallest: 27, why: "each unit of the gateway takes an address, and five are Azure's" },
    endpoints: { smallest: 28, why: "endpoints take an address or two each, and five are Azure's" },
    // https://learn.microsoft.com/en-us/azure/mysql/flexible-server/concepts-networking-vnet
    database: { smallest: 29, why: "Azure Database for MySQL takes no smaller one" },
    // https://learn.microsoft.com/en-us/azure/aks/api-server-vnet-integration
    apiServer: { smallest: 28, why: "AKS takes no smaller one" },
    privateLink: { smallest: 28, why: "five of its addresses are Azure's" },
};

const LargestGateway = 24;

/** `azure.network.cidr`, `azure.network.additionalCidrs` and `azure.network.subnetCidrs` */
export function checkRanges(network: Section<AzureNetworkArgs>, overlay: boolean): void {
    network.check("cidr", wrongPlan);
    const cidr = network.text("cidr") ?? DefaultNetworkCidr;
    const spaces = [{ path: network.at("cidr"), text: cidr }];
    for (const entry of network.texts("additionalCidrs")) {
        network.checkEntry(entry, (text) => wrongRange(text, AllRanges) ?? overlapping(text, spaces));
        spaces.push({ path: entry.path, text: entry.value ?? "" });
    }
    const subnets = network.section("subnetCidrs");
    if (subnets !== undefined && wrongPlan(cidr) === undefined) {
        const known = network.texts("additionalCidrs").every(({ value }) => value !== undefined);
        const whole = known && !network.pending("cidr") && !network.pending("additionalCidrs");
        checkSubnets(subnets, cidr, whole ? spaces : undefined, overlay);
    }
}

interface Named {
    readonly path: string;
    readonly text: string;
}

function wrongPlan(cidr: string): string | undefined {
    const wrong = wrongRange(cidr, PrivateRanges);
    const prefix = parseIpv4Range(cidr)?.prefix ?? 0;
    if (wrong !== undefined || (prefix >= LargestPlan && prefix <= SmallestPlan)) {
        return wrong;
    }
    return `is too ${prefix < LargestPlan ? "large" : "small"} ${given(cidr)}. Give /${LargestPlan} to /${SmallestPlan}.`;
}

function wrongRange(text: string, allowed: readonly string[]): string | undefined {
    const range = parseIpv4Range(text);
    if (range === undefined || wrongIpv4Range(text) !== undefined) {
        return wrongIpv4Range(text);
    }
    if (!allowed.some((one) => contains(parseIpv4Range(one), range))) {
        return `is not private ${given(text)}. Give a range within ${allowed.join(", ")}.`;
    }
    const taken = OfAks.find((one) => overlap(parseIpv4Range(one), range));
    return taken === undefined
        ? undefined
        : `overlaps with ${taken} ${given(text)}, which AKS keeps for itself. Give another range.`;
}

function overlapping(text: string, others: readonly Named[]): string | undefined {
    const range = parseIpv4Range(text);
    const other = others.find((one) => overlap(parseIpv4Range(one.text), range));
    return other === undefined
        ? undefined
        : `overlaps with \`${other.path}\` ${given(text)}, which is ${other.text}. Give another range.`;
}

function checkSubnets(
    subnets: Section<AzureSubnetCidrsArgs>,
    cidr: string,
    spaces: readonly Named[] | undefined,
    overlay: boolean,
): void {
    const planned = planSubnets(cidr);
    // What is not given has its part of the plan, which others must leave free.
    const earlier = SubnetWords.filter((word) => !subnets.has(word)).map((word): Named => ({
        path: `${subnets.at(word)} of the plan`,
        text: planned[word],
    }));
    for (const word of SubnetWords) {
        subnets.check(word, (text) => {
            const wrong = wrongSubnet(text, word, spaces, overlay) ?? overlapping(text, earlier);
            earlier.push({ path: subnets.at(word), text });
            return wrong;
        });
    }
}

function wrongSubnet(
    text: string,
    word: SubnetWord,
    spaces: readonly Named[] | undefined,
    overlay: boolean,
): string | undefined {
    const range = parseIpv4Range(text);
    if (range === undefined || wrongIpv4Range(text) !== undefined) {
        return wrongIpv4Range(text);
    }
    if (spaces !== undefined && !spaces.some((space) => contains(parseIpv4Range(space.text), range))) {
        return `is outside of the network ${given(text)}, which has ${spaces.map((space) => space.text).join(", ")}. Give a range within, or one more in \`azure.network.additionalCidrs\`.`;
    }
    const { smallest, why } = Sizes[word];
    if (word === "gateway" && range.prefix < LargestGateway && overlay) {
        return `is too large ${given(text)}: with pods in an overlay it has at most a /${LargestGateway}. Give such a range, or set \`azure.cluster.network.pods\` to node-subnet.`;
    }
    return range.prefix > smallest ? `is too small ${given(text)}: ${why}. Give /${smallest} or larger.` : undefined;
}

function overlap(one: Ipv4Range | undefined, other: Ipv4Range | undefined): boolean {
    return contains(one, other) || contains(other, one);
}
