/** Rules for `gcp.database`: what Google Cloud and W&B take, and what they refuse. */
import assert from "node:assert/strict";
import fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import { tierOf } from "../../sandbox/clouds/gcp/sql/tiers";
import { isVersion } from "../../sandbox/clouds/gcp/sql/versions";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { Problem } from "../../sdk/errors";
import { checkCloudSql } from "../../sdk/validation/gcp/database";
import { readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { DeploymentShape } from "../../sdk/validation/shapes";

const place = { project: "example-project", region: "europe-west4" };

function problems(database: object, others: object = {}, gcp: object = place): string[] {
    const found: Problem[] = [];
    const args = { host: "wandb.example.com", ...others, gcp: { ...gcp, database } };
    const known = readKinds(args, DeploymentShape, "", found);
    if (known instanceof Map) {
        checkCloudSql(new Section<WandbDeploymentArgs>("", known, found));
    }
    return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

const plus = { edition: "ENTERPRISE_PLUS" };
const longest = 98 - "example-project:".length;

const accepted: Readonly<Record<string, object>> = {
    nothing: {},
    names: { identifier: "a".repeat(longest), name: "w".repeat(64), username: "a_b-".repeat(8) },
    "a name of one letter": { identifier: "a" },
    "the least version": { engineVersion: "MYSQL_8_0_32" },
    "the newest version": { engineVersion: "MYSQL_8_4" },
    "a machine type": { tier: "db-custom-96-638976" },
    "one processor": { tier: "db-custom-1-3840" },
    "a machine type of the module": { tier: "db-n1-highmem-32", diskType: "PD_HDD" },
    "a machine type of Enterprise Plus": { ...plus, tier: "db-perf-optimized-N-128", dataCache: false },
    "a machine with hyperdisks": { tier: "db-custom-N4-80-655360", diskType: "HYPERDISK_BALANCED", diskSizeGb: 20 },
    "a shared core": { tier: "db-f1-micro", diskSizeGb: 10 },
    "a disk": { diskType: "PD_SSD", diskSizeGb: 10, diskGrowthLimitGb: 10 },
    "a disk that grows without limit": { diskSizeGb: 65_536 },
    "a disk that does not grow": { diskGrowth: false },
    zones: { zone: "europe-west4-a", secondaryZone: "europe-west4-c" },
    "one zone": { highAvailability: false, zone: "europe-west4-a" },
    "a password of 8": { password: "abcdefgh" },
    "a password of 128": { password: `aA1-._~!$&'()*+,;=${"x".repeat(110)}` },
    "a password that is not known yet": { password: pulumi.output("short") },
    rotation: { passwordRotation: "2026-11" },
    "a backup": { restore: { backupRunId: 1_700_000_000_000, instance: "other", project: "former-project" } },
    "a clone": { clone: { instance: "other", pointInTime: "2026-01-31T02:10:00.5Z", project: "former-project" } },
    "a clone with its database's name": { clone: { instance: "other" }, name: "theirs", createDatabase: false },
    "days to go back to": { backupRetentionDays: 7, pointInTimeRecoveryDays: 7 },
    "more days of Enterprise Plus": { ...plus, backupRetentionDays: 365, pointInTimeRecoveryDays: 35 },
    "backups at midnight in Europe": { backupStartTime: "00:00", backupLocation: "eu" },
    "a last backup": { finalBackup: true, finalBackupRetentionDays: 365 },
    maintenance: { maintenanceWindow: "Mon:23:00", maintenanceTrack: "week5" },
    parameters: {
        parameters: { binlog_row_image: "MINIMAL", sync_binlog: "1", max_connections: "2000", local_infile: "on" },
    },
};

/** Arguments and the one problem that follows. */
const refused: readonly (readonly [string, object, RegExp])[] = [
    ["an upper-case name", { identifier: "Wandb" }, /^gcp\.database\.identifier: is not a name .*lower-case/],
    ["a digit first", { identifier: "1a" }, /identifier: is not a name/],
    ["a hyphen last", { identifier: "wandb-" }, /identifier: is not a name/],
    ["a long name", { identifier: "a".repeat(longest + 1) }, /Cloud SQL takes 82 in project example-project/],
    ["MySQL 5.7", { engineVersion: "MYSQL_5_7" }, /engineVersion: is not supported by W&B.*MYSQL_8_4/],
    ["MySQL 9", { engineVersion: "MYSQL_9_0" }, /is not supported by W&B/],
    ["an old MySQL 8", { engineVersion: "MYSQL_8_0_31" }, /older than W&B supports.*MYSQL_8_0_32/],
    ["a line", { engineVersion: "MYSQL_8_0" }, /is not one version.*would change under the stack/],
    ["PostgreSQL", { engineVersion: "POSTGRES_16" }, /is not a version of Cloud SQL for MySQL/],
    ["an edition in small letters", { edition: "enterprise" }, /edition: .*Use ENTERPRISE\./],
    ["a machine of Compute Engine", { tier: "n1-highmem-2" }, /tier: is not a machine type of Cloud SQL for MySQL/],
    ["a number of processors", { tier: "db-n1-highmem-3" }, /db-n1-highmem has 2, 4, .* vCPUs/],
    ["odd processors", { tier: "db-custom-3-13312" }, /has 3 vCPUs .*1 or an even number up to 96/],
    ["too many processors", { tier: "db-custom-98-638976" }, /has 98 vCPUs/],
    ["too little memory", { tier: "db-custom-2-3584" }, /multiples of 256 from 3840 to 13312/],
    ["too much memory", { tier: "db-custom-2-13568" }, /multiples of 256 from 3840 to 13312/],
    ["odd memory", { tier: "db-custom-2-13300" }, /multiples of 256/],
    ["a machine of Enterprise Plus", { tier: "db-perf-optimized-N-2" }, /machine type of ENTERPRISE_PLUS .*Set `gcp/],
    ["a machine of Enterprise", { ...plus, tier: "db-custom-2-13312" }, /machine type of ENTERPRISE .*perf-optimized/],
    [
        "an edition that is not known yet",
        { edition: pulumi.output("ENTERPRISE_PLUS") },
        /edition: is an Output or a promise/,
    ],
    ["a data cache of Enterprise", { dataCache: true }, /dataCache: is true, but only ENTERPRISE_PLUS/],
    ["another disk", { tier: "db-custom-N4-2-13312", diskType: "PD_SSD" }, /diskType: .*Use HYPERDISK_BALANCED/],
    ["a kind of disk", { diskType: "ssd" }, /diskType: .*Use PD_SSD/],
    ["a small disk", { diskSizeGb: 9 }, /diskSizeGb: is not a whole number of 10 to 65536/],
    ["a huge disk", { diskSizeGb: 65_537 }, /diskSizeGb: is not a whole number/],
    ["half a gigabyte", { diskSizeGb: 10.5 }, /diskSizeGb: is not a whole number/],
    ["a limit below the disk", { diskGrowthLimitGb: 99 }, /diskGrowthLimitGb: is below the size .*which is 100/],
    ["a limit of nothing", { diskGrowth: false, diskGrowthLimitGb: 200 }, /diskGrowthLimitGb: has no effect/],
    ["a region for a zone", { zone: "europe-west4" }, /zone: is not a zone .*europe-west4-a/],
    ["a zone elsewhere", { zone: "us-central1-a" }, /zone: is in another region than `gcp\.region`/],
    ["the same zone", { zone: "europe-west4-a", secondaryZone: "europe-west4-a" }, /secondaryZone: is the zone of/],
    ["a second zone alone", { secondaryZone: "europe-west4-a" }, /secondaryZone: is given without `zone`/],
    [
        "a second zone of nothing",
        { highAvailability: false, zone: "europe-west4-a", secondaryZone: "europe-west4-b" },
        /secondaryZone: has no effect/,
    ],
    ["a dot in the database's name", { name: "wandb.local" }, /name: is not a name of a database/],
    ["a long name of the database", { name: "w".repeat(65) }, /name: .*at most 64/],
    ["a database of MySQL's own", { name: "Sys" }, /name: is a database of MySQL's own/],
    ["root", { username: "root" }, /username: is a user of MySQL's or Google's own/],
    ["a user of Google's", { username: "cloudsqlimport" }, /username: is a user of/],
    ["a long user", { username: "a".repeat(33) }, /username: .*at most 32/],
    ["a user with a host", { username: "w@%" }, /username: is not a name of a user/],
    ["a short password", { password: "abcdefg" }, /password: has 7 characters/],
    ["a long password", { password: "x".repeat(129) }, /password: has 129 characters/],
    ["a password that breaks the URL", { password: "abcd/efgh" }, /password: holds a character/],
    ["two ways to a password", { password: "abcdefgh", passwordRotation: "1" }, /passwordRotation: .*gives one/],
    [
        "a backup and a clone",
        { restore: { backupRunId: 1, instance: "a" }, clone: { instance: "a" } },
        /clone: is given/,
    ],
    ["a backup of nothing", { restore: { backupRunId: 1 } }, /restore\.instance: is missing/],
    ["no backup", { restore: { instance: "a" } }, /restore\.backupRunId: is missing.*gcloud sql backups list/],
    ["half a backup", { restore: { backupRunId: 0.5, instance: "a" } }, /restore\.backupRunId: is not a whole number/],
    [
        "a project's number",
        { restore: { backupRunId: 1, instance: "a", project: "12345678" } },
        /restore\.project: is the/,
    ],
    ["a connection's name", { clone: { instance: "p:r:i" } }, /clone\.instance: is not a name/],
    ["a day", { clone: { instance: "a", pointInTime: "2026-01-31" } }, /pointInTime: is not a point in time/],
    ["a day that is none", { clone: { instance: "a", pointInTime: "2026-13-31T00:00:00Z" } }, /pointInTime: is not/],
    ["no backups", { backupRetentionDays: 0 }, /backupRetentionDays: is not a whole number of 1 to 365/],
    ["more days than Enterprise keeps", { pointInTimeRecoveryDays: 8 }, /pointInTimeRecoveryDays: .*1 to 7/],
    ["more days than backups", { backupRetentionDays: 6 }, /backupRetentionDays: leaves fewer backups .*6 and 7/],
    ["more days than ours", { ...plus, pointInTimeRecoveryDays: 15 }, /pointInTimeRecoveryDays: leaves fewer backups/],
    [
        "a last backup of nothing",
        { finalBackup: false, finalBackupRetentionDays: 1 },
        /finalBackupRetentionDays: has no/,
    ],
    ["a short last backup", { finalBackupRetentionDays: 0 }, /finalBackupRetentionDays: is not a whole number of 1 to/],
    ["an hour that is none", { backupStartTime: "24:00" }, /backupStartTime: is not a time of the day/],
    ["a window of hours", { backupStartTime: "02:00-03:00" }, /backupStartTime: is not a time/],
    ["a zone for backups", { backupLocation: "europe-west4-a" }, /backupLocation: is not a location/],
    ["a time without day", { maintenanceWindow: "05:00" }, /maintenanceWindow: is not a time of the week/],
    ["a time between hours", { maintenanceWindow: "sun:05:30" }, /maintenanceWindow: does not begin with an hour/],
    ["another word for a track", { maintenanceTrack: "production" }, /maintenanceTrack: .*Use stable/],
    [
        "another row image",
        { parameters: { binlog_row_image: "full" } },
        /parameters\.binlog_row_image: must be minimal/,
    ],
    ["commits that may be lost", { parameters: { sync_binlog: "0" } }, /must be 1 for W&B \("0" given\)/],
    ["the format of the log", { parameters: { binlog_format: "ROW" } }, /is always ROW on Cloud SQL.*Leave it out/],
    ["TLS as a flag", { parameters: { require_secure_transport: "ON" } }, /is no flag of Cloud SQL/],
    ["a name that is none", { parameters: { "Max Connections": "1" } }, /is not a name of a flag/],
];

describe("gcp.database", () => {
    for (const [what, database] of Object.entries(accepted)) {
        it(`takes ${what}`, () => assert.deepEqual(problems(database), []));
    }

    for (const [what, database, expected] of refused) {
        it(`refuses ${what}`, () => {
            const found = problems(database);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], /^gcp\.database/);
            assert.match(found[0], expected);
        });
    }

    it("has no effect beside a database of one's own", () => {
        assert.match(
            problems({}, { database: { host: "mysql" } }).join(),
            /^gcp\.database: is given, but so is `database`/,
        );
    });

    it("has names of 98 characters where the project is not known, and zones of any region", () => {
        const database = { identifier: "a".repeat(98), zone: "us-central1-a" };
        assert.deepEqual(problems(database, {}, {}), []);
        assert.match(problems({ identifier: "a".repeat(99) }, {}, {}).join(), /Cloud SQL takes 98\. Shorten/);
    });

    it("shows nothing of a password", () => {
        assert.doesNotMatch(problems({ password: "hunter2/hunter2" }).join(), /hunter2/);
    });

    it("takes no custom machine that Google refuses, and all that it takes", () => {
        const steps = fc.oneof(
            fc.nat(3000).map((count) => count * 256),
            fc.nat(700_000),
        );
        const property = fc.property(fc.constantFrom("", "N4-"), fc.nat(100), steps, (series, cpus, megabytes) => {
            const tier = `db-custom-${series}${cpus}-${megabytes}`;
            assert.equal(problems({ tier }).length === 0, tierOf(tier) !== undefined, tier);
        });
        fc.assert(property, { numRuns: 500 });
    });

    it("takes only versions that there are", () => {
        for (const engineVersion of ["MYSQL_8_4", "MYSQL_8_0_32", "MYSQL_8_0_42"]) {
            assert.deepEqual([problems({ engineVersion }), isVersion(engineVersion)], [[], true]);
        }
    });
});
