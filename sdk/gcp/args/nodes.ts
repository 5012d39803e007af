import type * as pulumi from "@pulumi/pulumi";

/** What a taint does to pods that do not tolerate it, as GKE spells it. */
export const GcpTaintEffect = {
    /** No such pod comes onto the node. */
    NoSchedule: "NO_SCHEDULE",
    /** Such pods are moved away too. */
    NoExecute: "NO_EXECUTE",
    /** Such pods come onto the node only when there is no other. */
    PreferNoSchedule: "PREFER_NO_SCHEDULE",
} as const;
/** What a taint does to pods that do not tolerate it, as GKE spells it. */
export type GcpTaintEffect = (typeof GcpTaintEffect)[keyof typeof GcpTaintEffect];

/** A taint of the nodes. */
export interface GcpNodeTaintArgs {
    /** 1 to 63 characters. */
    key: string;
    /** At most 63 characters. Default: empty. */
    value?: string;
    /** What happens to pods that do not tolerate it. */
    effect: GcpTaintEffect;
}

/** Types of boot disks. */
export const GcpBootDiskType = {
    /** Persistent Disk on SSDs, for most machines. */
    PdBalanced: "pd-balanced",
    /** Persistent Disk on SSDs, more operations per second. */
    PdSsd: "pd-ssd",
    /** Persistent Disk on magnetic disks. */
    PdStandard: "pd-standard",
    /** Hyperdisk: the only one for machines of series such as C4 and N4. */
    HyperdiskBalanced: "hyperdisk-balanced",
} as const;
/** Types of boot disks. */
export type GcpBootDiskType = (typeof GcpBootDiskType)[keyof typeof GcpBootDiskType];

/** Types of volumes of pods. */
export const GcpVolumeType = {
    /** Persistent Disk on SSDs, for most machines. */
    PdBalanced: "pd-balanced",
    /** Persistent Disk on SSDs, more operations per second. */
    PdSsd: "pd-ssd",
    /** Hyperdisk: the only one for machines of series such as C4 and N4. */
    HyperdiskBalanced: "hyperdisk-balanced",
} as const;
/** Types of volumes of pods. */
export type GcpVolumeType = (typeof GcpVolumeType)[keyof typeof GcpVolumeType];

/** A pool of nodes: Container-Optimized OS with containerd, x86_64, since W&B's images are, and shielded. */
export interface GcpNodePoolArgs {
    /**
     * Name of the pool (`name`), unique in the cluster: 1 to 40 lower-case letters, digits and hyphens, a letter first, no hyphen last. A
     * change replaces the node pool, the new one first. Whatever else replaces it needs another name in the same run: no two have the same.
     * Default: made anew for each.
     */
    name?: pulumi.Input<string>;
    /**
     * Machine type (`machineType`), x86_64, for example `n2-highmem-8`. A change is made in place and replaces the nodes one after the other.
     * Default: by `size`.
     */
    machineType?: pulumi.Input<string>;
    /**
     * Least number of nodes per zone (`autoscaling.minNodeCount`), 0 to 1000; also how many there are at first. A change is made in place.
     * @default 1
     */
    minPerZone?: number;
    /** Highest number of nodes per zone (`autoscaling.maxNodeCount`), 1 to 1000. A change is made in place. Default: by `size`. */
    maxPerZone?: number;
    /**
     * Size of the boot disk in GB (`diskSizeGb`), 10 to 65536. A change is made in place and replaces the nodes one after the other. Default: by
     * `size`.
     */
    diskSizeGb?: number;
    /**
     * Type of the boot disk (`diskType`). A change is made in place and replaces the nodes one after the other.
     * @default pd-balanced
     */
    diskType?: GcpBootDiskType;
    /**
     * Use Spot VMs (`spot`): cheaper, and taken away at 30 seconds' notice. A change replaces the node pool, the new one first.
     *
     * @default false
     */
    spot?: boolean;
    /** Zones of this pool's nodes (`nodeLocations`), in the region. A change is made in place. Default: those of the cluster. */
    zones?: pulumi.Input<string>[];
    /** Labels of the nodes in Kubernetes; `kubernetes.io/`, `k8s.io/` and `cloud.google.com/` are reserved. A change is made in place. */
    labels?: Record<string, string>;
    /** Taints of the nodes. W&B's pods must tolerate them (`components.<name>.tolerations`). A change is made in place. */
    taints?: GcpNodeTaintArgs[];
    /** Network tags of the machines (`tags`), for your firewall rules. A change is made in place. Default: those that GKE gives. */
    networkTags?: string[];
    /**
     * Secure Boot (`shieldedInstanceConfig.enableSecureBoot`). Drivers that nobody has signed do not load with it. A change replaces the
     * node pool, the new one first.
     *
     * @default true
     */
    secureBoot?: boolean;
    /**
     * Most pods on a node, 8 to 256 (`maxPodsPerNode`). A change replaces the node pool, the new one first. Default: that of the cluster.
     */
    maxPodsPerNode?: number;
    /**
     * How many nodes more than usual there may be during an upgrade (`upgradeSettings.maxSurge`), 0 to 20. A change is made in place.
     * @default 1
     */
    maxSurge?: number;
    /**
     * How many nodes may be away during an upgrade (`upgradeSettings.maxUnavailable`), 0 to 20. A change is made in place.
     * @default 0
     */
    maxUnavailable?: number;
}

/** The service account of the nodes. It has the rights of a node and nothing of W&B's data. */
export interface GcpNodeAccountArgs {
    /**
     * Email of a service account of your own. Then none is made and nothing is granted: it needs `roles/container.defaultNodeServiceAccount`
     * already. A change replaces the node pools, the new ones first. Default: one is made.
     */
    email?: pulumi.Input<string>;
    /**
     * Id of the service account that is made (`accountId`): 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last.
     * A change replaces the account and the node pools, the new ones first. Default: made from the deployment's name.
     */
    accountId?: pulumi.Input<string>;
    /**
     * Let nodes pull images from Artifact Registry in the project (`roles/artifactregistry.reader`): for mirrors. A change is made in place.
     * @default false
     */
    artifactRegistryReader?: boolean;
}
