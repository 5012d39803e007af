import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { isMarked, lastPart } from "../support/aws-stores";
import { makeDatabase, storeKeyId, storeNetworkId, storeRange, type MadeStore } from "../support/gcp-stores";
import { promiseOf } from "../support/resolve";

type Inputs = Record<string, unknown>;
const inputsOf = ({ graph }: Pick<MadeStore<unknown>, "graph">, name: string): Inputs => graph.byName(name).inputs;
const settingsOf = (made: Pick<MadeStore<unknown>, "graph">): Inputs =>
    inputsOf(made, "wandb-database")["settings"] as Inputs;

describe("database on Google Cloud", () => {
    it("is an encrypted, backed-up pair of a pinned version, with a private address and TLS only", async () => {
        const { settings, ...instance } = inputsOf(await makeDatabase(), "wandb-database");
        const { databaseFlags, ...rest } = settings as Inputs;
        assert.deepEqual(instance, {
            project: "example-project",
            region: "europe-west4",
            databaseVersion: "MYSQL_8_4",
            encryptionKeyName: storeKeyId,
            deletionProtection: true,
        });
        assert.deepEqual(rest, {
            tier: "db-custom-2-13312",
            edition: "ENTERPRISE",
            diskType: "PD_SSD",
            diskSize: 100,
            diskAutoresize: true,
            diskAutoresizeLimit: 0,
            availabilityType: "REGIONAL",
            ipConfiguration: {
                ipv4Enabled: false,
                privateNetwork: storeNetworkId,
                allocatedIpRange: storeRange,
                sslMode: "ENCRYPTED_ONLY",
            },
            backupConfiguration: {
                enabled: true,
                binaryLogEnabled: true,
                startTime: "02:00",
                backupRetentionSettings: { retainedBackups: 14, retentionUnit: "COUNT" },
                transactionLogRetentionDays: 7,
            },
            finalBackupConfig: { enabled: true, retentionDays: 30 },
            maintenanceWindow: { day: 7, hour: 5, updateTrack: "stable" },
            insightsConfig: { queryInsightsEnabled: true },
            deletionProtectionEnabled: true,
            userLabels: { team: "ml" },
        });
        assert.equal((databaseFlags as unknown[]).length, 13);
    });

    it("has the machine types of the module, under the names of today", async () => {
        const tiers: unknown[] = [];
        for (const size of ["small", "medium", "large", "xlarge", "xxlarge"] as const) {
            const plain = await makeDatabase({}, { size });
            const plus = await makeDatabase({ edition: "ENTERPRISE_PLUS" }, { size });
            tiers.push([settingsOf(plain)["tier"], plus.store.tier]);
        }
        assert.deepEqual(tiers, [
            ["db-custom-2-13312", "db-perf-optimized-N-2"],
            ["db-custom-4-26624", "db-perf-optimized-N-4"],
            ["db-custom-8-53248", "db-perf-optimized-N-8"],
            ["db-custom-16-106496", "db-perf-optimized-N-16"],
            ["db-custom-32-212992", "db-perf-optimized-N-32"],
        ]);
    });

    it("has a cache and more days to go back to in Enterprise Plus, and nothing of that elsewhere", async () => {
        const plus = settingsOf(await makeDatabase({ edition: "ENTERPRISE_PLUS" }));
        assert.deepEqual(plus["dataCacheConfig"], { dataCacheEnabled: true });
        assert.equal((plus["backupConfiguration"] as Inputs)["transactionLogRetentionDays"], 14);
        const without = settingsOf(await makeDatabase({ edition: "ENTERPRISE_PLUS", dataCache: false }));
        assert.deepEqual(without["dataCacheConfig"], { dataCacheEnabled: false });
        assert.equal(settingsOf(await makeDatabase())["dataCacheConfig"], undefined);
    });

    it("takes the disk that a machine series has", async () => {
        for (const [tier, disk] of [
            ["db-custom-N4-4-26624", "HYPERDISK_BALANCED"],
            ["db-n1-highmem-2", "PD_SSD"],
        ]) {
            assert.equal(settingsOf(await makeDatabase({ tier }))["diskType"], disk, tier);
        }
    });

    it("passes on what one chooses oneself", async () => {
        const made = await makeDatabase({
            identifier: "ns-merry-otter",
            engineVersion: "MYSQL_8_0_44",
            tier: "db-n1-highmem-4",
            highAvailability: false,
            zone: "europe-west4-a",
            diskType: "PD_HDD",
            diskSizeGb: 500,
            diskGrowth: false,
            backupRetentionDays: 30,
            pointInTimeRecoveryDays: 3,
            backupStartTime: "23:30",
            backupLocation: "eu",
            maintenanceWindow: "Mon:23:00",
            maintenanceTrack: "canary",
            queryInsights: false,
            finalBackupRetentionDays: 365,
        });
        const instance = inputsOf(made, "wandb-database");
        assert.deepEqual([instance["name"], instance["databaseVersion"]], ["ns-merry-otter", "MYSQL_8_0_44"]);
        const settings = settingsOf(made);
        assert.deepEqual(
            ["tier", "availabilityType", "diskType", "diskSize", "diskAutoresize"].map((key) => settings[key]),
            ["db-n1-highmem-4", "ZONAL", "PD_HDD", 500, false],
        );
        assert.deepEqual(settings["locationPreference"], { zone: "europe-west4-a" });
        assert.deepEqual(settings["backupConfiguration"], {
            enabled: true,
            binaryLogEnabled: true,
            startTime: "23:30",
            location: "eu",
            backupRetentionSettings: { retainedBackups: 30, retentionUnit: "COUNT" },
            transactionLogRetentionDays: 3,
        });
        assert.deepEqual(settings["maintenanceWindow"], { day: 1, hour: 23, updateTrack: "canary" });
        assert.deepEqual(settings["insightsConfig"], { queryInsightsEnabled: false });
        assert.deepEqual(settings["finalBackupConfig"], { enabled: true, retentionDays: 365 });
    });

    it("has the flags that W&B asks for, which can be changed and added to in an order of their own", async () => {
        const flagsOf = (made: Pick<MadeStore<unknown>, "graph">) =>
            (settingsOf(made)["databaseFlags"] as { name: string; value: string }[]).map(
                ({ name, value }) => `${name}=${value}`,
            );
        const ours = flagsOf(await makeDatabase());
        assert.deepEqual(ours, [
            "binlog_row_image=minimal",
            "binlog_row_value_options=PARTIAL_JSON",
            "innodb_autoinc_lock_mode=2",
            "innodb_lru_scan_depth=100",
            "innodb_online_alter_log_max_size=268435456",
            "local_infile=off",
            "log_output=FILE",
            "long_query_time=1",
            "max_execution_time=60000",
            "max_prepared_stmt_count=1048576",
            "skip_show_database=on",
            "slow_query_log=on",
            "sort_buffer_size=67108864",
        ]);
        const changed = { wait_timeout: "600", long_query_time: "4", autocommit: "on" };
        const there = flagsOf(await makeDatabase({ parameters: changed }));
        const back = Object.fromEntries(Object.entries(changed).reverse());
        assert.deepEqual(flagsOf(await makeDatabase({ parameters: back })), there);
        assert.equal(there.length, 15);
        assert.ok(there.includes("long_query_time=4") && !there.includes("long_query_time=1"));
        assert.equal(there[0], "autocommit=on");
    });

    it("shows its plain settings in a preview", async () => {
        const made = await makeDatabase({}, { preview: true });
        assert.equal(settingsOf(made)["tier"], "db-custom-2-13312");
        assert.equal(inputsOf(made, "wandb-database-schema")["name"], "wandb_local");
    });
});

describe("database's contents on Google Cloud", () => {
    it("are one database and one user, whose password is generated and secret", async () => {
        const made = await makeDatabase();
        assert.deepEqual(inputsOf(made, "wandb-database-schema"), {
            project: "example-project",
            instance: "wandb-database-1a2b3c4",
            name: "wandb_local",
            charset: "utf8mb4",
            collation: "utf8mb4_general_ci",
            deletionPolicy: "ABANDON",
        });
        const { password, ...user } = inputsOf(made, "wandb-database-user");
        assert.deepEqual(user, {
            project: "example-project",
            instance: "wandb-database-1a2b3c4",
            name: "wandb",
        });
        assert.ok(isMarked(password));
        assert.deepEqual(inputsOf(made, "wandb-database-password"), { length: 32, special: false });
        assert.equal(await promiseOf(made.store.password), "generated");
    });

    it("have names and a password of one's own", async () => {
        const made = await makeDatabase({ name: "w", username: "u", password: "own-password" });
        assert.equal(inputsOf(made, "wandb-database-schema")["name"], "w");
        assert.equal(inputsOf(made, "wandb-database-user")["name"], "u");
        assert.ok(made.graph.resources.every(({ type }) => !type.startsWith("random:")));
        assert.ok(isMarked(inputsOf(made, "wandb-database-user")["password"]));
        assert.equal(await pulumi.isSecret(made.store.password), true);
        const { name, username } = made.store.facts;
        assert.deepEqual([name, username], ["w", "u"]);
    });

    it("get another password by a rotation", async () => {
        const password = (await makeDatabase({ passwordRotation: "2" })).graph.byName("wandb-database-password");
        assert.deepEqual(password.inputs["keepers"], { rotation: "2" });
        assert.equal(password.protect, undefined, "a protected one could not be replaced");
    });

    it("go along with the instance: the user is not deleted before it, the database never by itself", async () => {
        const { options, graph } = await makeDatabase();
        assert.equal(lastPart(options.get("wandb-database-user")?.deletedWith ?? ""), "wandb-database");
        assert.equal(graph.byName("wandb-database-schema").inputs["deletionPolicy"], "ABANDON");
    });
});

describe("database's facts on Google Cloud", () => {
    it("tell W&B what to wait for, and where to connect", async () => {
        const { store } = await makeDatabase();
        const ready = await Promise.all(store.ready.map(({ urn }) => promiseOf(urn)));
        assert.deepEqual(ready.map(lastPart), ["wandb-database-schema", "wandb-database-user"]);
        const { host, password, ...facts } = store.facts;
        assert.equal(await promiseOf(host), "10.80.0.3");
        assert.deepEqual(facts, { port: 3306, name: "wandb_local", username: "wandb", caCertificate: undefined });
        assert.equal(await pulumi.isSecret(pulumi.output(password.literal)), true);
        assert.equal(await promiseOf(store.connectionName), "example-project:europe-west4:wandb-database-1a2b3c4");
    });

    it("hold the instance's CA on request, which is no secret", async () => {
        const { store } = await makeDatabase({ checkCertificate: true });
        const certificate = pulumi.output(store.facts.caCertificate);
        assert.equal(await promiseOf(certificate), "PEM of the server's CA");
        assert.equal(await pulumi.isSecret(certificate), false);
    });
});

describe("database's edges on Google Cloud", () => {
    it("are the API and the network's connection, and nothing else", async () => {
        const after = ({ graph }: Pick<MadeStore<unknown>, "graph">) =>
            graph.byName("wandb-database").dependencies.map(lastPart).sort();
        assert.deepEqual(after(await makeDatabase()), ["connection", "wandb-sqladmin-api"]);
        assert.deepEqual(after(await makeDatabase({}, { enableApis: false, connection: false })), []);
    });

    it("leave the range to Google where the network names none", async () => {
        const { ipConfiguration } = settingsOf(await makeDatabase({}, { connection: false }));
        assert.equal((ipConfiguration as Inputs)["allocatedIpRange"], undefined);
    });

    it("give everything the component for a parent", async () => {
        const { graph } = await makeDatabase();
        const own = graph.resources.filter(
            ({ type }) => /^(gcp:sql|random):/.test(type) || type.startsWith("gcp:sql/"),
        );
        assert.equal(own.length, 4);
        for (const { name, parent } of own) {
            assert.match(parent, /wandb:gcp:Database::wandb-database$/, name);
        }
    });
});
