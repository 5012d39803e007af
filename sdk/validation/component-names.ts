/** Subcharts of operator-wandb 0.43.8 that run W&B's own images by one common template. */
const Services = [
    "api",
    "app",
    "console",
    "executor",
    "filemeta",
    "anaconda2",
    "filestream",
    "flat-run-fields-updater",
    "history-updater",
    "frontend",
    "glue",
    "metric-observer",
    "parquet",
    "parquet-metadata-cache",
    "weave",
    "mcp-server",
    "weave-trace",
    "weave-trace-worker",
    "weave-evaluate-model-worker",
    "weave-trace-agent-scoring-worker",
    "nginx",
    "lumen-agent",
] as const;

/** Jobs and hooks of the same template. */
const Jobs = [
    "appRenamePreHook",
    "appRenamePostHook",
    "internalSignerPreHook",
    "settingsMigrationJob",
    "clickhouseMigrationJob",
] as const;

/** Bundled third-party parts. */
const Bundled = [
    "mysql",
    "prometheus",
    "redis",
    "kafka",
    "etcd",
    "bufstream",
    "otel",
    "stackdriver",
    "yace",
    "reloader",
    "clickhouse",
] as const;

/** Parts that the chart renders by its common template (`wandb-base`): they share the rules for environment and service account. */
export const TemplateComponents: readonly string[] = Object.freeze([...Services, ...Jobs]);

/** Everything that `components` can name. */
export const ComponentNames: readonly string[] = Object.freeze([...Services, ...Jobs, ...Bundled]);

/** Parts whose service account the chart does not name by `<component>.serviceAccount`. */
const WithoutAccount = new Set<string>(["mysql", "prometheus", "redis", "bufstream", "otel", "reloader"]);

/** Everything that `serviceAccounts[].components` can name. */
export const AccountComponents: readonly string[] = Object.freeze(
    ComponentNames.filter((name) => !WithoutAccount.has(name)),
);
