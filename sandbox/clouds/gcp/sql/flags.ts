/** Database flags of Cloud SQL for MySQL 8.0 and 8.4: https://docs.cloud.google.com/sql/docs/mysql/flags#list-flags */

const words = (text: string): string[] => text.trim().split(/\s+/);

const booleans = new Set(
    words(`
        activate_all_roles_on_login autocommit automatic_sp_privileges binlog_gtid_simple_recovery binlog_order_commits binlog_rows_query_log_events
        check_proxy_users cloudsql_allow_analyze_table cloudsql_avoid_parse_session_logging cloudsql_iam_authentication
        cloudsql_ignore_innodb_encryption cloudsql_vector cloudsql_vector_iterative_filtering disconnect_on_expired_password end_markers_in_json
        event_scheduler explicit_defaults_for_timestamp foreign_key_checks general_log global_connection_memory_tracking innodb_adaptive_hash_index
        innodb_buffer_pool_dump_at_shutdown innodb_buffer_pool_dump_now innodb_buffer_pool_load_abort innodb_buffer_pool_load_at_startup
        innodb_buffer_pool_load_now innodb_cloudsql_managed_buffer_pool innodb_cloudsql_optimized_write innodb_cmp_per_index_enabled
        innodb_deadlock_detect innodb_disable_sort_file_cache innodb_file_per_table innodb_flush_sync innodb_ft_enable_diag_print
        innodb_ft_enable_stopword innodb_log_checksums innodb_optimize_fulltext_only innodb_print_all_deadlocks innodb_print_ddl_logs
        innodb_random_read_ahead innodb_rollback_on_timeout innodb_stats_auto_recalc innodb_stats_include_delete_marked innodb_stats_on_metadata
        innodb_stats_persistent innodb_status_output innodb_status_output_locks innodb_strict_mode innodb_table_locks innodb_undo_log_truncate
        innodb_use_native_aio keep_files_on_create local_infile log_bin_trust_function_creators log_queries_not_using_indexes
        log_slow_admin_statements log_slow_extra log_slow_replica_statements log_slow_slave_statements master_verify_checksum myisam_use_mmap
        mysql_native_password_proxy_users password_require_current performance_schema performance_schema_show_processlist read_only
        replica_compressed_protocol replica_preserve_commit_order replica_sql_verify_checksum session_track_schema session_track_state_change
        sha256_password_proxy_users show_create_table_verbosity skip_character_set_client_handshake skip_show_database
        slave_compressed_protocol slave_preserve_commit_order slave_sql_verify_checksum slow_query_log source_verify_checksum
        sql_generate_invisible_primary_key sql_require_primary_key sysdate_is_now unique_checks windowing_use_high_precision
    `),
);

const big = 9_223_372_036_854_775_807n;
const small = 4_294_967_295n;

/** Least and most of each, of those whose limits are the same for all machines. */
const numbers: Readonly<Record<string, readonly [bigint, bigint]>> = {
    auto_increment_increment: [1n, 65_535n],
    auto_increment_offset: [1n, 65_535n],
    back_log: [1n, 65_535n],
    binlog_cache_size: [4096n, big],
    binlog_expire_logs_seconds: [0n, small],
    binlog_stmt_cache_size: [4096n, big],
    connect_timeout: [2n, 31_536_000n],
    group_concat_max_len: [4n, 17_179_869_184n],
    innodb_autoinc_lock_mode: [0n, 2n],
    innodb_flush_log_at_trx_commit: [1n, 2n],
    innodb_io_capacity: [100n, 100_000n],
    innodb_io_capacity_max: [100n, 100_000n],
    innodb_lock_wait_timeout: [1n, 1_073_741_824n],
    innodb_log_buffer_size: [262_144n, small],
    innodb_lru_scan_depth: [100n, big],
    innodb_max_purge_lag: [0n, small],
    innodb_online_alter_log_max_size: [65_536n, big],
    innodb_open_files: [100n, 2_147_483_647n],
    innodb_page_cleaners: [1n, 64n],
    innodb_purge_threads: [1n, 32n],
    innodb_read_io_threads: [1n, 64n],
    innodb_redo_log_capacity: [8_388_608n, 549_755_813_888n],
    innodb_sort_buffer_size: [65_536n, 67_108_864n],
    innodb_thread_concurrency: [0n, 1000n],
    innodb_write_io_threads: [1n, 64n],
    interactive_timeout: [1n, 31_536_000n],
    join_buffer_size: [128n, big],
    key_buffer_size: [4096n, small],
    lock_wait_timeout: [1n, 31_536_000n],
    log_error_verbosity: [1n, 3n],
    lower_case_table_names: [0n, 1n],
    max_allowed_packet: [16_384n, 1_073_741_824n],
    max_binlog_size: [4096n, 1_073_741_824n],
    max_connect_errors: [1n, big],
    max_connections: [1n, 100_000n],
    max_execution_time: [0n, big],
    max_heap_table_size: [16_384n, 67_108_864n],
    max_prepared_stmt_count: [0n, 1_048_576n],
    max_sort_length: [4n, 8_388_608n],
    max_user_connections: [0n, small],
    net_read_timeout: [30n, small],
    net_write_timeout: [60n, small],
    optimizer_search_depth: [0n, 62n],
    range_optimizer_max_mem_size: [0n, big],
    read_buffer_size: [8192n, 2_147_483_647n],
    read_rnd_buffer_size: [1n, 2_147_483_647n],
    sort_buffer_size: [32_768n, big],
    sync_binlog: [0n, small],
    table_definition_cache: [400n, 524_288n],
    table_open_cache: [1n, 524_288n],
    table_open_cache_instances: [1n, 64n],
    thread_cache_size: [0n, 16_384n],
    tmp_table_size: [1024n, 67_108_864n],
    wait_timeout: [1n, 31_536_000n],
};

/** The only values of some, capitals or not. */
const choices: Readonly<Record<string, readonly string[]>> = {
    binlog_row_image: ["full", "minimal", "noblob"],
    binlog_row_metadata: ["full", "minimal"],
    binlog_row_value_options: ["partial_json"],
    internal_tmp_mem_storage_engine: ["memory", "temptable"],
    log_output: ["file", "table", "none"],
    transaction_isolation: ["read-uncommitted", "read-committed", "repeatable-read", "serializable"],
};

/** Those whose values are free or hang on the machine. */
const others = new Set(
    words(`
        character_set_client character_set_connection character_set_results character_set_server collation_connection collation_server
        cte_max_recursion_depth default_time_zone histogram_generation_max_mem_size init_connect innodb_buffer_pool_chunk_size
        innodb_buffer_pool_instances innodb_buffer_pool_size innodb_flush_log_at_timeout innodb_log_file_size innodb_max_dirty_pages_pct
        innodb_max_dirty_pages_pct_lwm innodb_monitor_disable innodb_monitor_enable long_query_time optimizer_switch sql_mode temptable_max_mmap
        temptable_max_ram tls_version
    `),
);

/** Gone with 8.4. */
const before84 = new Set(
    words(
        "binlog_transaction_dependency_tracking default_authentication_plugin expire_logs_days transaction_write_set_extraction",
    ),
);

/** Google's words for a flag that it does not take; absent when it does. */
export function refusedFlag(name: string, value: string, version: string): string | undefined {
    const invalid = (reason: string) =>
        `googleapi: Error 400: Invalid request: Invalid flag: ${name}. ${reason}., invalid`;
    const wrong = invalid(`Value ${value} is not accepted`);
    if (booleans.has(name)) {
        return /^(on|off)$/i.test(value) ? undefined : wrong;
    }
    if (choices[name] !== undefined) {
        return choices[name].includes(value.toLowerCase()) ? undefined : wrong;
    }
    if (numbers[name] !== undefined) {
        const [least, most] = numbers[name];
        const within = /^\d+$/.test(value) && BigInt(value) >= least && BigInt(value) <= most;
        return within ? undefined : wrong;
    }
    if (before84.has(name)) {
        return version.startsWith("MYSQL_8_0") ? undefined : invalid(`It is not supported by ${version}`);
    }
    return others.has(name) ? undefined : invalid("It is not supported");
}
