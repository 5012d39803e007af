import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { isMarked, lastPart } from "../support/aws-stores";
import { resourceGroupName } from "../support/azure-platform";
import {
    databaseSubnetId,
    databaseZoneId,
    encryptionIdentityId,
    keyUriWithVersion,
    makeDatabase,
    makeStoresIn,
    type MadeAzureStore,
    startStoreCloud,
} from "../support/azure-stores";
import { promiseOf } from "../support/resolve";

type Inputs = Record<string, unknown>;
type Made = Pick<MadeAzureStore<unknown>, "graph" | "options">;
const inputsOf = ({ graph }: Pick<Made, "graph">, name: string): Inputs => graph.byName(name).inputs;
const serverOf = (made: Pick<Made, "graph">): Inputs => inputsOf(made, "wandb-database");
const names = ({ graph }: Pick<Made, "graph">) => graph.resources.map(({ name }) => name);
const parametersOf = ({ graph }: Pick<Made, "graph">) =>
    graph.resources.filter(({ type }) => type === "azure-native:dbformysql:Configuration");

describe("database on Azure", () => {
    it("is an encrypted, backed-up pair over two zones, of a pinned version, in its subnet", async () => {
        const { administratorLoginPassword, ...inputs } = serverOf(await makeDatabase());
        assert.ok(isMarked(administratorLoginPassword));
        assert.deepEqual(inputs, {
            resourceGroupName,
            location: "westeurope",
            version: "8.4",
            sku: { name: "Standard_E2ds_v4", tier: "MemoryOptimized" },
            administratorLogin: "wandb",
            identity: { type: "UserAssigned", userAssignedIdentities: [encryptionIdentityId] },
            dataEncryption: {
                type: "AzureKeyVault",
                primaryUserAssignedIdentityId: encryptionIdentityId,
                primaryKeyURI: keyUriWithVersion,
            },
            highAvailability: { mode: "ZoneRedundant" },
            storage: {
                storageSizeGB: 100,
                autoGrow: "Enabled",
                autoIoScaling: "Enabled",
                logOnDisk: "Disabled",
                storageRedundancy: "ZoneRedundancy",
            },
            backup: { backupRetentionDays: 14, geoRedundantBackup: "Disabled" },
            network: { delegatedSubnetResourceId: databaseSubnetId, privateDnsZoneResourceId: databaseZoneId },
            tags: { team: "ml" },
        });
    });

    it("has the sizes of the module, and the tier that each is of", async () => {
        const found: unknown[] = [];
        for (const size of ["small", "medium", "large", "xlarge", "xxlarge"] as const) {
            found.push((await makeDatabase({}, { size })).store.sku);
        }
        assert.deepEqual(
            found,
            [2, 4, 8, 16, 32].map((cpus) => `Standard_E${cpus}ds_v4`),
        );
        for (const [sku, tier] of [
            ["Standard_D4ads_v5", "GeneralPurpose"],
            ["Standard_B2s", "Burstable"],
            ["Standard_E4ds_v5", "MemoryOptimized"],
        ]) {
            assert.deepEqual(serverOf(await makeDatabase({ sku }))["sku"], { name: sku, tier });
        }
    });

    it("waits for the link of the network with the zone, and for nothing else of the network", async () => {
        const { dependencies } = (await makeDatabase()).graph.byName("wandb-database");
        assert.deepEqual(dependencies.map(lastPart).sort(), ["Link", "wandb-database-password"]);
    });

    it("has Microsoft's key when there is no other", async () => {
        const inputs = serverOf(await makeDatabase({}, { key: false }));
        assert.deepEqual([inputs["identity"], inputs["dataEncryption"]], [undefined, undefined]);
    });

    it("passes on what one chooses oneself", async () => {
        const far = { keyUri: keyUriWithVersion, identityId: "far-identity" };
        const made = await makeDatabase({
            identifier: "ns-merry-otter",
            engineVersion: "8.0.21",
            highAvailability: "sameZone",
            zone: "2",
            diskSizeGb: 500,
            iops: 4000,
            backupRetentionDays: 35,
            geoRedundantBackup: true,
            geoBackupKey: far,
            maintenanceWindow: "Mon:23:30",
            lockName: "ns-db",
        });
        const inputs = serverOf(made);
        assert.deepEqual(
            ["serverName", "version", "availabilityZone"].map((key) => inputs[key]),
            ["ns-merry-otter", "8.0.21", "2"],
        );
        assert.deepEqual(inputs["highAvailability"], { mode: "SameZone" });
        const { storageSizeGB, autoIoScaling, iops } = inputs["storage"] as Inputs;
        assert.deepEqual([storageSizeGB, autoIoScaling, iops], [500, "Disabled", 4000]);
        assert.deepEqual(inputs["backup"], { backupRetentionDays: 35, geoRedundantBackup: "Enabled" });
        assert.deepEqual((inputs["identity"] as Inputs)["userAssignedIdentities"], [
            encryptionIdentityId,
            "far-identity",
        ]);
        const { geoBackupKeyURI, geoBackupUserAssignedIdentityId } = inputs["dataEncryption"] as Inputs;
        assert.deepEqual([geoBackupKeyURI, geoBackupUserAssignedIdentityId], [far.keyUri, far.identityId]);
        const window = { customWindow: "Enabled", dayOfWeek: 1, startHour: 23, startMinute: 30 };
        assert.deepEqual(inputs["maintenanceWindow"], window);
        assert.equal(inputsOf(made, "wandb-database-lock")["lockName"], "ns-db");
        const alone = serverOf(await makeDatabase({ highAvailability: "off", diskGrowth: false }));
        assert.deepEqual(alone["highAvailability"], { mode: "Disabled" });
        const { autoGrow, storageRedundancy } = alone["storage"] as Inputs;
        assert.deepEqual([autoGrow, storageRedundancy], ["Disabled", "LocalRedundancy"]);
        const later = serverOf(await makeDatabase({ highAvailability: "off", zoneRedundantStorage: true }));
        assert.equal((later["storage"] as Inputs)["storageRedundancy"], "ZoneRedundancy");
        const apart = serverOf(await makeDatabase({ zone: "1", standbyZone: "3" }));
        assert.deepEqual(apart["highAvailability"], { mode: "ZoneRedundant", standbyAvailabilityZone: "3" });
    });

    it("has a name that the service takes, whatever the component is called", async () => {
        for (const name of ["Wandb", "w_b", "a".repeat(60)]) {
            const { graph } = await makeDatabase({}, { name });
            const serverName = graph.byName(`${name}-database`).inputs["serverName"];
            assert.match(String(serverName), /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, name);
            assert.match(String(serverName), /-database-0badcafe$/);
        }
        assert.equal(serverOf(await makeDatabase())["serverName"], undefined);
    });
});

describe("database on Azure, later", () => {
    it("overlooks what Azure changes by itself", async () => {
        const ignored = async (args: Parameters<typeof makeDatabase>[0]) =>
            (await makeDatabase(args)).options.get("wandb-database")?.ignoreChanges;
        const always = ["availabilityZone", "storage.storageRedundancy"];
        const start = ["createMode", "sourceServerResourceId", "restorePointInTime"];
        const standby = "highAvailability.standbyAvailabilityZone";
        assert.deepEqual(await ignored({}), [...always, standby, "storage.storageSizeGB", ...start]);
        const alone = { highAvailability: "off", diskGrowth: false } as const;
        assert.deepEqual(await ignored(alone), [...always, ...start]);
        const restore = { serverId: "source", pointInTime: "2026-01-31T02:10:00Z" };
        assert.deepEqual(await ignored({ ...alone, restore, password: "Own-password1" }), always);
    });

    it("never deletes one before its successor is there", async () => {
        const { graph } = await makeDatabase({ identifier: "ns-db" });
        assert.equal(graph.byName("wandb-database").deleteBeforeReplace, false);
    });

    it("is locked and protected until deletion protection is off", async () => {
        const { graph } = await makeDatabase();
        const lock = graph.byName("wandb-database-lock");
        assert.deepEqual(
            [lock.inputs["scope"], lock.inputs["level"], lock.protect],
            ["wandb-database-id", "CanNotDelete", undefined],
        );
        assert.equal(graph.byName("wandb-database").protect, true);
        const free = await makeDatabase({}, { deletionProtection: false, retainData: true });
        assert.equal(names(free).includes("wandb-database-lock"), false);
        const server = free.graph.byName("wandb-database");
        assert.deepEqual([server.protect, server.retainOnDelete], [undefined, true]);
    });

    it("starts from a backup with the password that is in it", async () => {
        const password = "Own-password1";
        const here = await makeDatabase({ restore: { serverId: "s", pointInTime: "2026-01-31T02:10:00Z" }, password });
        const inputs = serverOf(here);
        assert.deepEqual(
            ["createMode", "sourceServerResourceId", "restorePointInTime"].map((key) => inputs[key]),
            ["PointInTimeRestore", "s", "2026-01-31T02:10:00Z"],
        );
        assert.equal(names(here).includes("wandb-database-schema"), false);
        const there = await makeDatabase({ restore: { serverId: "s" }, password, createDatabase: true });
        assert.equal(serverOf(there)["createMode"], "GeoRestore");
        assert.equal(inputsOf(there, "wandb-database-schema")["databaseName"], "wandb_local");
    });
});

describe("database's contents on Azure", () => {
    it("are one database that outlives a change of its name, and parameters one after the other", async () => {
        const made = await makeDatabase();
        assert.deepEqual(inputsOf(made, "wandb-database-schema"), {
            resourceGroupName,
            serverName: "wandb-database0badcafe",
            databaseName: "wandb_local",
            charset: "utf8mb4",
            collation: "utf8mb4_general_ci",
        });
        assert.equal(made.graph.byName("wandb-database-schema").retainOnDelete, true);
        const parameters = parametersOf(made);
        assert.deepEqual(
            parameters.map(({ inputs }) => `${String(inputs["configurationName"])}=${String(inputs["value"])}`),
            [
                "binlog_row_image=minimal",
                "innodb_online_alter_log_max_size=268435456",
                "long_query_time=4",
                "max_binlog_size=1073741824",
                "max_execution_time=600000",
                "max_prepared_stmt_count=1048576",
                "require_secure_transport=ON",
                "slow_query_log=ON",
                "sort_buffer_size=524288",
            ],
        );
        let before = "wandb-database-schema";
        for (const { name, dependencies, inputs, protect } of parameters) {
            assert.ok(dependencies.map(lastPart).includes(before), `${name} follows ${before}`);
            assert.deepEqual([inputs["source"], protect], ["user-override", undefined]);
            assert.equal(lastPart(made.options.get(name)?.deletedWith ?? ""), "wandb-database");
            before = name;
        }
    });

    it("have parameters of one's own among ours, in an order of their own", async () => {
        const given = { wait_timeout: "600", long_query_time: "1" };
        const one = parametersOf(await makeDatabase({ parameters: given }));
        const back = Object.fromEntries(Object.entries(given).reverse());
        const other = parametersOf(await makeDatabase({ parameters: back }));
        const told = (all: typeof one) => all.map(({ inputs }) => inputs);
        assert.deepEqual(told(one), told(other));
        const values = new Map(one.map(({ inputs }) => [inputs["configurationName"], inputs["value"]]));
        assert.deepEqual([values.size, values.get("wait_timeout"), values.get("long_query_time")], [10, "600", "1"]);
    });

    it("have a generated password, which a rotation makes anew", async () => {
        const made = await makeDatabase({ passwordRotation: "2" });
        const password = made.graph.byName("wandb-database-password");
        const strong = { length: 32, special: false, minLower: 1, minUpper: 1, minNumeric: 1 };
        assert.deepEqual(password.inputs, { ...strong, keepers: { rotation: "2" } });
        assert.equal(password.protect, undefined, "a protected one could not be replaced");
        assert.equal(await promiseOf(made.store.password), "generated");
        assert.equal(await pulumi.isSecret(made.store.password), true);
        const own = await makeDatabase({ password: "Own-password1", username: "u", name: "w" });
        assert.ok(own.graph.resources.every(({ type }) => !type.startsWith("random:")));
        assert.equal(await pulumi.isSecret(own.store.password), true);
        assert.deepEqual([own.store.facts.username, own.store.facts.name], ["u", "w"]);
    });

    it("tell host, port and what W&B waits for, and public CAs if they are to be checked", async () => {
        const { store } = await makeDatabase();
        assert.equal(
            await promiseOf(pulumi.output(store.facts.host)),
            "wandb-database0badcafe.mysql.database.azure.com",
        );
        assert.deepEqual([store.facts.port, store.facts.caCertificate], [3306, undefined]);
        assert.equal(await promiseOf(store.serverId), "wandb-database-id");
        assert.equal(store.ready.length, 10);
        const checked = await makeDatabase({ checkCertificate: true });
        const pem = await promiseOf(pulumi.output(checked.store.facts.caCertificate ?? ""));
        const subjects = pem
            .split(/(?<=-----END CERTIFICATE-----\n)/)
            .map((one) => new X509Certificate(one).subject.split("\n").at(-1));
        assert.deepEqual(subjects, ["CN=DigiCert Global Root G2", "CN=Microsoft RSA Root Certificate Authority 2017"]);
    });
});

describe("database on Azure in a network without a subnet for it", () => {
    it("has a private endpoint, made once all is written, and no public access", async () => {
        const made = await makeDatabase({ endpointName: "pe-db" }, { subnet: false });
        assert.deepEqual(serverOf(made)["network"], { publicNetworkAccess: "Disabled" });
        const { inputs, dependencies } = made.graph.byName("Endpoint");
        assert.deepEqual(inputs, { service: "database", targetId: "wandb-database-id", endpointName: "pe-db" });
        assert.ok(dependencies.map(lastPart).includes("wandb-database-sort-buffer-size"));
        assert.equal(made.store.ready.length, 11);
        assert.equal(names(await makeDatabase()).includes("Endpoint"), false);
    });
});

describe("database and cache in the simulated Azure", () => {
    it("are made as asked for, and go in any order once deletion protection is off", async () => {
        for (const kind of ["managed-redis", "azure-cache"] as const) {
            for (const first of [
                (names: readonly string[]) => names[0],
                (names: readonly string[]) => names.at(-1) ?? "",
            ]) {
                const cloud = await startStoreCloud();
                try {
                    const { run, database, cache } = await makeStoresIn(
                        cloud,
                        { cache: { kind } },
                        { deletionProtection: false },
                    );
                    assert.match(await promiseOf(pulumi.output(database.facts.host)), /\.mysql\.database\.azure\.com$/);
                    assert.match(
                        await promiseOf(pulumi.output(cache.facts.host)),
                        /redis\.(azure\.net|cache\.windows\.net)$/,
                    );
                    await run.destroy(first);
                    const left = cloud.provider.inventory.rows().filter(({ type }) => /mysql|redis/.test(type));
                    assert.deepEqual(left, []);
                } finally {
                    cloud.remove();
                }
            }
        }
    });

    it("are kept by the lock of deletion protection", async () => {
        const cloud = await startStoreCloud();
        try {
            await makeStoresIn(cloud);
            const type = "azure-native:dbformysql:Server";
            const server = cloud.provider.inventory.rows().find((row) => row.type === type);
            const refused = cloud.delete(type, server?.id ?? "", "wandb-database");
            await assert.rejects(refused, /Code="ScopeLocked"/);
        } finally {
            cloud.remove();
        }
    });
});
