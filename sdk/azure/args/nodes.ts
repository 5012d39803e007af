import type * as pulumi from "@pulumi/pulumi";

/** What a taint does to pods that do not tolerate it, as Kubernetes and AKS spell it. */
export const AzureTaintEffect = {
    /** No such pod comes onto the node. */
    NoSchedule: "NoSchedule",
    /** Such pods are moved away too. */
    NoExecute: "NoExecute",
    /** Such pods come onto the node only when there is no other. */
    PreferNoSchedule: "PreferNoSchedule",
} as const;
/** What a taint does to pods that do not tolerate it, as Kubernetes and AKS spell it. */
export type AzureTaintEffect = (typeof AzureTaintEffect)[keyof typeof AzureTaintEffect];

/** A taint of the nodes. */
export interface AzureNodeTaintArgs {
    /** 1 to 63 characters. */
    key: string;
    /** At most 63 characters. Default: empty. */
    value?: string;
    /** What happens to pods that do not tolerate it. */
    effect: AzureTaintEffect;
}

/** Where the nodes' operating system lies (`osDiskType`). */
export const AzureOsDiskType = {
    /** A managed disk, of any machine. */
    Managed: "Managed",
    /** The machine's own disk: faster and without cost, for machines that have one large enough, such as `Standard_E8ds_v5`. */
    Ephemeral: "Ephemeral",
} as const;
/** Where the nodes' operating system lies (`osDiskType`). */
export type AzureOsDiskType = (typeof AzureOsDiskType)[keyof typeof AzureOsDiskType];

/** Operating systems of the nodes (`osSKU`). */
export const AzureNodeOs = {
    /** Ubuntu. */
    Ubuntu: "Ubuntu",
    /** Microsoft's own Linux. */
    AzureLinux: "AzureLinux",
} as const;
/** Operating systems of the nodes (`osSKU`). */
export type AzureNodeOs = (typeof AzureNodeOs)[keyof typeof AzureNodeOs];

/** What pools are for (`mode`). */
export const AzurePoolMode = {
    /** Pods of W&B and of anybody else. */
    User: "User",
    /** Pods of AKS come here first. */
    System: "System",
} as const;
/** What pools are for (`mode`). */
export type AzurePoolMode = (typeof AzurePoolMode)[keyof typeof AzurePoolMode];

/** Types of the volumes of pods (`skuName`). */
export const AzureVolumeType = {
    /** Premium SSD, in one zone. */
    PremiumLrs: "Premium_LRS",
    /** Premium SSD, copied over three zones, in regions that offer it. */
    PremiumZrs: "Premium_ZRS",
    /** Premium SSD v2, in one zone, for machines in zones of regions that offer it. */
    PremiumV2Lrs: "PremiumV2_LRS",
    /** Standard SSD, in one zone. */
    StandardSsdLrs: "StandardSSD_LRS",
    /** Standard SSD, copied over three zones, in regions that offer it. */
    StandardSsdZrs: "StandardSSD_ZRS",
} as const;
/** Types of the volumes of pods (`skuName`). */
export type AzureVolumeType = (typeof AzureVolumeType)[keyof typeof AzureVolumeType];

/** What all pools of nodes have in common: Linux on x86_64, since W&B's images are, in scale sets without public addresses. */
export interface AzurePoolArgs {
    /** Operating system (`osSKU`). A change is made in place and replaces the nodes one after the other. Default: AKS's, `Ubuntu`. */
    os?: AzureNodeOs;
    /**
     * Use the modules of the operating system that FIPS 140 validates (`enableFIPS`). A change is made in place and replaces the nodes one after the
     * other.
     * @default false
     */
    fips?: boolean;
    /** Labels of the nodes in Kubernetes (`nodeLabels`); `kubernetes.azure.com/` is reserved. A change is made in place. */
    labels?: Record<string, string>;
    /**
     * Highest number or share of nodes more than usual during an upgrade (`upgradeSettings.maxSurge`), for example `1` or `33%`. A change is made in
     * place.
     * @default 33%
     */
    maxSurge?: string;
    /**
     * Minutes for which pods are asked to leave a node before an upgrade fails (`upgradeSettings.drainTimeoutInMinutes`), 1 to 1440. A change is made
     * in place. Default: AKS's, 30.
     */
    drainTimeoutMinutes?: number;
}

/** A pool of nodes for W&B and for what runs beside it. AKS changes no machines of a pool, so another pool takes its place, the new one first. */
export interface AzureNodePoolArgs extends AzurePoolArgs {
    /**
     * Name of the pool (`agentPoolName`), unique in the cluster: 1 to 12 lower-case letters and digits, a letter first. A change replaces the pool, the
     * new one first. Whatever else replaces it needs another name in the same run: no two have the same. Default: made anew for each.
     */
    name?: pulumi.Input<string>;
    /** Size of the machines (`vmSize`), x86_64, for example `Standard_E8s_v5`. A change replaces the pool, the new one first. Default: by `size`. */
    vmSize?: pulumi.Input<string>;
    /**
     * Least number of nodes per zone (`minCount`, which counts all zones together), 0 to 1000, with `mode` `System` at least 1; also how many there
     * are at first. A change is made in place.
     * @default 1
     */
    minPerZone?: number;
    /** Highest number of nodes per zone (`maxCount`, which counts all zones together), 1 to 1000. A change is made in place. Default: by `size`. */
    maxPerZone?: number;
    /** Size of the disk of the operating system in GB (`osDiskSizeGB`), 30 to 2048. A change replaces the pool, the new one first. Default: by `size`. */
    osDiskSizeGb?: number;
    /**
     * Where the operating system lies (`osDiskType`). A change replaces the pool, the new one first.
     * @default Managed
     */
    osDiskType?: AzureOsDiskType;
    /** Most pods on a node (`maxPods`), 10 to 250. A change replaces the pool, the new one first. Default: AKS's, 250 with an overlay and 30 without. */
    maxPods?: number;
    /**
     * Zones of this pool's nodes (`availabilityZones`): `1`, `2` and `3`. An empty list is for regions without zones. A change replaces the pool, the
     * new one first. Default: those of the cluster.
     */
    zones?: string[];
    /**
     * Use Spot VMs (`scaleSetPriority`): cheaper, and taken away at 30 seconds' notice. AKS taints them with
     * `kubernetes.azure.com/scalesetpriority=spot:NoSchedule`. A change replaces the pool, the new one first.
     * @default false
     */
    spot?: boolean;
    /**
     * Encrypt caches and temporary disks on the machine's host as well (`enableEncryptionAtHost`). The subscription must have the feature
     * `Microsoft.Compute/EncryptionAtHost`. A change replaces the pool, the new one first.
     * @default false
     */
    encryptionAtHost?: boolean;
    /**
     * What the pool is for (`mode`). A change is made in place.
     * @default User
     */
    mode?: AzurePoolMode;
    /** Taints of the nodes (`nodeTaints`). W&B's pods must tolerate them (`components.<name>.tolerations`). A change is made in place. */
    taints?: AzureNodeTaintArgs[];
}

/**
 * The pool on which AKS's own pods run (CoreDNS, metrics, CNI), and no others: it has the taint `CriticalAddonsOnly=true:NoSchedule`. AKS makes it with
 * the cluster and lets nobody change its machines, so what says "replaces the cluster" is best chosen once.
 */
export interface AzureSystemPoolArgs extends AzurePoolArgs {
    /**
     * Name of the pool (`name`): 1 to 12 lower-case letters and digits, a letter first. A change replaces the cluster, which deletion protection
     * refuses.
     * @default system
     */
    name?: string;
    /**
     * Size of the machines (`vmSize`), x86_64, with at least 4 vCPUs. A change replaces the cluster, which deletion protection refuses.
     * @default Standard_D4s_v5
     */
    vmSize?: pulumi.Input<string>;
    /**
     * Least number of nodes per zone (`minCount`, which counts all zones together), 1 to 1000; also how many there are at first. A change is made in
     * place.
     * @default 1
     */
    minPerZone?: number;
    /**
     * Highest number of nodes per zone (`maxCount`, which counts all zones together), 1 to 1000. A change is made in place.
     * @default 2
     */
    maxPerZone?: number;
    /**
     * Size of the disk of the operating system in GB (`osDiskSizeGB`), 30 to 2048. A change replaces the cluster, which deletion protection refuses.
     * @default 128
     */
    osDiskSizeGb?: number;
    /**
     * Where the operating system lies (`osDiskType`). A change replaces the cluster, which deletion protection refuses.
     * @default Managed
     */
    osDiskType?: AzureOsDiskType;
    /**
     * Most pods on a node (`maxPods`), 30 to 250. A change replaces the cluster, which deletion protection refuses. Default: AKS's, 250 with an overlay
     * and 30 without.
     */
    maxPods?: number;
    /**
     * Zones of this pool's nodes (`availabilityZones`). A change replaces the cluster, which deletion protection refuses. Default: those of the
     * cluster.
     */
    zones?: string[];
    /**
     * Encrypt caches and temporary disks on the machine's host as well (`enableEncryptionAtHost`). The subscription must have the feature
     * `Microsoft.Compute/EncryptionAtHost`. A change replaces the cluster, which deletion protection refuses.
     * @default false
     */
    encryptionAtHost?: boolean;
}
