import type { AzureDatabaseArgs } from "../../azure/args/database";
import type { Section } from "../section";
import { given } from "../wording";

/** What W&B demands of a parameter, or a secure connection does. */
const Demanded: Readonly<Record<string, string>> = {
    binlog_row_image: "minimal",
    innodb_flush_log_at_trx_commit: "1",
    require_secure_transport: "on",
};

/** What Azure settles itself: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-server-parameters */
const Fixed: Readonly<Record<string, string>> = {
    binlog_format: "is always ROW on Azure, as W&B needs it",
    innodb_strict_mode: "cannot be changed on Azure",
    log_bin: "is always ON on Azure",
    lower_case_table_names: "can be settled by Microsoft's support only",
    sync_binlog: "is settled by Azure",
};

/** Least and most of those that hang on nothing else. */
const Ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
    connect_timeout: [2, 31_536_000],
    innodb_lock_wait_timeout: [1, 3600],
    innodb_online_alter_log_max_size: [65_536, 2_147_483_648],
    max_allowed_packet: [1024, 1_073_741_824],
    max_binlog_size: [4096, 1_073_741_824],
    max_prepared_stmt_count: [0, 1_048_576],
};

/** Sizes of a log file that Azure takes. */
const LogFileSizes = ["268435456", "536870912", "1073741824", "2147483648"];

/** `parameters` of the database. */
export function checkDatabaseParameters(database: Section<AzureDatabaseArgs>): void {
    for (const { key: name, path, value } of database.texts("parameters")) {
        const wrong = wrongParameter(name, value ?? "");
        if (wrong !== undefined) {
            database.report(path, wrong);
        }
    }
}

function wrongParameter(name: string, value: string): string | undefined {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
        return "is not a name of a parameter of MySQL. Use lower-case letters, digits and underscores.";
    }
    if (Fixed[name] !== undefined) {
        return `${Fixed[name]}. Leave it out.`;
    }
    if (value === "") {
        return undefined;
    }
    const demanded = Demanded[name];
    if (demanded !== undefined && value.toLowerCase() !== demanded) {
        return `must be ${demanded} for W&B ${given(value)}. Leave it out.`;
    }
    if (name === "innodb_log_file_size" && !LogFileSizes.includes(value)) {
        return `is not a size of a log file that Azure takes ${given(value)}. Give one of ${LogFileSizes.join(", ")}.`;
    }
    const range = Ranges[name];
    const within =
        range === undefined || (/^\d+$/.test(value) && Number(value) >= range[0] && Number(value) <= range[1]);
    return within ? undefined : `is not a whole number of ${range[0]} to ${range[1]} ${given(value)}. Correct it.`;
}
