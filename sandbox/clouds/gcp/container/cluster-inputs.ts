/** The inputs of GKE clusters that programs of this repository use, and which of their changes need another cluster. */
import type { PropertyChange } from "../../diff";
import type { PropertyModel, PropertyModels } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { lastPart, pathOf } from "../compute/links";
import { labels, project } from "../project";
import { isUnsaid } from "./shared";

const flagged = (property: "enabled" | "disabled"): PropertyModel => ({
    type: "object",
    properties: { [property]: { type: "boolean", required: true } },
});

const instant = { type: "string", required: true } as const;

const loggingComponents = ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER", "KCP_VPA"];
const monitoringComponents = [
    "SYSTEM_COMPONENTS",
    "APISERVER",
    "SCHEDULER",
    "CONTROLLER_MANAGER",
    "STORAGE",
    "HPA",
    "POD",
    "DAEMONSET",
    "DEPLOYMENT",
    "STATEFULSET",
    "KUBELET",
    "CADVISOR",
    "DCGM",
    "JOBSET",
];

/** What machines are like: of the first pool of a cluster, and of node pools. */
export const nodeConfig: PropertyModel = {
    type: "object",
    properties: {
        bootDiskKmsKey: { type: "string" },
        diskSizeGb: { type: "integer" },
        diskType: { type: "string" },
        imageType: { type: "string" },
        kubeletConfig: {
            type: "object",
            properties: {
                cpuCfsQuota: { type: "boolean" },
                cpuManagerPolicy: { type: "string", values: ["static", "none", ""] },
                podPidsLimit: { type: "integer" },
            },
        },
        labels: { type: "map" },
        machineType: { type: "string" },
        metadata: { type: "map" },
        minCpuPlatform: { type: "string" },
        oauthScopes: { type: "array" },
        preemptible: { type: "boolean" },
        resourceLabels: labels,
        serviceAccount: { type: "string" },
        shieldedInstanceConfig: {
            type: "object",
            properties: { enableIntegrityMonitoring: { type: "boolean" }, enableSecureBoot: { type: "boolean" } },
        },
        spot: { type: "boolean" },
        tags: { type: "array" },
        taints: {
            type: "array",
            items: {
                type: "object",
                properties: {
                    effect: {
                        type: "string",
                        required: true,
                        values: ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"],
                    },
                    key: { type: "string", required: true },
                    value: { type: "string", required: true },
                },
            },
        },
        workloadMetadataConfig: {
            type: "object",
            properties: {
                mode: {
                    type: "string",
                    required: true,
                    values: ["MODE_UNSPECIFIED", "GCE_METADATA", "GKE_METADATA"],
                },
            },
        },
    },
};

const ipAllocationPolicy: PropertyModels = {
    clusterIpv4CidrBlock: { type: "string" },
    clusterSecondaryRangeName: { type: "string" },
    servicesIpv4CidrBlock: { type: "string" },
    servicesSecondaryRangeName: { type: "string" },
    stackType: { type: "string", values: ["IPV4", "IPV4_IPV6"] },
};

const privateClusterConfig: PropertyModels = {
    enablePrivateEndpoint: { type: "boolean" },
    enablePrivateNodes: { type: "boolean" },
    masterGlobalAccessConfig: flagged("enabled"),
    masterIpv4CidrBlock: { type: "string" },
    privateEndpointSubnetwork: { type: "string" },
};

export const clusterInputs: PropertyModels = {
    addonsConfig: {
        type: "object",
        properties: {
            gcePersistentDiskCsiDriverConfig: flagged("enabled"),
            gcsFuseCsiDriverConfig: flagged("enabled"),
            horizontalPodAutoscaling: flagged("disabled"),
            httpLoadBalancing: flagged("disabled"),
            networkPolicyConfig: flagged("disabled"),
        },
    },
    binaryAuthorization: {
        type: "object",
        properties: { evaluationMode: { type: "string", values: ["DISABLED", "PROJECT_SINGLETON_POLICY_ENFORCE"] } },
    },
    clusterIpv4Cidr: { type: "string" },
    controlPlaneEndpointsConfig: {
        type: "object",
        properties: {
            dnsEndpointConfig: {
                type: "object",
                properties: { allowExternalTraffic: { type: "boolean" }, endpoint: { type: "string" } },
            },
            ipEndpointsConfig: { type: "object", properties: { enabled: { type: "boolean" } } },
        },
    },
    databaseEncryption: {
        type: "object",
        properties: {
            keyName: { type: "string" },
            state: { type: "string", required: true, values: ["ENCRYPTED", "DECRYPTED"] },
        },
    },
    datapathProvider: {
        type: "string",
        values: ["DATAPATH_PROVIDER_UNSPECIFIED", "LEGACY_DATAPATH", "ADVANCED_DATAPATH"],
    },
    defaultMaxPodsPerNode: { type: "integer" },
    deletionProtection: { type: "boolean", default: true },
    description: { type: "string" },
    enableIntranodeVisibility: { type: "boolean" },
    enableL4IlbSubsetting: { type: "boolean" },
    enableShieldedNodes: { type: "boolean", default: true },
    initialNodeCount: { type: "integer" },
    ipAllocationPolicy: { type: "object", properties: ipAllocationPolicy },
    location: { type: "string" },
    loggingConfig: {
        type: "object",
        properties: {
            enableComponents: {
                type: "array",
                required: true,
                items: { type: "string", values: loggingComponents },
            },
        },
    },
    maintenancePolicy: {
        type: "object",
        properties: {
            dailyMaintenanceWindow: { type: "object", properties: { startTime: instant } },
            recurringWindow: {
                type: "object",
                properties: { endTime: instant, recurrence: instant, startTime: instant },
            },
        },
    },
    masterAuthorizedNetworksConfig: {
        type: "object",
        properties: {
            cidrBlocks: {
                type: "array",
                items: {
                    type: "object",
                    properties: { cidrBlock: { type: "string", required: true }, displayName: { type: "string" } },
                },
            },
            gcpPublicCidrsAccessEnabled: { type: "boolean" },
            privateEndpointEnforcementEnabled: { type: "boolean" },
        },
    },
    minMasterVersion: { type: "string" },
    monitoringConfig: {
        type: "object",
        properties: {
            enableComponents: { type: "array", items: { type: "string", values: monitoringComponents } },
            managedPrometheus: flagged("enabled"),
        },
    },
    name: { type: "string" },
    network: { type: "string" },
    networkingMode: { type: "string", values: ["VPC_NATIVE", "ROUTES"] },
    networkPolicy: {
        type: "object",
        properties: {
            enabled: { type: "boolean", required: true },
            provider: { type: "string", values: ["PROVIDER_UNSPECIFIED", "CALICO"] },
        },
    },
    nodeConfig,
    nodeLocations: { type: "array" },
    privateClusterConfig: { type: "object", properties: privateClusterConfig },
    project,
    releaseChannel: {
        type: "object",
        properties: {
            channel: {
                type: "string",
                required: true,
                values: ["UNSPECIFIED", "RAPID", "REGULAR", "STABLE", "EXTENDED"],
            },
        },
    },
    removeDefaultNodePool: { type: "boolean" },
    resourceLabels: labels,
    subnetwork: { type: "string" },
    workloadIdentityConfig: { type: "object", properties: { workloadPool: { type: "string" } } },
};

/** What GKE tells beside the inputs, or where they say nothing. */
export const clusterOutputs: PropertyModels = {
    clusterIpv4Cidr: { type: "string" },
    controlPlaneEndpointsConfig: clusterInputs["controlPlaneEndpointsConfig"],
    datapathProvider: { type: "string" },
    effectiveLabels: { type: "map" },
    endpoint: { type: "string" },
    ipAllocationPolicy: { type: "object", properties: ipAllocationPolicy },
    location: { type: "string" },
    masterAuth: {
        type: "object",
        properties: {
            clientCertificate: { type: "string" },
            clientKey: { type: "string", secret: true },
            clusterCaCertificate: { type: "string" },
        },
    },
    masterVersion: { type: "string" },
    nodeLocations: { type: "array" },
    nodeVersion: { type: "string" },
    privateClusterConfig: {
        type: "object",
        properties: {
            ...privateClusterConfig,
            privateEndpoint: { type: "string" },
            publicEndpoint: { type: "string" },
        },
    },
    project: { type: "string" },
    pulumiLabels: { type: "map" },
    selfLink: { type: "string" },
    servicesIpv4Cidr: { type: "string" },
};

/** `ForceNew` of google/services/container/resource_container_cluster.go */
export const replacesCluster = [
    "clusterIpv4Cidr",
    "datapathProvider",
    "defaultMaxPodsPerNode",
    "description",
    "initialNodeCount",
    "ipAllocationPolicy.clusterIpv4CidrBlock",
    "ipAllocationPolicy.clusterSecondaryRangeName",
    "ipAllocationPolicy.servicesIpv4CidrBlock",
    "ipAllocationPolicy.servicesSecondaryRangeName",
    "location",
    "name",
    "network",
    "networkingMode",
    "privateClusterConfig.enablePrivateNodes",
    "privateClusterConfig.masterIpv4CidrBlock",
    "privateClusterConfig.privateEndpointSubnetwork",
    "project",
    "subnetwork",
    "nodeConfig",
];

/** Where nothing is said, the provider keeps what it knows (`Computed`). */
const keptWhenUnsaid = [
    "addonsConfig",
    "binaryAuthorization",
    "controlPlaneEndpointsConfig",
    "databaseEncryption",
    "datapathProvider",
    "defaultMaxPodsPerNode",
    "enableIntranodeVisibility",
    "ipAllocationPolicy",
    "location",
    "loggingConfig",
    "masterAuthorizedNetworksConfig",
    "monitoringConfig",
    "networkingMode",
    "nodeConfig",
    "nodeLocations",
    "privateClusterConfig",
    "project",
    "releaseChannel",
    "subnetwork",
    "workloadIdentityConfig",
];

/** What the provider's own comparison leaves out: what is not said any more, and other ways to name the same network. */
export function adjustCluster(
    changes: readonly PropertyChange[],
    olds: PropertyMap,
    news: PropertyMap,
): PropertyChange[] {
    const same = (path: string): boolean =>
        (path === "network" || path === "subnetwork") && sameLink(textOf(olds[path]), textOf(news[path]));
    return changes.filter(
        (change) => !same(change.path) && !(isUnsaid(change) && keptWhenUnsaid.includes(change.path.split(/[.[]/)[0])),
    );
}

/** tpgresource.CompareSelfLinkOrResourceName */
function sameLink(old: string, now: string): boolean {
    return now.includes("/") ? pathOf(old) === pathOf(now) : lastPart(old) === now;
}
