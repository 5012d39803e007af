import { ManagedCluster, type ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster";
import type { containerservice } from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { AccessArgs } from "../../args/infrastructure";
import { type AzureClusterArgs, AzureClusterTier, AzureNodeOsChannel, AzureUpgradeChannel } from "../args/cluster";
import { AzureNetworkPolicy, AzurePodNetwork } from "../args/cluster-network";
import type { NetworkFacts } from "../facts";
import { addressNumber, addressText } from "../../ipv4";
import { physicalName } from "../name";
import type { AzureDeploymentScope } from "../scope";
import { apiServerAccess } from "./api-server";
import type { ClusterInput, ControlPlaneIdentity } from "./input";
import {
    clusterTags,
    movesByItself,
    poolSettings,
    SystemPoolDefaults,
    SystemTaint,
    taintText,
    versionOf,
    zonesOf,
} from "./pools";

export interface ControlPlaneInput extends ClusterInput {
    readonly access: AccessArgs;
    readonly controlPlane: ControlPlaneIdentity;
}

const LongestName = 63;
const LongestDnsPrefix = 54;
const DefaultImageCleanerHours = 168;

/** AKS changes none of these of a pool that it made with the cluster, and neither takes that pool away nor makes another one in its place. */
const FixedOfSystemPool = [
    "name",
    "vmSize",
    "osDiskSizeGB",
    "osDiskType",
    "maxPods",
    "availabilityZones",
    "enableEncryptionAtHost",
    "vnetSubnetID",
] as const;

/** Makes the control plane, and with it the pool on which AKS's own pods run. */
export function createControlPlane(scope: AzureDeploymentScope, input: ControlPlaneInput): ManagedCluster {
    const { name, parent } = scope;
    const { cluster, access, network, controlPlane } = input;
    return new ManagedCluster(
        `${name}-cluster`,
        {
            resourceName: physicalName(scope, cluster.name, { word: "cluster", beginning: name, longest: LongestName }),
            resourceGroupName: scope.resourceGroupName,
            location: scope.location,
            dnsPrefix: cluster.dnsPrefix ?? dnsPrefixOf(name),
            nodeResourceGroup: cluster.nodeResourceGroup,
            kubernetesVersion: versionOf(cluster),
            ...support(cluster),
            identity: { type: "UserAssigned", userAssignedIdentities: [controlPlane.identity.id] },
            apiServerAccessProfile: apiServerAccess(cluster, access, network),
            networkProfile: networkProfile(cluster, network),
            agentPoolProfiles: [systemPool(scope, cluster, network)],
            ...authentication(scope, cluster),
            securityProfile: security(input),
            oidcIssuerProfile: { enabled: true },
            addonProfiles: addons(input),
            ingressProfile: ingress(input),
            diskEncryptionSetID: cluster.diskEncryptionSetId,
            tags: clusterTags(scope, cluster),
        },
        {
            parent,
            // The system pool's nodes come up with the cluster, and need their way out.
            dependsOn: [...controlPlane.ready, ...network.egress],
            // Its name is fixed before it is made, so two cannot stand side by side.
            deleteBeforeReplace: true,
            replaceOnChanges: FixedOfSystemPool.map((property) => `agentPoolProfiles[0].${property}`),
            // The autoscaler says how many nodes there are, and with some channels AKS says which version runs.
            ignoreChanges: ["agentPoolProfiles[0].count", ...(movesByItself(cluster) ? ["kubernetesVersion"] : [])],
            // All that is in the cluster would go first.
            protect: scope.deletionProtection || undefined,
        },
    );
}

/** AKS adds eight digits of its own. */
function dnsPrefixOf(name: string): string {
    return name
        .replace(/[^A-Za-z0-9]+/g, "-")
        .slice(0, LongestDnsPrefix)
        .replace(/^-+|-+$/g, "");
}

function support(cluster: AzureClusterArgs): Partial<ManagedClusterArgs> {
    const tier = cluster.tier ?? AzureClusterTier.Standard;
    return {
        sku: { name: "Base", tier },
        supportPlan: tier === AzureClusterTier.Premium ? "AKSLongTermSupport" : "KubernetesOfficial",
        autoUpgradeProfile: {
            upgradeChannel: cluster.upgradeChannel ?? AzureUpgradeChannel.Patch,
            nodeOSUpgradeChannel: cluster.nodeOsChannel ?? AzureNodeOsChannel.NodeImage,
        },
    };
}

/** Where nothing is said: apart from each other and from the network that is made. */
export const NetworkDefaults = { podCidr: "10.244.0.0/16", serviceCidr: "172.21.0.0/16" } as const;

/** What AKS calls the ways out of the network. */
const OutboundTypes: Readonly<Record<NetworkFacts["outbound"], string>> = {
    "nat-gateway": "userAssignedNATGateway",
    routes: "userDefinedRouting",
    "load-balancer": "loadBalancer",
};

function networkProfile({ network = {} }: AzureClusterArgs, { outbound }: NetworkFacts) {
    const policy = network.policy ?? AzureNetworkPolicy.Cilium;
    const serviceCidr = network.serviceCidr ?? NetworkDefaults.serviceCidr;
    const overlay = network.pods !== AzurePodNetwork.NodeSubnet;
    return {
        networkPlugin: "azure",
        ...(overlay ? { networkPluginMode: "overlay", podCidr: network.podCidr ?? NetworkDefaults.podCidr } : {}),
        networkDataplane: policy === AzureNetworkPolicy.Cilium ? "cilium" : "azure",
        networkPolicy: policy,
        serviceCidr,
        dnsServiceIP: network.dnsServiceIp ?? tenthAddress(serviceCidr),
        loadBalancerSku: "standard",
        outboundType: OutboundTypes[outbound],
    };
}

/** The one that AKS itself takes: the first is that of the API server. */
function tenthAddress(range: string): string {
    return addressText(addressNumber(range.split("/")[0]) + 10);
}

function systemPool(
    scope: AzureDeploymentScope,
    cluster: AzureClusterArgs,
    network: NetworkFacts,
): containerservice.ManagedClusterAgentPoolProfileArgs {
    const { systemNodes: pool = {} } = cluster;
    return {
        name: pool.name ?? SystemPoolDefaults.name,
        mode: "System",
        vmSize: pool.vmSize ?? SystemPoolDefaults.vmSize,
        vnetSubnetID: network.nodeSubnetId,
        nodeTaints: [taintText(SystemTaint)],
        ...poolSettings(pool, {
            ...pool,
            minPerZone: pool.minPerZone ?? SystemPoolDefaults.minPerZone,
            maxPerZone: pool.maxPerZone ?? SystemPoolDefaults.maxPerZone,
            osDiskSizeGb: pool.osDiskSizeGb ?? SystemPoolDefaults.osDiskSizeGb,
            zones: zonesOf(cluster, pool),
        }),
        tags: clusterTags(scope, cluster),
    };
}

function authentication(scope: AzureDeploymentScope, cluster: AzureClusterArgs): Partial<ManagedClusterArgs> {
    const { entraId, localAccounts = true } = cluster;
    return {
        enableRBAC: true,
        disableLocalAccounts: !localAccounts,
        aadProfile: entraId && {
            managed: true,
            tenantID: scope.tenantId,
            adminGroupObjectIDs: entraId.adminGroupObjectIds,
            enableAzureRBAC: entraId.azureRbac ?? true,
        },
    };
}

function security({ cluster, keys }: ControlPlaneInput): containerservice.ManagedClusterSecurityProfileArgs {
    const { imageCleanerHours = DefaultImageCleanerHours } = cluster;
    return {
        workloadIdentity: { enabled: true },
        imageCleaner:
            imageCleanerHours === 0 ? { enabled: false } : { enabled: true, intervalHours: imageCleanerHours },
        // With its version: AKS follows none by itself. https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
        azureKeyVaultKms: keys?.cluster && {
            enabled: true,
            keyId: keys.cluster.uriWithVersion,
            ...(keys.privateVault
                ? { keyVaultNetworkAccess: "Private", keyVaultResourceId: keys.vaultId }
                : { keyVaultNetworkAccess: "Public" }),
        },
    };
}

function addons({ cluster, gatewayId }: ControlPlaneInput): ManagedClusterArgs["addonProfiles"] {
    const { azurePolicy = true, containerInsights } = cluster;
    const config = (values: Record<string, pulumi.Input<string>>) => ({ enabled: true, config: values });
    return {
        azurepolicy: { enabled: azurePolicy },
        ...(gatewayId === undefined ? {} : { ingressApplicationGateway: config({ applicationGatewayId: gatewayId }) }),
        ...(containerInsights === undefined
            ? {}
            : {
                  omsagent: config({
                      logAnalyticsWorkspaceResourceID: containerInsights.workspaceId,
                      // By its own identity and not by the workspace's key, which Azure no longer takes.
                      useAADAuth: "true",
                  }),
              }),
    };
}

function ingress({ webAppRouting }: ControlPlaneInput): ManagedClusterArgs["ingressProfile"] {
    return (
        webAppRouting && {
            webAppRouting: {
                enabled: true,
                dnsZoneResourceIds: webAppRouting.dnsZoneIds && [...webAppRouting.dnsZoneIds],
                nginx: { defaultIngressControllerType: webAppRouting.controller },
            },
        }
    );
}
