/** The inputs of AKS clusters that programs of this repository use, and which of their changes need another cluster. */
import type { PropertyModel, PropertyModels } from "../../model";
import { poolInputs } from "./pool-inputs";
import { poolName } from "./shared";

const enabled: PropertyModel = { type: "object", properties: { enabled: { type: "boolean" } } };
const texts: PropertyModel = { type: "array" };

export const clusterInputs: PropertyModels = {
    aadProfile: {
        type: "object",
        properties: {
            adminGroupObjectIDs: texts,
            enableAzureRBAC: { type: "boolean" },
            managed: { type: "boolean" },
            tenantID: { type: "string" },
        },
    },
    addonProfiles: {
        type: "map",
        items: {
            type: "object",
            properties: { config: { type: "map" }, enabled: { type: "boolean", required: true } },
        },
    },
    agentPoolProfiles: {
        type: "array",
        items: { type: "object", properties: { ...poolInputs, name: { type: "string", required: true } } },
    },
    apiServerAccessProfile: {
        type: "object",
        properties: {
            authorizedIPRanges: texts,
            disableRunCommand: { type: "boolean" },
            enablePrivateCluster: { type: "boolean" },
            enablePrivateClusterPublicFQDN: { type: "boolean" },
            enableVnetIntegration: { type: "boolean" },
            privateDNSZone: { type: "string" },
            subnetId: { type: "string" },
        },
    },
    autoUpgradeProfile: {
        type: "object",
        properties: {
            nodeOSUpgradeChannel: { type: "string", values: ["None", "Unmanaged", "NodeImage", "SecurityPatch"] },
            upgradeChannel: { type: "string", values: ["rapid", "stable", "patch", "node-image", "none"] },
        },
    },
    disableLocalAccounts: { type: "boolean" },
    diskEncryptionSetID: { type: "string" },
    dnsPrefix: { type: "string" },
    enableRBAC: { type: "boolean", default: true },
    fqdnSubdomain: { type: "string" },
    identity: {
        type: "object",
        properties: {
            type: { type: "string", values: ["SystemAssigned", "UserAssigned", "None"] },
            userAssignedIdentities: texts,
        },
    },
    ingressProfile: {
        type: "object",
        properties: {
            webAppRouting: {
                type: "object",
                properties: {
                    dnsZoneResourceIds: texts,
                    enabled: { type: "boolean" },
                    nginx: {
                        type: "object",
                        properties: {
                            defaultIngressControllerType: {
                                type: "string",
                                values: ["AnnotationControlled", "External", "Internal", "None"],
                            },
                        },
                    },
                },
            },
        },
    },
    kubernetesVersion: { type: "string" },
    networkProfile: {
        type: "object",
        properties: {
            dnsServiceIP: { type: "string" },
            ipFamilies: texts,
            loadBalancerSku: { type: "string", values: ["standard", "basic"] },
            networkDataplane: { type: "string", values: ["azure", "cilium"] },
            networkPlugin: { type: "string", values: ["azure", "kubenet", "none"] },
            networkPluginMode: { type: "string", values: ["overlay"] },
            networkPolicy: { type: "string", values: ["none", "calico", "azure", "cilium"] },
            outboundType: {
                type: "string",
                values: ["loadBalancer", "userDefinedRouting", "managedNATGateway", "userAssignedNATGateway", "none"],
            },
            podCidr: { type: "string" },
            serviceCidr: { type: "string" },
        },
    },
    nodeResourceGroup: { type: "string" },
    oidcIssuerProfile: enabled,
    securityProfile: {
        type: "object",
        properties: {
            azureKeyVaultKms: {
                type: "object",
                properties: {
                    enabled: { type: "boolean" },
                    keyId: { type: "string" },
                    keyVaultNetworkAccess: { type: "string", values: ["Public", "Private"], default: "Public" },
                    keyVaultResourceId: { type: "string" },
                },
            },
            imageCleaner: {
                type: "object",
                properties: { enabled: { type: "boolean" }, intervalHours: { type: "integer" } },
            },
            workloadIdentity: enabled,
        },
    },
    sku: {
        type: "object",
        properties: {
            name: { type: "string", values: ["Base", "Automatic"] },
            tier: { type: "string", values: ["Free", "Standard", "Premium"] },
        },
    },
    supportPlan: { type: "string", values: ["KubernetesOfficial", "AKSLongTermSupport"] },
};

/** What AKS tells beside the inputs, or where they say nothing. */
export const clusterOutputs: PropertyModels = {
    addonProfiles: { type: "any" },
    agentPoolProfiles: { type: "any" },
    azurePortalFQDN: { type: "string" },
    currentKubernetesVersion: { type: "string" },
    eTag: { type: "string" },
    fqdn: { type: "string" },
    identity: { type: "any" },
    identityProfile: { type: "any" },
    ingressProfile: { type: "any" },
    kubernetesVersion: { type: "string" },
    maxAgentPools: { type: "integer" },
    networkProfile: { type: "any" },
    nodeResourceGroup: { type: "string" },
    oidcIssuerProfile: { type: "any" },
    powerState: { type: "any" },
    privateFQDN: { type: "string" },
    provisioningState: { type: "string" },
    resourceUID: { type: "string" },
    systemData: { type: "any" },
};

/** `forceNewMap` of the provider: https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/gen/replacement.go */
export const replacesCluster: readonly string[] = [
    "diskEncryptionSetID",
    "dnsPrefix",
    "fqdnSubdomain",
    "networkProfile.dnsServiceIP",
    "networkProfile.networkDataplane",
    "networkProfile.networkPlugin",
    "networkProfile.networkPluginMode",
    "networkProfile.networkPolicy",
    "networkProfile.outboundType",
    "networkProfile.podCidr",
    "networkProfile.serviceCidr",
    "nodeResourceGroup",
];

/** Names of pools, by the API's own rule. */
export const isPoolName = (name: string): boolean => poolName.pattern.test(name);
