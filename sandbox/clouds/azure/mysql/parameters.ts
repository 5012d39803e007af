/**
 * Parameters of MySQL that programs of this repository set, and what Azure takes of them; a range is that of MySQL's manual where Microsoft gives none. Others are errors,
 * so that no test passes because the simulation looked away: add a row.
 *
 * https://learn.microsoft.com/azure/mysql/flexible-server/concepts-server-parameters and https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html
 */

export interface Parameter {
    readonly standard: string;
    /** `ON,OFF` or `1-65535`, as the API tells it; any text when empty. */
    readonly allowed: string;
    /** false: it acts after a restart only. */
    readonly dynamic?: false;
    readonly readOnly?: true;
}

const big = "18446744073709551615";

export const parameters: Readonly<Record<string, Parameter>> = {
    audit_log_enabled: { standard: "OFF", allowed: "ON,OFF" },
    auto_increment_increment: { standard: "1", allowed: "1-65535" },
    binlog_expire_logs_seconds: { standard: "0", allowed: "0-4294967295" },
    binlog_format: { standard: "ROW", allowed: "ROW", readOnly: true },
    binlog_row_image: { standard: "MINIMAL", allowed: "FULL,MINIMAL,NOBLOB" },
    character_set_server: { standard: "UTF8MB4", allowed: "" },
    collation_server: { standard: "UTF8MB4_0900_AI_CI", allowed: "" },
    connect_timeout: { standard: "10", allowed: "2-31536000" },
    event_scheduler: { standard: "ON", allowed: "ON,OFF" },
    innodb_buffer_pool_size: { standard: "12884901888", allowed: `134217728-${big}` },
    innodb_flush_log_at_trx_commit: { standard: "1", allowed: "0,1,2" },
    innodb_lock_wait_timeout: { standard: "50", allowed: "1-3600" },
    innodb_log_file_size: {
        standard: "268435456",
        allowed: "268435456,536870912,1073741824,2147483648",
        dynamic: false,
    },
    innodb_online_alter_log_max_size: { standard: "134217728", allowed: "65536-2147483648" },
    innodb_strict_mode: { standard: "ON", allowed: "ON,OFF", readOnly: true },
    interactive_timeout: { standard: "28800", allowed: "10-31536000" },
    log_bin: { standard: "ON", allowed: "ON", readOnly: true },
    log_bin_trust_function_creators: { standard: "ON", allowed: "ON,OFF" },
    long_query_time: { standard: "10", allowed: "0-31536000" },
    lower_case_table_names: { standard: "1", allowed: "1,2", readOnly: true },
    max_allowed_packet: { standard: "16777216", allowed: "1024-1073741824" },
    max_binlog_size: { standard: "1073741824", allowed: "4096-1073741824" },
    max_connections: { standard: "1365", allowed: "10-100000" },
    max_execution_time: { standard: "0", allowed: "0-4294967295" },
    max_prepared_stmt_count: { standard: "16382", allowed: "0-1048576" },
    require_secure_transport: { standard: "ON", allowed: "ON,OFF" },
    slow_query_log: { standard: "OFF", allowed: "ON,OFF" },
    sort_buffer_size: { standard: "524288", allowed: `32768-${big}` },
    sync_binlog: { standard: "1", allowed: "1", readOnly: true },
    tls_version: { standard: "TLSv1.2", allowed: "TLSv1.2,TLSv1.3", dynamic: false },
    wait_timeout: { standard: "28800", allowed: "1-31536000" },
};

/** Whether Azure takes the value. */
export function takes({ allowed }: Parameter, value: string): boolean {
    const [, least, most] = /^(\d+)-(\d+)$/.exec(allowed) ?? [];
    if (least !== undefined && most !== undefined) {
        return /^\d+(\.\d+)?$/.test(value) && Number(value) >= Number(least) && Number(value) <= Number(most);
    }
    const known = allowed.toUpperCase().split(",");
    return allowed === "" || value.split(",").every((one) => known.includes(one.toUpperCase()));
}
