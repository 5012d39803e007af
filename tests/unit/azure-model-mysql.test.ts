/** The rules of the simulated Azure Database for MySQL: for each something that Azure takes and something that it refuses. */
import assert from "node:assert/strict";
import { azure } from "../../sandbox/clouds/azure";
import { configurationType, databaseType, serverType } from "../../sandbox/clouds/azure/mysql/shared";
import { linkType, subnetType, zoneType } from "../../sandbox/clouds/azure/mysql/server-network";
import { properties, type PropertyMap } from "../../sandbox/clouds/values";
import { waitFor } from "../../sandbox/processes";
import { idIn, location, resourceGroupName, subscriptionId } from "../support/azure-platform";
import {
    databaseSubnetId,
    databaseZoneId,
    encryptionIdentityId,
    keyUri,
    keyUriWithVersion,
    networkId,
    otherIdentityId,
    startStoreCloud,
} from "../support/azure-stores";
import { TestCloud, urnOf } from "../support/cloud-frame";

const group = { resourceGroupName };
const alone: PropertyMap = {
    ...group,
    serverName: "one",
    version: "8.4",
    sku: { name: "Standard_E2ds_v4", tier: "MemoryOptimized" },
    administratorLogin: "wandb",
    administratorLoginPassword: "Aa345678",
};
const pair: PropertyMap = {
    ...alone,
    highAvailability: { mode: "ZoneRedundant" },
    storage: { autoGrow: "Enabled", storageRedundancy: "ZoneRedundancy" },
};
const inside: PropertyMap = {
    network: { delegatedSubnetResourceId: databaseSubnetId, privateDnsZoneResourceId: databaseZoneId },
};
const encrypted: PropertyMap = {
    identity: { type: "UserAssigned", userAssignedIdentities: [encryptionIdentityId] },
    dataEncryption: {
        type: "AzureKeyVault",
        primaryKeyURI: keyUriWithVersion,
        primaryUserAssignedIdentityId: encryptionIdentityId,
    },
};
const serverId = idIn("Microsoft.DBforMySQL/flexibleServers/one");

describe("simulated Azure Database for MySQL", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await startStoreCloud();
    });
    afterEach(() => cloud.remove());

    const make = async (inputs: PropertyMap, type = serverType) => {
        const checked = await cloud.check(type, inputs);
        assert.deepEqual(checked.problems, []);
        return cloud.create(type, checked.inputs, "thing");
    };
    const accepts = async (inputs: PropertyMap, type = serverType) => {
        const { id, outputs } = await make(inputs, type);
        await cloud.delete(type, id, "thing");
        return outputs.values;
    };
    const refuses = (inputs: PropertyMap, words: RegExp, type = serverType) =>
        assert.rejects(make(inputs, type), words);
    /** From one to the other in place; gives the outputs. */
    const update = async (olds: PropertyMap, news: PropertyMap, type = serverType) => {
        const { id, outputs } = await make(olds, type);
        const request = { urn: urnOf(type), id, oldOutputs: outputs, preview: false };
        const checked = await cloud.check(type, { ...olds, ...news }, olds);
        try {
            return (await cloud.provider.update({ ...request, news: checked.inputs })).values;
        } finally {
            await cloud.delete(type, id, "thing");
        }
    };
    const diff = async (olds: PropertyMap, news: PropertyMap) => {
        const bags = { oldInputs: properties(olds), news: properties({ ...olds, ...news }) };
        const { changes } = await cloud.provider.diff({ urn: urnOf(serverType), id: serverId, ...bags });
        return changes.map(({ path, replaces }) => `${path} ${replaces}`);
    };

    it("tells host, zones, storage and user, and never the password", async () => {
        const { outputs } = await make({ ...pair, ...inside, ...encrypted });
        const { fullyQualifiedDomainName, availabilityZone, highAvailability, storage, network } = outputs.values;
        assert.equal(fullyQualifiedDomainName, "one.mysql.database.azure.com");
        assert.equal(availabilityZone, "1");
        assert.deepEqual(highAvailability, { mode: "ZoneRedundant", state: "Healthy", standbyAvailabilityZone: "2" });
        assert.equal((storage as PropertyMap)["storageSizeGB"], 20);
        assert.equal((network as PropertyMap)["publicNetworkAccess"], "Disabled");
        assert.ok(outputs.secrets.has("administratorLoginPassword"));
        const open = await accepts({ ...alone, serverName: "open" });
        assert.equal((open["network"] as PropertyMap)["publicNetworkAccess"], "Enabled");
    });

    it("has names of 3 to 63 characters, each once in all of Azure", async () => {
        await accepts({ ...alone, serverName: `a${"-b".repeat(31)}` });
        for (const serverName of ["ab", "One", "one-", "-one", "o_ne", "a".repeat(64)]) {
            assert.match((await cloud.problems(serverType, { ...alone, serverName })).join(), /^serverName: /);
        }
        await make(alone);
        await refuses(alone, /cannot create already existing resource/);
        await cloud.provider.inventory.plant({
            type: serverType,
            id: serverId.replace(resourceGroupName, "elsewhere").replace("/one", "/taken"),
            inputs: {},
            outputs: {},
        });
        await refuses({ ...alone, serverName: "taken" }, /Code="ServerNameAlreadyExists"/);
    });

    it("has a user whom it takes, with a password that is not simple and not shown", async () => {
        for (const administratorLogin of ["root", "Admin", "a-b", "a".repeat(33)]) {
            await refuses({ ...alone, administratorLogin }, /parameter administratorLogin/);
        }
        for (const administratorLoginPassword of ["Aa34567", "aaaaaaaa1", `Aa1${"x".repeat(126)}`]) {
            const refused = make({ ...alone, administratorLoginPassword });
            await assert.rejects(refused, ({ message }: Error) => {
                assert.match(message, /Code="PasswordNotComplex"/);
                return !message.includes(administratorLoginPassword);
            });
        }
        const next = await update(alone, { administratorLoginPassword: "Bb345678" });
        assert.equal(next["state"], "Ready");
        await assert.rejects(update(alone, { administratorLoginPassword: "short" }), /PasswordNotComplex/);
    });

    it("upgrades from one line to the next and never back", async () => {
        assert.equal((await update({ ...alone, version: "8.0.21" }, { version: "8.4" }))["version"], "8.4");
        await assert.rejects(update(alone, { version: "8.0.21" }), /Code="ServerVersionUpgradeNotSupported"/);
        await assert.rejects(update({ ...alone, version: "5.7" }, { version: "8.4" }), /NotSupported/);
        await refuses({ ...alone, version: "8.0.32" }, /Code="ParameterOutOfRange"/);
    });

    it("has sizes that exist, in their own tier, and disks that only grow", async () => {
        await refuses({ ...alone, sku: { name: "Standard_E3ds_v4", tier: "MemoryOptimized" } }, /Code="InvalidSku"/);
        await refuses({ ...alone, sku: { name: "Standard_E2ds_v4", tier: "GeneralPurpose" } }, /Code="InvalidSku"/);
        const general = { sku: { name: "Standard_D4ads_v5", tier: "GeneralPurpose" } };
        await accepts({ ...alone, storage: { storageSizeGB: 32_768 } });
        await refuses({ ...alone, ...general, storage: { storageSizeGB: 16_385 } }, /storageSizeGB/);
        await refuses({ ...alone, storage: { storageSizeGB: 19 } }, /storageSizeGB/);
        await update({ ...alone, storage: { storageSizeGB: 100 } }, { storage: { storageSizeGB: 200 } });
        const smaller = update({ ...alone, storage: { storageSizeGB: 100 } }, { storage: { storageSizeGB: 99 } });
        await assert.rejects(smaller, /Code="StorageSizeShrinkNotSupported"/);
    });

    it("has as many operations per second as the size can, if they are not counted", async () => {
        const iops = (count: number, autoIoScaling: string) => ({ storage: { iops: count, autoIoScaling } });
        await accepts({ ...alone, ...iops(5000, "Disabled") });
        await refuses({ ...alone, ...iops(5001, "Disabled") }, /storage.iops/);
        await refuses({ ...alone, ...iops(359, "Disabled") }, /storage.iops/);
        const scaled = await accepts({ ...alone, ...iops(9999, "Enabled") });
        assert.equal((scaled["storage"] as PropertyMap)["iops"], 5000);
    });

    it("has a standby in another zone only where there are zones, copies in them, and a disk that grows", async () => {
        await accepts(pair);
        const burstable = { sku: { name: "Standard_B2s", tier: "Burstable" } };
        await refuses({ ...pair, ...burstable }, /Code="HANotSupportedForBurstable"/);
        await accepts({ ...alone, ...burstable });
        const storage = { autoGrow: "Disabled", storageRedundancy: "ZoneRedundancy" };
        await refuses({ ...pair, storage }, /Code="StorageAutoGrowRequired"/);
        const local = { autoGrow: "Enabled", storageRedundancy: "LocalRedundancy" };
        await refuses({ ...pair, storage: local }, /Code="ZoneRedundantStorageRequired"/);
        await refuses({ ...pair, location: "westus" }, /storageRedundancy/);
        await refuses({ ...pair, location: "westus", storage: { autoGrow: "Enabled" } }, /ZoneRedundantHANotSupported/);
        await accepts({ ...alone, location: "westus", highAvailability: { mode: "SameZone" } });
        await refuses({ ...alone, availabilityZone: "4" }, /Code="AvailabilityZoneNotAvailable"/);
        const same = {
            availabilityZone: "2",
            highAvailability: { mode: "ZoneRedundant", standbyAvailabilityZone: "2" },
        };
        await refuses({ ...pair, ...same }, /standbyAvailabilityZone/);
        const mixed = { availabilityZone: "2", highAvailability: { mode: "SameZone", standbyAvailabilityZone: "3" } };
        await refuses({ ...pair, ...mixed }, /standbyAvailabilityZone/);
    });

    it("gets a standby in another zone later in the tier MemoryOptimized only, and copies nowhere else later", async () => {
        const later = { highAvailability: { mode: "ZoneRedundant" } };
        await update({ ...pair, highAvailability: { mode: "Disabled" } }, later);
        const sku = { name: "Standard_D4ds_v4", tier: "GeneralPurpose" };
        const general = update({ ...pair, sku, highAvailability: { mode: "Disabled" } }, later);
        await assert.rejects(general, /Code="ZoneRedundantHAOnlyAtCreation"/);
        const moved = update(
            { ...alone, storage: { storageRedundancy: "LocalRedundancy" } },
            { storage: { storageRedundancy: "ZoneRedundancy" } },
        );
        await assert.rejects(moved, /Code="StorageRedundancyChangeNotSupported"/);
    });

    it("keeps backups for 1 to 35 days, and elsewhere from the start if the standby is in another zone", async () => {
        for (const backupRetentionDays of [0, 36]) {
            await refuses({ ...alone, backup: { backupRetentionDays } }, /backupRetentionDays/);
        }
        const far = { backup: { geoRedundantBackup: "Enabled" } };
        await update(alone, far);
        await assert.rejects(update(pair, far), /Code="GeoBackupOnlyAtCreation"/);
        await accepts({ ...pair, ...far });
    });

    it("takes a window of maintenance in updates only", async () => {
        const maintenanceWindow = { customWindow: "Enabled", dayOfWeek: 0, startHour: 5, startMinute: 0 };
        const made = await accepts({ ...alone, maintenanceWindow });
        assert.equal((made["maintenanceWindow"] as PropertyMap)["customWindow"], "Disabled");
        assert.deepEqual((await update(alone, { maintenanceWindow }))["maintenanceWindow"], maintenanceWindow);
        await refuses({ ...alone, maintenanceWindow: { ...maintenanceWindow, dayOfWeek: 7 } }, /dayOfWeek/);
    });

    it("lies in a subnet of its own that is linked with its zone, and keeps it", async () => {
        await make({ ...alone, ...inside });
        await assert.rejects(cloud.delete(subnetType, databaseSubnetId), /Code="InUseSubnetCannotBeDeleted"/);
        const network = (changes: PropertyMap) => ({
            ...alone,
            serverName: "two",
            network: { ...(inside["network"] as PropertyMap), ...changes },
        });
        await refuses(network({ delegatedSubnetResourceId: `${networkId}/subnets/none` }), /Code="SubnetNotFound"/);
        await refuses(
            network({ delegatedSubnetResourceId: `${networkId}/subnets/plain` }),
            /MissingRequiredDelegation/,
        );
        await refuses(network({ publicNetworkAccess: "Enabled" }), /publicNetworkAccess/);
        await refuses({ ...network({}), location: "northeurope" }, /Code="VnetRegionMismatch"/);
        const bare = { delegatedSubnetResourceId: databaseSubnetId };
        await refuses({ ...network({}), network: bare }, /privateDnsZoneResourceId/);
    });

    it("needs the link of zone and network before it is made", async () => {
        const inZone = (id: string) => ({
            ...alone,
            network: { delegatedSubnetResourceId: databaseSubnetId, privateDnsZoneResourceId: id },
        });
        const plant = async (name: string) => {
            const id = idIn(`Microsoft.Network/privateDnsZones/${name}`);
            await cloud.provider.inventory.plant({ type: zoneType, id, inputs: {}, outputs: {} });
            return id;
        };
        await refuses(inZone(idIn("Microsoft.Network/privateDnsZones/none")), /Code="PrivateDnsZoneNotFound"/);
        await refuses(inZone(await plant("example.com")), /Code="InvalidPrivateDnsZoneName"/);
        const lonely = await plant("other.mysql.database.azure.com");
        await refuses(inZone(lonely), /Code="PrivateDnsZoneNotLinkedToVnet"/);
        const inputs = { virtualNetwork: { id: networkId } };
        await cloud.provider.inventory.plant({
            type: linkType,
            id: `${lonely}/virtualNetworkLinks/one`,
            inputs,
            outputs: inputs,
        });
        await accepts(inZone(lonely));
    });

    it("is encrypted with a version of a key that one of its identities may use", async () => {
        await accepts({ ...alone, ...encrypted });
        const with_ = (changes: PropertyMap, ids = [encryptionIdentityId, otherIdentityId]) => ({
            ...alone,
            identity: { type: "UserAssigned", userAssignedIdentities: ids },
            dataEncryption: { ...(encrypted["dataEncryption"] as PropertyMap), ...changes },
        });
        await refuses(with_({}, [otherIdentityId]), /primaryUserAssignedIdentityId/);
        await refuses(with_({ primaryKeyURI: keyUri }), /primaryKeyURI/);
        const missing = keyUriWithVersion.replace("/database/", "/none/");
        await refuses(with_({ primaryKeyURI: missing }), /Code="AzureKeyVaultKeyNameNotFound"/);
        const other = { primaryUserAssignedIdentityId: otherIdentityId };
        await refuses(with_(other), /Code="AzureKeyVaultMissingPermissions"/);
        const far = { backup: { geoRedundantBackup: "Enabled" } };
        await refuses({ ...with_({}), ...far }, /geoBackupKeyURI/);
        const named = { geoBackupKeyURI: keyUriWithVersion, geoBackupUserAssignedIdentityId: otherIdentityId };
        await accepts({ ...with_(named), ...far });
    });

    it("starts from a backup of a server, with the user that is in there", async () => {
        await make({ ...alone, administratorLogin: "somebody" });
        const { administratorLoginPassword, administratorLogin, ...rest } = alone;
        assert.deepEqual([administratorLogin, administratorLoginPassword], ["wandb", "Aa345678"]);
        const restored = {
            ...rest,
            serverName: "two",
            createMode: "PointInTimeRestore",
            sourceServerResourceId: serverId,
            restorePointInTime: "2026-01-31T02:10:00Z",
        };
        assert.equal((await accepts(restored))["administratorLogin"], "somebody");
        await refuses({ ...restored, restorePointInTime: "yesterday" }, /restorePointInTime/);
        await refuses({ ...restored, location: "northeurope" }, /Code="SourceServerRegionMismatch"/);
        await refuses({ ...restored, sourceServerResourceId: `${serverId}2` }, /Code="ResourceNotFound"/);
        await refuses({ ...restored, createMode: "GeoRestore" }, /Code="GeoBackupNotEnabled"/);
    });

    it("is replaced by what its API takes at creation only", async () => {
        const { administratorLogin: old } = alone;
        assert.equal(old, "wandb");
        const found = await diff(alone, {
            administratorLogin: "other",
            availabilityZone: "2",
            ...inside,
            createMode: "GeoRestore",
            version: "8.0.21",
            sku: { name: "Standard_E4ds_v4", tier: "MemoryOptimized" },
        });
        assert.deepEqual(found.filter((change) => change.endsWith("false")).sort(), [
            "sku.name false",
            "version false",
        ]);
        const replacing = ["administratorLogin", "availabilityZone", "createMode", "network"];
        for (const property of replacing) {
            assert.ok(
                found.some((change) => change.startsWith(property) && change.endsWith("true")),
                property,
            );
        }
    });

    it("holds databases of MySQL's names and character sets, each once", async () => {
        await make(alone);
        const schema = { ...group, serverName: "one", databaseName: "wandb_local" };
        const { charset, collation } = await accepts(schema, databaseType);
        assert.deepEqual([charset, collation], ["utf8mb4", "utf8mb4_0900_ai_ci"]);
        await make({ ...schema, databaseName: "w", charset: "utf8mb4", collation: "utf8mb4_general_ci" }, databaseType);
        await refuses({ ...schema, databaseName: "w" }, /already existing resource/, databaseType);
        await refuses({ ...schema, databaseName: "mysql" }, /parameter databaseName/, databaseType);
        await refuses({ ...schema, charset: "utf8mb4", collation: "latin1_bin" }, /parameter collation/, databaseType);
        await refuses({ ...schema, serverName: "none" }, /Code="ParentResourceNotFound"/, databaseType);
    });

    it("has parameters that are always there, with values that it takes", async () => {
        await make(alone);
        const set = (configurationName: string, value: string, source = "user-override") => ({
            ...group,
            serverName: "one",
            configurationName,
            value,
            source,
        });
        const told = await accepts(set("long_query_time", "4"), configurationType);
        assert.deepEqual([told["defaultValue"], told["isConfigPendingRestart"]], ["10", "False"]);
        const waiting = await accepts(set("innodb_log_file_size", "536870912"), configurationType);
        assert.deepEqual([waiting["currentValue"], waiting["isConfigPendingRestart"]], ["268435456", "True"]);
        await accepts(set("binlog_row_image", "minimal"), configurationType);
        for (const [name, value, words] of [
            ["long_query_time", "-1", /Code="InvalidConfigurationValue"/],
            ["max_prepared_stmt_count", "1048577", /Code="InvalidConfigurationValue"/],
            ["require_secure_transport", "maybe", /Code="InvalidConfigurationValue"/],
            ["sync_binlog", "1", /Code="ConfigurationReadOnly"/],
            ["no_such_thing", "1", /Code="ConfigurationNotExists"/],
        ] as const) {
            await refuses(set(name, value), words, configurationType);
        }
        const silent = set("long_query_time", "4", "system-default");
        await refuses(silent, /not consistent with default value 10/, configurationType);
    });

    it("is busy while something is written to it", async () => {
        await make(alone);
        const schema = { ...group, serverName: "one", databaseName: "w" };
        const parameter = {
            ...group,
            serverName: "one",
            configurationName: "long_query_time",
            source: "system-default",
        };
        // The same cloud, in which things take their time.
        const slow = new TestCloud({ cloud: azure, dir: cloud.dir, scale: 0.1 });
        slow.provider.configure(properties({ subscriptionId, location }));
        const first = slow.create(databaseType, schema, "thing");
        const isMaking = () =>
            cloud.provider.inventory.rows().some(({ type, state }) => type === databaseType && state === "creating");
        await waitFor("the database to be begun", () => Promise.resolve(isMaking()), { timeoutMs: 10_000 });
        await refuses(parameter, /Code="ServerIsBusy"/, configurationType);
        await first;
        await make(parameter, configurationType);
    });

    it("takes along what is in it", async () => {
        const { id } = await make(alone);
        await make({ ...group, serverName: "one", databaseName: "w" }, databaseType);
        await cloud.delete(serverType, id, "thing");
        assert.deepEqual(
            cloud.provider.inventory.rows().filter(({ type }) => type.includes("dbformysql")),
            [],
        );
    });
});
