/** The simulated AKS in tests: a cloud in which our part can be made, and orders that AKS takes. */
import type * as pulumi from "@pulumi/pulumi";
import { azure } from "../../sandbox/clouds/azure";
import { identityType } from "../../sandbox/clouds/azure/managedidentity/identity";
import type { CloudModel, ResourceModel } from "../../sandbox/clouds/model";
import { random } from "../../sandbox/clouds/random";
import { properties, type PropertyMap } from "../../sandbox/clouds/values";
import { createCluster } from "../../sdk/azure/cluster/cluster";
import { createControlPlaneIdentity } from "../../sdk/azure/cluster/identity";
import { assignRole } from "../../sdk/azure/identity/role";
import type { AksFacts } from "../../sdk/azure/facts";
import type { AzureDeploymentScope } from "../../sdk/azure/scope";
import {
    apiServerSubnetId,
    type ClusterSettings,
    keys,
    networkFacts,
    nodeSubnetId,
    plantRole,
    plantSurroundings,
    size,
    vaultId,
} from "./azure-cluster";
import { idIn, location, plantGroup, resourceGroupName, subscriptionId, tenantId } from "./azure-platform";
import { TestCloud, urnOf } from "./cloud-frame";

/** What is made in a cluster, of which Azure knows nothing. */
const inCluster: readonly ResourceModel[] = [
    "pulumi:providers:kubernetes",
    "kubernetes:storage.k8s.io/v1:StorageClass",
].map((token) => ({
    token,
    stateOnly: true,
    inputs: Object.fromEntries(
        [
            "allowVolumeExpansion",
            "apiVersion",
            "clusterIdentifier",
            "enableConfigMapMutable",
            "enableServerSideApply",
            "kind",
            "kubeconfig",
            "metadata",
            "parameters",
            "provisioner",
            "reclaimPolicy",
            "upsertExistingObjects",
            "volumeBindingMode",
        ].map((name) => [name, { type: "any" as const }]),
    ),
}));

/** One provider for all that the part makes. */
const everything: CloudModel = { ...azure, resources: [...azure.resources, ...random.resources, ...inCluster] };

/** A simulated Azure with group, network and vault. Remove it when done. */
export async function aksCloud(isPrivateVault = true): Promise<TestCloud> {
    const cloud = new TestCloud({ cloud: everything });
    cloud.provider.configure(properties({ subscriptionId, tenantId, location }));
    await plantGroup(cloud.provider.inventory);
    await plantSurroundings(cloud.provider.inventory, isPrivateVault);
    return cloud;
}

export interface ModelledSettings extends ClusterSettings {
    /** Let the control plane use the key of the vault, as the keys' part does. */
    readonly withKey?: "public" | "private";
}

/** The part on the simulated Azure, with the rights that other parts give. */
export function makeModelledCluster(scope: AzureDeploymentScope, settings: ModelledSettings = {}): AksFacts {
    const { cluster = {}, access = { cidrs: ["203.0.113.0/24"] }, network: given, withKey, ...rest } = settings;
    const network = networkFacts(given);
    const controlPlane = createControlPlaneIdentity(scope, { cluster, network });
    const { principalId } = controlPlane.identity;
    const grants: pulumi.Resource[] =
        withKey === undefined
            ? []
            : [
                  assignRole(scope, "key-use", {
                      role: "Key Vault Crypto User",
                      principalId,
                      scopeId: `${vaultId}/keys/cluster`,
                  }),
                  assignRole(scope, "vault-use", { role: "Key Vault Contributor", principalId, scopeId: vaultId }),
              ];
    return createCluster(scope, {
        cluster,
        access,
        network,
        size,
        keys: withKey && { ...keys, privateVault: withKey === "private" },
        controlPlane: { ...controlPlane, ready: [...controlPlane.ready, ...grants] },
        ...rest,
    });
}

export const identityId = idIn("Microsoft.ManagedIdentity/userAssignedIdentities/control-plane");
export const principalId = "44444444-4444-4444-8444-444444444444";
const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";

/** The identity that orders below name, with its rights on both subnets. */
export async function plantControlPlane({ provider: { inventory } }: TestCloud): Promise<void> {
    const inputs = { resourceName: "control-plane", resourceGroupName, location };
    await inventory.plant({ type: identityType, id: identityId, inputs, outputs: { ...inputs, principalId } });
    await plantRole(inventory, principalId, networkContributor, nodeSubnetId);
    await plantRole(inventory, principalId, networkContributor, apiServerSubnetId);
}

/** The least that AKS takes for the pool that comes with a cluster. */
export const systemPool: PropertyMap = {
    name: "system",
    mode: "System",
    vmSize: "Standard_D4s_v5",
    vnetSubnetID: nodeSubnetId,
    count: 3,
    enableAutoScaling: true,
    minCount: 3,
    maxCount: 6,
    availabilityZones: ["1", "2", "3"],
};

/** A cluster that AKS takes. */
export const order: PropertyMap = {
    resourceName: "w",
    resourceGroupName,
    dnsPrefix: "w",
    kubernetesVersion: "1.36",
    identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
    networkProfile: {
        networkPlugin: "azure",
        networkPluginMode: "overlay",
        networkDataplane: "cilium",
        networkPolicy: "cilium",
        podCidr: "10.244.0.0/16",
        serviceCidr: "172.21.0.0/16",
        dnsServiceIP: "172.21.0.10",
        outboundType: "userAssignedNATGateway",
    },
    agentPoolProfiles: [systemPool],
    oidcIssuerProfile: { enabled: true },
};

/** A pool beside it. */
export const poolOrder: PropertyMap = {
    agentPoolName: "nodes",
    resourceName: "w",
    resourceGroupName,
    vmSize: "Standard_E8s_v5",
    vnetSubnetID: nodeSubnetId,
    count: 1,
    enableAutoScaling: true,
    minCount: 1,
    maxCount: 4,
};

/** Checks, then creates: with defaults, as the engine does. */
export async function make(cloud: TestCloud, type: string, news: PropertyMap) {
    const { inputs, problems } = await cloud.check(type, news);
    if (problems.length > 0) {
        throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    }
    return cloud.create(type, inputs);
}

export async function update(cloud: TestCloud, type: string, id: string, news: PropertyMap) {
    const before = cloud.provider.inventory.get(type, id);
    const { inputs } = await cloud.check(type, news);
    const oldOutputs = properties({ ...before?.outputs });
    return cloud.provider.update({ urn: urnOf(type), id, oldOutputs, news: inputs, preview: false });
}

/** Changed paths, `!` in front of those that need a new resource. */
export async function changesOf(
    cloud: TestCloud,
    type: string,
    olds: PropertyMap,
    news: PropertyMap,
): Promise<string[]> {
    const request = { urn: urnOf(type), id: "one", oldInputs: properties(olds), news: properties(news) };
    const { changes } = await cloud.provider.diff(request);
    return changes.map(({ path, replaces }) => `${replaces ? "!" : ""}${path}`).sort();
}
