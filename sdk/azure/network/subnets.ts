import { Subnet } from "@pulumi/azure-native/network/subnet";
import type { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureSubnetNamesArgs } from "../args/network";
import { type SubnetWord, SubnetWords } from "../args/network-defaults";
import type { AzureDeploymentScope } from "../scope";
import type { SubnetPlan } from "../args/subnet-plan";

export interface SubnetsInput {
    readonly vnet: VirtualNetwork;
    readonly plan: SubnetPlan;
    readonly names: AzureSubnetNamesArgs;
    readonly wanted: ReadonlySet<SubnetWord>;
    readonly natGatewayId: pulumi.Input<string> | undefined;
    readonly routeTableId: pulumi.Input<string> | undefined;
    readonly gatewaySecurityGroupId: pulumi.Input<string> | undefined;
}

/** Those of nodes and endpoints are always there. */
export type Subnets = Readonly<Partial<Record<SubnetWord, Subnet>>> & {
    readonly [word in "nodes" | "endpoints"]: Subnet;
};

type Specifics = Omit<ConstructorParameters<typeof Subnet>[1], "resourceGroupName" | "virtualNetworkName">;

/** To which service a subnet is left. */
export const Delegations = {
    database: "Microsoft.DBforMySQL/flexibleServers",
    apiServer: "Microsoft.ContainerService/managedClusters",
    gateway: "Microsoft.Network/applicationGateways",
} as const;

/** Makes the subnets one after the other: Azure refuses to change two of a network at the same time. */
export function createSubnets(scope: AzureDeploymentScope, input: SubnetsInput): Subnets {
    const { name, parent, resourceGroupName } = scope;
    const { vnet, plan, names, wanted } = input;
    const made = new Map<SubnetWord, Subnet>();
    const create = (word: SubnetWord, earlier: Subnet | undefined): Subnet => {
        const subnet = new Subnet(
            `${name}-${logicalWord(word)}-subnet`,
            {
                subnetName: names[word],
                virtualNetworkName: vnet.name,
                resourceGroupName,
                addressPrefix: plan[word],
                ...specifics(word, input),
            },
            { parent, dependsOn: earlier },
        );
        made.set(word, subnet);
        return subnet;
    };
    SubnetWords.filter((word) => wanted.has(word)).reduce<Subnet | undefined>(
        (earlier, word) => create(word, earlier),
        undefined,
    );
    return Object.fromEntries(made) as Subnets;
}

function logicalWord(word: SubnetWord): string {
    return word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function specifics(word: SubnetWord, { natGatewayId, routeTableId, gatewaySecurityGroupId }: SubnetsInput): Specifics {
    switch (word) {
        case "nodes":
            return {
                ...Private,
                natGateway: reference(natGatewayId),
                routeTable: reference(routeTableId),
            };
        case "gateway":
            return {
                ...Policies,
                networkSecurityGroup: reference(gatewaySecurityGroupId),
                // Without it the gateway reaches no pod of an overlay:
                // https://learn.microsoft.com/azure/application-gateway/ingress-controller-overview#container-networking-and-agic
                delegations: [{ name: word, serviceName: Delegations[word] }],
            };
        case "privateLink":
            // A Private Link service, or a gateway's, takes its addresses from a subnet without these policies only.
            return { ...Private, privateLinkServiceNetworkPolicies: "Disabled" };
        case "endpoints":
            return Private;
        case "database":
        case "apiServer":
            // The service to which a subnet is delegated has its own way out: https://learn.microsoft.com/en-us/azure/virtual-network/ip-services/default-outbound-access
            return { ...Policies, delegations: [{ name: logicalWord(word), serviceName: Delegations[word] }] };
    }
}

/** Network security groups and routes are for private endpoints too. */
const Policies = { privateEndpointNetworkPolicies: "Enabled" } as const;

/** No machine gets an address of Azure's for its way out. */
const Private = { ...Policies, defaultOutboundAccess: false } as const;

function reference(id: pulumi.Input<string> | undefined): { id: pulumi.Input<string> } | undefined {
    return id === undefined ? undefined : { id };
}
