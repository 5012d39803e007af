import { Database as Schema, DatabaseInstance, User } from "@pulumi/gcp/sql";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Size } from "../../args/application";
import type { DatabaseFacts } from "../../contract/infrastructure";
import { dataOptions } from "../../protection";
import { GcpSizes } from "../../sizes";
import type { Apis } from "../apis";
import { type GcpDatabaseArgs, GcpDatabaseEdition, GcpMaintenanceTrack } from "../args/database";
import { seriesOf } from "../args/database-tiers";
import { DefaultBackups, DefaultStoreTimes } from "../args/store-defaults";
import { weeklyTime } from "../args/weekly-time";
import type { NetworkFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { databaseFlags } from "./database-parameters";
import { DatabaseVersion } from "./engine-versions";

export interface DatabaseInput {
    readonly database: GcpDatabaseArgs;
    readonly network: Pick<NetworkFacts, "networkId" | "privateServices" | "privateServicesRange">;
    /** Id of the key that encrypts data and backups. */
    readonly keyId: pulumi.Output<string>;
    readonly apis: Apis;
    readonly size: Size;
}

/** What the rest of the deployment needs of the database. */
export interface DatabaseOutputs {
    readonly facts: DatabaseFacts;
    /** Password of the user (secret). */
    readonly password: pulumi.Output<string>;
    readonly tier: string;
    /** `<project>:<region>:<instance>`, as Cloud SQL's own clients call it. */
    readonly connectionName: pulumi.Output<string>;
    /** What must be there before W&B connects, and outlive it. */
    readonly ready: readonly pulumi.Resource[];
}

/** Cloud SQL's MySQL listens there and nowhere else. */
const Port = 3306;

/** An instance of Cloud SQL with database and user. */
class Database extends pulumi.ComponentResource implements DatabaseOutputs {
    readonly facts: DatabaseFacts;
    readonly password: pulumi.Output<string>;
    readonly tier: string;
    readonly connectionName: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];

    constructor(outer: GcpDeploymentScope, input: DatabaseInput) {
        super("wandb:gcp:Database", `${outer.name}-database`, {}, { parent: outer.parent });
        const scope = { ...outer, parent: this };
        const { database } = input;
        const { name = "wandb_local", username = "wandb" } = database;
        const edition = database.edition ?? GcpDatabaseEdition.Enterprise;
        this.tier = database.tier ?? tierOf(input.size, edition);
        this.password = createPassword(scope, database);
        const instance = createInstance(scope, input, { edition, tier: this.tier });
        const contents = createContents(scope, instance, { database, name, username, password: this.password });
        this.connectionName = instance.connectionName;
        this.facts = {
            host: instance.privateIpAddress,
            port: Port,
            name,
            username,
            password: { literal: this.password },
            caCertificate: database.checkCertificate === true ? certificateOf(instance) : undefined,
        };
        this.ready = contents;
        this.registerOutputs({ instanceName: instance.name });
    }
}

function tierOf(size: Size, edition: GcpDatabaseEdition): string {
    const { databaseTier, databaseTierPlus } = GcpSizes[size];
    return edition === GcpDatabaseEdition.EnterprisePlus ? databaseTierPlus : databaseTier;
}

/** Makes the database. */
export function createDatabase(scope: GcpDeploymentScope, input: DatabaseInput): DatabaseOutputs {
    return new Database(scope, input);
}

function createPassword(
    scope: GcpDeploymentScope,
    { password, passwordRotation }: GcpDatabaseArgs,
): pulumi.Output<string> {
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

/** A CA is public; the provider marks all of it as secret. */
function certificateOf({ serverCaCerts }: DatabaseInstance): pulumi.Output<string> {
    return pulumi.unsecret(serverCaCerts).apply((certificates) => certificates.map(({ cert }) => cert).join("\n"));
}

interface Machine {
    readonly edition: GcpDatabaseEdition;
    readonly tier: string;
}

function createInstance(scope: GcpDeploymentScope, input: DatabaseInput, machine: Machine): DatabaseInstance {
    const { name, project, region, labels, deletionProtection } = scope;
    const { database, network, keyId, apis } = input;
    const { tier, edition } = machine;
    return new DatabaseInstance(
        `${name}-database`,
        {
            name: database.identifier,
            project,
            region,
            // Not in the name: another version must make no other instance.
            databaseVersion: database.engineVersion ?? DatabaseVersion,
            encryptionKeyName: keyId,
            deletionProtection,
            ...startOf(input),
            settings: {
                tier,
                edition,
                ...diskOf(database, tier),
                availabilityType: (database.highAvailability ?? true) ? "REGIONAL" : "ZONAL",
                locationPreference: placeOf(database),
                dataCacheConfig: dataCache(database, edition),
                ipConfiguration: {
                    ipv4Enabled: false,
                    privateNetwork: network.networkId,
                    allocatedIpRange: network.privateServicesRange,
                    sslMode: "ENCRYPTED_ONLY",
                },
                ...backups(scope, database, edition),
                maintenanceWindow: maintenance(database),
                insightsConfig: { queryInsightsEnabled: database.queryInsights ?? true },
                databaseFlags: databaseFlags(database.parameters),
                deletionProtectionEnabled: deletionProtection,
                userLabels: labels,
            },
        },
        {
            ...dataOptions(scope, [...apis.need("sqladmin"), ...network.privateServices]),
            ...changeOptions(database),
        },
    );
}

/** What the instance begins with, unless it is empty. */
function startOf({ database: { restore, clone }, network }: DatabaseInput) {
    return {
        restoreBackupContext: restore && {
            backupRunId: restore.backupRunId,
            instanceId: restore.instance,
            project: restore.project,
        },
        clone: clone && {
            sourceInstanceName: clone.instance,
            pointInTime: clone.pointInTime,
            sourceProject: clone.project,
            allocatedIpRange: network.privateServicesRange,
        },
    };
}

const Start = ["restoreBackupContext", "clone"];

/**
 * The provider would restore a backup over what the running instance holds, and overlooks another `clone`: both are made in a new one instead. Nothing
 * happens when they are left out. A disk that has grown is bigger than ours says, which the provider takes for an order to make a smaller instance:
 * https://www.pulumi.com/registry/packages/gcp/api-docs/sql/databaseinstance/#diskautoresize_nodejs
 */
function changeOptions({ restore, clone, diskGrowth = true }: GcpDatabaseArgs): pulumi.CustomResourceOptions {
    const starts = restore !== undefined || clone !== undefined;
    return {
        replaceOnChanges: starts ? Start : undefined,
        ignoreChanges: [...(starts ? [] : Start), ...(diskGrowth ? ["settings.diskSize"] : [])],
    };
}

function diskOf({ diskType, diskSizeGb, diskGrowth, diskGrowthLimitGb }: GcpDatabaseArgs, tier: string) {
    return {
        diskType: diskType ?? seriesOf(tier)?.diskTypes[0],
        diskSize: diskSizeGb ?? 100,
        diskAutoresize: diskGrowth ?? true,
        diskAutoresizeLimit: diskGrowthLimitGb ?? 0,
    };
}

function placeOf({ zone, secondaryZone }: GcpDatabaseArgs) {
    return zone === undefined && secondaryZone === undefined ? undefined : { zone, secondaryZone };
}

function dataCache({ dataCache: wanted = true }: GcpDatabaseArgs, edition: GcpDatabaseEdition) {
    return edition === GcpDatabaseEdition.EnterprisePlus ? { dataCacheEnabled: wanted } : undefined;
}

/** Point-in-time recovery and a standby need the binary log; the last backup is made when the instance is deleted. */
function backups({ deletionProtection }: GcpDeploymentScope, database: GcpDatabaseArgs, edition: GcpDatabaseEdition) {
    const { restore, clone } = database;
    // Restoring replaces the database, for which protection must be off: what was there until then must not be lost by a wrong backup.
    const last = database.finalBackup ?? (deletionProtection || restore !== undefined || clone !== undefined);
    return {
        backupConfiguration: {
            enabled: true,
            binaryLogEnabled: true,
            startTime: database.backupStartTime ?? DefaultStoreTimes.databaseBackup,
            location: database.backupLocation,
            backupRetentionSettings: {
                retainedBackups: database.backupRetentionDays ?? DefaultBackups,
                retentionUnit: "COUNT",
            },
            transactionLogRetentionDays:
                database.pointInTimeRecoveryDays ?? (edition === GcpDatabaseEdition.EnterprisePlus ? 14 : 7),
        },
        finalBackupConfig: last
            ? { enabled: true, retentionDays: database.finalBackupRetentionDays ?? 30 }
            : { enabled: false },
    };
}

function maintenance({ maintenanceWindow, maintenanceTrack }: GcpDatabaseArgs) {
    const time = weeklyTime(maintenanceWindow ?? DefaultStoreTimes.databaseMaintenance);
    return { day: time?.day, hour: time?.hour, updateTrack: maintenanceTrack ?? GcpMaintenanceTrack.Stable };
}

interface Contents extends Pick<DatabaseFacts, "name" | "username"> {
    readonly database: GcpDatabaseArgs;
    readonly password: pulumi.Output<string>;
}

/** Database and user, which go along with their instance. */
function createContents(scope: GcpDeploymentScope, instance: DatabaseInstance, contents: Contents): pulumi.Resource[] {
    const { database, name, username, password } = contents;
    const { project } = scope;
    const there = { project, instance: instance.name };
    const wanted = database.createDatabase ?? (database.restore === undefined && database.clone === undefined);
    const user = new User(
        `${scope.name}-database-user`,
        { ...there, name: username, password },
        { ...dataOptions(scope), deletedWith: instance },
    );
    if (!wanted) {
        return [user];
    }
    const schema = new Schema(
        `${scope.name}-database-schema`,
        {
            ...there,
            name,
            charset: "utf8mb4",
            collation: "utf8mb4_general_ci",
            // Else another name, or a restore, would drop what it holds before the last backup is made.
            deletionPolicy: "ABANDON",
        },
        dataOptions(scope),
    );
    return [schema, user];
}
