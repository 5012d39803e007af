import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Cluster, ClusterInstance, EngineType, SubnetGroup } from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Size } from "../../args/application";
import type { DatabaseFacts } from "../../contract/infrastructure";
import { dataOptions } from "../../protection";
import { AwsSizes } from "../../sizes";
import { type AwsDatabaseArgs, AwsDatabaseLogType } from "../args/database";
import { DefaultDatabaseWindows, DefaultReaders, NoPerformanceInsights } from "../args/store-defaults";
import type { StorePlacement } from "../facts";
import { createRole, type IamSettings, serviceTrust } from "../iam/iam";
import type { AwsScope } from "../scope";
import { createParameterGroups, type ParameterGroups } from "./database-parameters";
import { AuroraVersion } from "./engine-versions";
import { createStoreSecurityGroup } from "./security-group";

export interface DatabaseInput {
    readonly database: AwsDatabaseArgs;
    readonly iam: IamSettings;
    readonly placement: StorePlacement;
    /** ARN of the key that encrypts data and backups. */
    readonly keyArn: pulumi.Output<string>;
    /** ARN of the key of Performance Insights. */
    readonly insightsKeyArn: pulumi.Output<string>;
    readonly size: Size;
}

/** What the rest of the deployment needs of the database. */
export interface DatabaseOutputs {
    readonly facts: DatabaseFacts;
    /** Password of the master user (secret). */
    readonly password: pulumi.Output<string>;
    /** What must be there before W&B connects, and outlive it. */
    readonly ready: readonly pulumi.Resource[];
    readonly instanceClass: string;
}

const Port = 3306;

/** Aurora MySQL: a cluster and its instances, with everything that belongs to them alone. */
class Database extends pulumi.ComponentResource implements DatabaseOutputs {
    readonly facts: DatabaseFacts;
    readonly password: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];
    readonly instanceClass: string;

    constructor(outer: AwsScope, input: DatabaseInput) {
        super("wandb:aws:Database", `${outer.name}-database`, {}, { parent: outer.parent });
        const scope = { ...outer, parent: this };
        const { database, placement } = input;
        const { name = "wandb_local", username = "wandb", engineVersion = AuroraVersion } = database;
        const security = createStoreSecurityGroup(scope, "database", Port, placement, database.securityGroup);
        const groups = createParameterGroups(scope, engineVersion, database);
        this.password = createPassword(scope, database);
        const cluster = createCluster(scope, input, {
            name,
            username,
            password: this.password,
            engineVersion,
            groups,
            securityGroupId: security.id,
        });
        this.instanceClass = classOf(input);
        const logs = createLogGroups(scope, cluster, database.logRetentionDays ?? 30);
        const instances = createInstances(scope, input, { cluster, groups, instanceClass: this.instanceClass, logs });
        this.facts = {
            host: cluster.endpoint,
            port: Port,
            name,
            username,
            password: { literal: this.password },
            caCertificate: database.caCertificate,
        };
        this.ready = [...instances, security.ingress];
        this.registerOutputs({ identifier: cluster.clusterIdentifier });
    }
}

/** Makes the database. Only its ingress rule waits for the Kubernetes cluster. */
export function createDatabase(scope: AwsScope, input: DatabaseInput): DatabaseOutputs {
    return new Database(scope, input);
}

function createPassword(scope: AwsScope, { password, passwordRotation }: AwsDatabaseArgs): pulumi.Output<string> {
    if (password !== undefined) {
        return pulumi.secret(password);
    }
    const generated = new RandomPassword(
        `${scope.name}-database-password`,
        {
            length: 32,
            special: false,
            keepers: passwordRotation === undefined ? undefined : { rotation: passwordRotation },
        },
        // Not protected: a rotation replaces it.
        { parent: scope.parent },
    );
    return pulumi.secret(generated.result);
}

interface ClusterSettings {
    readonly name: string;
    readonly username: string;
    readonly password: pulumi.Output<string>;
    readonly engineVersion: string;
    readonly groups: ParameterGroups;
    readonly securityGroupId: pulumi.Output<string>;
}

function createCluster(scope: AwsScope, { database, placement, keyArn }: DatabaseInput, settings: ClusterSettings) {
    const { name, tags, deletionProtection } = scope;
    const subnets = new SubnetGroup(
        `${name}-database-subnets`,
        {
            name: database.subnetGroupName,
            description: "Where the database of Weights & Biases lies",
            subnetIds: placement.subnets.map(({ id }) => id),
            tags,
        },
        dataOptions(scope),
    );
    const naming =
        database.identifier === undefined
            ? { clusterIdentifierPrefix: prefixOf(scope) }
            : { clusterIdentifier: database.identifier };
    return new Cluster(
        `${name}-database-cluster`,
        {
            ...naming,
            ...finalSnapshot(scope, database, { ...settings, keyArn, subnetGroupName: subnets.name }),
            engine: EngineType.AuroraMysql,
            engineVersion: settings.engineVersion,
            // Whoever gives a version of another line means it.
            allowMajorVersionUpgrade: true,
            autoMinorVersionUpgrade: false,
            serverlessv2ScalingConfiguration: database.serverless,
            databaseName: settings.name,
            masterUsername: settings.username,
            masterPassword: settings.password,
            port: Port,
            snapshotIdentifier: database.snapshotIdentifier,
            dbSubnetGroupName: subnets.name,
            vpcSecurityGroupIds: [settings.securityGroupId],
            dbClusterParameterGroupName: settings.groups.cluster,
            // For a major upgrade AWS wants the instances' new group here; else the provider leaves it out.
            dbInstanceParameterGroupName: settings.groups.instance,
            storageEncrypted: true,
            kmsKeyId: keyArn,
            backupRetentionPeriod: database.backupRetentionDays ?? 14,
            preferredBackupWindow: database.backupWindow ?? DefaultDatabaseWindows.backup,
            preferredMaintenanceWindow: maintenanceWindow(database),
            copyTagsToSnapshot: true,
            enabledCloudwatchLogsExports: [...new Set(exportsOf(database))].sort(),
            deletionProtection,
            applyImmediately: database.applyImmediately ?? true,
            tags,
        },
        dataOptions(scope),
    );
}

/** Start of the names that the provider makes. */
function prefixOf({ name }: AwsScope): string {
    return `${name}-`;
}

function exportsOf({ logExports }: AwsDatabaseArgs): AwsDatabaseLogType[] {
    return logExports ?? [AwsDatabaseLogType.Error, AwsDatabaseLogType.SlowQuery];
}

function maintenanceWindow({ maintenanceWindow: given }: AwsDatabaseArgs): string {
    return given?.toLowerCase() ?? DefaultDatabaseWindows.maintenance;
}

interface SnapshotSettings extends Pick<ClusterSettings, "name" | "username"> {
    readonly keyArn: pulumi.Output<string>;
    readonly subnetGroupName: pulumi.Output<string>;
}

/**
 * A snapshot's name is taken as long as the snapshot is there, which is after the database. So it has a random end, and another one as soon
 * as anything changes that replaces the database: the old one is deleted under its old name, the new one under the new.
 */
function finalSnapshot(
    scope: AwsScope,
    { finalSnapshot: wanted, finalSnapshotIdentifier, identifier, snapshotIdentifier }: AwsDatabaseArgs,
    settings: SnapshotSettings,
) {
    // Restoring replaces the database, for which protection must be off: what was there until then must not be lost by a wrong snapshot.
    if (!(wanted ?? (scope.deletionProtection || snapshotIdentifier !== undefined))) {
        return { skipFinalSnapshot: true };
    }
    if (finalSnapshotIdentifier !== undefined) {
        return { skipFinalSnapshot: false, finalSnapshotIdentifier };
    }
    const { name, username, keyArn, subnetGroupName } = settings;
    const suffix = new RandomId(
        `${scope.name}-database-final-snapshot`,
        {
            byteLength: 4,
            keepers: {
                name,
                username,
                keyArn,
                subnetGroupName,
                ...(identifier === undefined ? {} : { identifier }),
                ...(snapshotIdentifier === undefined ? {} : { snapshotIdentifier }),
            },
        },
        { parent: scope.parent },
    );
    return {
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: pulumi.interpolate`${prefixOf(scope)}final-${suffix.hex}`,
    };
}

/**
 * Log groups with an end, before RDS makes some without. One for each type that there is, exported or not: RDS would make that of a type
 * added later before we could. An empty one costs nothing.
 */
function createLogGroups(scope: AwsScope, cluster: Cluster, retentionInDays: number): LogGroup[] {
    const { name, parent, tags, retainData } = scope;
    return Object.values(AwsDatabaseLogType).map(
        (type) =>
            new LogGroup(
                `${name}-database-log-${type}`,
                {
                    name: pulumi.interpolate`/aws/rds/cluster/${cluster.clusterIdentifier}/${type}`,
                    retentionInDays,
                    tags,
                },
                { parent, retainOnDelete: retainData || undefined },
            ),
    );
}

function classOf({ database, size }: DatabaseInput): string {
    const fixed = database.instanceClass ?? AwsSizes[size].databaseInstanceClass;
    return database.serverless === undefined ? fixed : "db.serverless";
}

interface InstanceSettings {
    readonly cluster: Cluster;
    readonly groups: ParameterGroups;
    readonly instanceClass: string;
    readonly logs: readonly LogGroup[];
}

/** The writer and its readers, each in the next zone. AWS may make another one the writer, so they are called by their zones. */
function createInstances(scope: AwsScope, input: DatabaseInput, settings: InstanceSettings): ClusterInstance[] {
    const { database, placement } = input;
    const { cluster, instanceClass } = settings;
    const monitoring = enhancedMonitoring(scope, input);
    const insights = performanceInsights(input, instanceClass);
    return Array.from({ length: 1 + (database.readers ?? DefaultReaders) }, (_, index) => {
        const subnet = placement.subnets[index % placement.subnets.length];
        const round = Math.floor(index / placement.subnets.length);
        const identifier = database.instanceIdentifiers?.[index];
        return new ClusterInstance(
            `${scope.name}-database-${subnet.letter}${round === 0 ? "" : round + 1}`,
            {
                ...(identifier === undefined ? { identifierPrefix: prefixOf(scope) } : { identifier }),
                clusterIdentifier: cluster.clusterIdentifier,
                engine: EngineType.AuroraMysql,
                instanceClass,
                availabilityZone: database.instanceZones?.[index] ?? subnet.zone,
                dbSubnetGroupName: cluster.dbSubnetGroupName,
                dbParameterGroupName: settings.groups.instance,
                caCertIdentifier: "rds-ca-rsa2048-g1",
                publiclyAccessible: false,
                // Who takes over first; readers of the two first tiers scale with a serverless writer.
                promotionTier: index === 0 ? 0 : 1,
                autoMinorVersionUpgrade: false,
                preferredMaintenanceWindow: maintenanceWindow(database),
                applyImmediately: database.applyImmediately ?? true,
                ...insights,
                ...monitoring.settings,
                tags: scope.tags,
            },
            {
                ...instanceOptions(scope, index, [...settings.logs, ...monitoring.ready]),
                // A fixed identifier is taken until the old instance is gone.
                deleteBeforeReplace: identifier !== undefined || undefined,
            },
        );
    });
}

/** A refused `destroy` must not leave the data without a server. Readers may go at any time. */
function instanceOptions(scope: AwsScope, index: number, dependsOn: pulumi.Resource[]): pulumi.CustomResourceOptions {
    const { protect, ...reader } = dataOptions(scope, dependsOn);
    return index === 0 ? { protect, ...reader } : reader;
}

function performanceInsights({ database, insightsKeyArn }: DatabaseInput, instanceClass: string) {
    const days = database.performanceInsightsDays ?? (NoPerformanceInsights.test(instanceClass) ? 0 : 7);
    return days === 0
        ? { performanceInsightsEnabled: false }
        : {
              performanceInsightsEnabled: true,
              performanceInsightsKmsKeyId: insightsKeyArn,
              performanceInsightsRetentionPeriod: days,
          };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html */
function enhancedMonitoring(scope: AwsScope, { database, iam }: DatabaseInput) {
    const monitoringInterval = database.monitoringIntervalSeconds ?? 0;
    if (monitoringInterval === 0) {
        return { settings: { monitoringInterval }, ready: [] };
    }
    const role = createRole(scope, iam, {
        role: "database-monitoring-role",
        description: "Enhanced monitoring of the database of Weights & Biases",
        trust: serviceTrust("monitoring.rds.amazonaws.com"),
        managedPolicies: ["service-role/AmazonRDSEnhancedMonitoringRole"],
    });
    return { settings: { monitoringInterval, monitoringRoleArn: role.arn }, ready: role.ready };
}
