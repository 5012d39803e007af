import type * as pulumi from "@pulumi/pulumi";
import type { AwsParameterGroupArgs, AwsSecurityGroupArgs } from "./groups";

/** Logs of Aurora MySQL that can go to CloudWatch Logs (`EnableCloudwatchLogsExports`). */
export const AwsDatabaseLogType = {
    /** Connections, and statements that change tables or rights: the audit log is turned on too (`server_audit_logging`). */
    Audit: "audit",
    /** Errors. */
    Error: "error",
    /** Every statement: the general log is turned on too (`general_log`), which costs performance. */
    General: "general",
    /** Failures of IAM database authentication. */
    IamDbAuthError: "iam-db-auth-error",
    /** What the instance does. */
    Instance: "instance",
    /** Statements that take more than 4 seconds. */
    SlowQuery: "slowquery",
} as const;
/** Logs of Aurora MySQL that can go to CloudWatch Logs. */
export type AwsDatabaseLogType = (typeof AwsDatabaseLogType)[keyof typeof AwsDatabaseLogType];

/** Aurora Serverless v2 instead of fixed instances: writer and readers scale by themselves (`ServerlessV2ScalingConfiguration`). */
export interface AwsServerlessArgs {
    /**
     * Least capacity in ACU (about 2 GiB of memory each), 0 to 256 in steps of 0.5. With 0 an idle database pauses, but W&B keeps
     * connections open. Small values limit the number of connections.
     */
    minCapacity: number;
    /** Highest capacity in ACU, 1 to 256 in steps of 0.5, not below `minCapacity`. */
    maxCapacity: number;
}

/**
 * The Aurora MySQL database that is made: encrypted with the database's key, reached by TLS from the cluster's nodes and pods only. An
 * external one is given by the top-level argument `database`; then all of this is refused.
 */
export interface AwsDatabaseArgs {
    /**
     * Identifier of the cluster (`DBClusterIdentifier`), at most 63 lower-case letters, digits and hyphens. A change replaces the
     * database, as does one of any other argument of which this is said; deletion protection refuses that. With an identifier a
     * replacement fails until the old database is gone. Default: made from the component's name.
     */
    identifier?: pulumi.Input<string>;
    /** Identifiers of the instances (`DBInstanceIdentifier`), writer and readers in order. A change replaces the instance. Default: made from the component's name. */
    instanceIdentifiers?: pulumi.Input<string>[];
    /**
     * Names of the zones of the instances (`AvailabilityZone`), writer and readers in order, for example `eu-west-1b`; each with a subnet of the
     * database. A change replaces the instance. Default: each in the zone of the next subnet.
     */
    instanceZones?: pulumi.Input<string>[];
    /** Name of the DB subnet group. A change replaces the database. Default: made from the component's name. */
    subnetGroupName?: pulumi.Input<string>;
    /** Security group: name and description. */
    securityGroup?: AwsSecurityGroupArgs;
    /** DB cluster parameter group (`DBClusterParameterGroupName`): name and description. */
    clusterParameterGroup?: AwsParameterGroupArgs;
    /** DB parameter group of the instances (`DBParameterGroupName`): name and description. */
    instanceParameterGroup?: AwsParameterGroupArgs;
    /**
     * Engine version (`EngineVersion`), at least `8.0.mysql_aurora.3.05.2`, W&B's minimum. A higher one upgrades in place with a
     * restart, to 8.4 as well, where both parameter groups follow; a lower one is refused by AWS. Nothing is upgraded by itself.
     * @default 8.0.mysql_aurora.3.10.4, of a line with long-term support
     */
    engineVersion?: string;
    /** Class of the instances (`DBInstanceClass`), for example db.r6g.large. A change restarts them. Default: by `size`. */
    instanceClass?: string;
    /** Serverless v2 instead of fixed instances. Excludes `instanceClass`. */
    serverless?: AwsServerlessArgs;
    /**
     * Number of readers in other zones, 0 to 15. With at least one a failure of the writer costs about a minute, without up to ten.
     * @default 1
     */
    readers?: number;
    /**
     * Name of the database (`DatabaseName`): a letter, then at most 63 letters, digits and underscores, and no reserved word of
     * MySQL. A change replaces the database. With `snapshotIdentifier` the one in the snapshot.
     * @default wandb_local
     */
    name?: string;
    /**
     * Master user (`MasterUsername`): a letter, then at most 15 letters and digits, and no reserved word of MySQL. A change
     * replaces the database. With `snapshotIdentifier` it must be that of the snapshot, or the next run replaces the database.
     * @default wandb
     */
    username?: string;
    /**
     * Password of the master user (`MasterUserPassword`), 8 to 41 characters that W&B can paste into a URL: letters, digits and
     * - . _ ~ ! $ & ' ( ) * + , ; = A change takes effect at once; pods with the old one reach the database again when they have been
     * rolled, in the same run. Default: generated, 32 letters and digits.
     */
    password?: pulumi.Input<string>;
    /** Any text; changing it makes a new password (rotation), as a change of `password` does. Not together with `password`. */
    passwordRotation?: string;
    /**
     * CA certificates of RDS, PEM: with them W&B checks the database's certificate (`global.mysql.caCert`). AWS publishes them per region,
     * https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem. Default: the connection is encrypted, its certificate not checked.
     */
    caCertificate?: pulumi.Input<string>;
    /**
     * Name or ARN of a cluster snapshot to start from (`SnapshotIdentifier`), at creation; the password becomes ours. A change
     * restores into a new database beside the old one, which is then deleted, so deletion protection must be off. Leaving it out later keeps the database.
     */
    snapshotIdentifier?: pulumi.Input<string>;
    /**
     * Make a last snapshot when the database is deleted or replaced (`SkipFinalSnapshot`). It stays, at the price of a backup, until you delete it. Default:
     * as `deletionProtection`, so that a full removal leaves nothing; true with `snapshotIdentifier`, so that restoring loses nothing. Without deletion protection
     * it keeps the key too, which a snapshot needs. It acts on what the `up` before has said, so set it in a run of its own.
     */
    finalSnapshot?: boolean;
    /**
     * Name of the last snapshot (`FinalDBSnapshotIdentifier`): a letter, then at most 254 letters, digits and hyphens. It can be used once:
     * while a snapshot has it, the database can be neither deleted nor replaced. A change acts in place, on the next deletion. Default: one with
     * a random end, which is another one after each replacement.
     */
    finalSnapshotIdentifier?: pulumi.Input<string>;
    /**
     * Days to keep automatic backups (`BackupRetentionPeriod`), 1 to 35. They go with the database.
     * @default 14
     */
    backupRetentionDays?: number;
    /**
     * Daily time of the backup, UTC (`PreferredBackupWindow`), at least 30 minutes, outside `maintenanceWindow`.
     * @default 02:00-03:00
     */
    backupWindow?: string;
    /**
     * Weekly time of maintenance, UTC (`PreferredMaintenanceWindow`), at least 30 minutes.
     * @default sun:05:00-sun:06:00
     */
    maintenanceWindow?: string;
    /**
     * Apply changes at once instead of in the next maintenance window. A change of the class or the engine restarts the database.
     * @default true
     */
    applyImmediately?: boolean;
    /** Logs that go to CloudWatch Logs. Default: error and slowquery. */
    logExports?: AwsDatabaseLogType[];
    /**
     * Days to keep them; one of the numbers that CloudWatch Logs takes, 0 for ever.
     * @default 30
     */
    logRetentionDays?: number;
    /**
     * Days that Performance Insights keeps data, encrypted as `aws.key` says (`PerformanceInsightsRetentionPeriod`): 7 is free of charge, more
     * are 731 or a multiple of 31 up to 713; 0 turns it off. Default: 7, and 0 for classes without it (db.t2, db.t3, db.t4g.micro, db.t4g.small).
     */
    performanceInsightsDays?: number;
    /**
     * Seconds between two points of enhanced monitoring (`MonitoringInterval`): 0 (off), 1, 5, 10, 15, 30 or 60. It makes a role.
     * @default 0
     */
    monitoringIntervalSeconds?: number;
    /**
     * Parameters of the DB cluster parameter group, over ours: `binlog_format` ROW, `binlog_row_image` minimal,
     * `innodb_online_alter_log_max_size` 268435456, `require_secure_transport` ON. On a running database one
     * that is not among ours takes effect with the next restart.
     */
    clusterParameters?: Record<string, string>;
    /**
     * Parameters of the DB parameter group, over ours: `innodb_lru_scan_depth` 128, `long_query_time` 4, `max_execution_time` 60000,
     * `max_prepared_stmt_count` 1048576, `performance_schema` 1, `slow_query_log` 1, `sort_buffer_size` 67108864. Restarts as above.
     */
    instanceParameters?: Record<string, string>;
}
