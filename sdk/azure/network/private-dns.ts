import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink";
import * as pulumi from "@pulumi/pulumi";
import type { AzureDeploymentScope } from "../scope";

/** A private DNS zone that a network asks. */
export interface LinkedZone {
    readonly id: pulumi.Output<string>;
    /** What must be there before the network asks it. */
    readonly ready: readonly pulumi.Resource[];
}

export interface ZoneInput {
    /** Word for logical names. */
    readonly word: string;
    readonly zoneName: pulumi.Input<string>;
    readonly vnetId: pulumi.Input<string>;
}

/** Makes a zone, and links the network to it. */
export function createLinkedZone(scope: AzureDeploymentScope, { word, zoneName, vnetId }: ZoneInput): LinkedZone {
    const { name, parent, resourceGroupName, tags } = scope;
    const zone = new PrivateZone(
        `${name}-${word}-zone`,
        // Zones are in no region.
        { privateZoneName: zoneName, resourceGroupName, location: "global", tags: { ...tags } },
        { parent },
    );
    const link = linkZone(scope, { word, zoneName: zone.name, resourceGroupName, vnetId });
    return { id: zone.id, ready: [link] };
}

/** Links the network to a zone of the user's, which may be in another resource group. */
export function linkOwnZone(
    scope: AzureDeploymentScope,
    { word, zoneId, vnetId }: Pick<ZoneInput, "word" | "vnetId"> & { readonly zoneId: pulumi.Input<string> },
): LinkedZone {
    const id = pulumi.output(zoneId);
    const parts = id.apply((known) => known.split("/"));
    const link = linkZone(scope, {
        word,
        zoneName: parts.apply((all) => all[all.length - 1]),
        resourceGroupName: parts.apply((all) => all[4]),
        vnetId,
    });
    return { id, ready: [link] };
}

function linkZone(
    { name, parent, tags }: AzureDeploymentScope,
    { word, zoneName, resourceGroupName, vnetId }: ZoneInput & { readonly resourceGroupName: pulumi.Input<string> },
): VirtualNetworkLink {
    return new VirtualNetworkLink(
        `${name}-${word}-zone-link`,
        {
            privateZoneName: zoneName,
            resourceGroupName,
            location: "global",
            virtualNetwork: { id: vnetId },
            registrationEnabled: false,
            tags: { ...tags },
        },
        { parent },
    );
}
