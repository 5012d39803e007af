/** Rules for `aws.cache`: what AWS and W&B take, and what they refuse. */
import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { Problem } from "../../sdk/errors";
import { checkElastiCache } from "../../sdk/validation/aws/cache";
import { readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { DeploymentShape } from "../../sdk/validation/shapes";

function problems(cache: object, others: object = {}): string[] {
    const found: Problem[] = [];
    const known = readKinds({ host: "wandb.example.com", ...others, aws: { cache } }, DeploymentShape, "", found);
    assert.ok(known instanceof Map);
    checkElastiCache(new Section<WandbDeploymentArgs>("", known, found));
    return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

const accepted: Readonly<Record<string, object>> = {
    nothing: {},
    names: { replicationGroupId: `A${"b".repeat(39)}`, subnetGroupName: "1-Subnets" },
    "the least Redis": { engineVersion: "7.0" },
    "the least Valkey": { engine: "valkey", engineVersion: "7.2" },
    "a Valkey to come": { engine: "valkey", engineVersion: "10.0" },
    "a node type": { nodeType: "cache.r7g.16xlarge", replicas: 5 },
    "one node": { replicas: 0 },
    "a token": { authToken: "aA1!&$-890123456", keepPreviousAuthToken: false },
    rotation: { authTokenRotation: "2026-11" },
    windows: { maintenanceWindow: "Sun:05:00-Sun:06:00", snapshotWindow: "06:00-07:00", snapshotRetentionDays: 35 },
    "no snapshots": { snapshotRetentionDays: 0 },
    parameters: { parameters: { "maxmemory-policy": "volatile-ttl" }, applyImmediately: false },
};

/** Arguments and the one problem that follows. */
const refused: readonly (readonly [string, object, RegExp])[] = [
    ["a long id", { replicationGroupId: "a".repeat(41) }, /replicationGroupId: .*at most 40/],
    ["a digit first", { replicationGroupId: "1a" }, /replicationGroupId: is not an id/],
    ["two hyphens", { replicationGroupId: "a--b" }, /replicationGroupId: is not an id/],
    ["a hyphen last", { replicationGroupId: "a-" }, /replicationGroupId: is not an id/],
    ["a dot in the subnet group", { subnetGroupName: "a.b" }, /subnetGroupName: is not a name/],
    ["the default subnet group", { subnetGroupName: "Default" }, /is not default/],
    ["Memcached", { engine: "memcached" }, /engine: .*W&B needs redis or valkey/],
    ["Redis 6", { engineVersion: "6.2" }, /engineVersion: is too old for W&B.*Use 7\.0 or newer/],
    ["Valkey 7.1", { engine: "valkey", engineVersion: "7.1" }, /Use 7\.2 or newer/],
    ["a patch level", { engineVersion: "7.1.0" }, /is not a version of ElastiCache.*major and minor/],
    ["a floating version", { engineVersion: "7.x" }, /is not a version/],
    ["a class of RDS", { nodeType: "db.r6g.large" }, /nodeType: is not a class of ElastiCache/],
    ["six replicas", { replicas: 6 }, /replicas: is not a whole number of 0 to 5/],
    ["a short token", { authToken: "a".repeat(15) }, /authToken: has 15 characters/],
    ["a long token", { authToken: "a".repeat(129) }, /authToken: has 129 characters/],
    ["a token that ElastiCache refuses", { authToken: "aaaaaaaaaaaaaaa@" }, /authToken: holds a character/],
    ["a token that cuts the URL", { authToken: "aaaaaaaaaaaaaaa#" }, /authToken: holds a character/],
    ["a token that no URL holds", { authToken: "aaaaaaaaaaaaaaa^" }, /authToken: holds a character/],
    ["two ways to a token", { authToken: "a".repeat(16), authTokenRotation: "1" }, /authTokenRotation: .*gives one/],
    ["a short window", { maintenanceWindow: "sun:03:00-sun:03:30" }, /maintenanceWindow: is too short.*60 minutes/],
    ["a short snapshot window", { snapshotWindow: "04:30-05:00" }, /snapshotWindow: is too short/],
    ["windows that meet", { snapshotWindow: "03:30-04:30" }, /snapshotWindow: makes snapshot and maintenance meet/],
    [
        "the default window that meets",
        { maintenanceWindow: "mon:05:59-mon:06:59" },
        /maintenanceWindow: makes snapshot/,
    ],
    ["36 days", { snapshotRetentionDays: 36 }, /snapshotRetentionDays: is not a whole number of 0 to 35/],
    [
        "a time for no snapshot",
        { snapshotRetentionDays: 0, snapshotWindow: "08:00-09:00" },
        /snapshotWindow: is given, but `snapshotRetentionDays` is 0/,
    ],
    [
        "a parameter of MySQL",
        { parameters: { max_memory: "1" } },
        /parameters\.max_memory: is not a name of a parameter/,
    ],
];

describe("aws.cache", () => {
    for (const [what, cache] of Object.entries(accepted)) {
        it(`takes ${what}`, () => assert.deepEqual(problems(cache), []));
    }

    for (const [what, cache, expected] of refused) {
        it(`refuses ${what}`, () => {
            const found = problems(cache);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], /^aws\.cache/);
            assert.match(found[0], expected);
        });
    }

    it("has no effect beside a cache of one's own", () => {
        assert.match(problems({}, { redis: { host: "redis" } }).join(), /^aws\.cache: is given, but so is `redis`/);
    });

    it("shows nothing of a token", () => {
        assert.doesNotMatch(problems({ authToken: "hunter2/hunter2hunter2" }).join(), /hunter2/);
    });
});
