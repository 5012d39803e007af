import type * as pulumi from "@pulumi/pulumi";

/** Disks of Bigtable. */
export const GcpBigtableStorage = {
    /** Solid state. */
    Ssd: "SSD",
    /** Hard disks: cheaper, and far slower to read. */
    Hdd: "HDD",
} as const;
/** Disks of Bigtable. */
export type GcpBigtableStorage = (typeof GcpBigtableStorage)[keyof typeof GcpBigtableStorage];

/**
 * A Bigtable instance with the tables of W&B's history store. The object itself asks for it, `{}` too; each node is paid for by the hour. Which parts
 * of W&B use it is said by `components` or `values`.
 */
export interface GcpBigtableArgs {
    /**
     * Name of the instance (`instanceId`), 6 to 33 lower-case letters, digits and hyphens, a letter first. A change replaces the instance
     * with all data, which deletion protection refuses. Default: made from the deployment's name.
     */
    instanceName?: pulumi.Input<string>;
    /**
     * Zones of the deployment's region, one cluster in each (`zone`). With two or more the data is copied between them and one zone may fail; each has
     * nodes of its own. Clusters are told apart by their place in the list: to add a zone put it last. A zone that another takes the place of
     * replaces the instance with all data, which deletion protection refuses. Default: zone b of the region.
     */
    zones?: pulumi.Input<string>[];
    /**
     * Names of the clusters (`clusterId`), in the order of `zones`: 6 to 30 lower-case letters, digits and hyphens, a letter first. Bigtable refuses to
     * rename one, since its zone takes no second. Default: made from the deployment's name.
     */
    clusterNames?: pulumi.Input<string>[];
    /**
     * Disks of all clusters (`storageType`). A change replaces the instance with all data, which deletion protection refuses.
     * @default SSD
     */
    storage?: GcpBigtableStorage;
    /**
     * Fewest nodes of each cluster (`minNodes`). A change is made in place.
     * @default 1
     */
    minNodes?: pulumi.Input<number>;
    /**
     * Most nodes of each cluster (`maxNodes`), at most ten times the fewest. A change is made in place.
     * @default 3
     */
    maxNodes?: pulumi.Input<number>;
    /**
     * Share of a node's processors in per cent, 10 to 80, above which nodes are added (`cpuTarget`). A change is made in place.
     * @default 70
     */
    cpuTarget?: pulumi.Input<number>;
    /**
     * Days for which the daily backups of tables are kept, 3 to 90 (`automatedBackupPolicy.retentionPeriod`), or 0 for none. A change is made in place.
     * @default 7
     */
    backupDays?: number;
}
