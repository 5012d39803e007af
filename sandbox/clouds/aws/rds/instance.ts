/** Instances of Aurora MySQL clusters, as of @pulumi/aws 7.47. */
import { createHash } from "node:crypto";
import type { Row } from "../../inventory";
import type { ComputeContext, ModelContext, Problem, PropertyModels, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "../account";
import { textsIn, zoneOfSubnet } from "../ec2/shared";
import { roleSight } from "../iam-sight";
import { minutesOf, wrongForms } from "../windows";
import {
    clusterType,
    identifierLength,
    identifierOf,
    instanceGroupType,
    instanceType,
    longestIdentifier,
    named,
    rdsArn,
    refusedGroup,
    refusedKey,
    subnetGroupType,
    wrongIdentifiers,
} from "./shared";
import { hasInsights, isClass, lineOf, serverlessClass } from "./versions";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const whole = { type: "integer" } as const;

const inputs: PropertyModels = {
    applyImmediately: flag,
    autoMinorVersionUpgrade: { ...flag, default: true },
    availabilityZone: text,
    caCertIdentifier: text,
    clusterIdentifier: { ...text, required: true },
    copyTagsToSnapshot: { ...flag, default: false },
    dbParameterGroupName: text,
    dbSubnetGroupName: text,
    engine: { ...text, required: true, values: ["aurora-mysql"] },
    engineVersion: text,
    identifier: text,
    identifierPrefix: text,
    instanceClass: { ...text, required: true },
    monitoringInterval: { ...whole, default: 0 },
    monitoringRoleArn: text,
    performanceInsightsEnabled: flag,
    performanceInsightsKmsKeyId: text,
    performanceInsightsRetentionPeriod: whole,
    preferredBackupWindow: text,
    preferredMaintenanceWindow: text,
    promotionTier: { ...whole, default: 0 },
    publiclyAccessible: flag,
    region,
    tags,
};

const instance: ResourceModel = {
    token: instanceType,
    inputs,
    outputs: {
        arn: text,
        availabilityZone: text,
        dbSubnetGroupName: text,
        dbiResourceId: text,
        endpoint: text,
        engineVersionActual: text,
        identifier: text,
        port: whole,
        storageEncrypted: flag,
        tagsAll,
        writer: flag,
    },
    replaceOn: [
        "availabilityZone",
        "clusterIdentifier",
        "dbSubnetGroupName",
        "engine",
        "identifier",
        "identifierPrefix",
        "region",
    ],
    volatile: ["tagsAll"],
    // internal/service/rds/cluster_instance_test.go
    unread: ["applyImmediately", "identifierPrefix"],
    durationKey: "aurora instance",
    // internal/service/rds/cluster_instance.go
    sights: [roleSight(["monitoringRoleArn"], { unknown: () => noMonitoring, repeated: ["create", "update"] })],
    validate: (given) => [
        ...wrongIdentifiers(given, "identifier", "identifierPrefix"),
        ...wrongForms(given, ["preferredBackupWindow"], ["preferredMaintenanceWindow"]),
        ...wrongRetention(given),
    ],
    refuse: (given, context) => {
        const cluster = clusterOf(given, context);
        if (cluster === undefined) {
            return `DBClusterNotFoundFault: DBCluster ${textOf(given["clusterIdentifier"])} not found.`;
        }
        return (
            (context.previous === undefined ? refusedCreation(given, cluster, context) : undefined) ??
            refusedSettings(given, cluster, context) ??
            refusedMonitoring(given, context) ??
            refusedTags(given, context.config)
        );
    },
    id: (given) => identifierOf(given, "identifier", "identifierPrefix"),
    computed: instanceOutputs,
};

type Place = Pick<ModelContext, "config" | "inventory">;

function clusterOf(given: PropertyMap, context: Place): Row | undefined {
    return named(clusterType, "cluster", textOf(given["clusterIdentifier"]), given, context);
}

function membersOf(cluster: Row, { inventory }: Place): Row[] {
    return inventory.rows(instanceType).filter((row) => row.inputs["clusterIdentifier"] === cluster.id);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
function wrongRetention({ performanceInsightsRetentionPeriod: days }: PropertyMap): Problem[] {
    const valid = days === undefined || days === 7 || days === 731 || (Number(days) <= 713 && Number(days) % 31 === 0);
    const positive = days === undefined || Number(days) >= 7;
    return valid && positive
        ? []
        : [
              {
                  property: "performanceInsightsRetentionPeriod",
                  reason: `must be 7, 731 or a multiple of 31 up to 713 (value given: ${textOf(days)}). Correct it.`,
              },
          ];
}

/** A writer and 15 readers: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Replication.html */
const mostInstances = 16;

function refusedCreation(given: PropertyMap, cluster: Row, context: RefuseContext): string | undefined {
    const { identifier, dbSubnetGroupName } = given;
    if (identifierLength(given, "identifier", "identifierPrefix") > longestIdentifier) {
        return "InvalidParameterValue: The parameter DBInstanceIdentifier is not a valid identifier because it is longer than 63 characters.";
    }
    if (typeof identifier === "string" && named(instanceType, "db", identifier, given, context) !== undefined) {
        return "DBInstanceAlreadyExists: DB instance already exists";
    }
    if (membersOf(cluster, context).length >= mostInstances) {
        return `InvalidDBClusterStateFault: The DB cluster ${cluster.id} already has ${mostInstances} instances.`;
    }
    const own = textOf(cluster.outputs["dbSubnetGroupName"]);
    if (dbSubnetGroupName !== undefined && dbSubnetGroupName !== own) {
        return `InvalidParameterCombination: The DB subnet group ${textOf(dbSubnetGroupName)} is not that of the DB cluster, ${own}.`;
    }
    return refusedZone(given, own, context);
}

function refusedZone(given: PropertyMap, groupName: string, context: RefuseContext): string | undefined {
    const zone = given["availabilityZone"];
    return zone === undefined || zonesOf(given, groupName, context).includes(textOf(zone))
        ? undefined
        : `InvalidVPCNetworkStateFault: Cannot create a database instance because no subnets exist in availability zone ${textOf(zone)} in subnet group ${groupName}`;
}

function zonesOf(given: PropertyMap, groupName: string, context: Place): string[] {
    const group = named(subnetGroupType, "subgrp", groupName, given, context);
    return textsIn(group?.inputs["subnetIds"]).map((id) => zoneOfSubnet(id, context.inventory));
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html */
const authorities = ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"];

function refusedSettings(given: PropertyMap, cluster: Row, context: RefuseContext): string | undefined {
    const instanceClass = textOf(given["instanceClass"]);
    if (!isClass(instanceClass)) {
        return `InvalidParameterValue: Invalid DB Instance class: ${instanceClass}`;
    }
    if (instanceClass === serverlessClass && cluster.inputs["serverlessv2ScalingConfiguration"] === undefined) {
        return "InvalidParameterValue: Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.";
    }
    const authority = given["caCertIdentifier"];
    if (authority !== undefined && !authorities.includes(textOf(authority))) {
        return `CertificateNotFound: Certificate not found: ${textOf(authority)}`;
    }
    if (given["preferredBackupWindow"] !== undefined && cluster.inputs["preferredBackupWindow"] !== undefined) {
        return "InvalidParameterCombination: The requested DB Instance will be a member of a DB Cluster. Set backup window for the DB Cluster.";
    }
    if ((minutesOf(given["preferredMaintenanceWindow"]) ?? 30) < 30) {
        return "InvalidParameterValue: The maintenance window must be at least 30 minutes.";
    }
    const tier = Number(given["promotionTier"]);
    if (tier < 0 || tier > 15) {
        return `InvalidParameterValue: Promotion tier must be from 0 to 15, ${tier} was given.`;
    }
    const group = given["dbParameterGroupName"];
    const family = `aurora-mysql${lineOf(textOf(cluster.outputs["engineVersionActual"]))}`;
    return group === undefined ? undefined : refusedGroup(instanceGroupType, textOf(group), family, given, context);
}

/** What a role of enhanced monitoring must have: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html */
const monitoringPolicy = ":iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole";

const noMonitoring =
    "InvalidParameterValue: IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING";

function refusedMonitoring(given: PropertyMap, context: RefuseContext): string | undefined {
    const { monitoringInterval: interval, monitoringRoleArn: role } = given;
    if (![0, 1, 5, 10, 15, 30, 60].includes(Number(interval))) {
        return `InvalidParameterValue: Invalid monitoring interval: ${textOf(interval)}. Valid values are: 0, 1, 5, 10, 15, 30, 60`;
    }
    if (interval === 0) {
        return role === undefined ? refusedInsights(given, context) : needed("MonitoringInterval", "MonitoringRoleARN");
    }
    if (role === undefined) {
        return needed("MonitoringRoleARN", "MonitoringInterval");
    }
    return mayMonitor(textOf(role), context) ? refusedInsights(given, context) : noMonitoring;
}

function needed(missing: string, given: string): string {
    return `InvalidParameterCombination: A ${missing} value is required if you specify a ${given} value other than 0.`;
}

function mayMonitor(arn: string, { inventory }: Place): boolean {
    const role = inventory.find("aws:iam/role:Role", ({ outputs }) => outputs["arn"] === arn);
    return (
        role !== undefined &&
        inventory.find(
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            ({ inputs: own }) => own["role"] === role.id && textOf(own["policyArn"]).endsWith(monitoringPolicy),
        ) !== undefined
    );
}

function refusedInsights(given: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const { performanceInsightsEnabled: enabled, performanceInsightsKmsKeyId: key } = given;
    if (enabled !== true) {
        return key === undefined && given["performanceInsightsRetentionPeriod"] === undefined
            ? undefined
            : "InvalidParameterCombination: Performance Insights settings need Performance Insights to be enabled.";
    }
    if (!hasInsights(textOf(given["instanceClass"]))) {
        return "InvalidParameterCombination: Performance Insights not supported for this configuration.";
    }
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
    const before = previous?.["performanceInsightsEnabled"] === true ? previous["performanceInsightsKmsKeyId"] : key;
    if (before !== key) {
        return "InvalidParameterCombination: You cannot change your Performance Insights KMS key.";
    }
    return key === undefined ? undefined : refusedKey(textOf(key), inventory);
}

function instanceOutputs(given: PropertyMap, context: ComputeContext): PropertyMap {
    const { id, config, previous } = context;
    const cluster = clusterOf(given, context);
    const arn = rdsArn("db", id, given, config);
    const hash = createHash("sha256").update(arn).digest("hex");
    const group = textOf(cluster?.outputs["dbSubnetGroupName"]);
    return {
        arn,
        availabilityZone:
            previous?.["availabilityZone"] ?? given["availabilityZone"] ?? zonesOf(given, group, context)[0],
        dbSubnetGroupName: group,
        dbiResourceId: `db-${hash.slice(0, 26).toUpperCase()}`,
        endpoint: `${id}.${hash.slice(0, 12)}.${regionOf(given, config)}.rds.${accountOf(config).dnsSuffix}`,
        engineVersionActual: textOf(cluster?.outputs["engineVersionActual"]),
        identifier: id,
        port: cluster?.outputs["port"] ?? 3306,
        storageEncrypted: cluster?.inputs["storageEncrypted"] === true,
        tagsAll: allTags(given, config),
        // The first of a cluster writes.
        writer: previous?.["writer"] ?? (cluster === undefined || membersOf(cluster, context).length === 0),
    };
}

export const instances: readonly ResourceModel[] = [instance];
