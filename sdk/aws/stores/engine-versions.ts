import { AwsCacheEngine } from "../args/cache";

/** The newest patch of the Aurora MySQL line with long-term support: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Update.SpecialVersions.html */
export const AuroraVersion = "8.0.mysql_aurora.3.10.4";

/** Engine versions of ElastiCache: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
export const CacheVersions: Readonly<Record<AwsCacheEngine, string>> = Object.freeze({
    [AwsCacheEngine.Redis]: "7.1",
    [AwsCacheEngine.Valkey]: "8.1",
});

/** Family of the parameter groups: AWS takes no other for an engine version, so it changes with the major one. */
export function auroraFamily(engineVersion: string): string {
    return `aurora-mysql${/^\d+\.\d+/.exec(engineVersion)?.[0] ?? ""}`;
}

/** The same for a cache: `redis7`, `valkey8`. */
export function cacheFamily(engine: AwsCacheEngine, engineVersion: string): string {
    return `${engine}${/^\d+/.exec(engineVersion)?.[0] ?? ""}`;
}
