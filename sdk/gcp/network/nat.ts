import { Address, type Network as Vpc, Router, RouterNat, type Subnetwork } from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import { GcpNatLogging, GcpNatMode, type GcpNetworkArgs } from "../args/network";
import type { GcpDeploymentScope } from "../scope";

export interface NatInput {
    readonly vpc: Vpc;
    readonly subnet: Subnetwork;
    readonly apis: Apis;
}

/** Ports of each node to one destination: few at first, and as many as an address has when a node needs them. */
const Ports = { minPortsPerVm: 64, maxPortsPerVm: 65_536 };

/** The way from nodes and pods to the internet. Gives what must be there before they reach it. */
export function createNat(scope: GcpDeploymentScope, args: GcpNetworkArgs, input: NatInput): pulumi.Resource[] {
    const { nat = GcpNatMode.Gateway, natLogging = GcpNatLogging.Errors } = args;
    if (nat === GcpNatMode.None) {
        return [];
    }
    const { name, parent, project, region } = scope;
    const router = new Router(
        `${name}-router`,
        { name: args.routerName, project, region, network: input.vpc.id },
        { parent },
    );
    const natIps = natAddresses(scope, args, input.apis);
    const gateway = new RouterNat(
        `${name}-nat`,
        {
            name: args.natName,
            project,
            region,
            router: router.name,
            natIpAllocateOption: natIps === undefined ? "AUTO_ONLY" : "MANUAL_ONLY",
            natIps,
            sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
            subnetworks: [{ name: input.subnet.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
            enableDynamicPortAllocation: true,
            // Google offers either this or dynamic ports.
            enableEndpointIndependentMapping: false,
            ...Ports,
            logConfig: {
                enable: natLogging !== GcpNatLogging.None,
                filter: natLogging === GcpNatLogging.None ? GcpNatLogging.Errors : natLogging,
            },
        },
        // Two gateways cannot translate the same ranges.
        { parent, deleteBeforeReplace: true },
    );
    return [gateway];
}

/** Static addresses; undefined: Google takes what it needs. */
function natAddresses(
    { name, parent, project, region, labels }: GcpDeploymentScope,
    { natAddressIds, natAddressCount, natAddressNames = [] }: GcpNetworkArgs,
    apis: Apis,
): pulumi.Input<string>[] | undefined {
    if (natAddressIds !== undefined || natAddressCount === undefined) {
        return natAddressIds;
    }
    return Array.from({ length: natAddressCount }, (_, index) => {
        const address = new Address(
            `${name}-nat-address-${index + 1}`,
            { name: natAddressNames.at(index), project, region, addressType: "EXTERNAL", labels: { ...labels } },
            { parent, dependsOn: apis.need("compute") },
        );
        return address.selfLink;
    });
}
