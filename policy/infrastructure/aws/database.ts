import type { Policies } from "@pulumi/policy";
import type { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { type Finding, resourcePolicy, stackPolicy } from "../../rule";
import { ClusterGroupType, ClusterType, GroupType, InstanceType, isMysql, MemberType } from "./mysql";
import { isOff, isOn, named, ofType, state } from "../settings";

const publicDatabase = resourcePolicy(
    {
        name: "wandb-aws-database-public",
        description:
            "The database of W&B is asked from the cluster only. With a public address it is one rule of a security group away from the whole internet.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set publiclyAccessible to false.",
    },
    [InstanceType, MemberType],
    function* (resource) {
        const flag = resource.properties.at("publiclyAccessible");
        if (isOn(flag)) {
            yield {
                resource,
                path: flag.path,
                message: "is true, so the database has an address in the internet",
                remedy: "Set it to false; for maintenance from outside use a tunnel through the cluster or Session Manager.",
            };
        }
    },
);

/** Where a database comes from whose encryption is that of its source. */
const Sources = [
    "snapshotIdentifier",
    "replicateSourceDb",
    "replicationSourceIdentifier",
    "restoreToPointInTime",
    "globalClusterIdentifier",
    "s3Import",
];

const isCopy = ({ properties }: Resource): boolean => Sources.some((key) => properties.at(key).filled);

const unencrypted = resourcePolicy(
    {
        name: "wandb-aws-database-unencrypted",
        description:
            "The database holds all metadata of W&B, with hashed keys and settings. RDS encrypts disk, backups and snapshots when told so at the beginning, and never later.",
        level: "mandatory",
        severity: "critical",
        remedy: "Set storageEncrypted to true.",
    },
    [ClusterType, InstanceType],
    function* (resource) {
        const { properties } = resource;
        const flag = properties.at("storageEncrypted");
        const decided = flag.given || (!isCopy(resource) && properties.at("engineMode").text !== "serverless");
        if (decided && isOff(flag)) {
            yield {
                resource,
                path: flag.path,
                message: `${state(flag)}, so disk, backups and snapshots are not encrypted by a key that you know of`,
                remedy: "Set it to true, with kmsKeyId for a key of yours. A database that is there already is replaced: restore a snapshot of it.",
            };
        }
    },
);

const unprotected = resourcePolicy(
    {
        name: "wandb-aws-database-unprotected",
        description: "The database of W&B cannot be made again. Deletion protection refuses a deletion by mistake.",
        level: "advisory",
        severity: "high",
        remedy: "Set deletionProtection to true.",
    },
    [ClusterType, InstanceType],
    function* (resource) {
        const flag = resource.properties.at("deletionProtection");
        if (isOff(flag)) {
            yield {
                resource,
                path: flag.path,
                message: `${state(flag)}, so one command deletes the database`,
                remedy: "Set it to true, and to false only before it is to go.",
            };
        }
    },
);

/** The vendor's Terraform module keeps two weeks; a week covers what is noticed after a weekend. */
const LeastBackupDays = 7;

const backups = resourcePolicy(
    {
        name: "wandb-aws-database-backups",
        description: `Automatic backups restore the database to any second of the last days. Below ${LeastBackupDays} days a fault of last week cannot be undone; AWS keeps one or none by itself.`,
        level: "advisory",
        severity: "high",
        remedy: `Set backupRetentionPeriod to ${LeastBackupDays} or more.`,
    },
    [ClusterType, InstanceType],
    function* (resource) {
        const days = resource.properties.at("backupRetentionPeriod");
        const few = days.absent || Number(days.scalar) < LeastBackupDays;
        if (few && resource.properties.at("replicateSourceDb").empty) {
            yield {
                resource,
                path: days.path,
                message: `${state(days)}, so the database can be restored for ${days.absent ? "a day at most" : `${days.scalar} days`} only`,
                remedy: `Set it to ${LeastBackupDays} or more, 35 at most.`,
            };
        }
    },
);

const finalSnapshot = resourcePolicy(
    {
        name: "wandb-aws-database-final-snapshot",
        description: "With the database go its automatic backups. A final snapshot is all that is left.",
        level: "advisory",
        severity: "medium",
        remedy: "Set skipFinalSnapshot to false, with finalSnapshotIdentifier.",
    },
    [ClusterType, InstanceType],
    function* (resource) {
        const flag = resource.properties.at("skipFinalSnapshot");
        if (isOn(flag)) {
            yield {
                resource,
                path: flag.path,
                message: "is true, so nothing is left of the data once the database is deleted",
                remedy: "Set it to false and give finalSnapshotIdentifier.",
            };
        }
    },
);

/** Not mandatory: W&B itself uses TLS wherever the server offers it, and RDS always does. */
const withoutTls = stackPolicy(
    {
        name: "wandb-aws-database-without-tls",
        description:
            "Unless require_secure_transport is on, MySQL takes connections without TLS as well. Whoever sits between can make W&B fall back to one.",
        level: "advisory",
        severity: "high",
        remedy: "Set require_secure_transport to ON in the parameter group.",
    },
    (resources) => [
        ...ofType(resources, ClusterType).flatMap((database) =>
            plainConnections(database, "dbClusterParameterGroupName", ofType(resources, ClusterGroupType)),
        ),
        ...ofType(resources, InstanceType).flatMap((database) =>
            plainConnections(database, "parameterGroupName", ofType(resources, GroupType)),
        ),
    ],
);

function plainConnections(database: Resource, key: string, groups: readonly Resource[]): Finding[] {
    const reference = database.properties.at(key);
    if (!isMysql(database)) {
        return [];
    }
    const remedy = "Set require_secure_transport to ON in a parameter group of the database.";
    const group = named(reference, groups, "name");
    if (group !== undefined) {
        const parameters = group.properties.at("parameters");
        const message = plainParameters(parameters, group.properties.at("family").text);
        return message === undefined ? [] : [{ resource: group, path: parameters.path, message, remedy }];
    }
    const usual = reference.absent || /^default\./.test(reference.text ?? "");
    return usual && !isEncryptingVersion(database.properties.at("engineVersion").text)
        ? [
              {
                  resource: database,
                  path: reference.path,
                  message: `${reference.absent ? "is not set" : `is "${reference.text}"`}, and AWS's own group takes connections without TLS`,
                  remedy,
              },
          ]
        : [];
}

/** What is wrong with the parameters of a group, if anything is. */
function plainParameters(parameters: View, family: string | undefined): string | undefined {
    const known = parameters.items.filter((one) => one.at("name").text === "require_secure_transport");
    if (parameters.unknown || parameters.items.some((one) => one.at("name").unknown)) {
        return undefined;
    }
    if (known.length === 0) {
        const on = family?.endsWith("8.4") === true;
        return on ? undefined : "lack require_secure_transport, so the database takes connections without TLS";
    }
    const value = known[0].at("value").scalar;
    return value === undefined || /^(?:on|1|true)$/i.test(value)
        ? undefined
        : `set require_secure_transport to ${value}, so the database takes connections without TLS`;
}

/**
 * From MySQL 8.4 on TLS is demanded by default:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Compare-v3-v84.html
 */
function isEncryptingVersion(version: string | undefined): boolean {
    return version?.startsWith("8.4") === true;
}

/** Policies about RDS and Aurora. */
export const databasePolicies: Policies = [
    publicDatabase,
    unencrypted,
    withoutTls,
    unprotected,
    backups,
    finalSnapshot,
];
