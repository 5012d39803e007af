import { Network as Vpc, Subnetwork } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import { type GcpFlowLogArgs, GcpFlowLogInterval, type GcpNetworkArgs, GcpRoutingMode } from "../args/network";
import { DefaultNetworkCidr, DefaultRangeNames } from "../args/network-defaults";
import type { NetworkFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { planNetwork } from "./cidr-plan";
import { ExistingNetwork } from "./existing";
import { createGoogleApiZones } from "./google-apis";
import { createNat } from "./nat";
import { connectPrivateServices } from "./private-services";

/** What the network is for. */
export interface NetworkInput {
    readonly apis: Apis;
    /** Whether Cloud SQL or Memorystore take private addresses in it. */
    readonly privateServices?: boolean;
}

/** Makes the network, or looks at the one that is there. */
export function createNetwork(scope: GcpDeploymentScope, args: GcpNetworkArgs, input: NetworkInput): NetworkFacts {
    const network =
        args.existing === undefined
            ? new Network(scope, args, input)
            : new ExistingNetwork(scope, args.existing, input.privateServices ?? true);
    return network.facts;
}

/** A VPC network with one subnet, and its ways to Google and to the outside. */
class Network extends pulumi.ComponentResource {
    readonly facts: NetworkFacts;

    constructor(scope: GcpDeploymentScope, args: GcpNetworkArgs, { apis, privateServices = true }: NetworkInput) {
        super("wandb:gcp:Network", `${scope.name}-network`, {}, { parent: scope.parent });
        const inside = { ...scope, parent: this };
        const { podRangeName = DefaultRangeNames.pods, serviceRangeName = DefaultRangeNames.services } = args;
        const ranges = args.subnetCidrs ?? planNetwork(args.cidr ?? DefaultNetworkCidr);
        const vpc = createVpc(inside, args, apis);
        const subnet = createSubnet(inside, vpc, args, {
            ipCidrRange: ranges.nodes,
            secondaryIpRanges: [
                { rangeName: podRangeName, ipCidrRange: ranges.pods },
                { rangeName: serviceRangeName, ipCidrRange: ranges.services },
            ],
        });
        const nat = createNat(inside, args, { vpc, subnet, apis });
        const zones = createGoogleApiZones(inside, args, { vpc, apis });
        const services = privateServices
            ? connectPrivateServices(inside, { vpc, apis, planned: ranges.privateServices, ...args.privateServices })
            : undefined;
        this.facts = {
            networkId: vpc.id,
            subnetworkId: subnet.id,
            podRangeName: pulumi.output(podRangeName),
            serviceRangeName: pulumi.output(serviceRangeName),
            clientRanges: { nodes: subnet.ipCidrRange, pods: pulumi.output(ranges.pods) },
            privateServicesRange: services?.rangeName,
            privateServices: services?.ready ?? [],
            egress: [...nat, ...zones],
        };
        this.registerOutputs({ networkId: vpc.id });
    }
}

function createVpc({ name, parent, project }: GcpDeploymentScope, args: GcpNetworkArgs, apis: Apis): Vpc {
    const { networkName, networkDescription: description, routingMode = GcpRoutingMode.Regional, mtu } = args;
    return new Vpc(
        `${name}-vpc`,
        { name: networkName, description, project, autoCreateSubnetworks: false, routingMode, mtu },
        { parent, dependsOn: apis.need("compute") },
    );
}

interface SubnetRanges {
    readonly ipCidrRange: string;
    readonly secondaryIpRanges: { readonly rangeName: string; readonly ipCidrRange: string }[];
}

function createSubnet(
    { name, parent, project, region }: GcpDeploymentScope,
    vpc: Vpc,
    { subnetName, subnetDescription: description, flowLogs }: GcpNetworkArgs,
    ranges: SubnetRanges,
): Subnetwork {
    return new Subnetwork(
        `${name}-subnet`,
        {
            name: subnetName,
            description,
            project,
            region,
            network: vpc.id,
            ...ranges,
            // Nodes have no public addresses, and reach Google's APIs all the same.
            privateIpGoogleAccess: true,
            logConfig: flowLogs && logConfig(flowLogs),
        },
        { parent },
    );
}

function logConfig({ interval, sampling = 0.5, metadata = true, filter }: GcpFlowLogArgs) {
    return {
        aggregationInterval: interval ?? GcpFlowLogInterval.Minutes10,
        flowSampling: sampling,
        metadata: metadata ? "INCLUDE_ALL_METADATA" : "EXCLUDE_ALL_METADATA",
        filterExpr: filter,
    };
}
