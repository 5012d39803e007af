/** A network for the way in, made on the simulated Azure, and what stands for the cluster. */
import * as pulumi from "@pulumi/pulumi";
import { azure } from "../../sandbox/clouds/azure";
import { dnsZoneToken, recordSetToken } from "../../sandbox/clouds/azure/dns";
import { identityType } from "../../sandbox/clouds/azure/managedidentity/identity";
import { privateZoneType } from "../../sandbox/clouds/azure/network/shared";
import { random } from "../../sandbox/clouds/random";
import { properties } from "../../sandbox/clouds/values";
import type { AzureNetworkArgs } from "../../sdk/azure/args/network";
import { gatewayInbound } from "../../sdk/azure/entry-plan";
import type { NetworkFacts } from "../../sdk/azure/facts";
import { createNetwork } from "../../sdk/azure/network/network";
import type { AzureDeploymentScope } from "../../sdk/azure/scope";
import { idIn, location, plantGroup, subscriptionId, tenantId } from "./azure-platform";
import { TestCloud } from "./cloud-frame";

export const host = "wandb.example.com";
export const zoneId = idIn("Microsoft.Network/dnszones/example.com");
export const privateZoneId = idIn("Microsoft.Network/privateDnsZones/example.com");
/** Object id of the identity of the cluster's add-on. */
export const controllerPrincipalId = "44444444-4444-4444-8444-444444444444";

export { recordSetToken };

/** A simulated Azure with both kinds of zone, and the add-on's identity. One provider makes names at random too. Remove it when done. */
export async function entryCloud(): Promise<TestCloud> {
    const cloud = new TestCloud({ cloud: { ...azure, resources: [...azure.resources, ...random.resources] } });
    cloud.provider.configure(properties({ subscriptionId, tenantId, location }));
    const { inventory } = cloud.provider;
    await plantGroup(inventory);
    const plant = (type: string, id: string, inputs: Record<string, string>, outputs: Record<string, string> = {}) =>
        inventory.plant({ type, id, inputs, outputs: { name: id.split("/").at(-1) ?? "", ...outputs } });
    await plant(dnsZoneToken, zoneId, { zoneName: "example.com" });
    await plant(privateZoneType, privateZoneId, { privateZoneName: "example.com", location: "Global" });
    const identityId = idIn("Microsoft.ManagedIdentity/userAssignedIdentities/ingressapplicationgateway-wandb");
    await plant(identityType, identityId, {}, { principalId: controllerPrincipalId });
    return cloud;
}

/** A network with everything that the way in needs. */
export function networkFor(
    scope: AzureDeploymentScope,
    {
        internal = false,
        privateLink = false,
        ...args
    }: AzureNetworkArgs & { internal?: boolean; privateLink?: boolean },
): NetworkFacts {
    return createNetwork(scope, args, {
        wants: { database: false, gateway: true, apiServer: false, privateLink, overlay: true },
        gatewayInbound: gatewayInbound({ internal }, {}),
    });
}

/** A network that nobody made, for mocks. */
export const network: Pick<
    NetworkFacts,
    "vnetId" | "nodeSubnetId" | "gatewaySubnetId" | "gatewayCidr" | "privateLinkSubnetId"
> = {
    vnetId: pulumi.output(idIn("Microsoft.Network/virtualNetworks/hub")),
    nodeSubnetId: pulumi.output(idIn("Microsoft.Network/virtualNetworks/hub/subnets/nodes")),
    gatewaySubnetId: pulumi.output(idIn("Microsoft.Network/virtualNetworks/hub/subnets/gateway")),
    gatewayCidr: pulumi.output("10.10.32.0/24"),
    privateLinkSubnetId: pulumi.output(idIn("Microsoft.Network/virtualNetworks/hub/subnets/private-link")),
};
