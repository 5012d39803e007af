import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import * as pulumi from "@pulumi/pulumi";
import { type AzureNetworkArgs, AzureOutbound } from "../args/network";
import { DefaultNetworkCidr, type SubnetWord } from "../args/network-defaults";
import type { NetworkFacts } from "../facts";
import type { AzureDeploymentScope } from "../scope";
import { planSubnets } from "../args/subnet-plan";
import { createDatabaseZone } from "./database-zone";
import { ExistingNetwork } from "./existing";
import { createGatewaySecurityGroup, type GatewayInbound } from "./gateway-security";
import { createNatGateway } from "./nat";
import { PrivateEndpoints } from "./private-endpoints";
import { createSubnets } from "./subnets";

/** What the network is for: subnets are made for that only. */
export interface NetworkWants {
    /** A database in a subnet of its own. */
    readonly database: boolean;
    /** Application Gateway. */
    readonly gateway: boolean;
    /** The API server of AKS in the network. */
    readonly apiServer: boolean;
    /** W&B by Private Link for others. */
    readonly privateLink: boolean;
    /** Pods have addresses of an overlay. */
    readonly overlay: boolean;
}

export interface NetworkInput {
    readonly wants: NetworkWants;
    /** Who may reach Application Gateway. Absent: everybody, at ports 80 and 443. Without effect in an own network. */
    readonly gatewayInbound?: GatewayInbound;
}

/** Makes the network, or looks at the one that is there. */
export function createNetwork(scope: AzureDeploymentScope, args: AzureNetworkArgs, input: NetworkInput): NetworkFacts {
    const network =
        args.existing === undefined
            ? new Network(scope, args, input)
            : new ExistingNetwork(scope, args.existing, args, input.wants);
    return network.facts;
}

/** A virtual network with its subnets, its way to the outside, and private DNS. */
class Network extends pulumi.ComponentResource {
    readonly facts: NetworkFacts;

    constructor(scope: AzureDeploymentScope, args: AzureNetworkArgs, { wants, gatewayInbound = {} }: NetworkInput) {
        super("wandb:azure:Network", `${scope.name}-network`, {}, { parent: scope.parent });
        const inside = { ...scope, parent: this };
        const { outbound = AzureOutbound.NatGateway } = args;
        const plan = { ...planSubnets(args.cidr ?? DefaultNetworkCidr), ...args.subnetCidrs };
        const vnet = createVnet(inside, args);
        const nat = outbound === AzureOutbound.NatGateway ? createNatGateway(inside, args) : undefined;
        const security = wants.gateway ? createGatewaySecurityGroup(inside, args, gatewayInbound) : undefined;
        const subnets = createSubnets(inside, {
            vnet,
            plan,
            names: args.subnetNames ?? {},
            wanted: wantedSubnets(wants),
            natGatewayId: nat?.id,
            routeTableId: outbound === AzureOutbound.Routes ? args.routeTableId : undefined,
            gatewaySecurityGroupId: security?.id,
        });
        const nodes = subnets.nodes;
        const place = { vnetId: vnet.id, subnetId: subnets.endpoints.id, zones: args.privateDnsZones ?? {} };
        const endpoints = new PrivateEndpoints(inside, place);
        this.facts = {
            vnetId: vnet.id,
            nodeSubnetId: nodes.id,
            apiServerSubnetId: subnets.apiServer?.id,
            gatewaySubnetId: subnets.gateway?.id,
            gatewayCidr: subnets.gateway && pulumi.output(plan.gateway),
            databaseSubnetId: subnets.database?.id,
            privateLinkSubnetId: subnets.privateLink?.id,
            clientRanges: { nodes: pulumi.output(plan.nodes) },
            egress: nat === undefined ? [] : [nat, nodes],
            outbound,
            databaseZone: wants.database ? createDatabaseZone(inside, args, vnet.id) : undefined,
            privateEndpoint: (input) => endpoints.connect(input),
        };
        this.registerOutputs({ vnetId: vnet.id });
    }
}

function wantedSubnets({ database, gateway, apiServer, privateLink }: NetworkWants): ReadonlySet<SubnetWord> {
    const wants: Readonly<Record<SubnetWord, boolean>> = {
        nodes: true,
        endpoints: true,
        database,
        gateway,
        apiServer,
        privateLink,
    };
    return new Set((Object.keys(wants) as SubnetWord[]).filter((word) => wants[word]));
}

function createVnet(
    { name, parent, resourceGroupName, location, tags }: AzureDeploymentScope,
    { vnetName, cidr = DefaultNetworkCidr, additionalCidrs = [], dnsServers }: AzureNetworkArgs,
): VirtualNetwork {
    return new VirtualNetwork(
        `${name}-vnet`,
        {
            virtualNetworkName: vnetName,
            resourceGroupName,
            location,
            addressSpace: { addressPrefixes: [cidr, ...additionalCidrs] },
            dhcpOptions: dnsServers && { dnsServers },
            tags: { ...tags },
        },
        { parent },
    );
}
