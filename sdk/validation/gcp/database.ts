import type { WandbDeploymentArgs } from "../../args";
import {
    type GcpDatabaseArgs,
    type GcpDatabaseBackupArgs,
    type GcpDatabaseCloneArgs,
    GcpDatabaseDiskType,
    GcpDatabaseEdition,
    GcpMaintenanceTrack,
} from "../../gcp/args/database";
import { DefaultBackups } from "../../gcp/args/store-defaults";
import { checkNumber } from "../lists";
import type { Section } from "../section";
import { choice, flag, mapOf, needed, number, object, plainNumber, plainText, secret, text } from "../shape";
import { given } from "../wording";
import { checkTier, editionOf } from "./database-tiers";
import { wrongProject } from "./rules";
import { wrongMoment, wrongWeeklyTime, wrongZone } from "./store-rules";

const instance = needed(text, "the name of the instance, for example wandb-database-1a2b3c4");

export const databaseShape = object<GcpDatabaseArgs>("GcpDatabaseArgs", {
    identifier: text,
    engineVersion: plainText,
    edition: choice(GcpDatabaseEdition, { enterprise: "Use ENTERPRISE.", enterprise_plus: "Use ENTERPRISE_PLUS." }),
    tier: plainText,
    highAvailability: flag,
    zone: text,
    secondaryZone: text,
    diskType: choice(GcpDatabaseDiskType, { ssd: "Use PD_SSD.", hdd: "Use PD_HDD." }),
    diskSizeGb: plainNumber,
    diskGrowth: flag,
    diskGrowthLimitGb: plainNumber,
    dataCache: flag,
    name: plainText,
    createDatabase: flag,
    username: plainText,
    password: secret,
    passwordRotation: plainText,
    checkCertificate: flag,
    restore: object<GcpDatabaseBackupArgs>("GcpDatabaseBackupArgs", {
        backupRunId: needed(number, "the number of the backup, which `gcloud sql backups list` prints"),
        instance,
        project: text,
    }),
    clone: object<GcpDatabaseCloneArgs>("GcpDatabaseCloneArgs", { instance, pointInTime: text, project: text }),
    finalBackup: flag,
    finalBackupRetentionDays: plainNumber,
    backupRetentionDays: plainNumber,
    pointInTimeRecoveryDays: plainNumber,
    backupStartTime: plainText,
    backupLocation: text,
    maintenanceWindow: plainText,
    maintenanceTrack: choice(GcpMaintenanceTrack, { production: "Use stable.", preview: "Use canary." }),
    queryInsights: flag,
    parameters: mapOf(plainText),
});

type Database = Section<GcpDatabaseArgs>;

/** `gcp.database` */
export function checkCloudSql(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    const database = gcp?.section("database");
    if (gcp === undefined || database === undefined) {
        return;
    }
    if (args.has("database")) {
        gcp.refuse(
            "database",
            "is given, but so is `database`, which names another one, so that none is made here. Leave out the one or the other.",
        );
    }
    database.check("identifier", (name) => wrongInstanceName(name, gcp.text("project")));
    database.check("engineVersion", wrongEngineVersion);
    for (const rule of [
        checkTier,
        checkDisk,
        checkNames,
        checkCredentials,
        checkStart,
        checkBackups,
        checkParameters,
    ]) {
        rule(database);
    }
    checkPlace(database, gcp.text("region"));
    database.check("maintenanceWindow", wrongHour);
}

/** https://docs.cloud.google.com/sql/docs/mysql/instance-settings#instance-id-2ndgen */
function wrongInstanceName(name: string, project: string | undefined): string | undefined {
    if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
        return `is not a name of an instance of Cloud SQL ${given(name)}. It has lower-case letters, digits and hyphens, a letter first and no hyphen last.`;
    }
    const most = 98 - (project === undefined ? 0 : project.length + 1);
    return name.length > most
        ? `has ${name.length} characters ${given(name)}, and Cloud SQL takes ${most}${project === undefined ? "" : ` in project ${project}`}. Shorten it.`
        : undefined;
}

/** The least version of the 8.0 line that W&B supports. */
const LeastPatch = 32;

function wrongEngineVersion(version: string): string | undefined {
    const example = "Give MYSQL_8_4.";
    if (version === "MYSQL_8_4") {
        return undefined;
    }
    if (version === "MYSQL_8_0") {
        return `is not one version ${given(version)}: what is installed would change under the stack. ${example}`;
    }
    const [, patch] = /^MYSQL_8_0_(\d+)$/.exec(version) ?? [];
    if (patch === undefined) {
        return /^MYSQL_\d/.test(version)
            ? `is not supported by W&B ${given(version)}. ${example}`
            : `is not a version of Cloud SQL for MySQL ${given(version)}. ${example}`;
    }
    return Number(patch) < LeastPatch
        ? `is older than W&B supports ${given(version)}. Use MYSQL_8_0_${LeastPatch} or newer, better MYSQL_8_4.`
        : undefined;
}

const MostDisk = 65_536;

function checkDisk(database: Database): void {
    const hyperdisk = database.text("diskType") === GcpDatabaseDiskType.HyperdiskBalanced;
    checkNumber(database, "diskSizeGb", hyperdisk ? 20 : 10, MostDisk);
    if (database.flag("diskGrowth") === false && database.has("diskGrowthLimitGb")) {
        database.refuse(
            "diskGrowthLimitGb",
            "has no effect, because `diskGrowth` is false. Leave out the one or the other.",
        );
        return;
    }
    const size = database.number("diskSizeGb") ?? 100;
    if (
        checkNumber(database, "diskGrowthLimitGb", 10, MostDisk) &&
        (database.number("diskGrowthLimitGb") ?? 0) < size
    ) {
        database.refuse(
            "diskGrowthLimitGb",
            `is below the size of the disk ${given(database.number("diskGrowthLimitGb") ?? 0)}, which is ${size}. Raise it.`,
        );
    }
}

function checkPlace(database: Database, region: string | undefined): void {
    for (const key of ["zone", "secondaryZone"] as const) {
        database.check(key, (zone) => wrongZone(zone, region));
    }
    if (database.has("secondaryZone") && !database.has("zone")) {
        database.refuse("secondaryZone", "is given without `zone`, from which it must differ. Give that too.");
    }
    if (database.has("secondaryZone") && database.flag("highAvailability") === false) {
        database.refuse(
            "secondaryZone",
            "has no effect, because `highAvailability` is false. Leave out the one or the other.",
        );
    }
    const zone = database.text("zone");
    if (zone !== undefined && zone === database.text("secondaryZone")) {
        database.refuse("secondaryZone", `is the zone of the primary ${given(zone)}. Give another one of the region.`);
    }
}

/** https://docs.cloud.google.com/sql/docs/mysql/create-manage-databases */
const SystemDatabases = ["information_schema", "mysql", "performance_schema", "sys"];

function wrongDatabaseName(name: string): string | undefined {
    if (SystemDatabases.includes(name.toLowerCase())) {
        return `is a database of MySQL's own ${given(name)}. Choose another name.`;
    }
    return /^[\w-]{1,64}$/.test(name)
        ? undefined
        : `is not a name of a database ${given(name)}. It has at most 64 letters, digits, hyphens and underscores.`;
}

/** https://docs.cloud.google.com/sql/docs/mysql/users */
function wrongUsername(name: string): string | undefined {
    if (/^(root|cloudsql.*|mysql)$/i.test(name)) {
        return `is a user of MySQL's or Google's own ${given(name)}. Choose another name.`;
    }
    return /^[\w-]{1,32}$/.test(name)
        ? undefined
        : `is not a name of a user ${given(name)}. It has at most 32 letters, digits, hyphens and underscores.`;
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
    return /^[A-Za-z0-9._~!$&'()*+,;=-]*$/.test(password)
        ? undefined
        : "holds a character that breaks the URL which W&B makes of it. Use letters, digits and - . _ ~ ! $ & ' ( ) * + , ; =";
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
    if (database.has("restore") && database.has("clone")) {
        database.refuse("clone", "is given together with `restore`. Leave out the one or the other.");
    }
    const backup = database.section("restore");
    const copy = database.section("clone");
    backup?.check("project", wrongProject);
    backup?.check("instance", (name) => wrongInstanceName(name, undefined));
    copy?.check("project", wrongProject);
    copy?.check("instance", (name) => wrongInstanceName(name, undefined));
    copy?.check("pointInTime", wrongMoment);
    if (backup !== undefined) {
        checkNumber(backup, "backupRunId", 1);
    }
}

function checkBackups(database: Database): void {
    const plus = editionOf(database) === GcpDatabaseEdition.EnterprisePlus;
    const isOf = (key: "backupRetentionDays" | "pointInTimeRecoveryDays", most: number): boolean =>
        checkNumber(database, key, 1, most) || !database.has(key);
    const counted = isOf("backupRetentionDays", 365);
    const dated = isOf("pointInTimeRecoveryDays", plus || !isKnown(database) ? 35 : 7);
    checkNumber(database, "finalBackupRetentionDays", 1, 365);
    const kept = database.number("backupRetentionDays") ?? DefaultBackups;
    const days = database.number("pointInTimeRecoveryDays") ?? (plus ? 14 : 7);
    if (days > kept && counted && dated) {
        const key = database.has("backupRetentionDays") ? "backupRetentionDays" : "pointInTimeRecoveryDays";
        database.refuse(
            key,
            `leaves fewer backups than days to go back to (${kept} and ${days}), which Cloud SQL refuses. Raise \`backupRetentionDays\`, or lower \`pointInTimeRecoveryDays\`.`,
        );
    }
    if (database.flag("finalBackup") === false && database.has("finalBackupRetentionDays")) {
        database.refuse(
            "finalBackupRetentionDays",
            "has no effect, because `finalBackup` is false. Leave out the one or the other.",
        );
    }
    database.check("backupStartTime", (time) =>
        /^([01]\d|2[0-3]):[0-5]\d$/.test(time)
            ? undefined
            : `is not a time of the day ${given(time)}. Give hours and minutes in UTC, for example 02:00.`,
    );
    database.check("backupLocation", (place) =>
        /^(eu|us|asia|[a-z]+-[a-z]+\d+)$/.test(place)
            ? undefined
            : `is not a location of backups ${given(place)}. Give a region such as europe-west4, or eu, us or asia.`,
    );
}

function isKnown(database: Database): boolean {
    return editionOf(database) !== undefined;
}

/** Cloud SQL's window begins with an hour; Memorystore's need not. */
function wrongHour(window: string): string | undefined {
    return (
        wrongWeeklyTime(window) ??
        (window.endsWith(":00")
            ? undefined
            : `does not begin with an hour ${given(window)}, which Cloud SQL needs. Give for example sun:05:00.`)
    );
}

/** What W&B demands of each flag. */
const Demanded: Readonly<Record<string, string>> = {
    binlog_row_image: "minimal",
    innodb_flush_log_at_trx_commit: "1",
    sync_binlog: "1",
};

/** What Cloud SQL settles itself. */
const Fixed: Readonly<Record<string, string>> = {
    binlog_format: "is always ROW on Cloud SQL, as W&B needs it",
    require_secure_transport: "is no flag of Cloud SQL, whose TLS is demanded anyway",
};

function checkParameters(database: Database): void {
    for (const { key: name, path, value } of database.texts("parameters")) {
        const wrong = wrongParameter(name, value ?? "");
        if (wrong !== undefined) {
            database.report(path, wrong);
        }
    }
}

function wrongParameter(name: string, value: string): string | undefined {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
        return "is not a name of a flag of Cloud SQL. Use lower-case letters, digits and underscores.";
    }
    if (Fixed[name] !== undefined) {
        return `${Fixed[name]}. Leave it out.`;
    }
    const demanded = Demanded[name];
    return demanded !== undefined && value !== "" && value.toLowerCase() !== demanded
        ? `must be ${demanded} for W&B ${given(value)}. Leave it out.`
        : undefined;
}
