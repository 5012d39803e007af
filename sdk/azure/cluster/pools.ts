import type { AzureClusterArgs } from "../args/cluster";
import { type AzureNodeTaintArgs, AzureOsDiskType, type AzurePoolArgs, AzureTaintEffect } from "../args/nodes";
import { AzureUpgradeChannel } from "../args/cluster";
import { DefaultKubernetesVersion } from "../args/kubernetes-versions";
import type { AzureDeploymentScope } from "../scope";

/** All zones that a region can have. */
export const DefaultZones: readonly string[] = ["1", "2", "3"];

/** What the cluster's own pool is made of where nothing is said. */
export const SystemPoolDefaults = {
    name: "system",
    vmSize: "Standard_D4s_v5",
    minPerZone: 1,
    maxPerZone: 2,
    osDiskSizeGb: 128,
} as const;

const DefaultMaxSurge = "33%";

/** Zones of a pool, in order. An empty list stands for a region without zones. */
export function zonesOf(cluster: AzureClusterArgs, pool: { readonly zones?: readonly string[] }): string[] {
    return [...(pool.zones ?? cluster.zones ?? DefaultZones)].sort();
}

/** Tags of the cluster and its nodes. */
export function clusterTags({ tags }: AzureDeploymentScope, cluster: AzureClusterArgs): AzureDeploymentScope["tags"] {
    return cluster.tags === undefined ? tags : { ...tags, ...cluster.tags };
}

/** Whether AKS moves to other minor versions by itself, so that the program's is no longer the cluster's. */
export function movesByItself({ upgradeChannel }: AzureClusterArgs): boolean {
    return upgradeChannel === AzureUpgradeChannel.Stable || upgradeChannel === AzureUpgradeChannel.Rapid;
}

/** The version that is asked for. */
export function versionOf({ kubernetesVersion }: AzureClusterArgs): string {
    return kubernetesVersion ?? DefaultKubernetesVersion;
}

export interface PoolFigures {
    readonly minPerZone: number;
    readonly maxPerZone: number;
    readonly osDiskSizeGb: number;
    readonly osDiskType?: AzureOsDiskType;
    readonly maxPods?: number;
    readonly zones: readonly string[];
    readonly encryptionAtHost?: boolean;
}

/** What is said of every pool, the cluster's own and those beside it. Pure. */
export function poolSettings(pool: AzurePoolArgs, figures: PoolFigures) {
    const { zones } = figures;
    // A pool's limits count all its zones together.
    const zoneCount = Math.max(zones.length, 1);
    const minCount = figures.minPerZone * zoneCount;
    return {
        type: "VirtualMachineScaleSets",
        osType: "Linux",
        osSKU: pool.os,
        osDiskSizeGB: figures.osDiskSizeGb,
        osDiskType: figures.osDiskType ?? AzureOsDiskType.Managed,
        availabilityZones: zones.length === 0 ? undefined : [...zones],
        enableAutoScaling: true,
        count: minCount,
        minCount,
        maxCount: figures.maxPerZone * zoneCount,
        maxPods: figures.maxPods,
        nodeLabels: pool.labels,
        enableNodePublicIP: false,
        enableEncryptionAtHost: figures.encryptionAtHost ?? false,
        enableFIPS: pool.fips ?? false,
        upgradeSettings: {
            maxSurge: pool.maxSurge ?? DefaultMaxSurge,
            drainTimeoutInMinutes: pool.drainTimeoutMinutes,
        },
    };
}

/** Keeps everything but AKS's own pods away: https://learn.microsoft.com/azure/aks/use-system-pools */
export const SystemTaint: AzureNodeTaintArgs = {
    key: "CriticalAddonsOnly",
    value: "true",
    effect: AzureTaintEffect.NoSchedule,
};

/** A taint as AKS writes it. */
export function taintText({ key, value = "", effect }: AzureNodeTaintArgs): string {
    return `${key}${value === "" ? "" : `=${value}`}:${effect}`;
}
