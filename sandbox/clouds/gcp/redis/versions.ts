/** https://docs.cloud.google.com/memorystore/docs/redis/supported-versions, oldest first */
const versions: readonly string[] = ["REDIS_3_2", "REDIS_4_0", "REDIS_5_0", "REDIS_6_X", "REDIS_7_0", "REDIS_7_2"];

/** What is installed where nothing is said. */
export const defaultVersion = "REDIS_7_2";

export function isVersion(version: string): boolean {
    return versions.includes(version);
}

/** Whether a version is one of a list from that one on. */
export function isFrom(version: string, least: string): boolean {
    return versions.indexOf(version) >= versions.indexOf(least);
}

/** isRedisVersionDecreasingFunc of the provider (google/services/redis/resource_redis_instance.go), which does not read `6_X`. */
export function isDecrease(from: string, to: string): boolean {
    const [before, after] = [from, to].map((version) => /^REDIS_(\d+)_(\d+)$/.exec(version));
    return before !== null && after !== null && Number(`${after[1]}.${after[2]}`) < Number(`${before[1]}.${before[2]}`);
}

/** Configurations and the version that they came with: https://docs.cloud.google.com/memorystore/docs/redis/supported-redis-configurations */
const configs: Readonly<Record<string, string>> = {
    activedefrag: "REDIS_4_0",
    databases: "REDIS_3_2",
    "lazyfree-lazy-eviction": "REDIS_7_0",
    "lazyfree-lazy-expire": "REDIS_7_0",
    "lazyfree-lazy-user-del": "REDIS_7_0",
    "lazyfree-lazy-user-flush": "REDIS_7_0",
    "lfu-decay-time": "REDIS_4_0",
    "lfu-log-factor": "REDIS_4_0",
    "maxmemory-clients": "REDIS_7_0",
    "maxmemory-gb": "REDIS_3_2",
    "maxmemory-policy": "REDIS_3_2",
    "notify-keyspace-events": "REDIS_3_2",
    "stream-node-max-bytes": "REDIS_5_0",
    "stream-node-max-entries": "REDIS_5_0",
    timeout: "REDIS_3_2",
};

/** Whether a version has that configuration. */
export function hasConfig(version: string, name: string): boolean {
    return configs[name] !== undefined && isFrom(version, configs[name]);
}
