import type { DatabaseContext } from "../../sdk/checks/check";
import { databaseChecks } from "../../sdk/checks/themes/database";
import { Unknown } from "../../sdk/checks/view";
import type { Configuration } from "../support/check-input";
import { Canary, type FineInputs, type FoundRow, testChecks } from "../support/check-rows";

type Tree = Record<string, unknown>;

const mysql = (fields: Tree, more: Tree = {}): Configuration => ({ values: { global: { mysql: fields }, ...more } });
const external = (fields: Tree): Configuration =>
    mysql({ host: "db.example", passwordSecret: { name: "n" }, ...fields });
const server = (database: Partial<DatabaseContext>): Configuration => ({
    context: { database: { engine: "mysql", ...database } },
});
const variable = (name: string, value: string | number) => server({ parameters: { [name]: value } });
const reference = { valueFrom: { secretKeyRef: { name: "n", key: "k" } } };

const found: readonly FoundRow[] = [
    {
        id: "mysql.required",
        path: "global.mysql.host",
        message: /^is missing, and the chart runs no MySQL of its own$/,
        remedy: /`global.mysql.host`, `user`, `database` and `passwordSecret.name`, or `mysql.install` to true/,
    },
    {
        id: "mysql.required",
        ...mysql({ host: "", password: Canary }, { mysql: { install: false } }),
        path: "global.mysql.host",
        message: /^is missing/,
        remedy: /`global.mysql.host`/,
    },
    {
        id: "mysql.required",
        ...external({ passwordSecret: { passwordKey: "k" } }),
        path: "global.mysql.password",
        message: /^is missing, so the chart makes up a password/,
        remedy: /`global.mysql.passwordSecret.name` and `passwordKey`/,
    },
    {
        id: "mysql.required",
        ...external({ user: "" }),
        path: "global.mysql.user",
        message: /^is empty, so W&B connects without it$/,
        remedy: /`global.mysql.user`, or remove the key/,
    },
    {
        id: "mysql.required",
        ...external({ database: "" }),
        path: "global.mysql.database",
        message: /^is empty/,
        remedy: /`global.mysql.database`/,
    },
    {
        id: "mysql.internal",
        values: { mysql: { install: true } },
        path: "mysql.install",
        message: /^is true: .* not for production$/,
        remedy: /^Use an external MySQL/,
    },
    {
        id: "mysql.name",
        ...external({ name: "wandb" }),
        path: "global.mysql.name",
        message: /^is read by nothing \("wandb" given\)$/,
        remedy: /`global.mysql.database`/,
    },
    ...[0, 65536, 3306.5, -1, "3306 ", "", "mysql", true, ["3306"], "9".repeat(400)].map((port): FoundRow => ({
        id: "mysql.port",
        ...external({ port }),
        path: "global.mysql.port",
        message: Array.isArray(port) ? /^is not a TCP port$/ : /^is not a TCP port \(.*given\)$/,
        remedy: /^Set a whole number from 1 to 65535, usually 3306\.$/,
    })),
    ...[":", "/", "?", "#", "[", "]", "@", "%", "%4", "%zz", " "].map((character): FoundRow => ({
        id: "mysql.password-url",
        ...mysql({ password: `${Canary}${character}x` }),
        path: "global.mysql.password",
        message: /^holds white space or one of the characters .* mysql:\/\/ URL$/,
        remedy: /`global.mysql.passwordSecret`/,
    })),
    {
        id: "mysql.password-two",
        ...external({ password: Canary }),
        path: "global.mysql.password",
        message: /^is ignored, since the Secret \("n" given\) is named too$/,
        remedy: /keep `global.mysql.passwordSecret`\.$/,
    },
    ...(
        [
            ["mysql", "5.7", "error"],
            ["mysql", "5.7.44", "error"],
            ["mysql", "8.0.31", "error"],
            ["mysql", "MYSQL_8_0_31", "error"],
            ["mysql", "8.0.32", "warning"],
            ["mysql", "8.0.43-google", "warning"],
            ["aurora-mysql", "3.05.1", "error"],
            ["aurora-mysql", "8.0.mysql_aurora.3.04.2", "error"],
            ["aurora-mysql", "5.7.mysql_aurora.2.11.1", "error"],
        ] as const
    ).map(([engine, version, level]): FoundRow => ({
        id: "mysql.version",
        ...server({ engine, version }),
        level,
        path: "global.mysql.host",
        message: new RegExp(`${level === "error" ? "does not support" : "early version"}.*\\("${version}" given\\)$`),
        remedy: engine === "mysql" ? /MySQL 8\.0\.32 \(better 8\.0\.44\)/ : /Aurora MySQL 3\.05\.2/,
    })),
    ...(
        [
            ["binlog_format", "MIXED", "ROW"],
            ["binlog_row_image", "full", "MINIMAL"],
            ["sync_binlog", 0, "1"],
            ["innodb_flush_log_at_trx_commit", "2", "1"],
        ] as const
    ).map(([name, value, wanted]): FoundRow => ({
        id: "mysql.params",
        ...variable(name, value),
        path: "global.mysql.host",
        message: new RegExp(`variable ${name} is not ${wanted} \\("${value}" given\\)$`),
        remedy: new RegExp(`^Set ${name} to ${wanted} `),
    })),
    ...(
        [
            ["sort_buffer_size", 67108863, 67108864],
            ["sort_buffer_size", "32M", 67108864],
            ["innodb_online_alter_log_max_size", "134217728", 268435456],
            ["max_prepared_stmt_count", 16382, 1048576],
        ] as const
    ).map(([name, value, least]): FoundRow => ({
        id: "mysql.params-size",
        ...variable(name, value),
        path: "global.mysql.host",
        message: new RegExp(`variable ${name} is below ${least} \\("${value}" given\\)$`),
        remedy: new RegExp(`^Set ${name} to ${least} or more `),
    })),
    {
        id: "mysql.charset",
        ...server({ charset: "latin1", collation: "latin1_swedish_ci" }),
        path: "global.mysql.database",
        message: /^is a database with character set "latin1" and collation "latin1_swedish_ci"$/,
        remedy: /utf8mb4 and collation utf8mb4_general_ci/,
    },
    {
        id: "mysql.charset",
        ...server({ charset: "utf8mb4", collation: "utf8mb4_0900_ai_ci" }),
        path: "global.mysql.database",
        message: /^is a database with collation "utf8mb4_0900_ai_ci"$/,
        remedy: /utf8mb4_general_ci/,
    },
];

const fine: FineInputs = {
    "mysql.required": [
        external({}),
        mysql({ host: "db.example", password: Canary }),
        mysql({ host: reference, user: reference, database: reference, password: reference }),
        mysql({ host: "db.example", user: "wandb", rdsIamAuth: true }),
        mysql({}, { mysql: { install: true } }),
        mysql({}, { mysql: { install: Unknown } }),
        mysql({}, { mysql: Unknown }),
        mysql({ host: Unknown, password: Unknown, user: Unknown, database: Unknown }),
        mysql({ host: "db.example", passwordSecret: Unknown }),
        { values: { global: Unknown } },
        { values: Unknown },
    ],
    "mysql.internal": [{}, { values: { mysql: { install: false } } }, { values: { mysql: { install: Unknown } } }],
    "mysql.name": [external({ database: "wandb" }), external({ name: "" }), external({ name: Unknown })],
    "mysql.port": [
        external({}),
        ...[1, 3306, 65535, "3306", reference, Unknown, null].map((port) => external({ port })),
        mysql({ host: Unknown }),
    ],
    "mysql.password-url": [
        ...["safe-pass_word.1~!$&'()*+,;=", "a%40b%2fc", "", null, 7, ["@"], reference, Unknown].map((password) =>
            mysql({ password }),
        ),
        external({ password: "a@b" }),
        mysql({ password: "a@b", passwordSecret: { name: Unknown } }),
    ],
    "mysql.password-two": [
        external({}),
        external({ password: "" }),
        mysql({ password: Canary }),
        external({ password: Unknown }),
        mysql({ password: Canary, passwordSecret: Unknown }),
    ],
    "mysql.version": [
        {},
        server({}),
        ...["8.0.44", "8.0.45-azure", "8.4.3", "9.1.0", "8.0", "8", "MYSQL_8_0_44", "latest", ""].map((version) =>
            server({ version }),
        ),
        ...["3.05.2", "3.08.0", "8.0.mysql_aurora.3.08.0", "3.5.2"].map((version) =>
            server({ engine: "aurora-mysql", version }),
        ),
    ],
    "mysql.params": [
        {},
        server({ parameters: {} }),
        variable("binlog_format", "row"),
        variable("binlog_row_image", "MINIMAL"),
        variable("sync_binlog", "1"),
        variable("innodb_flush_log_at_trx_commit", 1),
        variable("toString", "x"),
    ],
    "mysql.params-size": [
        {},
        server({ parameters: {} }),
        variable("sort_buffer_size", 67108864),
        variable("sort_buffer_size", "64M"),
        variable("sort_buffer_size", "{DBInstanceClassMemory/1024}"),
        variable("innodb_online_alter_log_max_size", "1G"),
        variable("max_prepared_stmt_count", "1048576"),
    ],
    "mysql.charset": [
        {},
        server({}),
        server({ charset: "utf8mb4" }),
        server({ charset: "utf8mb4", collation: "utf8mb4_general_ci" }),
    ],
};

describe("checks of MySQL", () => {
    testChecks(databaseChecks, found, fine);
});
