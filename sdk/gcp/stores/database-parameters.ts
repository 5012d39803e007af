type Flags = Readonly<Record<string, string>>;

/**
 * W&B's own Terraform module and its requirements page ask for these. Of the others on that page `binlog_format` is ROW on Cloud SQL and no flag;
 * `innodb_flush_log_at_trx_commit` and `sync_binlog` are 1 unless somebody changes them. Two differ from the module: `local_infile`, which lets clients load files
 * and which W&B does not ask for, and `log_output`, without which the slow query log does not reach Cloud Logging.
 * https://docs.cloud.google.com/sql/docs/mysql/flags
 */
const Ours: Flags = {
    binlog_row_image: "minimal",
    binlog_row_value_options: "PARTIAL_JSON",
    innodb_autoinc_lock_mode: "2",
    innodb_lru_scan_depth: "100",
    innodb_online_alter_log_max_size: "268435456",
    local_infile: "off",
    log_output: "FILE",
    long_query_time: "1",
    max_execution_time: "60000",
    max_prepared_stmt_count: "1048576",
    skip_show_database: "on",
    slow_query_log: "on",
    sort_buffer_size: "67108864",
};

/** All flags, sorted, so that another order of the arguments is no change. */
export function databaseFlags(given: Flags = {}): { name: string; value: string }[] {
    const all = { ...Ours, ...given };
    return Object.keys(all)
        .sort()
        .map((name) => ({ name, value: all[name] }));
}
