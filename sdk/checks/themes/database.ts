import { given, quote } from "../../validation/wording";
import type { Check, CheckInput, DatabaseContext, Fault } from "../check";
import { isSet, older, passwordInUrl, shown, twoPasswords, versionParts, wrongPort } from "../connections";

const mysql = ({ values }: CheckInput) => values.at("global", "mysql");
const install = ({ values }: CheckInput) => values.at("mysql", "install");

const PasswordKeys = "`global.mysql.passwordSecret.name` and `passwordKey`";

/** User and database have defaults in the chart, so they are only missing when somebody empties them. */
function* missing(input: CheckInput): Iterable<Fault> {
    const chosen = install(input);
    if (chosen.unknown || chosen.flag === true) {
        return;
    }
    const server = mysql(input);
    const host = server.at("host");
    if (host.empty) {
        yield {
            path: host.path,
            message: "is missing, and the chart runs no MySQL of its own",
            remedy: "Set `global.mysql.host`, `user`, `database` and `passwordSecret.name`, or `mysql.install` to true for a trial.",
        };
    }
    for (const key of ["database", "user"]) {
        const place = server.at(key);
        if (place.given && place.empty) {
            yield {
                path: place.path,
                message: "is empty, so W&B connects without it",
                remedy: `Set \`global.mysql.${key}\`, or remove the key to use the chart's default.`,
            };
        }
    }
    if (!server.empty && !hasPassword(input)) {
        yield {
            path: server.at("password").path,
            message: "is missing, so the chart makes up a password that the server does not know",
            remedy: `Set ${PasswordKeys} of a Secret that exists.`,
        };
    }
}

/** Newer charts can log in to Amazon RDS by IAM, without a password. */
function hasPassword(input: CheckInput): boolean {
    const server = mysql(input);
    const iam = server.at("rdsIamAuth");
    return (
        server.at("password").filled || server.at("passwordSecret", "name").filled || iam.unknown || iam.flag === true
    );
}

function* unreadName(input: CheckInput): Iterable<Fault> {
    const name = mysql(input).at("name");
    if (isSet(name)) {
        yield {
            path: name.path,
            message: `is read by nothing${shown(name)}`,
            remedy: "Name the database in `global.mysql.database` and remove `global.mysql.name`.",
        };
    }
}

function* unencodedPassword(input: CheckInput): Iterable<Fault> {
    const server = mysql(input);
    if (server.at("passwordSecret", "name").empty) {
        yield* passwordInUrl(server.at("password"), "mysql", "best in the Secret of `global.mysql.passwordSecret`");
    }
}

interface Supported {
    readonly product: string;
    readonly supported: readonly number[];
    readonly recommended?: readonly number[];
    readonly text: string;
}

const LeastVersions: Readonly<Record<DatabaseContext["engine"], Supported>> = {
    mysql: { product: "MySQL", supported: [8, 0, 32], recommended: [8, 0, 44], text: "8.0.32 (better 8.0.44)" },
    "aurora-mysql": { product: "Aurora MySQL", supported: [3, 5, 2], text: "3.05.2" },
};

function* oldVersion(input: CheckInput): Iterable<Fault> {
    const { database } = input.context;
    if (database?.version === undefined) {
        return;
    }
    const { product, supported, recommended, text } = LeastVersions[database.engine];
    // Amazon's API names the version of Aurora behind that of MySQL: 8.0.mysql_aurora.3.05.2.
    const version = versionParts(database.version.split("mysql_aurora.").pop() ?? "");
    const unsupported = older(version, supported);
    if (unsupported || (recommended !== undefined && older(version, recommended))) {
        yield {
            path: mysql(input).at("host").path,
            message: unsupported
                ? `is a server with a version of ${product} that W&B does not support ${given(database.version)}`
                : `is a server with an early version of ${product} 8.0 ${given(database.version)}`,
            remedy: `Upgrade the server to ${product} ${text} or newer.`,
            level: unsupported ? "error" : "warning",
        };
    }
}

/** A server variable that is known to be set. */
function variable(input: CheckInput, name: string): string | undefined {
    const parameters = input.context.database?.parameters;
    return parameters !== undefined && Object.hasOwn(parameters, name) ? String(parameters[name]) : undefined;
}

const ExactVariables = {
    binlog_format: "ROW",
    binlog_row_image: "MINIMAL",
    sync_binlog: "1",
    innodb_flush_log_at_trx_commit: "1",
};

function* wrongVariables(input: CheckInput): Iterable<Fault> {
    for (const [name, wanted] of Object.entries(ExactVariables)) {
        const value = variable(input, name);
        if (value !== undefined && value.trim().toUpperCase() !== wanted) {
            yield {
                path: mysql(input).at("host").path,
                message: `is a server whose variable ${name} is not ${wanted} ${given(value)}`,
                remedy: `Set ${name} to ${wanted} in the server's parameters.`,
            };
        }
    }
}

const LeastVariables = {
    sort_buffer_size: 67108864,
    innodb_online_alter_log_max_size: 268435456,
    max_prepared_stmt_count: 1048576,
};

const Units: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Bytes of `67108864`, `64M`. Formulas of a cloud are not known. */
function size(value: string): number | undefined {
    const match = /^(\d{1,15})([KMG]?)$/i.exec(value.trim());
    return match === null ? undefined : Number(match[1]) * Units[match[2].toUpperCase()];
}

function* smallVariables(input: CheckInput): Iterable<Fault> {
    for (const [name, least] of Object.entries(LeastVariables)) {
        const value = variable(input, name);
        const bytes = value === undefined ? undefined : size(value);
        if (value !== undefined && bytes !== undefined && bytes < least) {
            yield {
                path: mysql(input).at("host").path,
                message: `is a server whose variable ${name} is below ${least} ${given(value)}`,
                remedy: `Set ${name} to ${least} or more in the server's parameters.`,
            };
        }
    }
}

function* wrongCharset(input: CheckInput): Iterable<Fault> {
    const { charset, collation } = input.context.database ?? {};
    const wrong = [
        charset === undefined || charset === "utf8mb4" ? [] : [`character set ${quote(charset)}`],
        collation === undefined || collation === "utf8mb4_general_ci" ? [] : [`collation ${quote(collation)}`],
    ].flat();
    if (wrong.length > 0) {
        yield {
            path: mysql(input).at("database").path,
            message: `is a database with ${wrong.join(" and ")}`,
            remedy: "Create the database with character set utf8mb4 and collation utf8mb4_general_ci.",
        };
    }
}

/** Checks of MySQL. */
export const databaseChecks: readonly Check[] = [
    {
        id: "mysql.required",
        level: "error",
        wrong: "Neither is MySQL installed by the chart (`mysql.install`), nor are host, user, database and password of an external one all set",
        why: "Pods of W&B wait for the database forever before they start",
        source: "The vendor's page, section MySQL; chart operator-wandb 0.43.8, template of app",
        remedy: "Set `global.mysql.host`, `user`, `database` and `passwordSecret.name`, or `mysql.install` to true for a trial.",
        find: missing,
    },
    {
        id: "mysql.internal",
        level: "warning",
        wrong: "MySQL is installed by the chart (`mysql.install`)",
        why: "It is one pod with one volume and no backup, which the vendor advises against in production",
        source: "Vendor's documentation: self-managed requirements",
        remedy: "Use an external MySQL: set `global.mysql` and remove `mysql.install`.",
        *find(input) {
            const chosen = install(input);
            if (chosen.flag === true) {
                yield {
                    path: chosen.path,
                    message: "is true: the chart runs MySQL as one pod without backup, which is not for production",
                    remedy: "Use an external MySQL: set `global.mysql` and remove `mysql.install`.",
                };
            }
        },
    },
    {
        id: "mysql.name",
        level: "warning",
        wrong: "`global.mysql.name` is set",
        why: "No template reads it; the database is named by `global.mysql.database`",
        source: "The vendor's page, section Complete example; chart operator-wandb 0.43.8, as rendered",
        remedy: "Name the database in `global.mysql.database` and remove `global.mysql.name`.",
        find: unreadName,
    },
    {
        id: "mysql.port",
        level: "error",
        wrong: "`global.mysql.port` is not a whole number from 1 to 65535",
        why: "The port is pasted into the URL of the database",
        source: "Chart operator-wandb 0.43.8, template _mysql.tpl",
        remedy: "Set a whole number from 1 to 65535, usually 3306.",
        find: (input) => wrongPort(mysql(input).at("port"), 3306),
    },
    {
        id: "mysql.password-url",
        level: "warning",
        wrong: "`global.mysql.password` holds a character that has a meaning in URLs (: / ? # [ ] @ %) and is not percent-encoded",
        why: "The password is pasted into a `mysql://` URL as it is, and the connection fails",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Choose a password without these characters, or write them percent-encoded.",
        find: unencodedPassword,
    },
    {
        id: "mysql.password-two",
        level: "warning",
        wrong: "`global.mysql.password` and `global.mysql.passwordSecret.name` are both set",
        why: "The pods use the Secret, and the password is ignored",
        source: "Chart operator-wandb 0.43.8, template _mysql.tpl",
        remedy: "Remove the password and keep `global.mysql.passwordSecret`.",
        find: (input) =>
            twoPasswords(
                mysql(input).at("password"),
                mysql(input).at("passwordSecret", "name"),
                "`global.mysql.passwordSecret`",
            ),
    },
    {
        id: "mysql.version",
        level: "error",
        wrong: "The server is older than MySQL 8.0.32 or Aurora MySQL 3.05.2 (a warning below MySQL 8.0.44)",
        why: "W&B does not support older versions, MySQL 5.7 among them",
        source: "Vendor's documentation: self-managed requirements",
        remedy: "Upgrade the server to MySQL 8.0.44 or newer, or to Aurora MySQL 3.05.2 or newer.",
        find: oldVersion,
    },
    {
        id: "mysql.params",
        level: "error",
        wrong: "A server variable has another value than W&B has validated: binlog_format ROW, binlog_row_image MINIMAL, sync_binlog 1, innodb_flush_log_at_trx_commit 1",
        why: "W&B is validated with these values only",
        source: "Vendor's documentation: self-managed requirements",
        remedy: "Set binlog_format to ROW, binlog_row_image to MINIMAL, sync_binlog and innodb_flush_log_at_trx_commit to 1.",
        find: wrongVariables,
    },
    {
        id: "mysql.params-size",
        level: "warning",
        wrong: "A server variable is smaller than W&B has validated: sort_buffer_size 67108864, innodb_online_alter_log_max_size 268435456, max_prepared_stmt_count 1048576",
        why: "W&B is validated with these values or larger ones",
        source: "Vendor's documentation: self-managed requirements",
        remedy: "Set the variables to these values or more in the server's parameters.",
        find: smallVariables,
    },
    {
        id: "mysql.charset",
        level: "warning",
        wrong: "The database has another character set than utf8mb4 or another collation than utf8mb4_general_ci",
        why: "The vendor's own statements create the database with these",
        source: "Vendor's documentation: README of the helm-charts repository",
        remedy: "Create the database with character set utf8mb4 and collation utf8mb4_general_ci.",
        find: wrongCharset,
    },
];
