import type { WandbDeploymentArgs } from "../../args";
import { type AwsDatabaseArgs, AwsDatabaseLogType, type AwsServerlessArgs } from "../../aws/args/database";
import { DefaultDatabaseWindows, DefaultReaders, NoPerformanceInsights } from "../../aws/args/store-defaults";
import { checkNumber, refuseRepetition } from "../lists";
import { certificates } from "../pem";
import type { Section } from "../section";
import { choice, flag, listOf, mapOf, needed, object, pages, plainNumber, plainText, secret, text } from "../shape";
import { given } from "../wording";
import { checkParameterGroup, parameterGroupShape, securityGroupShape } from "./group-names";
import { isReservedWord, isSystemDatabase } from "./reserved-words";
import { wrongZone } from "./rules";
import { checkOneOf, LogRetentionDays, overlap, wrongDailyWindow, wrongWeeklyWindow } from "./store-rules";

export const databaseShape = object<AwsDatabaseArgs>("AwsDatabaseArgs", {
    identifier: text,
    instanceIdentifiers: listOf(text),
    instanceZones: listOf(text),
    subnetGroupName: text,
    securityGroup: securityGroupShape,
    clusterParameterGroup: parameterGroupShape,
    instanceParameterGroup: parameterGroupShape,
    engineVersion: plainText,
    instanceClass: plainText,
    serverless: object<AwsServerlessArgs>("AwsServerlessArgs", {
        minCapacity: needed(plainNumber, "the least capacity in ACU, for example 2"),
        maxCapacity: needed(plainNumber, "the highest capacity in ACU, for example 16"),
    }),
    readers: plainNumber,
    name: plainText,
    username: plainText,
    password: secret,
    passwordRotation: plainText,
    caCertificate: pages,
    snapshotIdentifier: text,
    finalSnapshot: flag,
    finalSnapshotIdentifier: text,
    backupRetentionDays: plainNumber,
    backupWindow: plainText,
    maintenanceWindow: plainText,
    applyImmediately: flag,
    logExports: listOf(choice(AwsDatabaseLogType, { "slow-query": "Use slowquery.", slow: "Use slowquery." })),
    logRetentionDays: plainNumber,
    performanceInsightsDays: plainNumber,
    monitoringIntervalSeconds: plainNumber,
    clusterParameters: mapOf(plainText),
    instanceParameters: mapOf(plainText),
});

type Database = Section<AwsDatabaseArgs>;

/** `aws.database` */
export function checkAurora(args: Section<WandbDeploymentArgs>): void {
    const aws = args.section("aws");
    const database = aws?.section("database");
    if (aws === undefined || database === undefined) {
        return;
    }
    if (args.has("database")) {
        aws.refuse(
            "database",
            "is given, but so is `database`, which names another one, so that none is made here. Leave out the one or the other.",
        );
    }
    for (const rule of [checkNames, checkEngine, checkCapacity, checkCredentials, checkBackups, checkMonitoring]) {
        rule(database);
    }
    checkParameters(database);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html; the provider takes lower case only */
function wrongIdentifier(identifier: string): string | undefined {
    return /^[a-z](?!.*--)[a-z0-9-]{0,62}(?<!-)$/.test(identifier)
        ? undefined
        : `is not an identifier of RDS ${given(identifier)}. It has at most 63 lower-case letters, digits and hyphens, a letter first, no hyphen last and no two in a row.`;
}

function wrongSubnetGroupName(name: string): string | undefined {
    return /^[a-z][a-z0-9._ -]{0,254}$/.test(name) && name !== "default"
        ? undefined
        : `is not a name of a DB subnet group ${given(name)}. It has at most 255 lower-case letters, digits, dots, underscores, spaces and hyphens, a letter first, and is not default.`;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html, `DBName` */
function wrongDatabaseName(name: string): string | undefined {
    if (isSystemDatabase(name)) {
        return `is a database of MySQL's own ${given(name)}. Choose another name.`;
    }
    return /^[A-Za-z]\w{0,63}$/.test(name)
        ? undefined
        : `is not a name of a database of Aurora ${given(name)}. It has a letter first, then at most 63 letters, digits and underscores.`;
}

function wrongUsername(name: string): string | undefined {
    if (name.toLowerCase() === "rdsadmin") {
        return `is RDS's own user ${given(name)}. Choose another name.`;
    }
    return /^[A-Za-z][A-Za-z0-9]{0,15}$/.test(name)
        ? undefined
        : `is not a name of a master user ${given(name)}. It has a letter first, then at most 15 letters and digits.`;
}

/** A snapshot may hold any name: AWS looks at those only that it makes itself. */
function wrongWord(database: Database, name: string): string | undefined {
    return isReservedWord(name) && !database.has("snapshotIdentifier")
        ? `is a reserved word of MySQL ${given(name)}, which RDS refuses. Choose another name.`
        : undefined;
}

/** Name or ARN of a cluster snapshot, or ARN of an instance's. Automatic ones begin with rds: */
function wrongSnapshot(snapshot: string): string | undefined {
    const arn = /^arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:(cluster-)?snapshot:\S+$/;
    return arn.test(snapshot) || /^(rds:)?[A-Za-z][A-Za-z0-9-]{0,254}$/.test(snapshot)
        ? undefined
        : `is neither the name nor the ARN of a snapshot ${given(snapshot)}. Give for example rds:wandb-2026-01-31-02-10.`;
}

function checkNames(database: Database): void {
    database.check("identifier", wrongIdentifier);
    database.check("subnetGroupName", wrongSubnetGroupName);
    database.check("name", (name) => wrongDatabaseName(name) ?? wrongWord(database, name));
    database.check("username", (name) => wrongUsername(name) ?? wrongWord(database, name));
    database.check("snapshotIdentifier", wrongSnapshot);
    database.check("caCertificate", certificates);
    checkParameterGroup(database.section("clusterParameterGroup"));
    checkParameterGroup(database.section("instanceParameterGroup"));
    checkFinalSnapshot(database);
    checkInstances(database);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html */
function checkFinalSnapshot(database: Database): void {
    database.check("finalSnapshotIdentifier", (name) => {
        if (name === database.text("snapshotIdentifier")) {
            return `is the snapshot that the database starts from ${given(name)}, so the name is taken. Give another.`;
        }
        return /^[A-Za-z](?!.*--)[A-Za-z0-9-]{0,254}(?<!-)$/.test(name)
            ? undefined
            : `is not a name of a snapshot ${given(name)}. It has at most 255 letters, digits and hyphens, a letter first, no hyphen last and no two in a row.`;
    });
    if (database.flag("finalSnapshot") === false && database.has("finalSnapshotIdentifier")) {
        database.refuse(
            "finalSnapshotIdentifier",
            "has no effect, because `finalSnapshot` is false. Leave out the one or the other.",
        );
    }
}

function checkInstances(database: Database): void {
    for (const key of ["instanceIdentifiers", "instanceZones"] as const) {
        const given = database.texts(key).length;
        const instances = 1 + (database.number("readers") ?? DefaultReaders);
        const counted = !database.pending("readers") && !database.pending(key);
        if (database.has(key) && counted && given !== instances) {
            database.refuse(
                key,
                `has ${given} entries, but there are ${instances} instances, the writer and \`${database.at("readers")}\`. Give one for each.`,
            );
        }
    }
    const identifiers = database.texts("instanceIdentifiers");
    identifiers.forEach((entry) => database.checkEntry(entry, wrongIdentifier));
    refuseRepetition(database, identifiers, "Give each instance its own.");
    database.texts("instanceZones").forEach((entry) => database.checkEntry(entry, wrongZone));
}

/** The least Aurora version of the 8.0 line that W&B supports. */
const LeastAurora = [3, 5, 2];

function wrongEngineVersion(version: string): string | undefined {
    const example = "Give for example 8.0.mysql_aurora.3.10.4.";
    const match = /^(\d+)\.(\d+)\.mysql_aurora\.(\d+)\.(\d+)\.(\d+)(\.\d+)?$/.exec(version);
    if (match === null) {
        return /^\d+(\.\d+){0,2}$/.test(version)
            ? `is not one version of Aurora MySQL ${given(version)}: what is installed would change under the stack. ${example}`
            : `is not a version of Aurora MySQL ${given(version)}. ${example}`;
    }
    const [major, minor, ...aurora] = match.slice(1, 6).map(Number);
    const old = major < 8 || (major === 8 && minor === 0 && below(aurora, LeastAurora));
    return old
        ? `is older than W&B supports ${given(version)}. Use 8.0.mysql_aurora.3.05.2 or newer; ${example.toLowerCase()}`
        : undefined;
}

function below(version: readonly number[], least: readonly number[]): boolean {
    const at = version.findIndex((part, index) => part !== least[index]);
    return at >= 0 && version[at] < least[at];
}

function wrongClass(name: string): string | undefined {
    if (name === "db.serverless") {
        return `is the class of Serverless v2 ${given(name)}. Give \`serverless\` with its capacities instead.`;
    }
    return /^db\.[a-z0-9-]+\.[a-z0-9-]+$/.test(name)
        ? undefined
        : `is not a class of RDS ${given(name)}. Give for example db.r6g.large.`;
}

function checkEngine(database: Database): void {
    database.check("engineVersion", wrongEngineVersion);
    database.check("instanceClass", wrongClass);
    checkNumber(database, "readers", 0, 15);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html */
function checkCapacity(database: Database): void {
    const serverless = database.section("serverless");
    if (serverless === undefined) {
        return;
    }
    if (database.has("instanceClass")) {
        database.refuse(
            "instanceClass",
            "is given together with `serverless`, where the capacity says how big instances are. Leave out the one or the other.",
        );
    }
    for (const [key, least] of [
        ["minCapacity", 0],
        ["maxCapacity", 1],
    ] as const) {
        const value = serverless.number(key);
        if (value !== undefined && !(value >= least && value <= 256 && Number.isInteger(value * 2))) {
            serverless.refuse(key, `is not a capacity in ACU ${given(value)}. Give ${least} to 256 in steps of 0.5.`);
        }
    }
    const least = serverless.number("minCapacity");
    const most = serverless.number("maxCapacity");
    if (least !== undefined && most !== undefined && least > most) {
        serverless.refuse("minCapacity", `is above \`maxCapacity\` (${least} and ${most} given). Lower it.`);
    }
}

/** What RDS takes, less what breaks the URL that W&B makes of it. Nothing of it is shown. */
function wrongPassword(password: string): string | undefined {
    if (password.length < 8 || password.length > 41) {
        return `has ${password.length} characters, and RDS takes 8 to 41. Choose another, or leave it out to have one made.`;
    }
    return /^[A-Za-z0-9._~!$&'()*+,;=-]*$/.test(password)
        ? undefined
        : "holds a character that RDS refuses or that breaks the URL which W&B makes of it. Use letters, digits and - . _ ~ ! $ & ' ( ) * + , ; =";
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

function checkBackups(database: Database): void {
    checkNumber(database, "backupRetentionDays", 1, 35);
    database.check("backupWindow", (window) => wrongDailyWindow(window, 30));
    database.check("maintenanceWindow", (window) => wrongWeeklyWindow(window, 30));
    const backup = database.text("backupWindow") ?? DefaultDatabaseWindows.backup;
    const maintenance = database.text("maintenanceWindow") ?? DefaultDatabaseWindows.maintenance;
    if (overlap(backup, maintenance)) {
        database.refuse(
            database.has("backupWindow") ? "backupWindow" : "maintenanceWindow",
            `makes backup and maintenance meet (${backup} and ${maintenance}), which RDS refuses. Move one of the two.`,
        );
    }
}

/** 7 is free; the paid ones are months of 31 days, and two years. */
const InsightsDays: readonly number[] = [0, 7, ...Array.from({ length: 23 }, (_, month) => (month + 1) * 31), 731];

function checkMonitoring(database: Database): void {
    checkOneOf(database, "logRetentionDays", LogRetentionDays);
    checkOneOf(database, "performanceInsightsDays", InsightsDays);
    checkOneOf(database, "monitoringIntervalSeconds", [0, 1, 5, 10, 15, 30, 60]);
    const instanceClass = database.text("instanceClass") ?? "";
    const insights = database.number("performanceInsightsDays") ?? 0;
    if (insights > 0 && NoPerformanceInsights.test(instanceClass)) {
        database.refuse(
            "performanceInsightsDays",
            `is ${insights}, but instances of class ${instanceClass} have no Performance Insights. Set it to 0 or choose another class.`,
        );
    }
}

/** What W&B demands of each parameter, and what AWS lets nobody change. */
const Demanded: Readonly<Record<string, string>> = {
    binlog_format: "row",
    binlog_row_image: "minimal",
    innodb_flush_log_at_trx_commit: "1",
    sync_binlog: "1",
};
/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html */
const Fixed = new Set(["sync_binlog"]);

/** Those of the cluster that users know from W&B's pages and might give to the instances. */
const OfCluster = new Set([
    "binlog_format",
    "binlog_row_image",
    "innodb_flush_log_at_trx_commit",
    "innodb_online_alter_log_max_size",
    "require_secure_transport",
    "server_audit_events",
    "server_audit_logging",
    "tls_version",
]);

function checkParameters(database: Database): void {
    for (const key of ["clusterParameters", "instanceParameters"] as const) {
        for (const { key: name, path, value } of database.texts(key)) {
            const wrong = wrongParameter(name, value ?? "", key === "instanceParameters");
            if (wrong !== undefined) {
                database.report(path, wrong);
            }
        }
    }
}

function wrongParameter(name: string, value: string, ofInstance: boolean): string | undefined {
    if (!/^[a-z][a-z0-9_.-]*$/.test(name)) {
        return "is not a name of a parameter of MySQL. Use lower-case letters, digits, underscores and hyphens.";
    }
    if (Fixed.has(name)) {
        return `is fixed by Aurora MySQL to ${Demanded[name]}, as W&B needs it. Leave it out.`;
    }
    if (ofInstance && OfCluster.has(name)) {
        return "belongs to the whole cluster. Give it in `clusterParameters`.";
    }
    const demanded = Demanded[name];
    return demanded !== undefined && value !== "" && value.toLowerCase() !== demanded
        ? `must be ${demanded} for W&B ${given(value)}. Leave it out.`
        : undefined;
}
