import type * as pulumi from "@pulumi/pulumi";

/** Editions of Cloud SQL (`edition`). */
export const GcpDatabaseEdition = {
    /** Cloud SQL Enterprise. */
    Enterprise: "ENTERPRISE",
    /** Cloud SQL Enterprise Plus: less than a second of downtime for maintenance, a cache on local SSDs, up to 35 days of point-in-time recovery; dearer. */
    EnterprisePlus: "ENTERPRISE_PLUS",
} as const;
/** Editions of Cloud SQL. */
export type GcpDatabaseEdition = (typeof GcpDatabaseEdition)[keyof typeof GcpDatabaseEdition];

/** Disks of Cloud SQL (`diskType`). */
export const GcpDatabaseDiskType = {
    /** Persistent disk on SSD. */
    Ssd: "PD_SSD",
    /** Enterprise only; slow. */
    Hdd: "PD_HDD",
    /** The only one of the machine series C4A and N4. */
    HyperdiskBalanced: "HYPERDISK_BALANCED",
} as const;
/** Disks of Cloud SQL. */
export type GcpDatabaseDiskType = (typeof GcpDatabaseDiskType)[keyof typeof GcpDatabaseDiskType];

/** How long after their announcement updates come (`updateTrack`). */
export const GcpMaintenanceTrack = {
    /** One week. */
    Canary: "canary",
    /** Two weeks. */
    Stable: "stable",
    /** Five weeks. */
    Week5: "week5",
} as const;
/** How long after their announcement updates come. */
export type GcpMaintenanceTrack = (typeof GcpMaintenanceTrack)[keyof typeof GcpMaintenanceTrack];

/** A backup of Cloud SQL to start from (`restoreBackupContext`). */
export interface GcpDatabaseBackupArgs {
    /** Number of the backup (`backupRunId`): `gcloud sql backups list --instance <name>` prints it. */
    backupRunId: pulumi.Input<number>;
    /** Name of the instance that it was taken of (`instanceId`), which still exists. */
    instance: pulumi.Input<string>;
    /** Project of that instance (`project`). Default: the deployment's. */
    project?: pulumi.Input<string>;
}

/** An instance of Cloud SQL to start as a copy of (`clone`). Its key stays that of the copy: give it as the database's key. */
export interface GcpDatabaseCloneArgs {
    /** Name of the instance (`sourceInstanceName`). */
    instance: pulumi.Input<string>;
    /** Point in time of which the copy is (`pointInTime`), for example 2026-01-31T02:10:00Z. Default: now. */
    pointInTime?: pulumi.Input<string>;
    /** Project of that instance (`sourceProject`). Default: the deployment's. */
    project?: pulumi.Input<string>;
}

/**
 * The Cloud SQL instance that is made, MySQL: encrypted with the database's key, with a private address only, reached by TLS. An external one is given
 * by the top-level argument `database`; then all of this is refused.
 */
export interface GcpDatabaseArgs {
    /**
     * Name of the instance (`name`), with the project's id and a colon at most 98 lower-case letters, digits and hyphens. A change replaces the
     * database, as does one of any other argument of which this is said; deletion protection refuses that. Google gives a name again only a week after
     * its instance was deleted, so with a name a replacement needs another one. Default: made from the component's name.
     */
    identifier?: pulumi.Input<string>;
    /**
     * Version (`databaseVersion`): `MYSQL_8_4`, or `MYSQL_8_0_32`, W&B's minimum, and newer ones of MySQL 8.0, for which Google charges extended support
     * since July 2026. A higher one upgrades in place with a restart, to 8.4 from 8.0.37 on; a lower one is refused by Google. Name and address
     * stay. Patches of 8.4 come with the maintenance.
     * @default MYSQL_8_4
     */
    engineVersion?: string;
    /**
     * Edition (`edition`). A change is made in place, together with `tier`; it restarts the database.
     * @default ENTERPRISE
     */
    edition?: GcpDatabaseEdition;
    /**
     * Machine type (`tier`): `db-custom-<vCPUs>-<MB>`, `db-custom-N4-...` or `db-n1-...` of ENTERPRISE, `db-perf-optimized-N-<vCPUs>` or
     * `db-c4a-highmem-<vCPUs>` of ENTERPRISE_PLUS. A change is made in place and takes the database away for minutes. Default: by `size`.
     */
    tier?: string;
    /**
     * Keep a standby in another zone of the region, which takes over when the primary fails (`availabilityType` REGIONAL). A change is made in place.
     * @default true
     */
    highAvailability?: boolean;
    /** Zone of the primary (`zone`), for example europe-west4-a. A change is made in place and takes the database away for minutes. Default: Google's choice. */
    zone?: pulumi.Input<string>;
    /** Zone of the standby (`secondaryZone`), another one. Default: Google's choice. */
    secondaryZone?: pulumi.Input<string>;
    /** Kind of disk (`diskType`). A change replaces the database. Default: what the machine series has, PD_SSD where it has several. */
    diskType?: GcpDatabaseDiskType;
    /**
     * Size of the disk in GB (`diskSize`), 10 to 65536, from 20 for HYPERDISK_BALANCED. A bigger SSD is a faster one. With `diskGrowth` it acts at creation
     * only, since what has grown may not shrink; without, a bigger one is made in place and a smaller one replaces the database.
     * @default 100
     */
    diskSizeGb?: number;
    /**
     * Let the disk grow when it fills (`diskAutoresize`). It never shrinks.
     * @default true
     */
    diskGrowth?: boolean;
    /** Size in GB up to which it grows (`diskAutoresizeLimit`). A full disk stops the database. Default: no limit but Google's. */
    diskGrowthLimitGb?: number;
    /** Cache on local SSDs (`dataCacheEnabled`), in ENTERPRISE_PLUS only. A change is made in place. Default: true there. */
    dataCache?: boolean;
    /**
     * Name of the database (`name` of a database): at most 64 letters, digits, hyphens and underscores. A change makes another schema, an
     * empty one, beside the old one, which stays. With `restore` or `clone` the one in there.
     *
     * @default wandb_local
     */
    name?: string;
    /** Make the database `name`. False: the instance has it already. Default: true, false with `restore` or `clone`; keep it false when you leave those out later. */
    createDatabase?: boolean;
    /**
     * User of W&B (`name` of a user): at most 32 letters, digits, hyphens and underscores. A change makes another user and deletes the old
     * one.
     *
     * @default wandb
     */
    username?: string;
    /**
     * Password of the user (`password`), 8 to 128 characters that W&B can paste into a URL: letters, digits and - . _ ~ ! $ & ' ( ) * + , ; = A change takes
     * effect at once; pods with the old one reach the database again when they have been rolled, in the same run. Default: generated, 32 letters and digits.
     */
    password?: pulumi.Input<string>;
    /** Any text; changing it makes a new password (rotation), as a change of `password` does. Not together with `password`. */
    passwordRotation?: string;
    /**
     * Check the server's certificate against the CA of the instance (`serverCaCert`, `global.mysql.caCert`). That certificate names the instance, not its
     * address, so clients that compare names refuse it: try it on a test deployment first. False: the connection is encrypted all the same, since the server takes no other.
     * @default false
     */
    checkCertificate?: boolean;
    /**
     * Backup to start from, at creation; the password becomes ours. A change restores into a new database beside the old one, which is then
     * deleted, so deletion protection must be off. Leaving it out later keeps the database. Not together with `clone`.
     */
    restore?: GcpDatabaseBackupArgs;
    /**
     * Instance to start as a copy of, at creation, also of a point in time. A change replaces the database, which deletion protection
     * refuses. Otherwise as `restore`.
     */
    clone?: GcpDatabaseCloneArgs;
    /**
     * Make a last backup when the database is deleted or replaced (`finalBackupConfig`). It needs the database's key. Default: as `deletionProtection`, so that a
     * full removal leaves nothing; true with `restore` or `clone`, so that restoring loses nothing. It acts on what the `up` before has said, so
     * set it in a run of its own.
     */
    finalBackup?: boolean;
    /**
     * Days to keep the last backup (`retentionDays`), 1 to 365.
     * @default 30
     */
    finalBackupRetentionDays?: number;
    /**
     * Daily backups to keep (`retainedBackups`), 1 to 365, not fewer than `pointInTimeRecoveryDays`. They go with the database.
     * @default 14
     */
    backupRetentionDays?: number;
    /** Days back to which the database can be restored to any second (`transactionLogRetentionDays`): 1 to 7, to 35 in ENTERPRISE_PLUS. Default: 7, and 14. */
    pointInTimeRecoveryDays?: number;
    /**
     * Begin of the window of four hours for the daily backup, UTC (`startTime`), hours and minutes.
     * @default 02:00
     */
    backupStartTime?: string;
    /** Region or multi-region in which backups lie (`location`), for example `eu`. Default: the multi-region nearest to the database. */
    backupLocation?: pulumi.Input<string>;
    /**
     * Weekly hour of maintenance, UTC (`maintenanceWindow`): day and full hour.
     * @default sun:05:00
     */
    maintenanceWindow?: string;
    /**
     * How long after their announcement updates come (`updateTrack`).
     * @default stable
     */
    maintenanceTrack?: GcpMaintenanceTrack;
    /**
     * Collect statistics of statements, free of charge (`queryInsightsEnabled`).
     * @default true
     */
    queryInsights?: boolean;
    /**
     * Flags (`databaseFlags`), over ours: `binlog_row_image` minimal, `binlog_row_value_options` PARTIAL_JSON, `innodb_autoinc_lock_mode` 2, `innodb_lru_scan_depth`
     * 100, `innodb_online_alter_log_max_size` 268435456, `local_infile` off, `log_output` FILE, `long_query_time` 1, `max_execution_time` 60000,
     * `max_prepared_stmt_count` 1048576, `skip_show_database` on, `slow_query_log` on, `sort_buffer_size` 67108864. A change of some restarts the database:
     * https://docs.cloud.google.com/sql/docs/mysql/flags#list-flags
     */
    parameters?: Record<string, string>;
}
