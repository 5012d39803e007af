/** The rules of the simulated Cloud SQL for MySQL: for each something that Google takes and something that it refuses. */
import assert from "node:assert/strict";
import { cryptoKeyMemberType } from "../../sandbox/clouds/gcp/kms";
import { databaseType, instanceType, takenNameType, userType } from "../../sandbox/clouds/gcp/sql/shared";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { type TestCloud, urnOf } from "../support/cloud-frame";
import { startStoreCloud, storeKeyId, storeNetworkId, storeRange } from "../support/gcp-stores";

const network = { ipv4Enabled: false, privateNetwork: storeNetworkId, allocatedIpRange: storeRange };
const settings: PropertyMap = { tier: "db-custom-2-13312", edition: "ENTERPRISE", ipConfiguration: network };
const plain: PropertyMap = { name: "db", databaseVersion: "MYSQL_8_4", deletionProtection: false };

/** An instance with other settings. */
const having = (more: PropertyMap, top: PropertyMap = {}): PropertyMap => ({
    ...plain,
    ...top,
    settings: { ...settings, ...more },
});
const flags = (...pairs: (readonly [string, string])[]): PropertyMap => ({
    databaseFlags: pairs.map(([name, value]) => ({ name, value })),
});

describe("simulated Cloud SQL", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await startStoreCloud(["sqladmin"]);
    });
    afterEach(() => cloud.remove());

    const make = async (inputs: PropertyMap, type = instanceType, name = "one") => {
        const checked = await cloud.check(type, inputs);
        assert.deepEqual(checked.problems, []);
        return cloud.create(type, checked.inputs, name);
    };
    /** Makes one and takes it away again, with what is left of its name. */
    const accepts = async (inputs: PropertyMap) => {
        const { id } = await make({ ...inputs, name: "passing" });
        await cloud.delete(instanceType, id);
        await cloud.provider.inventory.change((change) => change.remove(takenNameType, `example-project/${id}`));
    };
    const refuses = (inputs: PropertyMap, words: RegExp) => assert.rejects(make(inputs), words);
    /** From one to the other in place; gives the outputs. */
    const update = async (olds: PropertyMap, news: PropertyMap) => {
        if (idsOf(instanceType).length === 0) {
            await make(olds);
        }
        const row = cloud.provider.inventory.get(instanceType, "db");
        const request = { urn: urnOf(instanceType), id: "db", oldOutputs: properties(row?.outputs), preview: false };
        const checked = await cloud.check(instanceType, news, olds);
        return (await cloud.provider.update({ ...request, news: checked.inputs })).values;
    };
    const diff = async (olds: PropertyMap, news: PropertyMap) => {
        const bags = { oldInputs: properties(olds), news: properties(news) };
        const { changes } = await cloud.provider.diff({ urn: urnOf(instanceType), id: "db", ...bags });
        return changes.map(({ path, replaces }) => `${path} ${replaces}`);
    };
    const idsOf = (wanted: string) =>
        cloud.provider.inventory
            .rows()
            .filter(({ type }) => type === wanted)
            .map(({ id }) => id);

    describe("instances", () => {
        it("have an address of the network's range, and tell their connection and certificate", async () => {
            const { id, outputs } = await make(having({}));
            const { connectionName, privateIpAddress, publicIpAddress, serverCaCerts } = outputs.values;
            assert.equal(id, "db");
            assert.match(textOf(privateIpAddress), /^10\.80\.0\.\d+$/);
            assert.deepEqual([connectionName, publicIpAddress], ["example-project:europe-west4:db", ""]);
            assert.match(JSON.stringify(serverCaCerts), /BEGIN CERTIFICATE/);
        });

        it("have names of their project and a week longer than themselves", async () => {
            await accepts({ ...having({}), name: "a-1" });
            const longest = 98 - "example-project:".length;
            await make({ ...having({}), name: "a".repeat(longest) });
            await refuses({ ...having({}), name: "b".repeat(longest + 1) }, /combined length .* must not exceed 98/);
            for (const name of ["Db", "1db", "db-", "d_b"]) {
                assert.match((await cloud.problems(instanceType, { ...having({}), name })).join(), /^name: /, name);
            }
            await make(having({}));
            await refuses(having({}), /instanceAlreadyExists/);
            await cloud.delete(instanceType, "db");
            await refuses(having({}), /can't reuse the name .* until one week/);
        });

        it("need the API, and a region", async () => {
            await refuses(having({}, { region: "mars" }), /Invalid value for region: mars/);
            const off = await startStoreCloud();
            try {
                await assert.rejects(off.create(instanceType, having({})), /Cloud SQL Admin API has not been used/);
            } finally {
                off.remove();
            }
            assert.deepEqual(idsOf(instanceType), []);
        });

        it("are of an edition whose machine types they have", async () => {
            for (const tier of ["db-f1-micro", "db-n1-standard-1", "db-custom-1-3840", "db-custom-96-638976"]) {
                await accepts(having({ tier }));
            }
            for (const tier of ["db-perf-optimized-N-2", "db-c4a-highmem-4", "db-memory-optimized-N-8"]) {
                await accepts(having({ tier, edition: "ENTERPRISE_PLUS" }));
                await refuses(having({ tier }), /Invalid Tier .* for \(ENTERPRISE\) Edition/);
            }
            const none = [
                "db-custom-3-13312",
                "db-custom-2-13313",
                "db-custom-2-1024",
                "db-custom-2-13568",
                "e2-small",
            ];
            for (const tier of none) {
                await refuses(having({ tier }), /Invalid Tier/);
            }
            const unsaid = { tier: "db-custom-2-13312", ipConfiguration: network };
            await refuses({ ...plain, settings: unsaid }, /for \(ENTERPRISE_PLUS\) Edition/);
            await accepts({ ...plain, databaseVersion: "MYSQL_8_0_45", settings: unsaid });
        });

        it("have a data cache in Enterprise Plus, which begins with 8.0.31", async () => {
            const plus = { tier: "db-perf-optimized-N-2", edition: "ENTERPRISE_PLUS" };
            const dataCacheConfig = { dataCacheEnabled: true };
            await accepts(having({ ...plus, dataCacheConfig }));
            await refuses(having({ dataCacheConfig }), /Data cache is only supported for ENTERPRISE_PLUS/);
            await accepts(having(plus, { databaseVersion: "MYSQL_8_0_31" }));
            await refuses(having(plus, { databaseVersion: "MYSQL_8_0_30" }), /not supported for ENTERPRISE_PLUS/);
        });

        it("have disks that go with the machine, and limits above them", async () => {
            await accepts(having({ diskSize: 10, diskType: "PD_HDD", diskAutoresizeLimit: 10 }));
            await accepts(having({ diskSize: 65_536 }));
            await accepts(having({ tier: "db-custom-N4-2-13312", diskSize: 20 }));
            await refuses(having({ diskSize: 9 }), /between 10 and 65536/);
            await refuses(having({ tier: "db-g1-small", diskSize: 3055 }), /between 10 and 3054/);
            await refuses(having({ tier: "db-custom-N4-2-13312", diskSize: 10 }), /between 20/);
            await refuses(having({ tier: "db-custom-N4-2-13312", diskType: "PD_SSD" }), /Disk type PD_SSD/);
            await refuses(having({ diskSize: 20, diskAutoresizeLimit: 19 }), /must not be less than the disk size/);
        });

        it("have a standby only with backups and log, in another zone of the region", async () => {
            const availabilityType = "REGIONAL";
            const pair = { availabilityType, backupConfiguration: { enabled: true, binaryLogEnabled: true } };
            await accepts(having(pair));
            await accepts(
                having({ ...pair, locationPreference: { zone: "europe-west4-a", secondaryZone: "europe-west4-b" } }),
            );
            await refuses(having({ availabilityType }), /Binary log must be enabled/);
            await refuses(
                having({ backupConfiguration: { enabled: false, binaryLogEnabled: true } }),
                /backups are disabled/,
            );
            const same = { zone: "europe-west4-a", secondaryZone: "europe-west4-a" };
            await refuses(having({ ...pair, locationPreference: same }), /must be different/);
            await refuses(having({ locationPreference: { zone: "europe-west1-b" } }), /Invalid value for zone/);
        });

        it("keep backups and logs for as long as Google takes", async () => {
            const kept = (retainedBackups: number, transactionLogRetentionDays: number, more: PropertyMap = {}) =>
                having({
                    backupConfiguration: {
                        enabled: true,
                        binaryLogEnabled: true,
                        backupRetentionSettings: { retainedBackups },
                        transactionLogRetentionDays,
                    },
                    ...more,
                });
            const plus = { tier: "db-perf-optimized-N-2", edition: "ENTERPRISE_PLUS" };
            await accepts(kept(365, 7));
            await accepts(kept(35, 35, plus));
            await refuses(kept(366, 7), /Retained backups must be between 1 and 365/);
            await refuses(kept(14, 8), /between 1 and 7 \(8\)/);
            await refuses(kept(40, 36, plus), /between 1 and 35 \(36\)/);
            await refuses(kept(6, 7), /less than or equal to the number of retained backups/);
            for (const backup of <PropertyMap[]>[
                { startTime: "24:00" },
                { startTime: "2:00" },
                { location: "europe-west99" },
            ]) {
                await refuses(having({ backupConfiguration: { enabled: true, ...backup } }), /Invalid backup/);
            }
            await refuses(
                having({ finalBackupConfig: { enabled: true, retentionDays: 366 } }),
                /Final backup retention/,
            );
        });

        it("have flags of Cloud SQL with values within their ranges", async () => {
            await accepts(
                having(flags(["max_execution_time", "60000"], ["local_infile", "ON"], ["log_output", "file"])),
            );
            await accepts(having(flags(["sql_mode", "whatever"]), { databaseVersion: "MYSQL_8_0_42" }));
            for (const [name, value, words] of [
                ["binlog_format", "ROW", /Invalid flag: binlog_format\. It is not supported/],
                ["innodb_autoinc_lock_mode", "3", /Value 3 is not accepted/],
                ["sort_buffer_size", "64M", /Value 64M is not accepted/],
                ["slow_query_log", "1", /Value 1 is not accepted/],
                ["binlog_row_image", "least", /Value least is not accepted/],
                ["expire_logs_days", "1", /not supported by MYSQL_8_4/],
            ] as const) {
                await refuses(having(flags([name, value])), words);
            }
            await accepts(having(flags(["expire_logs_days", "1"]), { databaseVersion: "MYSQL_8_0_42" }));
        });

        it("are in a network that is connected with Google", async () => {
            const at = (more: PropertyMap) => having({ ipConfiguration: { ...network, ...more } });
            await accepts(having({ ipConfiguration: { ipv4Enabled: false, privateNetwork: storeNetworkId } }));
            await accepts(having({ ipConfiguration: { ipv4Enabled: true } }));
            await refuses(
                having({ ipConfiguration: { ipv4Enabled: false } }),
                /At least one of Public IP or Private IP/,
            );
            const other = storeNetworkId.replace("wandb", "other");
            await refuses(at({ privateNetwork: other }), /doesn't have at least 1 private services connection/);
            await refuses(at({ allocatedIpRange: "other" }), /range other is not part of the private connection/);
            const problems = await cloud.problems(instanceType, at({ privateNetwork: "wandb" }));
            assert.match(problems.join(), /privateNetwork: must be the id of a network/);
        });

        it("need a key of their region that Cloud SQL may use", async () => {
            const keyed = (encryptionKeyName: string) => having({}, { encryptionKeyName });
            await accepts(keyed(storeKeyId));
            await refuses(keyed("key"), /Invalid KMS key name/);
            await refuses(keyed(storeKeyId.replace("europe-west4", "europe")), /same region as the instance/);
            await refuses(keyed(`${storeKeyId}-2`), /kmsKeyAccessDenied/);
            await cloud.provider.inventory.change((change) => {
                for (const { type, id } of change.rows.filter((row) => row.type === cryptoKeyMemberType)) {
                    change.remove(type, id);
                }
            });
            await refuses(
                keyed(storeKeyId),
                /gcp-sa-cloud-sql.* lacks the role Cloud KMS CryptoKey Encrypter\/Decrypter/,
            );
        });

        it("have labels and times that Google takes", async () => {
            await accepts(having({ userLabels: { team: "ml" }, maintenanceWindow: { day: 7, hour: 23 } }));
            await refuses(having({ userLabels: { Team: "ml" } }), /Invalid label key "Team"/);
            const windows = having({ maintenanceWindow: { day: 8, hour: 24 } });
            assert.equal((await cloud.problems(instanceType, windows)).length, 2);
        });
    });

    describe("changes of an instance", () => {
        it("are made in place for version, edition, machine, flags and growth", async () => {
            const plus = { edition: "ENTERPRISE_PLUS", tier: "db-perf-optimized-N-2" };
            const news = having({ ...plus, diskSize: 200 }, { databaseVersion: "MYSQL_8_4" });
            const olds = having({ diskSize: 100 }, { databaseVersion: "MYSQL_8_0_42" });
            for (const change of await diff(olds, news)) {
                assert.match(change, / false$/);
            }
            const before = (await update(olds, olds))["privateIpAddress"];
            const after = await update(olds, news);
            assert.equal(after["privateIpAddress"], before);
            assert.match(textOf(after["maintenanceVersion"]), /^MYSQL_8_4/);
        });

        it("replace it for what it is made of", async () => {
            for (const [property, value] of [
                ["name", "other"],
                ["region", "europe-west1"],
                ["project", "other-project"],
                ["encryptionKeyName", storeKeyId],
            ]) {
                assert.deepEqual(await diff(having({}), having({}, { [property]: value })), [`${property} true`]);
            }
            assert.deepEqual(await diff(having({}), having({ diskType: "PD_HDD" })), ["settings.diskType true"]);
            const shrunk = await diff(having({ diskSize: 20 }), having({ diskSize: 10 }));
            assert.deepEqual(shrunk, ["settings.diskSize true"]);
            const outside = await diff(having({}), having({ ipConfiguration: { ipv4Enabled: true } }));
            assert.ok(outside.includes("settings.ipConfiguration.privateNetwork true"), outside.join());
        });

        it("are none for flags in another order, or a minor version that came by itself", async () => {
            const [one, other] = [["log_output", "FILE"] as const, ["local_infile", "off"] as const];
            assert.deepEqual(await diff(having(flags(one, other)), having(flags(other, one))), []);
            assert.equal((await diff(having(flags(one, other)), having(flags(one)))).length > 0, true);
            const floating = having({}, { databaseVersion: "MYSQL_8_0" });
            assert.deepEqual(await diff(having({}, { databaseVersion: "MYSQL_8_0_42" }), floating), []);
        });

        it("are refused down, and up to 8.4 below 8.0.37", async () => {
            const of = (databaseVersion: string) => having({}, { databaseVersion });
            await make(of("MYSQL_8_0_36"));
            await assert.rejects(update(of("MYSQL_8_0_36"), of("MYSQL_8_4")), /upgrade to MYSQL_8_0_37 or later first/);
            await update(of("MYSQL_8_0_36"), of("MYSQL_8_0_37"));
            await assert.rejects(update(of("MYSQL_8_0_37"), of("MYSQL_8_0_36")), /Downgrade/);
            await update(of("MYSQL_8_0_37"), of("MYSQL_8_4"));
            await assert.rejects(update(of("MYSQL_8_4"), of("MYSQL_8_0_45")), /Downgrade/);
            await assert.rejects(update(of("MYSQL_8_4"), of("MYSQL_9_0")), /Invalid value for database version/);
        });

        it("are refused for a smaller disk and for lower_case_table_names", async () => {
            const olds = having({ diskSize: 20 });
            await assert.rejects(update(olds, having({ diskSize: 10 })), /Storage size cannot be decreased/);
            const fixed = having({ diskSize: 20, ...flags(["lower_case_table_names", "1"]) });
            await assert.rejects(update(olds, fixed), /cannot be changed after the instance is created/);
        });
    });

    describe("deletion", () => {
        it("is refused by the provider's protection, then by Google's", async () => {
            const google = { deletionProtectionEnabled: true };
            const both = having(google, { deletionProtection: true });
            await make(both);
            await assert.rejects(cloud.delete(instanceType, "db"), /deletion_protection is set to true/);
            await update(both, having(google));
            await assert.rejects(cloud.delete(instanceType, "db"), /The instance is protected/);
            await update(having(google), having({}));
            await cloud.delete(instanceType, "db");
        });

        it("takes databases and users along", async () => {
            await make(having({}));
            await make({ instance: "db", name: "wandb_local" }, databaseType);
            await make({ instance: "db", name: "wandb", password: "abc" }, userType);
            await cloud.delete(instanceType, "db");
            assert.deepEqual([...idsOf(databaseType), ...idsOf(userType)], []);
        });
    });

    describe("databases and users", () => {
        const schema = { instance: "db", name: "wandb_local", charset: "utf8mb4", collation: "utf8mb4_general_ci" };
        const user = { instance: "db", name: "wandb", password: "abc" };

        it("are of an instance that is there", async () => {
            await assert.rejects(make(schema, databaseType), /instanceDoesNotExist/);
            await assert.rejects(
                make(user, userType),
                /failed to insert user wandb into instance db: .*instanceDoesNotExist/,
            );
            await make(having({}));
            const { id } = await make(schema, databaseType);
            assert.equal(id, "projects/example-project/instances/db/databases/wandb_local");
            assert.equal((await make(user, userType)).id, "wandb//db");
        });

        it("are made once, and a user is taken over", async () => {
            await make(having({}));
            await make(schema, databaseType);
            await assert.rejects(make(schema, databaseType, "two"), /Error 1007: .*database exists/);
            await make(user, userType);
            await make({ ...user, password: "def" }, userType, "two");
            assert.equal(idsOf(userType).length, 1);
        });

        it("are not MySQL's own, and have a collation that fits and a password", async () => {
            await make(having({}));
            await assert.rejects(make({ ...schema, name: "MYSQL" }, databaseType), /is a system database/);
            await assert.rejects(
                make({ ...schema, charset: "latin1" }, databaseType),
                /is not valid for character set/,
            );
            await assert.rejects(make({ ...user, name: "cloudsqladmin" }, userType), /reserved user name/);
            await assert.rejects(make({ instance: "db", name: "wandb" }, userType), /A password is required/);
            const long = await cloud.problems(userType, { ...user, name: "a".repeat(33) });
            assert.match(long.join(), /^name: must have 1 to 32 characters/);
        });
    });
});
