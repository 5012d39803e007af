/** Database and cache against the simulated Google Cloud: it accepts what the component asks for, and lets it go in any order that the edges allow. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
    backupRunType,
    databaseType,
    finalBackupType,
    instanceType,
    takenNameType,
    userType,
} from "../../sandbox/clouds/gcp/sql/shared";
import { textOf } from "../../sandbox/clouds/values";
import type { Size } from "../../sdk/args/application";
import { type GcpCacheArgs, GcpCacheConnectMode, GcpCacheSnapshotPeriod } from "../../sdk/gcp/args/cache";
import { type GcpDatabaseArgs, GcpDatabaseEdition, GcpMaintenanceTrack } from "../../sdk/gcp/args/database";
import type { TestCloud } from "../support/cloud-frame";
import { project } from "../support/gcp-account";
import { makeStoresIn, startStoreCloud } from "../support/gcp-stores";
import { promiseOf } from "../support/resolve";

const free = { deletionProtection: false };
const last = (candidates: readonly string[]): string => candidates[candidates.length - 1];

interface Case {
    readonly database?: GcpDatabaseArgs;
    readonly cache?: GcpCacheArgs;
}

const cases: Readonly<Record<string, Case>> = {
    "names and a password of one's own": {
        database: { identifier: "ns-merry-otter", name: "other-db", username: "somebody", password: "abcdefgh" },
        cache: { identifier: "ns-redis" },
    },
    "everything of Enterprise Plus": {
        database: {
            edition: GcpDatabaseEdition.EnterprisePlus,
            engineVersion: "MYSQL_8_0_42",
            pointInTimeRecoveryDays: 35,
            backupRetentionDays: 40,
            backupStartTime: "23:30",
            backupLocation: "eu",
            finalBackup: true,
            finalBackupRetentionDays: 365,
            maintenanceWindow: "tue:00:00",
            maintenanceTrack: GcpMaintenanceTrack.Week5,
        },
    },
    "single nodes": {
        database: { highAvailability: false, zone: "europe-west4-c", queryInsights: false },
        cache: { highAvailability: false, zone: "europe-west4-c" },
    },
    "chosen zones": {
        database: { zone: "europe-west4-a", secondaryZone: "europe-west4-c" },
        cache: { zone: "europe-west4-a", alternativeZone: "europe-west4-c" },
    },
    "a fixed disk": { database: { diskGrowth: false, diskSizeGb: 10, tier: "db-n1-highmem-4" } },
    "a disk that grows up to a limit": {
        database: { diskSizeGb: 20, diskGrowthLimitGb: 20, tier: "db-custom-N4-2-13312" },
    },
    "flags of one's own": {
        database: { parameters: { max_connections: "2000", local_infile: "on", log_output: "TABLE" } },
    },
    "replicas and snapshots": {
        cache: {
            engineVersion: "REDIS_7_0",
            readReplicas: 5,
            snapshotPeriod: GcpCacheSnapshotPeriod.SixHours,
            snapshotStartTime: "2026-01-31T05:00:00Z",
            parameters: { "maxmemory-policy": "volatile-ttl" },
        },
    },
    "direct peering": {
        cache: { connectMode: GcpCacheConnectMode.DirectPeering, reservedIpRange: "10.70.0.0/29", memorySizeGb: 1 },
    },
};

describe("Google Cloud stores on the simulated Google Cloud", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await startStoreCloud();
    });
    afterEach(() => cloud.remove());

    const idsOf = (wanted: string): string[] =>
        cloud.provider.inventory
            .rows()
            .filter(({ type }) => type === wanted)
            .map(({ id }) => id)
            .sort();
    const kinds = [instanceType, databaseType, userType, finalBackupType, "gcp:redis/instance:Instance"];
    const left = (): string[] => kinds.flatMap(idsOf);

    for (const size of ["small", "medium", "large", "xlarge", "xxlarge"] satisfies Size[]) {
        it(`come up and go in size ${size}`, async () => {
            for (const edition of Object.values(GcpDatabaseEdition)) {
                const { run } = await makeStoresIn(
                    cloud,
                    { database: { edition } },
                    { ...free, size, name: edition.slice(-4).toLowerCase() },
                );
                await run.destroy(last);
            }
            assert.deepEqual(left(), []);
        });
    }

    for (const [what, args] of Object.entries(cases)) {
        it(`come up and go with ${what}`, async () => {
            const { run } = await makeStoresIn(cloud, args, free);
            await run.destroy(last);
            assert.deepEqual(
                left().filter((id) => args.database?.finalBackup !== true || !id.startsWith(project.projectId)),
                [],
            );
        });
    }

    it("go in any order that the edges allow", async () => {
        const order = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });
        let round = 0;
        const property = fc.asyncProperty(order, async (numbers) => {
            const { run } = await makeStoresIn(cloud, {}, { ...free, name: `wandb-${(round += 1)}` });
            const draws = [...numbers];
            await run.destroy((candidates) => candidates[(draws.pop() ?? 0) % candidates.length]);
            assert.deepEqual(left(), []);
        });
        await fc.assert(property, { numRuns: 8 });
    });

    it("tell where they are, inside the range of the network", async () => {
        const { database, cache } = await makeStoresIn(cloud);
        const [facts, found] = [database.facts, cache.facts].map((one) => one as unknown as Record<string, never>);
        for (const host of [facts["host"], found["host"]]) {
            assert.match(textOf(await promiseOf(host)), /^10\.80\.0\.\d+$/);
        }
        const name = textOf(idsOf(instanceType)[0]);
        assert.equal(await promiseOf(database.connectionName), `${project.projectId}:europe-west4:${name}`);
        assert.deepEqual(idsOf(userType), [`wandb//${name}`]);
        assert.deepEqual(idsOf(databaseType), [
            `projects/${project.projectId}/instances/${name}/databases/wandb_local`,
        ]);
    });

    it("leave the name for a week and, where they are told so, a backup", async () => {
        const { run } = await makeStoresIn(cloud, { database: { identifier: "theirs", finalBackup: true } }, free);
        await run.destroy(last);
        assert.deepEqual(
            [idsOf(takenNameType), idsOf(finalBackupType)],
            [["example-project/theirs"], ["example-project/theirs"]],
        );
        const again = makeStoresIn(cloud, { database: { identifier: "theirs" } }, free);
        await assert.rejects(again, /until one week from the deletion date/);
    });

    it("are protected, the database on both sides", async () => {
        const { run } = await makeStoresIn(cloud);
        await assert.rejects(run.destroy(last), /deletion_protection is set to true/);
        assert.equal(idsOf(instanceType).length, 1);
    });

    describe("begin with another database", () => {
        const plantBackup = () =>
            cloud.provider.inventory.plant({
                type: backupRunType,
                id: "example-project/former/1700000000000",
                inputs: {},
                outputs: { databases: ["wandb_local", "other"], users: ["wandb", "root"] },
            });

        it("from a backup, whose user they take over", async () => {
            await plantBackup();
            const restore = { backupRunId: 1_700_000_000_000, instance: "former" };
            const { run } = await makeStoresIn(cloud, { database: { restore } }, { ...free });
            const [name] = idsOf(instanceType);
            const prefix = `projects/example-project/instances/${name}/databases`;
            assert.deepEqual(idsOf(databaseType), [`${prefix}/other`, `${prefix}/wandb_local`]);
            await run.destroy(last);
            assert.deepEqual(left(), ["example-project/" + name], "the last backup");
        });

        it("from another instance", async () => {
            await makeStoresIn(cloud, { database: { identifier: "former" } }, { ...free, name: "one" });
            const clone = { instance: "former", pointInTime: "2026-01-31T05:00:00Z" };
            await makeStoresIn(cloud, { database: { clone, identifier: "latter" } }, { ...free, name: "two" });
            assert.deepEqual(
                idsOf(databaseType).filter((id) => id.includes("latter")),
                ["projects/example-project/instances/latter/databases/wandb_local"],
            );
        });

        it("and are not made where there is none", async () => {
            const clone = { instance: "former" };
            await assert.rejects(makeStoresIn(cloud, { database: { clone } }), /instance does not exist/);
        });

        it("and are not made where the database is made a second time", async () => {
            await plantBackup();
            const restore = { backupRunId: 1_700_000_000_000, instance: "former" };
            const made = makeStoresIn(cloud, { database: { restore, createDatabase: true } });
            await assert.rejects(made, /database exists/);
        });
    });
});
