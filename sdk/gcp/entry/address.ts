import { Address, getAddress, getGlobalAddress, GlobalAddress } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import type { Apis } from "../apis";
import type { GcpLoadBalancerArgs } from "../args/entry";
import type { NetworkFacts } from "../facts";
import { lookUp } from "../../look-up";
import type { GcpDeploymentScope } from "../scope";
import { successorFirst } from "../../successor-first";

export interface AddressArgs {
    readonly args: GcpLoadBalancerArgs;
    /** Reached from the network only (`EntryPlan`). */
    readonly internal: boolean;
    readonly network: Pick<NetworkFacts, "subnetworkId">;
    readonly apis: Apis;
}

export interface AddressFacts {
    /** By it GKE finds the address. */
    readonly name: pulumi.Output<string>;
    readonly address: pulumi.Output<string>;
    /** Where it is made here. */
    readonly made?: pulumi.Resource;
}

/** Reserves the address of the load balancer, long before there is one, or looks up one that is reserved. */
export function createAddress(scope: GcpDeploymentScope, settings: AddressArgs): AddressFacts {
    const { existingAddress } = settings.args;
    if (existingAddress !== undefined) {
        return settings.internal ? ownInternal(scope, existingAddress) : ownGlobal(scope, existingAddress);
    }
    return settings.internal ? internalAddress(scope, settings) : globalAddress(scope, settings);
}

function globalAddress(
    { name, project, parent, labels }: GcpDeploymentScope,
    { args, apis }: AddressArgs,
): AddressFacts {
    const made = new GlobalAddress(
        `${name}-address`,
        { name: args.addressName, project, addressType: "EXTERNAL", ipVersion: "IPV4", labels },
        { parent, dependsOn: apis.need("compute"), ...successorFirst(args.addressName) },
    );
    return { name: made.name, address: made.address, made };
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/internal-load-balance-ingress#static_ip_addressing */
function internalAddress(scope: GcpDeploymentScope, { args, network, apis }: AddressArgs): AddressFacts {
    const { name, project, region, parent, labels } = scope;
    const made = new Address(
        // Another kind than the global one, which a change of the scheme replaces.
        `${name}-internal-address`,
        {
            name: args.addressName,
            project,
            region,
            addressType: "INTERNAL",
            purpose: "SHARED_LOADBALANCER_VIP",
            subnetwork: network.subnetworkId,
            labels,
        },
        { parent, dependsOn: apis.need("compute"), ...successorFirst(args.addressName) },
    );
    return { name: made.name, address: made.address, made };
}

const Path = "gcp.loadBalancer.existingAddress";

function ownGlobal({ parent, project }: GcpDeploymentScope, given: pulumi.Input<string>): AddressFacts {
    const wanted = "the name of a global external address of the project";
    const found = project.apply((known) =>
        lookUp({ path: Path, wanted, resource: parent }, given, (name) =>
            getGlobalAddress({ name, project: known }, { parent }),
        ),
    );
    return named(parent, given, found, { addressType: "EXTERNAL", wanted });
}

function ownInternal({ parent, project, region }: GcpDeploymentScope, given: pulumi.Input<string>): AddressFacts {
    const wanted = "the name of an internal address of the deployment's project and region";
    const found = pulumi
        .all([project, region])
        .apply(([known, place]) =>
            lookUp({ path: Path, wanted, resource: parent }, given, (name) =>
                getAddress({ name, project: known, region: place }, { parent }),
            ),
        );
    return named(parent, given, found, { addressType: "INTERNAL", wanted });
}

interface FoundAddress {
    readonly address: string;
    readonly addressType: string;
}

/** The address, once it is sure that it is of the kind that the load balancer needs. */
function named(
    parent: pulumi.Resource,
    given: pulumi.Input<string>,
    found: pulumi.Output<FoundAddress>,
    { addressType, wanted }: { readonly addressType: string; readonly wanted: string },
): AddressFacts {
    const checked = pulumi.all([given, found]).apply(([name, known]) => {
        if (known.addressType !== addressType) {
            throw resourceError(
                `${Path}: is an address of type ${known.addressType} ("${name}" given), but the load balancer needs one of type ${addressType}. Give ${wanted}.`,
                parent,
            );
        }
        return { name, address: known.address };
    });
    return { name: checked.name, address: checked.address };
}
