import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster";
import type { AccessArgs } from "../../args/infrastructure";
import type { AzureClusterArgs } from "../args/cluster";
import type { NetworkFacts } from "../facts";

/** Whether the API server has its address in the network. */
export function vnetIntegrated(
    { apiServer = {} }: AzureClusterArgs,
    { apiServerSubnetId }: Pick<NetworkFacts, "apiServerSubnetId">,
): boolean {
    return apiServer.vnetIntegration ?? apiServerSubnetId !== undefined;
}

/** Whether nobody outside of the network reaches the API server. */
export function isPrivate({ cidrs = [] }: AccessArgs): boolean {
    return cidrs.length === 0;
}

/** From where the API server is reached. */
export function apiServerAccess(
    cluster: AzureClusterArgs,
    access: AccessArgs,
    network: NetworkFacts,
): ManagedClusterArgs["apiServerAccessProfile"] {
    const { runCommand = false, privateDnsZoneId, publicName = false } = cluster.apiServer ?? {};
    return {
        disableRunCommand: !runCommand,
        ...(vnetIntegrated(cluster, network)
            ? { enableVnetIntegration: true, subnetId: network.apiServerSubnetId }
            : {}),
        ...(isPrivate(access)
            ? {
                  enablePrivateCluster: true,
                  enablePrivateClusterPublicFQDN: publicName,
                  privateDNSZone: privateDnsZoneId ?? "system",
              }
            : // In order, so that two runs are the same.
              { authorizedIPRanges: [...(access.cidrs ?? [])].sort() }),
    };
}
