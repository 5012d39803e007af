import { ClusterParameterGroup, ParameterGroup } from "@pulumi/aws/rds";
import type * as pulumi from "@pulumi/pulumi";
import { type AwsDatabaseArgs, AwsDatabaseLogType } from "../args/database";
import type { AwsScope } from "../scope";
import { successorFirst } from "../../successor-first";
import { auroraFamily } from "./engine-versions";

/** Names of the two parameter groups. */
export interface ParameterGroups {
    readonly cluster: pulumi.Output<string>;
    readonly instance: pulumi.Output<string>;
}

interface Parameter {
    readonly name: string;
    readonly value: string;
    readonly applyMethod: string;
}

type Parameters = Readonly<Record<string, string>>;

/** What only a restart changes. RDS refuses to apply some of it at once, and takes this for all. */
const AfterRestart = new Set([
    "binlog_format",
    "binlog_row_image",
    "innodb_online_alter_log_max_size",
    "performance_schema",
]);

/**
 * W&B's own Terraform module and its requirements page ask for these. Of the others on that page `innodb_flush_log_at_trx_commit` is 1
 * unless somebody changes it, and so is `sync_binlog`, which AWS lets nobody change. TLS older than 1.2 is gone from all versions that we
 * take (MySQL 8.0.28). So there is nothing to set.
 */
const ClusterParameters: Parameters = {
    binlog_format: "ROW",
    binlog_row_image: "minimal",
    innodb_online_alter_log_max_size: "268435456",
    require_secure_transport: "ON",
};

const InstanceParameters: Parameters = {
    innodb_lru_scan_depth: "128",
    long_query_time: "4",
    max_execution_time: "60000",
    max_prepared_stmt_count: "1048576",
    performance_schema: "1",
    slow_query_log: "1",
    sort_buffer_size: "67108864",
};

/** Without them the two logs are empty: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html */
const AuditLog: Parameters = { server_audit_events: "CONNECT,QUERY_DCL,QUERY_DDL", server_audit_logging: "1" };
const GeneralLog: Parameters = { general_log: "1" };

/** Sorted, so that another order of the arguments is no change. */
function merged(ours: Parameters, given: Parameters = {}): Parameter[] {
    const all = { ...ours, ...given };
    return Object.keys(all)
        .sort()
        .map((name) => ({ name, value: all[name], applyMethod: applyMethod(name, ours) }));
}

/** AWS refuses `immediate` for what needs a restart; of a foreign parameter we do not know it. */
function applyMethod(name: string, ours: Parameters): string {
    return name in ours && !AfterRestart.has(name) ? "immediate" : "pending-reboot";
}

/**
 * Makes both groups, of the engine version's family. Their names are made anew with another family, unless they are given: the database goes
 * over to the new groups before the old ones go, which Pulumi's protection would refuse.
 */
export function createParameterGroups(
    scope: AwsScope,
    engineVersion: string,
    database: AwsDatabaseArgs,
): ParameterGroups {
    const { name, parent, tags } = scope;
    const { logExports = [], clusterParameters, instanceParameters } = database;
    const { clusterParameterGroup: ofCluster = {}, instanceParameterGroup: ofInstance = {} } = database;
    const options = { parent, retainOnDelete: scope.retainData || undefined };
    const family = auroraFamily(engineVersion);
    const audit = logExports.includes(AwsDatabaseLogType.Audit) ? AuditLog : {};
    const general = logExports.includes(AwsDatabaseLogType.General) ? GeneralLog : {};
    const cluster = new ClusterParameterGroup(
        `${name}-database-cluster-parameters`,
        {
            name: ofCluster.name,
            description: ofCluster.description ?? "Weights & Biases: settings of the whole cluster",
            family,
            parameters: merged({ ...ClusterParameters, ...audit }, clusterParameters),
            tags,
        },
        { ...options, ...successorFirst(ofCluster.name) },
    );
    const instance = new ParameterGroup(
        `${name}-database-instance-parameters`,
        {
            name: ofInstance.name,
            description: ofInstance.description ?? "Weights & Biases: settings of each instance",
            family,
            parameters: merged({ ...InstanceParameters, ...general }, instanceParameters),
            tags,
        },
        { ...options, ...successorFirst(ofInstance.name) },
    );
    return { cluster: cluster.name, instance: instance.name };
}
