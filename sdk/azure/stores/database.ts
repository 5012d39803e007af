import { ManagementLockByScope } from "@pulumi/azure-native/authorization/managementLockByScope";
import { Database as Schema } from "@pulumi/azure-native/dbformysql/database";
import { Server } from "@pulumi/azure-native/dbformysql/server";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import type { Size } from "../../args/application";
import type { DatabaseFacts } from "../../contract/infrastructure";
import { dataOptions } from "../../protection";
import { AzureStoreSizes } from "../args/store-sizes";
import { type AzureDatabaseArgs, AzureDatabaseHighAvailability } from "../args/database";
import { databaseTier } from "../args/database-skus";
import { DefaultBackupDays, DefaultDiskSize } from "../args/store-defaults";
import { weeklyTime } from "../args/weekly-time";
import type { AzureIdentity, KeyFacts, NetworkFacts } from "../facts";
import type { AzureDeploymentScope } from "../scope";
import { setParameters } from "./database-parameters";
import { DatabaseRoots } from "./database-roots";
import { DatabaseVersion } from "./engine-versions";
import { serverName } from "./server-name";

export interface DatabaseInput {
    readonly database: AzureDatabaseArgs;
    readonly network: Pick<NetworkFacts, "databaseSubnetId" | "databaseZone" | "privateEndpoint">;
    /** The key that encrypts data and backups. Absent: Microsoft's. */
    readonly key?: KeyFacts;
    /** Who uses it. */
    readonly encryptionIdentity?: AzureIdentity;
    readonly size: Size;
}

/** What the rest of the deployment needs of the database. */
export interface DatabaseOutputs {
    readonly facts: DatabaseFacts;
    /** Password of the user (secret). */
    readonly password: pulumi.Output<string>;
    /** Size of the machine. */
    readonly sku: string;
    /** Resource id of the server. */
    readonly serverId: pulumi.Output<string>;
    /** What must be there before W&B connects, and outlive it. */
    readonly ready: readonly pulumi.Resource[];
}

/** A flexible server listens there and nowhere else. */
const Port = 3306;

/** A flexible server of Azure Database for MySQL, with database and parameters. */
class Database extends pulumi.ComponentResource implements DatabaseOutputs {
    readonly facts: DatabaseFacts;
    readonly password: pulumi.Output<string>;
    readonly sku: string;
    readonly serverId: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];

    constructor(outer: AzureDeploymentScope, input: DatabaseInput) {
        super("wandb:azure:Database", `${outer.name}-database`, {}, { parent: outer.parent });
        const scope = { ...outer, parent: this };
        const { database, network } = input;
        const { name = "wandb_local", username = "wandb" } = database;
        this.sku = database.sku ?? AzureStoreSizes[input.size].databaseSku;
        this.password = createPassword(scope, database);
        const server = createServer(scope, input, { username, password: this.password, sku: this.sku });
        this.serverId = server.id;
        const schema = createSchema(scope, server, name, database);
        const parameters = setParameters(scope, server, database.parameters, schema);
        const written = parameters.at(-1);
        lock(scope, server, { database, after: written ?? schema });
        const endpoint = network.databaseSubnetId === undefined ? connect(input, server, written) : [];
        this.facts = {
            host: server.fullyQualifiedDomainName,
            port: Port,
            name,
            username,
            password: { literal: this.password },
            caCertificate: database.checkCertificate === true ? DatabaseRoots : undefined,
        };
        this.ready = [...(schema === undefined ? [server] : [schema]), ...parameters, ...endpoint];
        this.registerOutputs({ serverName: server.name });
    }
}

/** Makes the database. */
export function createDatabase(scope: AzureDeploymentScope, input: DatabaseInput): DatabaseOutputs {
    return new Database(scope, input);
}

function createPassword(
    scope: AzureDeploymentScope,
    { password, passwordRotation }: AzureDatabaseArgs,
): pulumi.Output<string> {
    if (password !== undefined) {
        return pulumi.secret(password);
    }
    const generated = new RandomPassword(
        `${scope.name}-database-password`,
        {
            length: 32,
            special: false,
            // Azure demands three of four kinds of characters, and chance alone does not promise them.
            minLower: 1,
            minUpper: 1,
            minNumeric: 1,
            keepers: passwordRotation === undefined ? undefined : { rotation: passwordRotation },
        },
        // Not protected: a rotation replaces it.
        { parent: scope.parent },
    );
    return pulumi.secret(generated.result);
}

interface ServerSettings {
    readonly username: string;
    readonly password: pulumi.Output<string>;
    readonly sku: string;
}

function createServer(scope: AzureDeploymentScope, input: DatabaseInput, settings: ServerSettings): Server {
    const { name, resourceGroupName, location, tags } = scope;
    const { database, network } = input;
    return new Server(
        `${name}-database`,
        {
            resourceGroupName,
            location,
            serverName: serverName(scope, database.identifier, {
                thing: "database",
                longest: 63,
                pattern: /^[a-z0-9][a-z0-9-]*$/,
                keepers: database.restore && { source: database.restore.serverId },
            }),
            // Not in the name: another version must make no other server.
            version: database.engineVersion ?? DatabaseVersion,
            sku: { name: settings.sku, tier: databaseTier(settings.sku) ?? "MemoryOptimized" },
            administratorLogin: settings.username,
            administratorLoginPassword: settings.password,
            ...startOf(database),
            ...encryption(input),
            ...availability(database),
            storage: storage(database),
            backup: {
                backupRetentionDays: database.backupRetentionDays ?? DefaultBackupDays,
                geoRedundantBackup: enabled(database.geoRedundantBackup ?? false),
            },
            maintenanceWindow: maintenance(database),
            network: placement(network),
            tags,
        },
        {
            // Azure looks whether the network is linked with the zone.
            ...dataOptions(
                scope,
                network.databaseSubnetId === undefined ? [] : [...(network.databaseZone?.ready ?? [])],
            ),
            // The provider would delete a named one first, and with it what nobody can make again.
            deleteBeforeReplace: false,
            ignoreChanges: ignored(database),
            customTimeouts: { create: "2h", update: "2h", delete: "1h" },
        },
    );
}

const enabled = (flag: boolean) => (flag ? "Enabled" : "Disabled");

/** What the server begins with, unless it is empty. */
function startOf({ restore }: AzureDatabaseArgs) {
    return (
        restore && {
            createMode: restore.pointInTime === undefined ? "GeoRestore" : "PointInTimeRestore",
            sourceServerResourceId: restore.serverId,
            restorePointInTime: restore.pointInTime,
        }
    );
}

function encryption({ database: { geoRedundantBackup, geoBackupKey }, key, encryptionIdentity }: DatabaseInput) {
    if (key === undefined || encryptionIdentity === undefined) {
        return {};
    }
    const far = geoRedundantBackup === true ? geoBackupKey : undefined;
    return {
        identity: {
            type: "UserAssigned",
            userAssignedIdentities: [encryptionIdentity.id, ...(far === undefined ? [] : [far.identityId])],
        },
        dataEncryption: {
            type: "AzureKeyVault" as const,
            primaryUserAssignedIdentityId: encryptionIdentity.id,
            primaryKeyURI: key.uriWithVersion,
            geoBackupUserAssignedIdentityId: far?.identityId,
            geoBackupKeyURI: far?.keyUri,
        },
    };
}

const Modes: Readonly<Record<AzureDatabaseHighAvailability, string>> = {
    zoneRedundant: "ZoneRedundant",
    sameZone: "SameZone",
    off: "Disabled",
};

function modeOf({ highAvailability }: AzureDatabaseArgs): AzureDatabaseHighAvailability {
    return highAvailability ?? AzureDatabaseHighAvailability.ZoneRedundant;
}

function availability(database: AzureDatabaseArgs) {
    return {
        availabilityZone: database.zone,
        highAvailability: { mode: Modes[modeOf(database)], standbyAvailabilityZone: database.standbyZone },
    };
}

function storage(database: AzureDatabaseArgs) {
    const { diskSizeGb, diskGrowth, iops, zoneRedundantStorage } = database;
    const zoned = zoneRedundantStorage ?? modeOf(database) === AzureDatabaseHighAvailability.ZoneRedundant;
    return {
        storageSizeGB: diskSizeGb ?? DefaultDiskSize,
        autoGrow: enabled(diskGrowth ?? true),
        autoIoScaling: enabled(iops === undefined),
        iops,
        storageRedundancy: zoned ? "ZoneRedundancy" : "LocalRedundancy",
    };
}

function maintenance({ maintenanceWindow }: AzureDatabaseArgs) {
    const time = maintenanceWindow === undefined ? undefined : weeklyTime(maintenanceWindow);
    return time && { customWindow: "Enabled", dayOfWeek: time.day, startHour: time.hour, startMinute: time.minute };
}

/** Inside the network, or reached by a private endpoint in one that has no subnet for it. */
function placement({ databaseSubnetId, databaseZone }: DatabaseInput["network"]) {
    return databaseSubnetId === undefined
        ? { publicNetworkAccess: "Disabled" }
        : { delegatedSubnetResourceId: databaseSubnetId, privateDnsZoneResourceId: databaseZone?.id };
}

/**
 * A backup that is no longer named would replace the database by an empty one. Primary and standby change zones when one fails, for which the provider would replace it too. A
 * disk that has grown is bigger than ours says, and copies lie where they were put first: Azure refuses to undo either.
 */
function ignored(database: AzureDatabaseArgs): string[] {
    return [
        "availabilityZone",
        "storage.storageRedundancy",
        ...(modeOf(database) === AzureDatabaseHighAvailability.ZoneRedundant
            ? ["highAvailability.standbyAvailabilityZone"]
            : []),
        ...((database.diskGrowth ?? true) ? ["storage.storageSizeGB"] : []),
        ...(database.restore === undefined ? ["createMode", "sourceServerResourceId", "restorePointInTime"] : []),
    ];
}

interface LockInput {
    readonly database: AzureDatabaseArgs;
    /** What Azure would no longer let go, once the server is locked. */
    readonly after: pulumi.Resource | undefined;
}

/** Nobody deletes the server until deletion protection is off. Not protected itself: then it must go. */
function lock(
    { name, parent, deletionProtection }: AzureDeploymentScope,
    server: Server,
    { database, after }: LockInput,
) {
    if (!deletionProtection) {
        return;
    }
    new ManagementLockByScope(
        `${name}-database-lock`,
        {
            scope: server.id,
            lockName: database.lockName,
            level: "CanNotDelete",
            notes: "Data of Weights & Biases. Set deletionProtection to false to delete it.",
        },
        // Its name is taken until it is gone.
        { parent, dependsOn: after, deleteBeforeReplace: database.lockName !== undefined || undefined },
    );
}

/** The database, which goes along with its server. */
function createSchema(
    scope: AzureDeploymentScope,
    server: Server,
    name: string,
    { createDatabase: wanted, restore }: AzureDatabaseArgs,
): Schema | undefined {
    return (wanted ?? restore === undefined)
        ? new Schema(
              `${scope.name}-database-schema`,
              {
                  resourceGroupName: scope.resourceGroupName,
                  serverName: server.name,
                  databaseName: name,
                  charset: "utf8mb4",
                  collation: "utf8mb4_general_ci",
              },
              // Else another name, or a restore, would drop what it holds.
              { parent: scope.parent, retainOnDelete: true },
          )
        : undefined;
}

/** Once nothing else is written to the server, which Azure changes in one way at a time. */
function connect(
    { database, network }: DatabaseInput,
    server: Server,
    written: pulumi.Resource | undefined,
): readonly pulumi.Resource[] {
    const targetId = pulumi.all([server.id, written?.urn]).apply(([id]) => id);
    return network.privateEndpoint({ service: "database", targetId, endpointName: database.endpointName });
}
