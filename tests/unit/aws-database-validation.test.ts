/** Rules for `aws.database`: what AWS and W&B take, and what they refuse. */
import assert from "node:assert/strict";
import fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import { reservedWords, systemDatabases } from "../../sandbox/clouds/aws/rds/names";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { Problem } from "../../sdk/errors";
import { checkAurora } from "../../sdk/validation/aws/database";
import { overlap, wrongDailyWindow, wrongWeeklyWindow } from "../../sdk/validation/aws/store-rules";
import { readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { DeploymentShape } from "../../sdk/validation/shapes";

function problems(database: object, others: object = {}): string[] {
    const found: Problem[] = [];
    const known = readKinds({ host: "wandb.example.com", ...others, aws: { database } }, DeploymentShape, "", found);
    assert.ok(known instanceof Map);
    checkAurora(new Section<WandbDeploymentArgs>("", known, found));
    return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

const snapshotArn = "arn:aws-us-gov:rds:us-gov-west-1:123456789012:cluster-snapshot:rds:wandb-2026-01-31-02-10";

const accepted: Readonly<Record<string, object>> = {
    nothing: {},
    names: {
        identifier: `a${"b".repeat(62)}`,
        subnetGroupName: "wandb subnets_1.a",
        name: `w${"1".repeat(63)}`,
        username: "a234567890123456",
    },
    "identifiers of all instances": { readers: 2, instanceIdentifiers: ["wandb-1", "wandb-2", "wandb-3"] },
    "the least version": { engineVersion: "8.0.mysql_aurora.3.05.2" },
    "a version with a fourth part": { engineVersion: "8.0.mysql_aurora.3.05.2.1" },
    "the next line": { engineVersion: "8.4.mysql_aurora.8.4.7" },
    "an instance class": { instanceClass: "db.r7g.16xlarge" },
    serverless: { serverless: { minCapacity: 0.5, maxCapacity: 256 } },
    "serverless that pauses": { serverless: { minCapacity: 0, maxCapacity: 1 } },
    "fifteen readers": { readers: 15 },
    "a password of 41": { password: `aA1-._~!$&'()*+,;=${"x".repeat(23)}` },
    "a password that is not known yet": { password: pulumi.output("short") },
    rotation: { passwordRotation: "2026-11" },
    "a reserved word that a snapshot brings": { name: "rank", username: "system", snapshotIdentifier: "last" },
    "words that MySQL knows and does not reserve": { name: "event", username: "admin" },
    "a snapshot by name": { snapshotIdentifier: "rds:wandb-2026-01-31-02-10" },
    "a snapshot by ARN": { snapshotIdentifier: snapshotArn, finalSnapshot: true },
    "windows over midnight": { backupWindow: "23:45-00:15", maintenanceWindow: "Sat:23:00-Sat:23:30" },
    "a window after the other": { backupWindow: "05:00-05:30", maintenanceWindow: "mon:05:30-mon:06:00" },
    logs: { logExports: ["audit", "iam-db-auth-error", "instance"], logRetentionDays: 0 },
    monitoring: { performanceInsightsDays: 713, monitoringIntervalSeconds: 60 },
    "a small class without insights": { instanceClass: "db.t3.medium", performanceInsightsDays: 0 },
    parameters: {
        clusterParameters: {
            binlog_format: "row",
            binlog_row_image: "MINIMAL",
            innodb_flush_log_at_trx_commit: "1",
            require_secure_transport: "OFF",
        },
        instanceParameters: { "log_bin.x-y": "1" },
    },
};

/** Arguments and the one problem that follows. */
const refused: readonly (readonly [string, object, RegExp])[] = [
    [
        "an upper-case identifier",
        { identifier: "Wandb" },
        /^aws\.database\.identifier: is not an identifier.*lower-case/,
    ],
    ["two hyphens", { identifier: "w--b" }, /identifier: is not/],
    ["a hyphen last", { identifier: "wandb-" }, /identifier: is not/],
    ["a long identifier", { identifier: "a".repeat(64) }, /at most 63/],
    ["a digit first", { instanceIdentifiers: ["1", "b"] }, /instanceIdentifiers\[0\]: is not an identifier/],
    ["too few identifiers", { instanceIdentifiers: ["a"] }, /has 1 entries, but there are 2 instances/],
    ["too many identifiers", { readers: 0, instanceIdentifiers: ["a", "b"] }, /has 2 entries, but there are 1/],
    ["one identifier twice", { instanceIdentifiers: ["a", "a"] }, /instanceIdentifiers\[1\]: is there twice/],
    ["the default subnet group", { subnetGroupName: "default" }, /subnetGroupName: .*is not default/],
    ["MySQL 5.7", { engineVersion: "5.7.mysql_aurora.2.12.5" }, /engineVersion: is older than W&B supports/],
    ["an old Aurora", { engineVersion: "8.0.mysql_aurora.3.05.1" }, /older.*3\.05\.2 or newer/],
    ["the former line with long support", { engineVersion: "8.0.mysql_aurora.3.04.6" }, /older/],
    ["a line instead of a version", { engineVersion: "8.0" }, /is not one version.*would change under the stack/],
    ["MySQL's own version", { engineVersion: "8.0.mysql" }, /is not a version of Aurora MySQL/],
    ["a class of EC2", { instanceClass: "r6g.large" }, /instanceClass: is not a class of RDS/],
    ["serverless as class", { instanceClass: "db.serverless" }, /Give `serverless` with its capacities/],
    [
        "a class and serverless",
        { instanceClass: "db.r6g.large", serverless: { minCapacity: 1, maxCapacity: 2 } },
        /instanceClass: is given together with `serverless`/,
    ],
    ["no highest capacity", { serverless: { minCapacity: 1 } }, /serverless\.maxCapacity: is missing/],
    ["quarters of ACU", { serverless: { minCapacity: 0.25, maxCapacity: 1 } }, /minCapacity: .*steps of 0\.5/],
    ["too much", { serverless: { minCapacity: 1, maxCapacity: 256.5 } }, /maxCapacity: .*1 to 256/],
    ["nothing at most", { serverless: { minCapacity: 0, maxCapacity: 0.5 } }, /maxCapacity: .*1 to 256/],
    [
        "a span upside down",
        { serverless: { minCapacity: 4, maxCapacity: 2 } },
        /minCapacity: is above `maxCapacity` \(4 and 2/,
    ],
    ["sixteen readers", { readers: 16 }, /readers: is not a whole number of 0 to 15/],
    ["half a reader", { readers: 0.5 }, /readers: is not a whole number/],
    ["a hyphen in the database's name", { name: "wandb-local" }, /name: is not a name of a database/],
    ["a digit first in the name", { name: "1wandb" }, /name: .*a letter first/],
    ["RDS's own user", { username: "rdsadmin" }, /username: is RDS's own user/],
    [
        "a reserved word for a name",
        { name: "Rank" },
        /name: is a reserved word of MySQL \("Rank" given\), which RDS refuses/,
    ],
    ["a database of MySQL's own", { name: "mysql", snapshotIdentifier: "last" }, /name: is a database of MySQL's own/],
    ["a reserved word for a user", { username: "system" }, /username: is a reserved word of MySQL/],
    ["a long user", { username: "a2345678901234567" }, /username: .*at most 15/],
    ["an underscore in the user", { username: "w_b" }, /username: .*letters and digits/],
    ["a short password", { password: "abcdefg" }, /password: has 7 characters/],
    ["a long password", { password: "x".repeat(42) }, /password: has 42 characters/],
    ["a password with a slash", { password: "abcd/efgh" }, /password: holds a character/],
    ["a password that no URL holds", { password: "abcd^efgh" }, /password: holds a character/],
    [
        "two ways to a password",
        { password: "abcdefgh", passwordRotation: "1" },
        /passwordRotation: .*`password` gives one/,
    ],
    ["text for a certificate", { caCertificate: "rds" }, /caCertificate: is not PEM/],
    ["a file for a snapshot", { snapshotIdentifier: "s3://x" }, /snapshotIdentifier: is neither the name nor the ARN/],
    ["no backup", { backupRetentionDays: 0 }, /backupRetentionDays: is not a whole number of 1 to 35/],
    ["a hour alone", { backupWindow: "02:00" }, /backupWindow: is not a window of time/],
    ["an hour that is none", { backupWindow: "24:00-24:30" }, /backupWindow: is not a window/],
    ["a day in the backup window", { backupWindow: "sun:02:00-sun:03:00" }, /backupWindow: is not a window/],
    ["a short backup window", { backupWindow: "02:00-02:29" }, /backupWindow: is too short.*30 minutes/],
    ["a short maintenance window", { maintenanceWindow: "sun:05:00-sun:05:10" }, /maintenanceWindow: is too short/],
    ["no day", { maintenanceWindow: "05:00-06:00" }, /maintenanceWindow: is not a window/],
    ["windows that meet", { backupWindow: "05:30-06:30" }, /backupWindow: makes backup and maintenance meet/],
    ["the default window that meets", { maintenanceWindow: "tue:02:30-tue:03:30" }, /maintenanceWindow: makes backup/],
    ["an unknown log", { logExports: ["slow-query"] }, /logExports\[0\]: .*Use slowquery/],
    [
        "a retention that CloudWatch lacks",
        { logRetentionDays: 31 },
        /logRetentionDays: is not accepted by AWS \(31 given\)/,
    ],
    ["a half month of insights", { performanceInsightsDays: 45 }, /performanceInsightsDays: is not accepted/],
    [
        "insights of a class without them",
        { instanceClass: "db.t4g.small", performanceInsightsDays: 7 },
        /performanceInsightsDays: is 7, but instances of class db\.t4g\.small/,
    ],
    ["seconds that are none of AWS's", { monitoringIntervalSeconds: 20 }, /0, 1, 5, 10, 15, 30 or 60/],
    [
        "another row image",
        { clusterParameters: { binlog_row_image: "full" } },
        /must be minimal for W&B \("full" given\)/,
    ],
    [
        "what Aurora has fixed",
        { instanceParameters: { sync_binlog: "1" } },
        /instanceParameters\.sync_binlog: is fixed/,
    ],
    [
        "commits that may be lost",
        { clusterParameters: { innodb_flush_log_at_trx_commit: "0" } },
        /must be 1 for W&B \("0" given\)/,
    ],
    [
        "the cluster's commits with an instance",
        { instanceParameters: { innodb_flush_log_at_trx_commit: "1" } },
        /Give it in `clusterParameters`/,
    ],
    ["a cluster's parameter", { instanceParameters: { tls_version: "TLSv1.2" } }, /Give it in `clusterParameters`/],
    ["a name that is none", { clusterParameters: { "Max Connections": "1" } }, /is not a name of a parameter/],
];

describe("aws.database", () => {
    for (const [what, database] of Object.entries(accepted)) {
        it(`takes ${what}`, () => assert.deepEqual(problems(database), []));
    }

    for (const [what, database, expected] of refused) {
        it(`refuses ${what}`, () => {
            const found = problems(database);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], /^aws\.database/);
            assert.match(found[0], expected);
        });
    }

    it("has no effect beside a database of one's own", () => {
        assert.match(
            problems({}, { database: { host: "mysql" } }).join(),
            /^aws\.database: is given, but so is `database`/,
        );
    });

    it("refuses each word that RDS refuses, before anything is made", () => {
        for (const name of [...reservedWords, ...systemDatabases]) {
            assert.match(problems({ name }).join(), /^aws\.database\.name: is /, name);
        }
        for (const username of reservedWords.filter((word) => /^[a-z0-9]{1,16}$/.test(word))) {
            assert.match(problems({ username }).join(), /^aws\.database\.username: is a reserved word/, username);
        }
    });

    it("shows nothing of a password", () => {
        assert.doesNotMatch(problems({ password: "hunter2/hunter2" }).join(), /hunter2/);
    });
});

describe("windows of time", () => {
    const clock = (minutes: number) =>
        `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
    const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    const moment = (minutes: number) => `${days[Math.floor(minutes / 1440) % 7]}:${clock(minutes)}`;
    const minute = (below: number) => fc.nat({ max: below - 1 });

    it("meet exactly when they share a minute", () => {
        const lengths = fc.tuple(fc.integer({ min: 30, max: 1439 }), fc.integer({ min: 30, max: 1439 }));
        const property = fc.property(minute(1440), minute(7 * 1440), lengths, (each, once, [short, long]) => {
            const ofDay = `${clock(each)}-${clock(each + short)}`;
            const ofWeek = `${moment(once)}-${moment(once + long)}`;
            assert.equal(wrongDailyWindow(ofDay, 30), undefined);
            assert.equal(wrongWeeklyWindow(ofWeek, 30), undefined);
            const shared = Array.from({ length: long }, (_, at) => (once + at - each + 14 * 1440) % 1440).some(
                (offset) => offset < short,
            );
            assert.equal(overlap(ofDay, ofWeek), shared, `${ofDay} ${ofWeek}`);
        });
        fc.assert(property);
    });
});
