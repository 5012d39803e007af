/** Rules for `azure.database`: what Azure and W&B take, and what they refuse. */
import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { databaseTier, largestDisk, mostIops } from "../../sdk/azure/args/database-skus";
import type { Problem } from "../../sdk/errors";
import { checkMysqlServer } from "../../sdk/validation/azure/database";
import { readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { DeploymentShape } from "../../sdk/validation/shapes";

function problems(database: object, others: object = {}): string[] {
    const found: Problem[] = [];
    const known = readKinds({ host: "wandb.example.com", ...others, azure: { database } }, DeploymentShape, "", found);
    if (known instanceof Map) {
        checkMysqlServer(new Section<WandbDeploymentArgs>("", known, found));
    }
    return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

const subscription = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/group/providers";
const serverId = `${subscription}/Microsoft.DBforMySQL/flexibleServers/old`;
const identityId = `${subscription}/Microsoft.ManagedIdentity/userAssignedIdentities/far`;
const keyUri = `https://far-vault.vault.azure.net/keys/far/${"0123456789abcdef".repeat(2)}`;
const password = "Own-password1";
const off = { highAvailability: "off" };
const geo = { geoRedundantBackup: true, geoBackupKey: { keyUri, identityId } };

const accepted: Readonly<Record<string, object>> = {
    nothing: {},
    "a name": { identifier: `a${"-b".repeat(31)}` },
    "the line before": { engineVersion: "8.0.21" },
    "another tier": { sku: "Standard_D64ads_v5", diskSizeGb: 16_384, iops: 48_000 },
    "a size for tests": { sku: "Standard_B2s", ...off, iops: 1280 },
    "a size that is not in our table": { sku: "Standard_E8ds_v6", iops: 18_000 },
    "the largest disk": { diskSizeGb: 32_768 },
    "the smallest disk": { diskSizeGb: 20, iops: 360 },
    zones: { zone: "1", standbyZone: "3" },
    "a standby beside": { highAvailability: "sameZone", zone: "2", zoneRedundantStorage: true },
    "none of it": { ...off, diskGrowth: false, zoneRedundantStorage: false },
    names: { name: "w-b_1", username: "wandb_1" },
    "a password of three kinds": { password: "abcdefg1$" },
    "a rotation": { passwordRotation: "2" },
    "a restore": { restore: { serverId, pointInTime: "2026-01-31T02:10:00Z" }, password },
    "a restore from the paired region": { restore: { serverId }, password, createDatabase: false },
    "backups for long, and far away": { backupRetentionDays: 35, ...geo },
    "a window": { maintenanceWindow: "Mon:23:30" },
    "names of small things": { lockName: "ns-db", endpointName: "pe-database" },
    parameters: {
        parameters: {
            long_query_time: "0.5",
            binlog_row_image: "MINIMAL",
            require_secure_transport: "on",
            innodb_log_file_size: "536870912",
            max_allowed_packet: "1073741824",
            whatever_comes: "later",
        },
    },
};

const refused: readonly (readonly [string, object, RegExp])[] = [
    ["a short name", { identifier: "ab" }, /identifier: is not a name of an Azure Database for MySQL server .*"ab"/],
    ["capitals", { identifier: "Wandb" }, /identifier: is not a name/],
    ["a hyphen at the end", { identifier: "wandb-" }, /identifier: is not a name/],
    ["a closer version", { engineVersion: "8.4.5" }, /engineVersion: is closer than Azure has it .*Give 8.4/],
    ["8.0 as others call it", { engineVersion: "8.0" }, /engineVersion: is not how Azure calls .*8.0.21/],
    ["an old version", { engineVersion: "5.7" }, /engineVersion: is not supported by W&B/],
    ["no version", { engineVersion: "latest" }, /engineVersion: is not a version of MySQL/],
    ["Terraform's size", { sku: "MO_Standard_E2ds_v4" }, /sku: has its tier in front .*Write Standard_E2ds_v4/],
    ["a size of something else", { sku: "Balanced_B5" }, /sku: is not a size of Azure Database for MySQL/],
    ["a standby of a small one", { sku: "Standard_B2s" }, /sku: is of the tier Burstable .*highAvailability/],
    ["Azure's own word", { highAvailability: "Disabled" }, /highAvailability: .*Use off/],
    ["a small disk", { diskSizeGb: 19 }, /diskSizeGb: is not a whole number of 20 to 32768/],
    ["a large disk", { sku: "Standard_D2ds_v4", diskSizeGb: 16_385 }, /diskSizeGb: .*20 to 16384/],
    ["a disk that stays", { diskGrowth: false }, /diskGrowth: is false, but a server with a standby/],
    ["few operations", { iops: 359 }, /iops: is not a whole number of 360 to 80000/],
    ["many operations", { sku: "Standard_E2ds_v4", iops: 5001 }, /iops: is not a whole number of 360 to 5000/],
    ["local copies", { zoneRedundantStorage: false }, /zoneRedundantStorage: is false, but a standby/],
    ["a zone with its region", { zone: "westeurope-1" }, /zone: is not a zone/],
    ["one zone for both", { zone: "1", standbyZone: "1" }, /standbyZone: is the zone of the primary/],
    ["a zone of no standby", { ...off, standbyZone: "1" }, /standbyZone: has no effect, because .* is off/],
    ["MySQL's database", { name: "MySQL" }, /name: is a database of MySQL's own/],
    ["a bad database", { name: "a.b" }, /name: is not a name of a database/],
    ["a reserved user", { username: "Admin" }, /username: is a user whom Azure refuses/],
    ["a bad user", { username: "w-b" }, /username: is not a name of a user/],
    ["a short password", { password: "Aa1" }, /password: has 3 characters/],
    ["a password that breaks a URL", { password: "Aa1/5678" }, /password: holds a character that breaks the URL/],
    ["a simple password", { password: "abcdefgh1" }, /password: has characters of fewer than three kinds/],
    ["two passwords", { password, passwordRotation: "2" }, /passwordRotation: makes a new generated password/],
    ["a restore without its password", { restore: { serverId } }, /restore: is given without `password`/],
    ["a restore of nothing", { restore: {}, password }, /restore.serverId: /],
    [
        "a restore of something else",
        { restore: { serverId: identityId }, password },
        /restore.serverId: is the resource id/,
    ],
    ["a bad moment", { restore: { serverId, pointInTime: "now" }, password }, /pointInTime: is not a point in time/],
    ["no backups", { backupRetentionDays: 0 }, /backupRetentionDays: is not a whole number of 1 to 35/],
    ["far backups without a key", { geoRedundantBackup: true }, /geoRedundantBackup: is true, but `geoBackupKey`/],
    ["a key of no backups", { geoBackupKey: geo.geoBackupKey }, /geoBackupKey: has no effect/],
    [
        "a key without a version",
        { ...geo, geoBackupKey: { keyUri: keyUri.replace(/\/[^/]*$/, ""), identityId } },
        /geoBackupKey.keyUri: is the id of a key without a version/,
    ],
    [
        "an identity that is none",
        { ...geo, geoBackupKey: { keyUri, identityId: serverId } },
        /geoBackupKey.identityId: is the resource id of a Microsoft.DBforMySQL/,
    ],
    ["a bad window", { maintenanceWindow: "sunday 5" }, /maintenanceWindow: is not a time of the week/],
    ["a bad lock", { lockName: "a/b" }, /lockName: is not a name of a lock/],
    ["a bad endpoint", { endpointName: "a/b" }, /endpointName: is not a name/],
    ["a parameter's name", { parameters: { "log-bin": "1" } }, /parameters\S*log-bin\S*: is not a name of a parameter/],
    ["a fixed parameter", { parameters: { binlog_format: "ROW" } }, /binlog_format: is always ROW on Azure/],
    ["no TLS", { parameters: { require_secure_transport: "OFF" } }, /require_secure_transport: must be on for W&B/],
    ["another image", { parameters: { binlog_row_image: "FULL" } }, /binlog_row_image: must be minimal/],
    ["a log file", { parameters: { innodb_log_file_size: "1" } }, /innodb_log_file_size: is not a size of a log file/],
    [
        "too many statements",
        { parameters: { max_prepared_stmt_count: "4194304" } },
        /max_prepared_stmt_count: is not a whole number of 0 to 1048576/,
    ],
    ["no such argument", { tier: "x" }, /azure.database.tier: /],
];

describe("azure.database", () => {
    for (const [name, database] of Object.entries(accepted)) {
        it(`accepts ${name}`, () => assert.deepEqual(problems(database), []));
    }
    for (const [name, database, words] of refused) {
        it(`refuses ${name}`, () => {
            const found = problems(database);
            assert.equal(found.length, 1, found.join("\n"));
            assert.match(found[0], words);
            assert.match(found[0], /^azure\.database\b/);
        });
    }

    it("is refused beside another database", () => {
        const found = problems({}, { database: { host: "db.example.com" } });
        assert.equal(found.length, 1);
        assert.match(found[0], /^azure.database: is given, but so is `database`/);
    });

    it("shows nothing of a password", () => {
        for (const wrong of ["Secret1", "Secret/word1", "secretword"]) {
            assert.doesNotMatch(problems({ password: wrong }).join(), /secret/i);
        }
    });

    it("knows sizes by their letters", () => {
        const tiers = ["Standard_E96ads_v5", "Standard_D2ds_v4", "Standard_B20ms", "Standard_F4s", "E4ds_v4"];
        assert.deepEqual(tiers.map(databaseTier), [
            "MemoryOptimized",
            "GeneralPurpose",
            "Burstable",
            undefined,
            undefined,
        ]);
        const most = ["Standard_E96ads_v5", "Standard_D2ds_v4", "Standard_B20ms", "Standard_E3ds_v4", "other"];
        assert.deepEqual(most.map(mostIops), [80_000, 3200, 5000, undefined, undefined]);
        assert.deepEqual([largestDisk("Burstable"), largestDisk("MemoryOptimized")], [16_384, 32_768]);
    });
});
