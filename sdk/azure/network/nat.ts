import { NatGateway } from "@pulumi/azure-native/network/natGateway";
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureNetworkArgs } from "../args/network";
import { DefaultNatIdleMinutes } from "../args/network-defaults";
import type { AzureDeploymentScope } from "../scope";

/** A NAT gateway under static public addresses. It works on a subnet once that names it. */
export function createNatGateway(scope: AzureDeploymentScope, args: AzureNetworkArgs): NatGateway {
    const { name, parent, resourceGroupName, location, tags } = scope;
    const { natGatewayName, natIdleTimeout = DefaultNatIdleMinutes, natZone } = args;
    return new NatGateway(
        `${name}-nat`,
        {
            natGatewayName,
            resourceGroupName,
            location,
            sku: { name: "Standard" },
            idleTimeoutInMinutes: natIdleTimeout,
            publicIpAddresses: addresses(scope, args).map((id) => ({ id })),
            zones: natZone === undefined ? undefined : [natZone],
            tags: { ...tags },
        },
        { parent, replaceOnChanges: ZonesNeverChange },
    );
}

/** Azure refuses another zone for what is there: ResourceAvailabilityZonesCannotBeModified. */
const ZonesNeverChange = ["zones"];

function addresses(
    { name, parent, resourceGroupName, location, tags }: AzureDeploymentScope,
    { natAddressIds, natAddressCount = 1, natAddressNames = [], natZone }: AzureNetworkArgs,
): pulumi.Input<string>[] {
    if (natAddressIds !== undefined) {
        return natAddressIds;
    }
    return Array.from({ length: natAddressCount }, (_, index) => {
        const address = new PublicIPAddress(
            `${name}-nat-address-${index + 1}`,
            {
                publicIpAddressName: natAddressNames.at(index),
                resourceGroupName,
                location,
                sku: { name: "Standard" },
                publicIPAllocationMethod: "Static",
                publicIPAddressVersion: "IPv4",
                // An address of another zone than the gateway's is refused; without zones it is in all of them.
                zones: natZone === undefined ? undefined : [natZone],
                tags: { ...tags },
            },
            { parent, replaceOnChanges: ZonesNeverChange },
        );
        return address.id;
    });
}
