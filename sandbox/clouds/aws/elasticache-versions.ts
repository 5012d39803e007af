/** Engines, versions and node types of ElastiCache. */

/** Oldest first: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
const versions: Readonly<Record<string, readonly string[]>> = {
    redis: ["6.0", "6.2", "7.0", "7.1"],
    valkey: ["7.2", "8.0", "8.1", "8.2", "9.0"],
};

/** What AWS takes when a program gives none; it moves. */
export const defaultVersions: Readonly<Record<string, string>> = { redis: "7.1", valkey: "8.2" };

export function isVersion(engine: string, version: string): boolean {
    return (versions[engine] ?? []).includes(version);
}

/** Of either engine: Valkey goes on where Redis OSS ends. */
export function isDowngrade(from: string, to: string): boolean {
    const number = (version: string) => {
        const [major = 0, minor = 0] = version.split(".").map(Number);
        return major * 1_000 + minor;
    };
    return from !== "" && to !== "" && number(to) < number(from);
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheParameterGroup.html */
export const families = ["redis6.x", "redis7", "valkey7", "valkey8", "valkey9"];

export function familyOf(engine: string, version: string): string {
    const [major] = version.split(".");
    return engine === "redis" && major === "6" ? "redis6.x" : `${engine}${major}`;
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html */
const sizes: Readonly<Record<string, string>> = {
    c7gn: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
    m5: "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge",
    m6g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
    m7g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
    r5: "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge",
    r6g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
    r6gd: "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
    r7g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge",
    t3: "micro small medium",
    t4g: "micro small medium",
};

export function isNodeType(name: string): boolean {
    const [cache, family = "", size = "", ...more] = name.split(".");
    return cache === "cache" && size !== "" && more.length === 0 && (sizes[family] ?? "").split(" ").includes(size);
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html */
export function needsTiering(nodeType: string): boolean {
    return nodeType.startsWith("cache.r6gd.");
}
