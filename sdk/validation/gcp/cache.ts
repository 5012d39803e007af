import type { WandbDeploymentArgs } from "../../args";
import { type GcpCacheArgs, GcpCacheConnectMode, GcpCacheSnapshotPeriod } from "../../gcp/args/cache";
import { parseIpv4Range, wrongIpv4Range } from "../cidr";
import { checkNumber } from "../lists";
import type { Section } from "../section";
import { choice, flag, mapOf, object, plainNumber, plainText, text } from "../shape";
import { given } from "../wording";
import { isRangeName, wrongMoment, wrongWeeklyTime, wrongZone } from "./store-rules";

export const cacheShape = object<GcpCacheArgs>("GcpCacheArgs", {
    identifier: text,
    engineVersion: plainText,
    memorySizeGb: plainNumber,
    highAvailability: flag,
    readReplicas: plainNumber,
    zone: text,
    alternativeZone: text,
    connectMode: choice(GcpCacheConnectMode, { "private-service-access": "Use PRIVATE_SERVICE_ACCESS." }),
    reservedIpRange: text,
    secondaryIpRange: text,
    snapshotPeriod: choice(GcpCacheSnapshotPeriod, { "1h": "Use ONE_HOUR.", "24h": "Use TWENTY_FOUR_HOURS." }),
    snapshotStartTime: text,
    maintenanceWindow: plainText,
    parameters: mapOf(plainText),
});

type Cache = Section<GcpCacheArgs>;

/** `gcp.cache` */
export function checkMemorystore(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    const cache = gcp?.section("cache");
    if (gcp === undefined || cache === undefined) {
        return;
    }
    if (args.has("redis")) {
        gcp.refuse(
            "cache",
            "is given, but so is `redis`, which names another one, so that none is made here. Leave out the one or the other.",
        );
    }
    cache.check("identifier", wrongName);
    cache.check("engineVersion", wrongVersion);
    checkMemory(cache);
    checkZones(cache, gcp.text("region"));
    checkRanges(cache);
    checkTimes(cache);
    checkParameters(cache);
}

/** https://docs.cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances/create; the provider wants two characters */
function wrongName(name: string): string | undefined {
    return /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/.test(name)
        ? undefined
        : `is not a name of an instance of Memorystore ${given(name)}. It has 2 to 40 lower-case letters, digits and hyphens, a letter first and no hyphen last.`;
}

/** W&B needs Redis 7 or newer. */
function wrongVersion(version: string): string | undefined {
    const example = "Give REDIS_7_2.";
    const [, major] = /^REDIS_(\d+)_(\d+|X)$/.exec(version) ?? [];
    if (major === undefined) {
        return `is not a version of Memorystore for Redis ${given(version)}. ${example}`;
    }
    return Number(major) < 7 ? `is too old for W&B ${given(version)}. Use REDIS_7_0 or newer. ${example}` : undefined;
}

/** https://docs.cloud.google.com/memorystore/docs/redis/about-read-replicas */
function checkMemory(cache: Cache): void {
    checkNumber(cache, "memorySizeGb", cache.has("readReplicas") ? 5 : 1, 300);
    checkNumber(cache, "readReplicas", 1, 5);
    if (cache.has("readReplicas") && cache.flag("highAvailability") === false) {
        cache.refuse(
            "readReplicas",
            "are given, but `highAvailability` is false, so there is one node only. Leave out the one or the other.",
        );
    }
}

function checkZones(cache: Cache, region: string | undefined): void {
    for (const key of ["zone", "alternativeZone"] as const) {
        cache.check(key, (zone) => wrongZone(zone, region));
    }
    if (cache.has("alternativeZone") && cache.flag("highAvailability") === false) {
        cache.refuse(
            "alternativeZone",
            "has no effect, because `highAvailability` is false. Leave out the one or the other.",
        );
    }
    const zone = cache.text("zone");
    if (zone !== undefined && zone === cache.text("alternativeZone")) {
        cache.refuse("alternativeZone", `is the zone of the primary ${given(zone)}. Give another one of the region.`);
    }
}

function checkRanges(cache: Cache): void {
    const direct = cache.text("connectMode") === GcpCacheConnectMode.DirectPeering;
    const bits = cache.has("readReplicas") ? 28 : 29;
    if (cache.pending("connectMode")) {
        return;
    }
    cache.check("reservedIpRange", (range) => wrongRange(range, direct, bits));
    cache.check("secondaryIpRange", (range) => (range === "auto" ? undefined : wrongRange(range, direct, 28)));
    if (cache.has("secondaryIpRange") && !cache.has("readReplicas")) {
        cache.refuse(
            "secondaryIpRange",
            "has no effect without `readReplicas`, whose addresses it gives. Give these, or leave it out.",
        );
    }
}

/** https://docs.cloud.google.com/memorystore/docs/redis/networking */
function wrongRange(range: string, direct: boolean, bits: number): string | undefined {
    if (!direct) {
        return isRangeName(range)
            ? undefined
            : `is not the name of an allocated range ${given(range)}, which \`connectMode\` PRIVATE_SERVICE_ACCESS needs. Give for example google-managed-services-default.`;
    }
    const parsed = parseIpv4Range(range);
    if (parsed !== undefined && parsed.prefix > bits) {
        return `is too small ${given(range)}: Memorystore needs a range of /${bits} or larger. Give for example 10.30.0.0/${bits}.`;
    }
    return wrongIpv4Range(range);
}

function checkTimes(cache: Cache): void {
    cache.check("maintenanceWindow", wrongWeeklyTime);
    cache.check("snapshotStartTime", wrongMoment);
    if (cache.has("snapshotStartTime") && !cache.has("snapshotPeriod")) {
        cache.refuse(
            "snapshotStartTime",
            "is given, but `snapshotPeriod` is not, so no snapshot is made. Give that too, or leave it out.",
        );
    }
}

function checkParameters(cache: Cache): void {
    for (const { key, path } of cache.texts("parameters")) {
        cache.checkEntry({ path, value: key }, (name) =>
            /^[a-z][a-z0-9-]*$/.test(name)
                ? undefined
                : "is not a name of a configuration of Redis. Use lower-case letters, digits and hyphens, as in maxmemory-policy.",
        );
    }
}
