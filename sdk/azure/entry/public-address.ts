import { getPublicIPAddress } from "@pulumi/azure-native/network/getPublicIPAddress";
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { lookUp } from "../../look-up";
import { successorFirst } from "../../successor-first";
import type { AzureGatewayArgs } from "../args/entry";
import type { AzureDeploymentScope } from "../scope";
import { parseOwnResourceId } from "./resource-id";

const Type = "Microsoft.Network/publicIPAddresses";

export interface PublicAddressFacts {
    readonly id: pulumi.Output<string>;
    readonly address: pulumi.Output<string>;
    /** `<label>.<region>.cloudapp.azure.com`, where it has a label. */
    readonly fqdn?: pulumi.Output<string | undefined>;
}

/** Reserves the public address of the gateway, which is known long before the gateway is, or looks up one that is there. */
export function createPublicAddress(scope: AzureDeploymentScope, args: AzureGatewayArgs): PublicAddressFacts {
    if (args.existingPublicAddressId !== undefined) {
        return ownAddress(scope, "azure.loadBalancer.gateway.existingPublicAddressId", args.existingPublicAddressId);
    }
    const { name, parent, resourceGroupName, location, tags } = scope;
    const made = new PublicIPAddress(
        `${name}-gateway-address`,
        {
            publicIpAddressName: args.publicAddressName,
            resourceGroupName,
            location,
            sku: { name: "Standard", tier: "Regional" },
            publicIPAllocationMethod: "Static",
            publicIPAddressVersion: "IPv4",
            zones: zonesOf(args),
            dnsSettings: args.dnsLabel === undefined ? undefined : { domainNameLabel: args.dnsLabel },
            tags,
        },
        // Azure changes no zones; the gateway uses the address until it has the next one.
        { parent, replaceOnChanges: ["zones"], ...successorFirst(args.publicAddressName) },
    );
    return {
        id: made.id,
        address: made.ipAddress.apply((address) => address ?? ""),
        fqdn: made.dnsSettings.apply((settings) => settings?.fqdn),
    };
}

/** Zones of gateway and address; none in regions without. */
export function zonesOf({ zones = ["1", "2", "3"] }: AzureGatewayArgs): string[] | undefined {
    return zones.length === 0 ? undefined : zones;
}

/** Looks up a public address, once it is sure that a gateway can use it. */
export function ownAddress(
    { parent, subscriptionId }: AzureDeploymentScope,
    path: string,
    id: pulumi.Input<string>,
): PublicAddressFacts {
    const wanted = `the resource id of a Standard static public address in the deployment's subscription`;
    const found = subscriptionId.apply((subscription) =>
        lookUp({ path, wanted, resource: parent }, id, async (given) => {
            const { resourceGroupName, name } = parseOwnResourceId(given, Type, subscription);
            return getPublicIPAddress({ resourceGroupName, publicIpAddressName: name }, { parent });
        }),
    );
    const address = pulumi.all([id, found]).apply(([given, { ipAddress, sku, publicIPAllocationMethod }]) => {
        if (ipAddress === undefined || sku?.name !== "Standard" || publicIPAllocationMethod !== "Static") {
            throw resourceError(
                `${path}: is a public address of kind ${sku?.name ?? "Basic"}, ${publicIPAllocationMethod ?? "Dynamic"} ("${given}" given), which Application Gateway v2 does not take. Give ${wanted}.`,
                parent,
            );
        }
        return ipAddress;
    });
    return { id: pulumi.output(id), address, fqdn: found.apply(({ dnsSettings }) => dnsSettings?.fqdn) };
}
