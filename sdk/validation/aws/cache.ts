import type { WandbDeploymentArgs } from "../../args";
import { type AwsCacheArgs, AwsCacheEngine } from "../../aws/args/cache";
import { DefaultCacheWindows } from "../../aws/args/store-defaults";
import { checkNumber } from "../lists";
import type { Section } from "../section";
import { choice, flag, mapOf, object, plainNumber, plainText, secret, text } from "../shape";
import { given } from "../wording";
import { checkParameterGroup, parameterGroupShape, securityGroupShape } from "./group-names";
import { overlap, wrongDailyWindow, wrongWeeklyWindow } from "./store-rules";

export const cacheShape = object<AwsCacheArgs>("AwsCacheArgs", {
    replicationGroupId: text,
    subnetGroupName: text,
    securityGroup: securityGroupShape,
    engine: choice(AwsCacheEngine, { memcached: "W&B needs redis or valkey." }),
    engineVersion: plainText,
    nodeType: plainText,
    replicas: plainNumber,
    authToken: secret,
    authTokenRotation: plainText,
    keepPreviousAuthToken: flag,
    maintenanceWindow: plainText,
    snapshotRetentionDays: plainNumber,
    snapshotWindow: plainText,
    parameters: mapOf(plainText),
    parameterGroup: parameterGroupShape,
    applyImmediately: flag,
});

type Cache = Section<AwsCacheArgs>;

/** `aws.cache` */
export function checkElastiCache(args: Section<WandbDeploymentArgs>): void {
    const aws = args.section("aws");
    const cache = aws?.section("cache");
    if (aws === undefined || cache === undefined) {
        return;
    }
    if (args.has("redis")) {
        aws.refuse(
            "cache",
            "is given, but so is `redis`, which names another one, so that none is made here. Leave out the one or the other.",
        );
    }
    checkNames(cache);
    checkEngine(cache);
    checkToken(cache);
    checkWindows(cache);
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
function wrongGroupId(id: string): string | undefined {
    return /^[A-Za-z](?!.*--)[A-Za-z0-9-]{0,39}(?<!-)$/.test(id)
        ? undefined
        : `is not an id of a replication group ${given(id)}. It has at most 40 letters, digits and hyphens, a letter first, no hyphen last and no two in a row.`;
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html */
function wrongSubnetGroupName(name: string): string | undefined {
    return /^[A-Za-z0-9-]{1,255}$/.test(name) && name.toLowerCase() !== "default"
        ? undefined
        : `is not a name of a cache subnet group ${given(name)}. It has at most 255 letters, digits and hyphens, and is not default.`;
}

function checkNames(cache: Cache): void {
    cache.check("replicationGroupId", wrongGroupId);
    cache.check("subnetGroupName", wrongSubnetGroupName);
    checkParameterGroup(cache.section("parameterGroup"));
    if (cache.has("parameterGroup") && !cache.has("parameters")) {
        cache.refuse(
            "parameterGroup",
            "has no effect without `parameters`, where the engine's default group is used. Give these, or leave it out.",
        );
    }
    for (const { key, path } of cache.texts("parameters")) {
        cache.checkEntry({ path, value: key }, (name) =>
            /^[a-z][a-z0-9-]*$/.test(name)
                ? undefined
                : "is not a name of a parameter of the cache. Use lower-case letters, digits and hyphens, as in maxmemory-policy.",
        );
    }
}

/** W&B needs Redis 7 or newer; Valkey begins with 7.2. */
const LeastVersions: Readonly<Record<AwsCacheEngine, readonly [number, number]>> = { redis: [7, 0], valkey: [7, 2] };

function wrongVersion(version: string, engine: AwsCacheEngine): string | undefined {
    const [leastMajor, leastMinor] = LeastVersions[engine];
    const least = `${leastMajor}.${leastMinor}`;
    const match = /^(\d+)\.(\d+)$/.exec(version);
    if (match === null) {
        return `is not a version of ElastiCache ${given(version)}. Give major and minor number, for example ${least}.`;
    }
    const [major, minor] = match.slice(1).map(Number);
    return major < leastMajor || (major === leastMajor && minor < leastMinor)
        ? `is too old for W&B or not there for ${engine} ${given(version)}. Use ${least} or newer.`
        : undefined;
}

function checkEngine(cache: Cache): void {
    const engine = cache.text("engine") === AwsCacheEngine.Valkey ? AwsCacheEngine.Valkey : AwsCacheEngine.Redis;
    cache.check("engineVersion", (version) => wrongVersion(version, engine));
    cache.check("nodeType", (type) =>
        /^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(type)
            ? undefined
            : `is not a class of ElastiCache ${given(type)}. Give for example cache.m6g.large.`,
    );
    checkNumber(cache, "replicas", 0, 5);
}

/** What ElastiCache takes, less what breaks the URL that W&B makes of it. Nothing of it is shown. */
function wrongToken(token: string): string | undefined {
    if (token.length < 16 || token.length > 128) {
        return `has ${token.length} characters, and ElastiCache takes 16 to 128. Choose another, or leave it out to have one made.`;
    }
    return /^[A-Za-z0-9!&$-]*$/.test(token)
        ? undefined
        : "holds a character that ElastiCache refuses or that breaks the URL which W&B makes of it. Use letters, digits and ! & $ -";
}

function checkToken(cache: Cache): void {
    cache.check("authToken", wrongToken);
    if (cache.has("authToken") && cache.has("authTokenRotation")) {
        cache.refuse(
            "authTokenRotation",
            "makes a new generated token, but `authToken` gives one. Leave out the one or the other; change `authToken` to rotate your own.",
        );
    }
}

function checkWindows(cache: Cache): void {
    checkNumber(cache, "snapshotRetentionDays", 0, 35);
    cache.check("maintenanceWindow", (window) => wrongWeeklyWindow(window, 60));
    cache.check("snapshotWindow", (window) => wrongDailyWindow(window, 60));
    if (cache.number("snapshotRetentionDays") === 0 && cache.has("snapshotWindow")) {
        cache.refuse(
            "snapshotWindow",
            "is given, but `snapshotRetentionDays` is 0, so no snapshot is made. Leave out the one or the other.",
        );
    }
    const snapshot = cache.text("snapshotWindow") ?? DefaultCacheWindows.snapshot;
    const maintenance = cache.text("maintenanceWindow") ?? DefaultCacheWindows.maintenance;
    if (overlap(snapshot, maintenance)) {
        cache.refuse(
            cache.has("snapshotWindow") ? "snapshotWindow" : "maintenanceWindow",
            `makes snapshot and maintenance meet (${snapshot} and ${maintenance}), which ElastiCache refuses. Move one of the two.`,
        );
    }
}
