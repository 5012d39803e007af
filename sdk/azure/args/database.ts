import type * as pulumi from "@pulumi/pulumi";

/** Where the standby of the database is (`highAvailability.mode`). */
export const AzureDatabaseHighAvailability = {
    /** In another zone of the region, which survives the loss of a zone (`ZoneRedundant`). */
    ZoneRedundant: "zoneRedundant",
    /** In the same zone, where writes are faster (`SameZone`). For regions without zones. */
    SameZone: "sameZone",
    /** There is none (`Disabled`). */
    Off: "off",
} as const;
/** Where the standby of the database is. */
export type AzureDatabaseHighAvailability =
    (typeof AzureDatabaseHighAvailability)[keyof typeof AzureDatabaseHighAvailability];

/** Backups to start from (`createMode`): of a point in time, or the newest in the paired region. */
export interface AzureDatabaseRestoreArgs {
    /** Resource id of the server whose backups they are (`sourceServerResourceId`). */
    serverId: pulumi.Input<string>;
    /**
     * Point in time within its retention (`restorePointInTime`), for example 2026-01-31T02:10:00Z, in the server's own region. Default: the newest
     * geo-redundant backup (`GeoRestore`), which the server must have been made with.
     */
    pointInTime?: pulumi.Input<string>;
}

/** The key of geo-redundant backups. Key and identity lie in the paired region, since neither can be used across regions. */
export interface AzureGeoBackupKeyArgs {
    /** Id of the key with its version (`geoBackupKeyURI`): `https://<vault>.vault.azure.net/keys/<name>/<version>`. */
    keyUri: pulumi.Input<string>;
    /** Resource id of a user-assigned identity that may use it (`geoBackupUserAssignedIdentityId`). */
    identityId: pulumi.Input<string>;
}

/**
 * The Azure Database for MySQL flexible server that is made: encrypted with the database's key, inside the network only, reached by TLS only. With deletion protection
 * it is locked against deletion. An external one is given by the top-level argument `database`; then all of this is refused.
 */
export interface AzureDatabaseArgs {
    /**
     * Name of the server (`serverName`), 3 to 63 lower-case letters, digits and hyphens, one of a kind in all of Azure. A change replaces the database, as does one
     * of any other argument of which this is said; deletion protection refuses that. Azure gives no two servers one name, so with a name a replacement needs another one.
     * Default: made from the component's name.
     */
    identifier?: pulumi.Input<string>;
    /**
     * Version (`version`): 8.4, or 8.0.21, which is Azure's word for the newest of MySQL 8.0, and whose standard support ends in 2026, after which Microsoft charges extended
     * support. A higher one upgrades in place with a restart; a lower one is refused by Azure. Patches come with the maintenance.
     * @default 8.4
     */
    engineVersion?: string;
    /**
     * Size of the machine (`sku.name`), for example Standard_E4ds_v4. Its letter gives the tier (`sku.tier`): E is MemoryOptimized, which the portal calls Business
     * Critical, D is GeneralPurpose, B is Burstable, which is for tests. A change is made in place and takes the database away for a minute or two.
     * Default: by `size`.
     */
    sku?: string;
    /**
     * Where the standby is, which takes over when the primary fails (`highAvailability.mode`); a server without one is cheaper by half. A change is made in place, but Azure
     * adds `zoneRedundant` to a server later in the tier MemoryOptimized only, and with `zoneRedundantStorage`.
     * @default zoneRedundant
     */
    highAvailability?: AzureDatabaseHighAvailability;
    /**
     * Keep data and logs in three zones (`storage.storageRedundancy`), as a standby in another zone needs it. It acts at creation only: give true to a server that shall get
     * such a standby later. Not in regions without zones. Default: true with `zoneRedundant`.
     */
    zoneRedundantStorage?: boolean;
    /**
     * Zone of the primary (`availabilityZone`): "1", "2" or "3". It acts at creation only, since primary and standby change places when one fails.
     * Default: Azure's choice.
     */
    zone?: pulumi.Input<string>;
    /** Zone of the standby (`standbyAvailabilityZone`), another one, with `zoneRedundant`. It acts at creation only. Default: Azure's choice. */
    standbyZone?: pulumi.Input<string>;
    /**
     * Size of the disk in GiB (`storage.storageSizeGB`), 20 to 16384, to 32768 in the tier MemoryOptimized. With `diskGrowth` it acts at creation only, since what has grown may
     * not shrink; without, a bigger one is made in place and a smaller one is refused by Azure.
     * @default 100
     */
    diskSizeGb?: number;
    /**
     * Let the disk grow when it fills (`storage.autoGrow`). It never shrinks. A server with a standby always has it. A full disk makes the database read-only.
     * @default true
     */
    diskGrowth?: boolean;
    /**
     * Input and output operations per second that are paid for in advance (`storage.iops`), 360 to what the `sku` has at most. A change is made in place. Default: as many as are
     * needed up to that, paid by use (`storage.autoIoScaling`).
     */
    iops?: number;
    /**
     * Name of the database (`databaseName`): at most 63 letters, digits, hyphens and underscores. A change makes an empty one beside the old one, which stays; to come back
     * to that, say `createDatabase` false. With `restore` the one in there.
     * @default wandb_local
     */
    name?: string;
    /** Make the database `name`. False: the server has it already. Default: true, false with `restore`; keep it false when you leave that out later. */
    createDatabase?: boolean;
    /**
     * User of W&B, the server's administrator (`administratorLogin`): at most 32 letters, digits and underscores. A change replaces the database. With `restore` the one in there.
     * @default wandb
     */
    username?: string;
    /**
     * Password of the user (`administratorLoginPassword`): 8 to 128 characters of three kinds among upper-case letters, lower-case letters, digits and signs, of which W&B can paste
     * - . _ ~ ! $ & ' ( ) * + , ; = into a URL. A change is made in place; pods with the old one reach the database again when they have been rolled, in the same run. With `restore` it
     * must be given: it is the one in there. Default: generated, 32 letters and digits.
     */
    password?: pulumi.Input<string>;
    /** Any text; changing it makes a new password (rotation), as a change of `password` does. Not together with `password`. */
    passwordRotation?: string;
    /**
     * Check the server's certificate against the public CAs that Microsoft names (`global.mysql.caCert`): DigiCert Global Root G2 and Microsoft RSA Root Certificate Authority 2017.
     * Try it on a test deployment first. False: the connection is encrypted all the same, since the server takes no other.
     * @default false
     */
    checkCertificate?: boolean;
    /**
     * Backup to start from, at creation. A change restores into a new database beside the old one, which is then deleted, so deletion protection must be off. Leaving
     * it out later keeps the database.
     */
    restore?: AzureDatabaseRestoreArgs;
    /**
     * Days back to which the database can be restored to any second (`backup.backupRetentionDays`), 1 to 35. A change is made in place. Backups go with the server five days after its
     * deletion.
     * @default 14
     */
    backupRetentionDays?: number;
    /**
     * Keep backups in the paired region too (`backup.geoRedundantBackup`), from which `restore` makes a server there. They need `geoBackupKey`. With `zoneRedundant` Azure takes it at
     * creation only.
     * @default false
     */
    geoRedundantBackup?: boolean;
    /** The key of these backups. The database's own is of no use there. */
    geoBackupKey?: AzureGeoBackupKeyArgs;
    /**
     * Weekly hour of maintenance, UTC (`maintenanceWindow`): day, hour and minute, for example sun:05:00. Azure takes it when a server is updated, not when it is made
     * (https://learn.microsoft.com/rest/api/mysql/), so give it in a run after the one that makes the database. A change is made in place. Default: Azure's choice, at night in the region.
     */
    maintenanceWindow?: string;
    /** Name of the lock that deletion protection puts on the server. A change replaces the lock. Default: made from the component's name. */
    lockName?: pulumi.Input<string>;
    /** Name of the private endpoint, in an own network without a subnet for the database. A change replaces it. Default: made from the component's name. */
    endpointName?: pulumi.Input<string>;
    /**
     * Parameters of the server (`configurations`), over ours: `binlog_row_image` minimal, `innodb_online_alter_log_max_size` 268435456, `long_query_time` 4,
     * `max_binlog_size` 1073741824, `max_execution_time` 600000, `max_prepared_stmt_count` 1048576, `require_secure_transport` ON, `slow_query_log` ON, `sort_buffer_size` 524288. A
     * change is made in place, one after the other. Static ones act after a restart, which you order yourself: `az mysql flexible-server parameter list` tells them.
     */
    parameters?: Record<string, string>;
}
