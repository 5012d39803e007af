import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import * as pulumi from "@pulumi/pulumi";
import type { AzureClusterArgs } from "../args/cluster";
import type { NetworkFacts } from "../facts";
import { assignRole } from "../identity/role";
import type { AzureDeploymentScope } from "../scope";
import { vnetIntegrated } from "./api-server";
import type { ControlPlaneIdentity } from "./input";

export interface ControlPlaneIdentityInput {
    readonly cluster: AzureClusterArgs;
    readonly network: NetworkFacts;
}

/**
 * Makes the identity of the control plane, with the rights that it needs before the cluster is made: on subnets, on a private DNS zone of the user's,
 * and on a disk encryption set. The right on the key of etcd is given where that is made.
 * https://learn.microsoft.com/azure/aks/concepts-identity#additional-cluster-permissions
 */
export function createControlPlaneIdentity(
    scope: AzureDeploymentScope,
    input: ControlPlaneIdentityInput,
): ControlPlaneIdentity {
    const made = new Identity(scope, input);
    return { identity: made.identity, ready: made.ready };
}

/** The control plane's identity and its rights. */
class Identity extends pulumi.ComponentResource {
    readonly identity: ControlPlaneIdentity["identity"];
    readonly ready: ControlPlaneIdentity["ready"];

    constructor(scope: AzureDeploymentScope, { cluster, network }: ControlPlaneIdentityInput) {
        super("wandb:azure:ControlPlaneIdentity", `${scope.name}-control-plane`, {}, { parent: scope.parent });
        const { id, name, clientId, principalId } = new UserAssignedIdentity(
            `${scope.name}-control-plane`,
            {
                resourceName: cluster.identityName,
                resourceGroupName: scope.resourceGroupName,
                location: scope.location,
                tags: scope.tags,
            },
            { parent: this },
        );
        this.identity = { id, name, clientId, principalId };
        this.ready = grants(cluster, network).map(([word, role, scopeId]) =>
            assignRole({ ...scope, parent: this }, `${scope.name}-control-plane-${word}`, {
                role,
                principalId,
                scopeId,
            }),
        );
        this.registerOutputs({ id });
    }
}

type Grant = readonly [word: string, role: Parameters<typeof assignRole>[2]["role"], scopeId: pulumi.Input<string>];

function grants(cluster: AzureClusterArgs, network: NetworkFacts): Grant[] {
    const { privateDnsZoneId } = cluster.apiServer ?? {};
    const { apiServerSubnetId } = network;
    const all: Grant[] = [["nodes", "Network Contributor", network.nodeSubnetId]];
    if (apiServerSubnetId !== undefined && vnetIntegrated(cluster, network)) {
        all.push(["api-server", "Network Contributor", apiServerSubnetId]);
    }
    if (privateDnsZoneId !== undefined) {
        // It writes the record and links the zone to the network: https://learn.microsoft.com/azure/aks/private-clusters
        all.push(["zone", "Private DNS Zone Contributor", privateDnsZoneId]);
        all.push(["network", "Network Contributor", network.vnetId]);
    }
    if (cluster.diskEncryptionSetId !== undefined) {
        all.push(["disks", "Reader", cluster.diskEncryptionSetId]);
    }
    return all;
}
