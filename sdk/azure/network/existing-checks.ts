/** What keeps W&B from running in a network of the user's own. Pure. */
import { type AzureExistingNetworkArgs, AzureOutbound } from "../args/network";
import { isSameId, networkOf } from "./ids";
import { Delegations } from "./subnets";

export type SubnetArgument = Exclude<keyof AzureExistingNetworkArgs, "vnetId">;

/** What is looked at of a subnet. */
export interface FoundSubnet {
    readonly id: string;
    readonly addressPrefix?: string;
    readonly addressPrefixes?: readonly string[];
    readonly delegations?: readonly { readonly serviceName?: string }[];
    readonly natGateway?: { readonly id?: string };
    readonly routeTable?: { readonly id?: string };
    readonly privateLinkServiceNetworkPolicies?: string;
}

export interface FoundNetwork {
    readonly network: { readonly id?: string; readonly location?: string };
    readonly subnets: Readonly<Partial<Record<SubnetArgument, FoundSubnet>>>;
    /** Region of the deployment. */
    readonly location: string;
    readonly outbound: AzureOutbound;
    /** Pods have addresses of an overlay, which a gateway reaches from a delegated subnet of at most /24 only. */
    readonly overlay: boolean;
}

interface Demand {
    /** Longest prefix. */
    readonly smallest: number;
    readonly delegation?: string;
}

const Demands: Readonly<Record<SubnetArgument, Demand>> = {
    nodeSubnetId: { smallest: 26 },
    endpointSubnetId: { smallest: 29 },
    gatewaySubnetId: { smallest: 27, delegation: Delegations.gateway },
    databaseSubnetId: { smallest: 29, delegation: Delegations.database },
    apiServerSubnetId: { smallest: 28, delegation: Delegations.apiServer },
    privateLinkSubnetId: { smallest: 29 },
};

/** Each begins with the argument, below `azure.network.existing`. */
export function wrongNetwork({ network, subnets, location, outbound, overlay }: FoundNetwork): string[] {
    const whole = network.id ?? "";
    const place = (network.location ?? "").toLowerCase().replace(/\s/g, "");
    const problems =
        place === location.toLowerCase()
            ? []
            : [
                  `vnetId: is in ${place} ("${whole}" given), but the deployment is in ${location}. Give a network of that region, or set \`azure.location\`.`,
              ];
    for (const [key, subnet] of Object.entries(subnets) as [SubnetArgument, FoundSubnet][]) {
        const free = key === "gatewaySubnetId" && !overlay && (subnet.delegations ?? []).length === 0;
        const demand = free ? { ...Demands[key], delegation: undefined } : Demands[key];
        problems.push(...wrongSubnet(subnet, whole, demand).map((problem) => `${key}: ${problem}`));
    }
    const gateway = subnets.gatewaySubnetId;
    if (overlay && gateway !== undefined && prefixOf(gateway) < LargestGateway) {
        problems.push(
            `gatewaySubnetId: is too large ("${gateway.id}" given): with pods in an overlay it has at most a /${LargestGateway}. Give such a subnet, or set \`azure.cluster.network.pods\` to node-subnet.`,
        );
    }
    const nodes = subnets.nodeSubnetId;
    if (nodes !== undefined) {
        problems.push(...wrongOutbound(nodes, outbound).map((problem) => `nodeSubnetId: ${problem}`));
    }
    const policies = subnets.privateLinkSubnetId?.privateLinkServiceNetworkPolicies;
    if (policies === "Enabled") {
        problems.push(
            `privateLinkSubnetId: has network policies for Private Link services on ("${subnets.privateLinkSubnetId?.id}" given), with which Azure takes no address for one. Turn them off (\`privateLinkServiceNetworkPolicies\`).`,
        );
    }
    return problems;
}

function wrongSubnet(subnet: FoundSubnet, whole: string, { smallest, delegation }: Demand): string[] {
    const { id } = subnet;
    const problems: string[] = [];
    if (!isSameId(networkOf(id), whole)) {
        problems.push(`is in another network ("${id}" given). Give a subnet of ${whole}.`);
    }
    if (prefixOf(subnet) > smallest) {
        problems.push(`is too small ("${id}" given, /${prefixOf(subnet)}). Give one of /${smallest} or larger.`);
    }
    const names = (subnet.delegations ?? []).map(({ serviceName = "" }) => serviceName);
    const has = names.length === 0 ? "nothing" : names.join(", ");
    if (delegation === undefined ? names.length > 0 : !names.some((name) => isSameId(name, delegation))) {
        const wanted = delegation === undefined ? "one that is delegated to nothing" : `one delegated to ${delegation}`;
        problems.push(`is delegated to ${has} ("${id}" given). Give ${wanted}.`);
    }
    return problems;
}

const LargestGateway = 24;

/** Length of the prefix of a subnet. One that Azure does not tell is large enough, and not too large. */
function prefixOf({ addressPrefix, addressPrefixes }: FoundSubnet): number {
    const range = addressPrefix ?? addressPrefixes?.[0];
    return range === undefined ? LargestGateway : Number(range.split("/")[1]);
}

function wrongOutbound({ id, natGateway, routeTable }: FoundSubnet, outbound: AzureOutbound): string[] {
    if (outbound === AzureOutbound.NatGateway && natGateway?.id === undefined) {
        return [
            `has no NAT gateway ("${id}" given), by which nodes would reach the outside. Attach one, or set \`azure.network.outbound\` to routes or load-balancer.`,
        ];
    }
    return outbound === AzureOutbound.Routes && routeTable?.id === undefined
        ? [
              `has no route table ("${id}" given), but \`azure.network.outbound\` is routes. Attach one with a default route.`,
          ]
        : [];
}
