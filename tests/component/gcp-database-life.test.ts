import assert from "node:assert/strict";
import type { GcpDatabaseArgs } from "../../sdk/gcp/args/database";
import { makeDatabase, type StoreOptions } from "../support/gcp-stores";

type Inputs = Record<string, unknown>;
const unprotected = { deletionProtection: false };
const names = ["wandb-database", "wandb-database-schema", "wandb-database-user"];

async function lastBackup(args: GcpDatabaseArgs, options: StoreOptions = unprotected): Promise<unknown> {
    const { graph } = await makeDatabase(args, options);
    return (graph.byName("wandb-database").inputs["settings"] as Inputs)["finalBackupConfig"];
}

const backup = { backupRunId: 1_700_000_000_000, instance: "wandb-database-0ld0ld0" };
const clone = { instance: "wandb-database-0ld0ld0", pointInTime: "2026-01-31T02:10:00Z", project: "other-project" };

describe("database's life on Google Cloud", () => {
    it("is protected on both sides, with what a refused destroy would else take away", async () => {
        const { graph } = await makeDatabase();
        assert.ok(names.every((name) => graph.byName(name).protect === true));
        const { deletionProtection, settings } = graph.byName("wandb-database").inputs;
        assert.deepEqual([deletionProtection, (settings as Inputs)["deletionProtectionEnabled"]], [true, true]);
    });

    it("ends without a trace when nothing is protected, and says nothing about protection", async () => {
        const { graph } = await makeDatabase({}, unprotected);
        assert.ok(names.every((name) => graph.byName(name).protect === undefined));
        const { deletionProtection, settings } = graph.byName("wandb-database").inputs;
        assert.deepEqual([deletionProtection, (settings as Inputs)["deletionProtectionEnabled"]], [false, false]);
        assert.deepEqual((settings as Inputs)["finalBackupConfig"], { enabled: false });
    });

    it("leaves a last backup when told to, and none when told not to", async () => {
        assert.deepEqual(await lastBackup({ finalBackup: true }), { enabled: true, retentionDays: 30 });
        assert.deepEqual(await lastBackup({ finalBackup: false }, {}), { enabled: false });
    });

    it("keeps what a restore would delete, unless told otherwise", async () => {
        for (const start of [{ restore: backup }, { clone }]) {
            assert.deepEqual(await lastBackup(start), { enabled: true, retentionDays: 30 });
            assert.deepEqual(await lastBackup({ ...start, finalBackup: false }), { enabled: false });
        }
    });

    it("is retained with all that is in it", async () => {
        const { graph } = await makeDatabase({}, { ...unprotected, retainData: true });
        assert.ok(names.every((name) => graph.byName(name).retainOnDelete === true));
    });
});

describe("database's beginning on Google Cloud", () => {
    it("is a backup, with what is in there and our password", async () => {
        const { graph } = await makeDatabase({ restore: { ...backup, project: "other-project" } });
        assert.deepEqual(graph.byName("wandb-database").inputs["restoreBackupContext"], {
            backupRunId: backup.backupRunId,
            instanceId: backup.instance,
            project: "other-project",
        });
        assert.ok(graph.resources.every(({ name }) => name !== "wandb-database-schema"));
        assert.equal(graph.byName("wandb-database-user").inputs["name"], "wandb");
    });

    it("is another instance at a point in time, in our range", async () => {
        const { graph } = await makeDatabase({ clone });
        assert.deepEqual(graph.byName("wandb-database").inputs["clone"], {
            sourceInstanceName: clone.instance,
            pointInTime: clone.pointInTime,
            sourceProject: clone.project,
            allocatedIpRange: "wandb-services",
        });
        assert.ok(graph.resources.every(({ name }) => name !== "wandb-database-schema"));
    });

    it("makes the database when told to, and leaves it alone when told to", async () => {
        const made = await makeDatabase({ clone, createDatabase: true });
        assert.equal(made.graph.byName("wandb-database-schema").inputs["name"], "wandb_local");
        const left = await makeDatabase({ createDatabase: false });
        assert.ok(left.graph.resources.every(({ name }) => name !== "wandb-database-schema"));
    });

    it("replaces the instance when it changes, and nothing when it is left out", async () => {
        const optionsOf = async (args: GcpDatabaseArgs) => (await makeDatabase(args)).options.get("wandb-database");
        const start = ["restoreBackupContext", "clone"];
        for (const args of [{ restore: backup }, { clone }]) {
            const options = await optionsOf(args);
            assert.deepEqual(options?.replaceOnChanges, start);
            assert.deepEqual(options.ignoreChanges, ["settings.diskSize"]);
        }
        const options = await optionsOf({});
        assert.deepEqual(options?.replaceOnChanges, []);
        assert.deepEqual(options.ignoreChanges, [...start, "settings.diskSize"]);
    });

    it("says how big the disk is for good only where it does not grow", async () => {
        const { options } = await makeDatabase({ diskGrowth: false, diskSizeGb: 200 });
        assert.deepEqual(options.get("wandb-database")?.ignoreChanges, ["restoreBackupContext", "clone"]);
    });
});
