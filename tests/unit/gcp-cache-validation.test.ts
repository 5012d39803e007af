/** Rules for `gcp.cache`: what Google Cloud and W&B take, and what they refuse. */
import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { Problem } from "../../sdk/errors";
import { weeklyTime } from "../../sdk/gcp/args/weekly-time";
import { checkMemorystore } from "../../sdk/validation/gcp/cache";
import { readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { DeploymentShape } from "../../sdk/validation/shapes";

function problems(cache: object, others: object = {}): string[] {
    const found: Problem[] = [];
    const gcp = { project: "example-project", region: "europe-west4", cache };
    const known = readKinds({ host: "wandb.example.com", ...others, gcp }, DeploymentShape, "", found);
    if (known instanceof Map) {
        checkMemorystore(new Section<WandbDeploymentArgs>("", known, found));
    }
    return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

const direct = { connectMode: "DIRECT_PEERING" };

const accepted: Readonly<Record<string, object>> = {
    nothing: {},
    "a name": { identifier: `a${"-b".repeat(19)}c` },
    "the least version": { engineVersion: "REDIS_7_0" },
    "a version to come": { engineVersion: "REDIS_8_0" },
    "the least memory": { memorySizeGb: 1 },
    "the most memory": { memorySizeGb: 300 },
    replicas: { readReplicas: 5, memorySizeGb: 5, secondaryIpRange: "auto" },
    zones: { zone: "europe-west4-a", alternativeZone: "europe-west4-b" },
    "one node": { highAvailability: false, zone: "europe-west4-a" },
    "an allocated range": { reservedIpRange: "google-managed-services-default" },
    "a range of direct peering": { ...direct, reservedIpRange: "10.30.0.0/29" },
    "ranges of replicas": {
        ...direct,
        readReplicas: 2,
        reservedIpRange: "10.30.0.0/28",
        secondaryIpRange: "10.30.1.0/28",
    },
    snapshots: { snapshotPeriod: "ONE_HOUR", snapshotStartTime: "2026-01-31T05:00:00Z" },
    maintenance: { maintenanceWindow: "Wed:22:30" },
    parameters: { parameters: { "maxmemory-policy": "volatile-ttl", "notify-keyspace-events": "KEA" } },
};

/** Arguments and the one problem that follows. */
const refused: readonly (readonly [string, object, RegExp])[] = [
    ["one letter", { identifier: "a" }, /^gcp\.cache\.identifier: is not a name of an instance of Memorystore/],
    ["a long name", { identifier: "a".repeat(41) }, /identifier: .*2 to 40/],
    ["an upper-case name", { identifier: "Cache" }, /identifier: is not a name/],
    ["a hyphen last", { identifier: "cache-" }, /identifier: is not a name/],
    ["an old version", { engineVersion: "REDIS_6_X" }, /engineVersion: is too old for W&B.*REDIS_7_0 or newer/],
    ["a number", { engineVersion: "7.2" }, /engineVersion: is not a version of Memorystore for Redis.*REDIS_7_2/],
    ["Valkey", { engineVersion: "VALKEY_8_0" }, /engineVersion: is not a version/],
    ["no memory", { memorySizeGb: 0 }, /memorySizeGb: is not a whole number of 1 to 300/],
    ["too much memory", { memorySizeGb: 301 }, /memorySizeGb: is not a whole number/],
    ["half a gigabyte", { memorySizeGb: 1.5 }, /memorySizeGb: is not a whole number/],
    ["little memory for replicas", { readReplicas: 1, memorySizeGb: 4 }, /memorySizeGb: is not .*5 to 300/],
    ["no replicas", { readReplicas: 0 }, /readReplicas: is not a whole number of 1 to 5/],
    ["six replicas", { readReplicas: 6 }, /readReplicas: is not a whole number of 1 to 5/],
    ["replicas of one node", { highAvailability: false, readReplicas: 1 }, /readReplicas: are given, but/],
    ["a zone elsewhere", { zone: "us-central1-a" }, /zone: is in another region/],
    ["a zone twice", { zone: "europe-west4-a", alternativeZone: "europe-west4-a" }, /alternativeZone: is the zone of/],
    ["a zone of nothing", { highAvailability: false, alternativeZone: "europe-west4-a" }, /alternativeZone: has no/],
    ["another spelling", { connectMode: "private-service-access" }, /connectMode: .*Use PRIVATE_SERVICE_ACCESS/],
    ["a mode that is none", { connectMode: "DIRECT", reservedIpRange: "10.3.0.0/29" }, /connectMode: /],
    ["addresses for a range's name", { reservedIpRange: "10.30.0.0/29" }, /is not the name of an allocated range/],
    ["a name for addresses", { ...direct, reservedIpRange: "range" }, /reservedIpRange: /],
    ["a small range", { ...direct, reservedIpRange: "10.30.0.0/30" }, /is too small .*\/29 or larger/],
    [
        "a small range for replicas",
        { ...direct, readReplicas: 2, reservedIpRange: "10.30.0.0/29" },
        /reservedIpRange: is too small .*\/28 or larger/,
    ],
    ["addresses inside a range", { ...direct, reservedIpRange: "10.30.0.1/29" }, /reservedIpRange: /],
    ["a range of no replicas", { secondaryIpRange: "auto" }, /secondaryIpRange: has no effect without `readReplicas`/],
    ["hours", { snapshotPeriod: "24h" }, /snapshotPeriod: .*Use TWENTY_FOUR_HOURS/],
    ["a time of no snapshot", { snapshotStartTime: "2026-01-31T05:00:00Z" }, /snapshotStartTime: is given, but/],
    [
        "a time with an offset",
        { snapshotPeriod: "ONE_HOUR", snapshotStartTime: "2026-01-31T05:00:00+01:00" },
        /snapshotStartTime: is not a point in time/,
    ],
    ["a window", { maintenanceWindow: "sun:03:00-sun:04:00" }, /maintenanceWindow: is not a time of the week/],
    ["an hour that is none", { maintenanceWindow: "sun:24:00" }, /maintenanceWindow: is not a time of the week/],
    ["a name that is none", { parameters: { maxmemory_policy: "noeviction" } }, /is not a name of a configuration/],
];

describe("gcp.cache", () => {
    for (const [what, cache] of Object.entries(accepted)) {
        it(`takes ${what}`, () => assert.deepEqual(problems(cache), []));
    }

    for (const [what, cache, expected] of refused) {
        it(`refuses ${what}`, () => {
            const found = problems(cache);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], /^gcp\.cache/);
            assert.match(found[0], expected);
        });
    }

    it("has no effect beside a Redis of one's own", () => {
        assert.match(problems({}, { redis: { host: "redis" } }).join(), /^gcp\.cache: is given, but so is `redis`/);
    });
});

describe("a time of the week", () => {
    it("is a day, an hour and a minute", () => {
        assert.notEqual(weeklyTime("sun:05:00"), undefined);
        assert.deepEqual(weeklyTime("SAT:23:59"), { ...weeklyTime("sat:23:59") });
        for (const text of ["", "sunday:05:00", "sun:5:00", "sun:05", "sun:05:60", "sun:24:00", "sun:05:00 "]) {
            assert.equal(weeklyTime(text), undefined, text);
        }
    });
});
