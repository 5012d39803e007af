import type { WandbDeploymentArgs } from "../../args";
import {
    type AzureDatabaseArgs,
    AzureDatabaseHighAvailability,
    type AzureDatabaseRestoreArgs,
    type AzureGeoBackupKeyArgs,
} from "../../azure/args/database";
import { databaseTier, largestDisk, mostIops } from "../../azure/args/database-skus";
import { checkNumber } from "../lists";
import type { Section } from "../section";
import { choice, flag, mapOf, needed, object, plainNumber, plainText, secret, text } from "../shape";
import { given } from "../wording";
import { checkDatabaseParameters } from "./database-parameters";
import { wrongNetworkName, wrongResourceId, wrongZone } from "./rules";
import { wrongLockName } from "./storage-rules";
import { wrongMoment, wrongVersionedKeyUri, wrongWeeklyTime } from "./store-rules";

export const databaseShape = object<AzureDatabaseArgs>("AzureDatabaseArgs", {
    identifier: text,
    engineVersion: plainText,
    sku: plainText,
    highAvailability: choice(AzureDatabaseHighAvailability, {
        disabled: "Use off.",
        "zone-redundant": "Use zoneRedundant.",
        "same-zone": "Use sameZone.",
    }),
    zoneRedundantStorage: flag,
    zone: text,
    standbyZone: text,
    diskSizeGb: plainNumber,
    diskGrowth: flag,
    iops: plainNumber,
    name: plainText,
    createDatabase: flag,
    username: plainText,
    password: secret,
    passwordRotation: plainText,
    checkCertificate: flag,
    restore: object<AzureDatabaseRestoreArgs>("AzureDatabaseRestoreArgs", {
        serverId: needed(text, "the resource id of the server whose backups are to be used"),
        pointInTime: text,
    }),
    backupRetentionDays: plainNumber,
    geoRedundantBackup: flag,
    geoBackupKey: object<AzureGeoBackupKeyArgs>("AzureGeoBackupKeyArgs", {
        keyUri: needed(text, "the id of a key in the paired region, with its version"),
        identityId: needed(text, "the resource id of a user-assigned identity that may use the key"),
    }),
    maintenanceWindow: plainText,
    lockName: text,
    endpointName: text,
    parameters: mapOf(plainText),
});

type Database = Section<AzureDatabaseArgs>;

/** `azure.database` */
export function checkMysqlServer(args: Section<WandbDeploymentArgs>): void {
    const azure = args.section("azure");
    const database = azure?.section("database");
    if (azure === undefined || database === undefined) {
        return;
    }
    if (args.has("database")) {
        azure.refuse(
            "database",
            "is given, but so is `database`, which names another one, so that none is made here. Leave out the one or the other.",
        );
    }
    database.check("identifier", wrongServerName);
    database.check("engineVersion", wrongEngineVersion);
    for (const rule of [checkMachine, checkPlace, checkNames, checkCredentials, checkStart, checkBackups]) {
        rule(database);
    }
    checkDatabaseParameters(database);
    database.check("maintenanceWindow", wrongWeeklyTime);
    database.check("lockName", wrongLockName);
    database.check("endpointName", (name) => wrongNetworkName(name, 2, 64));
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftdbformysql */
function wrongServerName(name: string): string | undefined {
    return /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)
        ? undefined
        : `is not a name of an Azure Database for MySQL server ${given(name)}. It has 3 to 63 lower-case letters, digits and hyphens, and no hyphen at either end.`;
}

/** The words of https://learn.microsoft.com/rest/api/mysql/; Azure knows no closer ones. */
function wrongEngineVersion(version: string): string | undefined {
    if (version === "8.4" || version === "8.0.21") {
        return undefined;
    }
    if (/^8\.4\./.test(version)) {
        return `is closer than Azure has it ${given(version)}: it keeps patches itself. Give 8.4.`;
    }
    if (/^8\.0(\.\d+)?$/.test(version)) {
        return `is not how Azure calls MySQL 8.0 ${given(version)}. Give 8.0.21, by which it means the newest of 8.0, or better 8.4.`;
    }
    return /^\d+\.\d+/.test(version)
        ? `is not supported by W&B ${given(version)}. Give 8.4.`
        : `is not a version of MySQL ${given(version)}. Give 8.4.`;
}

function wrongSku(sku: string): string | undefined {
    const [, plain] = /^(?:B|GP|MO)_(Standard_.+)$/.exec(sku) ?? [];
    if (plain !== undefined) {
        return `has its tier in front ${given(sku)}, as Terraform writes it. Write ${plain}.`;
    }
    return databaseTier(sku) === undefined
        ? `is not a size of Azure Database for MySQL ${given(sku)}. Give for example Standard_E4ds_v4: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-service-tiers-storage`
        : undefined;
}

/** https://learn.microsoft.com/azure/mysql/flexible-server/concepts-service-tiers-storage */
function checkMachine(database: Database): void {
    database.check("sku", wrongSku);
    const sku = database.text("sku");
    const tier = sku === undefined ? undefined : databaseTier(sku);
    const mode = database.text("highAvailability");
    if (tier === "Burstable" && mode !== AzureDatabaseHighAvailability.Off && !database.pending("highAvailability")) {
        database.refuse(
            "sku",
            `is of the tier Burstable ${given(sku ?? "")}, which has no standby. Give a size of another tier, or \`highAvailability\` off.`,
        );
    }
    checkNumber(database, "diskSizeGb", 20, largestDisk(tier));
    if (database.flag("diskGrowth") === false && mode !== AzureDatabaseHighAvailability.Off) {
        database.refuse(
            "diskGrowth",
            "is false, but a server with a standby always grows its disk. Leave it out, or give `highAvailability` off.",
        );
    }
    checkNumber(database, "iops", 360, (sku === undefined ? undefined : mostIops(sku)) ?? 80_000);
}

function checkPlace(database: Database): void {
    database.check("zone", wrongZone);
    database.check("standbyZone", wrongZone);
    const mode = database.text("highAvailability") ?? AzureDatabaseHighAvailability.ZoneRedundant;
    if (database.has("standbyZone") && mode !== AzureDatabaseHighAvailability.ZoneRedundant) {
        database.refuse(
            "standbyZone",
            `has no effect, because \`highAvailability\` is ${mode}. Leave out the one or the other.`,
        );
    }
    const overZones = mode === AzureDatabaseHighAvailability.ZoneRedundant && !database.pending("highAvailability");
    if (database.flag("zoneRedundantStorage") === false && overZones) {
        database.refuse(
            "zoneRedundantStorage",
            "is false, but a standby in another zone needs it. Leave it out, or give `highAvailability` sameZone or off.",
        );
    }
    const zone = database.text("zone");
    if (zone !== undefined && zone === database.text("standbyZone")) {
        database.refuse("standbyZone", `is the zone of the primary ${given(zone)}. Give another one of the region.`);
    }
}

const SystemDatabases = ["information_schema", "mysql", "performance_schema", "sys"];

function wrongDatabaseName(name: string): string | undefined {
    if (SystemDatabases.includes(name.toLowerCase())) {
        return `is a database of MySQL's own ${given(name)}. Choose another name.`;
    }
    return /^[\w-]{1,63}$/.test(name)
        ? undefined
        : `is not a name of a database ${given(name)}. It has at most 63 letters, digits, hyphens and underscores.`;
}

/** https://learn.microsoft.com/azure/mysql/flexible-server/quickstart-create-server-portal */
const ReservedUsers = ["azure_superuser", "admin", "administrator", "root", "guest", "public"];

function wrongUsername(name: string): string | undefined {
    if (ReservedUsers.includes(name.toLowerCase())) {
        return `is a user whom Azure refuses ${given(name)}. Choose another name.`;
    }
    return /^\w{1,32}$/.test(name)
        ? undefined
        : `is not a name of a user ${given(name)}. It has at most 32 letters, digits and underscores.`;
}

function checkNames(database: Database): void {
    database.check("name", wrongDatabaseName);
    database.check("username", wrongUsername);
}

/** What breaks the URL that W&B makes of it is left out. Nothing of it is shown. */
function wrongPassword(password: string): string | undefined {
    if (password.length < 8 || password.length > 128) {
        return `has ${password.length} characters, and must have 8 to 128. Choose another, or leave it out to have one made.`;
    }
    if (!/^[A-Za-z0-9._~!$&'()*+,;=-]*$/.test(password)) {
        return "holds a character that breaks the URL which W&B makes of it. Use letters, digits and - . _ ~ ! $ & ' ( ) * + , ; =";
    }
    const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
    return kinds < 3
        ? "has characters of fewer than three kinds, which Azure refuses. Use three of upper-case letters, lower-case letters, digits and signs."
        : undefined;
}

function checkCredentials(database: Database): void {
    database.check("password", wrongPassword);
    if (database.has("password") && database.has("passwordRotation")) {
        database.refuse(
            "passwordRotation",
            "makes a new generated password, but `password` gives one. Leave out the one or the other; change `password` to rotate your own.",
        );
    }
}

function checkStart(database: Database): void {
    const restore = database.section("restore");
    restore?.check("serverId", (id) => wrongResourceId(id, "Microsoft.DBforMySQL/flexibleServers"));
    restore?.check("pointInTime", wrongMoment);
    if (restore !== undefined && !database.has("password")) {
        database.refuse(
            "restore",
            "is given without `password`: a restored server has the user and the password of its source. Give that password too, and change it in a later run.",
        );
    }
}

function checkBackups(database: Database): void {
    checkNumber(database, "backupRetentionDays", 1, 35);
    const far = database.section("geoBackupKey");
    far?.check("keyUri", wrongVersionedKeyUri);
    far?.check("identityId", (id) => wrongResourceId(id, "Microsoft.ManagedIdentity/userAssignedIdentities"));
    const geo = database.flag("geoRedundantBackup") ?? false;
    if (geo && !database.has("geoBackupKey")) {
        database.refuse(
            "geoRedundantBackup",
            "is true, but `geoBackupKey` is not given: the database has a key of its own, and its backups in the paired region need one there. Give it.",
        );
    }
    if (!geo && !database.pending("geoRedundantBackup") && database.has("geoBackupKey")) {
        database.refuse(
            "geoBackupKey",
            "has no effect, because `geoRedundantBackup` is not true. Give that too, or leave it out.",
        );
    }
}
