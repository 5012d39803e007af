/** Inputs of pools of nodes: of the one inside of a cluster and of those beside it, as of @pulumi/azure-native 3.28. */
import type { PropertyModels } from "../../model";

const texts = { type: "array" } as const;

export const poolInputs: PropertyModels = {
    availabilityZones: texts,
    capacityReservationGroupID: { type: "string" },
    count: { type: "integer" },
    enableAutoScaling: { type: "boolean" },
    enableEncryptionAtHost: { type: "boolean" },
    enableFIPS: { type: "boolean" },
    enableNodePublicIP: { type: "boolean" },
    enableUltraSSD: { type: "boolean" },
    gpuInstanceProfile: { type: "string", values: ["MIG1g", "MIG2g", "MIG3g", "MIG4g", "MIG7g"] },
    hostGroupID: { type: "string" },
    kubeletDiskType: { type: "string", values: ["OS", "Temporary"] },
    maxCount: { type: "integer" },
    maxPods: { type: "integer" },
    messageOfTheDay: { type: "string" },
    minCount: { type: "integer" },
    mode: { type: "string", values: ["System", "User", "Gateway"] },
    nodeLabels: { type: "map" },
    nodePublicIPPrefixID: { type: "string" },
    nodeTaints: texts,
    orchestratorVersion: { type: "string" },
    osDiskSizeGB: { type: "integer" },
    osDiskType: { type: "string", values: ["Managed", "Ephemeral"] },
    osSKU: {
        type: "string",
        values: [
            "Ubuntu",
            "Ubuntu2204",
            "Ubuntu2404",
            "AzureLinux",
            "AzureLinux3",
            "CBLMariner",
            "Windows2019",
            "Windows2022",
        ],
    },
    osType: { type: "string", values: ["Linux", "Windows"] },
    podSubnetID: { type: "string" },
    proximityPlacementGroupID: { type: "string" },
    scaleDownMode: { type: "string", values: ["Delete", "Deallocate"] },
    scaleSetEvictionPolicy: { type: "string", values: ["Delete", "Deallocate"] },
    scaleSetPriority: { type: "string", values: ["Spot", "Regular"] },
    securityProfile: {
        type: "object",
        properties: {
            enableSecureBoot: { type: "boolean" },
            enableVTPM: { type: "boolean" },
            sshAccess: { type: "string", values: ["LocalUser", "Disabled"] },
        },
    },
    spotMaxPrice: { type: "number" },
    tags: { type: "map" },
    type: { type: "string", values: ["VirtualMachineScaleSets", "AvailabilitySet", "VirtualMachines"] },
    upgradeSettings: {
        type: "object",
        properties: {
            drainTimeoutInMinutes: { type: "integer" },
            maxSurge: { type: "string" },
            maxUnavailable: { type: "string" },
            nodeSoakDurationInMinutes: { type: "integer" },
            undrainableNodeBehavior: { type: "string", values: ["Cordon", "Schedule"] },
        },
    },
    vmSize: { type: "string" },
    vnetSubnetID: { type: "string" },
    workloadRuntime: { type: "string", values: ["OCIContainer", "WasmWasi", "KataVmIsolation"] },
};

/**
 * What AKS does not change of a pool that is there.
 *
 * https://learn.microsoft.com/azure/aks/create-node-pools#limitations and the pages about zones, disks, Spot VMs and encryption at host
 */
export const fixedOfPools: readonly string[] = [
    "availabilityZones",
    "enableEncryptionAtHost",
    "enableNodePublicIP",
    "enableUltraSSD",
    "maxPods",
    "osDiskSizeGB",
    "osDiskType",
    "osType",
    "podSubnetID",
    "scaleSetEvictionPolicy",
    "scaleSetPriority",
    "type",
    "vmSize",
    "vnetSubnetID",
];
