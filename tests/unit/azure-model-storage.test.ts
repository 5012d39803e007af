import assert from "node:assert/strict";
import { storageInvokes } from "../../sandbox/clouds/azure/storage";
import {
    accountType,
    blobServiceType,
    containerType,
    deletedContainerType,
    policyType,
    queueType,
} from "../../sandbox/clouds/azure/storage/shared";
import type { Row } from "../../sandbox/clouds/inventory";
import { properties, textOf, type PropertyMap } from "../../sandbox/clouds/values";
import { azureCloud, idIn, plantGroup, resourceGroupName } from "../support/azure-platform";
import { encryptionId, plantStorageSurroundings } from "../support/azure-storage";
import { type TestCloud, urnOf } from "../support/cloud-frame";

const least: PropertyMap = {
    accountName: "files",
    resourceGroupName,
    kind: "StorageV2",
    sku: { name: "Standard_ZRS" },
};
const inside = { accountName: "files", resourceGroupName };
const accountId = idIn("Microsoft.Storage/storageAccounts/files");
const keyed = {
    identity: { type: "UserAssigned", userAssignedIdentities: [encryptionId] },
    encryption: {
        keySource: "Microsoft.Keyvault",
        keyVaultProperties: { keyName: "storage", keyVaultUri: "https://kv-wandb.vault.azure.net/" },
        encryptionIdentity: { encryptionUserAssignedIdentity: encryptionId },
    },
};

describe("simulated Azure Storage", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await azureCloud();
    });
    afterEach(() => cloud.remove());

    const account = (changes: PropertyMap = {}) => cloud.create(accountType, { ...least, ...changes });
    const update = async (type: string, id: string, news: PropertyMap) =>
        cloud.provider.update({
            urn: urnOf(type),
            id,
            oldOutputs: properties(cloud.provider.inventory.get(type, id)?.outputs),
            news: properties(news),
            preview: false,
        });

    it("gives an account its id, its endpoints and what Azure fills in", async () => {
        const { id, outputs } = await account({ sku: { name: "Standard_LRS" } });
        assert.equal(id, accountId);
        const { values } = outputs;
        assert.deepEqual(values["sku"], { name: "Standard_LRS", tier: "Standard" });
        assert.equal((values["primaryEndpoints"] as PropertyMap)["blob"], "https://files.blob.core.windows.net/");
        assert.deepEqual([values["location"], values["accessTier"], values["name"]], ["westeurope", "Hot", "files"]);
        assert.equal((values["networkRuleSet"] as PropertyMap)["defaultAction"], "Allow");
    });

    it("refuses names and inputs that it does not know", async () => {
        assert.match(
            (await cloud.problems(accountType, { ...least, accountName: "My-Files" }))[0],
            /3 to 24 lower-case/,
        );
        assert.match((await cloud.problems(accountType, { ...least, blobProperties: {} }))[0], /blobProperties/);
        assert.match((await cloud.problems(accountType, { ...least, sku: { name: "ZRS" } }))[0], /sku\.name/);
    });

    it("has one account of a name in all of Azure", async () => {
        await plantGroup(cloud.provider.inventory, "other");
        await account();
        await assert.rejects(
            account({ resourceGroupName: "other" }),
            /409 Code="StorageAccountAlreadyTaken".*files is already taken/,
        );
        await assert.rejects(account({ resourceGroupName: "nowhere" }), /Code="ResourceGroupNotFound"/);
    });

    const refusals: readonly (readonly [string, PropertyMap, RegExp])[] = [
        ["TLS 1.3 as the least", { minimumTlsVersion: "TLS1_3" }, /InvalidRequestPropertyValue.*minimumTlsVersion/],
        ["a premium tier of a standard account", { accessTier: "Premium" }, /accessTier/],
        ["zones where there are none", { location: "westus" }, /RedundancyConfigurationNotAvailableInRegion/],
        [
            "a private range",
            rules({ ipRules: [{ iPAddressOrRange: "10.1.0.0/16" }] }),
            /NetworkAclsValidationFailure.*InvalidIpRule/,
        ],
        ["a prefix of 31", rules({ ipRules: [{ iPAddressOrRange: "203.0.113.0/31" }] }), /InvalidIpRule:203/],
        ["an address with a prefix", rules({ ipRules: [{ iPAddressOrRange: "203.0.113.1/32" }] }), /InvalidIpRule/],
        ["another bypass", rules({ bypass: "Everybody" }), /networkAcls\.bypass/],
        [
            "a subnet that is not there",
            rules({
                virtualNetworkRules: [
                    { virtualNetworkResourceId: idIn("Microsoft.Network/virtualNetworks/v/subnets/s") },
                ],
            }),
            /SubnetsNotFound:Subnets s of virtual network v/,
        ],
        [
            "an identity that is not there",
            { identity: { type: "UserAssigned", userAssignedIdentities: [encryptionId] } },
            /FailedIdentityOperation/,
        ],
        [
            "an identity that its type does not mean",
            { identity: { type: "SystemAssigned", userAssignedIdentities: ["x"] } },
            /InvalidIdentityValues/,
        ],
    ];
    for (const [what, changes, error] of refusals) {
        it(`refuses ${what}`, () => assert.rejects(account(changes), error));
    }

    it("lets a subnet in once it has the service endpoint", async () => {
        const id = idIn("Microsoft.Network/virtualNetworks/v/subnets/s");
        const plant = (services: string[]) =>
            cloud.provider.inventory.plant({
                type: "azure-native:network:Subnet",
                id,
                inputs: { serviceEndpoints: services.map((service) => ({ service })) },
                outputs: {},
            });
        const asked = rules({ virtualNetworkRules: [{ virtualNetworkResourceId: id }] });
        await plant(["Microsoft.Sql"]);
        await assert.rejects(account(asked), /SubnetsHaveNoServiceEndpointsConfigured/);
        await change(cloud, "azure-native:network:Subnet", id, {
            inputs: { serviceEndpoints: [{ service: "Microsoft.Storage" }] },
        });
        await account(asked);
    });

    describe("with a key of Key Vault", () => {
        it("is made as an identity that may use the key", async () => {
            await plantStorageSurroundings(cloud.provider.inventory);
            const { outputs } = await account(keyed);
            const { userAssignedIdentities } = outputs.values["identity"] as PropertyMap;
            assert.deepEqual(Object.keys(userAssignedIdentities as PropertyMap), [encryptionId]);
        });

        const cases: readonly (readonly [
            string,
            Parameters<typeof plantStorageSurroundings>[1],
            PropertyMap,
            RegExp,
        ])[] = [
            ["an identity without the right", { granted: false }, keyed, /403 Code="KeyVaultAuthenticationFailure"/],
            ["a vault without purge protection", { purge: false }, keyed, /KeyVaultPolicyError/],
            ["no identity", {}, { encryption: withoutUser(keyed.encryption) }, /KeyVaultUserAssignedIdentityRequired/],
            ["an identity that it does not have", {}, { encryption: keyed.encryption }, /InvalidEncryptionIdentity/],
            ["another key", {}, withKey({ keyName: "other" }), /403 Code="KeyVaultAuthenticationFailure"/],
            ["another vault", {}, withKey({ keyVaultUri: "https://other.vault.azure.net/" }), /KeyVaultNotFound/],
            [
                "the URI of the key in place of the vault's",
                {},
                withKey({ keyVaultUri: "https://kv-wandb.vault.azure.net/keys/storage" }),
                /keyVaultProperties/,
            ],
        ];
        for (const [what, surroundings, changes, error] of cases) {
            it(`is refused ${what}`, async () => {
                await plantStorageSurroundings(cloud.provider.inventory, surroundings);
                await assert.rejects(account(changes), error);
            });
        }
    });

    describe("changes", () => {
        it("takes copies in the paired region in place, and zones not at all", async () => {
            const { id } = await account();
            await update(accountType, id, { ...least, sku: { name: "Standard_RAGZRS" } });
            await assert.rejects(
                update(accountType, id, { ...least, sku: { name: "Standard_GRS" } }),
                /409 Code="AccountPropertyCannotBeUpdated".*'sku\.name'/,
            );
        });

        it("refuses what is decided once, and keeps what is not said", async () => {
            const { id } = await account({ encryption: { requireInfrastructureEncryption: true } });
            await update(accountType, id, { ...least, allowSharedKeyAccess: false });
            const off = { encryption: { requireInfrastructureEncryption: false } };
            const { id: other } = await account({ accountName: "others", ...off });
            const on = { ...least, accountName: "others", encryption: { requireInfrastructureEncryption: true } };
            await assert.rejects(update(accountType, other, on), /requireInfrastructureEncryption/);
        });

        it("replaces for another name, place or hierarchy", async () => {
            const others: readonly PropertyMap[] = [
                { accountName: "others" },
                { location: "northeurope" },
                { isHnsEnabled: true },
            ];
            for (const other of others) {
                const found = await replacing(cloud, least, { ...least, ...other });
                assert.deepEqual(found, Object.keys(other));
            }
            assert.deepEqual(await replacing(cloud, least, { ...least, sku: { name: "Standard_GZRS" } }), []);
        });
    });

    describe("in an account", () => {
        beforeEach(async () => {
            await account();
        });
        const service = (changes: PropertyMap = {}) =>
            cloud.create(blobServiceType, { ...inside, blobServicesName: "default", ...changes });
        const container = (changes: PropertyMap = {}) =>
            cloud.create(containerType, { ...inside, containerName: "wandb", ...changes });

        it("a container has its id behind the service's", async () => {
            const { id, outputs } = await container();
            assert.equal(id, `${accountId}/blobServices/default/containers/wandb`);
            assert.equal(outputs.values["type"], "Microsoft.Storage/storageAccounts/blobServices/containers");
            await assert.rejects(container(), /cannot create already existing resource/);
            await assert.rejects(container({ accountName: "nowhere" }), /ResourceNotFound/);
            assert.match(
                (await cloud.problems(containerType, { ...inside, containerName: "a--b" }))[0],
                /single hyphens/,
            );
        });

        it("a container is public only where the account lets it", async () => {
            await assert.rejects(container({ publicAccess: "Blob" }), /409 Code="PublicAccessNotPermitted"/);
            await update(accountType, accountId, { ...least, allowBlobPublicAccess: true });
            await container({ publicAccess: "Blob" });
        });

        it("a container is left to be restored where the service says so, and goes with the account", async () => {
            const rows = () =>
                cloud.provider.inventory.rows().filter(({ type }) => type === deletedContainerType).length;
            const { id } = await container();
            await cloud.delete(containerType, id);
            assert.equal(rows(), 0);
            await service({ containerDeleteRetentionPolicy: { enabled: true, days: 7 } });
            await container();
            await cloud.delete(containerType, id);
            assert.equal(rows(), 1);
            await cloud.delete(accountType, accountId);
            assert.equal(rows(), 0);
        });

        it("immutable blobs stand in the way of a deletion", async () => {
            const { id } = await container();
            await change(cloud, containerType, id, { outputs: { hasLegalHold: true } });
            await assert.rejects(cloud.delete(containerType, id), /ContainerProtectedFromDeletion/);
            await assert.rejects(cloud.delete(accountType, accountId), /AccountProtectedFromDeletion/);
        });

        it("settings of the blob service have limits", async () => {
            const refused = async (changes: PropertyMap, error: RegExp) => assert.rejects(service(changes), error);
            await refused({ deleteRetentionPolicy: { enabled: true, days: 366 } }, /deleteRetentionPolicy\.days/);
            await refused({ deleteRetentionPolicy: { enabled: true } }, /deleteRetentionPolicy\.days/);
            await refused({ cors: { corsRules: Array.from({ length: 6 }, () => rule(["*"])) } }, /corsRules/);
            await refused({ cors: { corsRules: [rule(["wandb.example.com"])] } }, /corsRules/);
            await refused({ cors: { corsRules: [rule(["https://a.*.com"])] } }, /corsRules/);
            await refused({ cors: { corsRules: [rule([])] } }, /corsRules/);
            await refused({ restorePolicy: { enabled: true, days: 3 } }, /InvalidRestorePolicy/);
            await service({ cors: { corsRules: [rule(["https://*.example.com", "*"])] } });
        });

        it("a deletion of the blob service's settings takes no container along, and no lock forbids it", async () => {
            const made = await service();
            await container();
            await cloud.create("azure-native:authorization:ManagementLockByScope", {
                scope: accountId,
                level: "CanNotDelete",
                lockName: "kept",
            });
            await cloud.delete(blobServiceType, made.id);
            assert.ok(
                cloud.provider.inventory.get(containerType, `${accountId}/blobServices/default/containers/wandb`),
            );
        });

        it("a policy has rules with actions and names of letters and digits", async () => {
            const policy = (definition: PropertyMap, name = "old") =>
                cloud.create(policyType, {
                    ...inside,
                    managementPolicyName: "default",
                    policy: { rules: [{ name, type: "Lifecycle", definition }] },
                });
            const filters = { blobTypes: ["blockBlob"] };
            const version = { delete: { daysAfterCreationGreaterThan: 3 } };
            await assert.rejects(policy({ filters, actions: {} }), /has no action/);
            await assert.rejects(policy({ filters, actions: { version } }, "old-versions"), /letters and digits/);
            await assert.rejects(policy({ filters, actions: { baseBlob: { delete: {} } } }), /no condition/);
            await assert.rejects(
                policy({ filters, actions: { version: { tierToArchive: { daysAfterCreationGreaterThan: 3 } } } }),
                /archive tier is not there for accounts with copies in zones/,
            );
            await assert.rejects(
                policy({ filters, actions: { baseBlob: { tierToCool: { daysAfterLastAccessTimeGreaterThan: 3 } } } }),
                /LastAccessTimeTrackingNotEnabled/,
            );
            await assert.rejects(
                policy({
                    filters: { ...filters, prefixMatch: Array.from({ length: 11 }, (_one, at) => `p${at}`) },
                    actions: { version },
                }),
                /more than 10 prefixes/,
            );
            await policy({ filters, actions: { version } });
        });

        it("a queue goes with the account", async () => {
            const { id } = await cloud.create(queueType, { ...inside, queueName: "events" });
            assert.equal(id, `${accountId}/queueServices/default/queues/events`);
            await cloud.delete(accountType, accountId);
            assert.equal(cloud.provider.inventory.get(queueType, id), undefined);
        });

        it("a lock holds the account and all in it but its settings", async () => {
            const { id } = await container();
            await cloud.create("azure-native:authorization:ManagementLockByScope", {
                scope: accountId,
                level: "CanNotDelete",
                lockName: "kept",
            });
            await assert.rejects(cloud.delete(containerType, id), /409 Code="ScopeLocked"/);
            await assert.rejects(cloud.delete(accountType, accountId), /409 Code="ScopeLocked"/);
            await update(accountType, accountId, { ...least, accessTier: "Cool" });
        });

        it("keys are two, the same each time, and told to whoever may", async () => {
            const ask = async () => {
                const { values, problems } = await cloud.provider.invoke(storageInvokes[0].token, properties(inside));
                assert.deepEqual(problems, []);
                return values["keys"] as PropertyMap[];
            };
            const keys = await ask();
            assert.deepEqual(
                keys.map(({ keyName }) => keyName),
                ["key1", "key2"],
            );
            assert.equal(Buffer.from(textOf(keys[0]["value"]), "base64").length, 64);
            assert.notEqual(keys[0]["value"], keys[1]["value"]);
            assert.deepEqual(await ask(), keys);
            await cloud.create("azure-native:authorization:ManagementLockByScope", {
                scope: accountId,
                level: "ReadOnly",
                lockName: "frozen",
            });
            await assert.rejects(ask(), /ScopeLocked/);
        });
    });
});

function rules(changes: PropertyMap): PropertyMap {
    return { networkRuleSet: { defaultAction: "Deny", ...changes } };
}

function rule(allowedOrigins: string[]): PropertyMap {
    return {
        allowedOrigins,
        allowedMethods: ["GET"],
        allowedHeaders: ["*"],
        exposedHeaders: ["*"],
        maxAgeInSeconds: 60,
    };
}

function withoutUser({ encryptionIdentity: _identity, ...rest }: PropertyMap): PropertyMap {
    return rest;
}

function withKey(changes: PropertyMap): PropertyMap {
    const { encryption } = keyed;
    return {
        ...keyed,
        encryption: { ...encryption, keyVaultProperties: { ...encryption.keyVaultProperties, ...changes } },
    };
}

/** Changes a thing behind everybody's back. */
async function change(cloud: TestCloud, type: string, id: string, how: Partial<Row>): Promise<void> {
    const row = cloud.provider.inventory.get(type, id);
    assert.ok(row !== undefined);
    await cloud.provider.inventory.change((inventory) => {
        inventory.remove(type, id);
        inventory.add({ ...row, ...how });
    });
}

/** Properties whose change replaces. */
async function replacing(cloud: TestCloud, olds: PropertyMap, news: PropertyMap): Promise<string[]> {
    const { changes } = await cloud.provider.diff({
        urn: urnOf(accountType),
        id: accountId,
        oldInputs: properties(olds),
        news: properties(news),
    });
    return changes.filter(({ replaces }) => replaces).map(({ path }) => path);
}
