import type { AwsExistingNetworkArgs, AwsNetworkArgs } from "../../aws/args/network";
import type { Section } from "../section";
import { given } from "../wording";

/** What shapes a network that is made. */
const OfNew = ["cidr", "subnetCidrs", "zoneCount", "zones", "publicSubnets", "nat", "flowLogs"] as const;

/** Subnets have letters for names. */
const MostSubnets = 6;

/** `aws.network.existing`, and what it excludes. */
export function checkExistingNetwork(network: Section<AwsNetworkArgs>, isInternal: boolean | undefined): void {
    for (const key of network.givenOf(...OfNew)) {
        network.refuse(key, "has no effect with `aws.network.existing`, where no network is made. Leave it out.");
    }
    const existing = network.section("existing");
    if (existing === undefined) {
        return;
    }
    existing.check("vpcId", (id) => wrongId(id, "vpc", "a VPC"));
    checkSubnets(existing, "privateSubnetIds");
    checkSubnets(existing, "dataSubnetIds");
    checkSubnets(existing, "loadBalancerSubnetIds");
    checkIds(existing, "routeTableIds", "rtb", "a route table");
    if (existing.has("routeTableIds") && isEmpty(existing, "routeTableIds")) {
        existing.refuse("routeTableIds", "is empty. Give the route tables of the private subnets, or leave it out.");
    }
    if (!existing.has("loadBalancerSubnetIds") && isInternal === false) {
        existing.refuse(
            "loadBalancerSubnetIds",
            "is missing, and the load balancer is internet-facing. Give at least two public subnets in different zones, or set `aws.loadBalancer.scheme` to internal.",
        );
    }
}

type Lists = "privateSubnetIds" | "dataSubnetIds" | "loadBalancerSubnetIds" | "routeTableIds";

function checkSubnets(existing: Section<AwsExistingNetworkArgs>, key: Lists): void {
    if (!existing.has(key)) {
        return;
    }
    const count = existing.texts(key).length;
    if (!existing.pending(key) && (count < 2 || count > MostSubnets)) {
        existing.refuse(key, `has ${count} entries. Give 2 to ${MostSubnets} subnets, in at least two zones.`);
    }
    checkIds(existing, key, "subnet", "a subnet");
}

function checkIds(existing: Section<AwsExistingNetworkArgs>, key: Lists, prefix: string, what: string): void {
    const entries = existing.texts(key);
    const ids = entries.map(({ value }) => value);
    entries.forEach((entry, index) =>
        existing.checkEntry(entry, (id) =>
            ids.indexOf(id) < index ? `is there twice ${given(id)}. Leave one out.` : wrongId(id, prefix, what),
        ),
    );
}

function isEmpty(existing: Section<AwsExistingNetworkArgs>, key: Lists): boolean {
    return !existing.pending(key) && existing.texts(key).length === 0;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html: eight digits of old, 17 since 2018 */
function wrongId(id: string, prefix: string, what: string): string | undefined {
    return new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id)
        ? undefined
        : `is not the id of ${what} ${given(id)}. Give for example ${prefix}-0123456789abcdef0.`;
}
