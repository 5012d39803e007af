/** The rules of the simulated Key Vault: for each one input that Azure takes and one that it refuses. */
import assert from "node:assert/strict";
import { deletedKeyType, keyTrouble, type KeyUse, keyType } from "../../sandbox/clouds/azure/keyvault/key-rules";
import { deletedVaultType, vaultType } from "../../sandbox/clouds/azure/keyvault/vault-rules";
import { roleAssignmentType } from "../../sandbox/clouds/azure/authorization/role-assignments";
import { identityType } from "../../sandbox/clouds/azure/managedidentity/identity";
import { isMap, properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { BuiltInRoles } from "../../sdk/azure/roles";
import { azureCloud, idIn, plantGroup, resourceGroupName, subscriptionId, tenantId } from "../support/azure-platform";
import { type TestCloud, urnOf } from "../support/cloud-frame";

const resourceGroup = { resourceGroupName };
const vaultId = idIn("Microsoft.KeyVault/vaults/vault");
const keyId = `${vaultId}/keys/key`;
const keyUri = "https://vault.vault.azure.net/keys/key";

interface WrongRow {
    readonly settings: PropertyMap;
    readonly refused: RegExp;
}

function without(values: PropertyMap, name: string): PropertyMap {
    return Object.fromEntries(Object.entries(values).filter(([property]) => property !== name));
}

describe("simulated Key Vault", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await azureCloud();
    });
    afterEach(() => cloud.remove());

    const vaultInputs = (settings: PropertyMap = {}, vaultName = "vault"): PropertyMap => ({
        ...resourceGroup,
        vaultName,
        location: "westeurope",
        properties: {
            accessPolicies: [],
            enableRbacAuthorization: true,
            enablePurgeProtection: true,
            sku: { family: "A", name: "standard" },
            tenantId,
            ...settings,
        },
    });
    const makeVault = (settings: PropertyMap = {}, vaultName = "vault") =>
        cloud.create(vaultType, vaultInputs(settings, vaultName), vaultName);
    const makeKey = (settings: PropertyMap = {}, keyName = "key") =>
        cloud.create(keyType, { ...resourceGroup, vaultName: "vault", keyName, properties: settings }, keyName);
    const update = (type: string, id: string, olds: PropertyMap, news: PropertyMap) =>
        cloud.provider.update({
            urn: urnOf(type),
            id,
            oldOutputs: properties(olds),
            news: properties(news),
            preview: false,
        });
    const ask = async (token: string, args: PropertyMap) =>
        (await cloud.provider.invoke(token, properties({ ...resourceGroup, ...args }))).values;
    const rowsOf = (type: string) => cloud.provider.inventory.rows().filter((row) => row.type === type);
    const told = (values: PropertyMap): PropertyMap => (isMap(values["properties"]) ? values["properties"] : {});

    describe("vaults", () => {
        it("have an id and a URI of their name", async () => {
            const { id, outputs } = await makeVault();
            assert.equal(id, vaultId);
            const { vaultUri, enableSoftDelete, softDeleteRetentionInDays } = told(outputs.values);
            assert.equal(vaultUri, "https://vault.vault.azure.net/");
            assert.deepEqual([enableSoftDelete, softDeleteRetentionInDays], [true, 90]);
            assert.equal(
                told(await ask("azure-native:keyvault:getVault", { vaultName: "vault" }))["vaultUri"],
                vaultUri,
            );
            await assert.rejects(ask("azure-native:keyvault:getVault", { vaultName: "other" }), /ResourceNotFound/);
        });

        it("have names of 3 to 24 letters, digits and single hyphens", async () => {
            const problems = async (vaultName: string) =>
                (await cloud.problems(vaultType, vaultInputs({}, vaultName))).join();
            assert.equal(await problems("Vault-1"), "");
            for (const name of ["ab", "1vault", "vault-", "va--ult", "va_ult", "a".repeat(25)]) {
                assert.match(await problems(name), /^vaultName: must be 3 to 24/, name);
            }
        });

        it("want properties that Azure knows, and no others", async () => {
            const problems = async (settings: PropertyMap) =>
                (await cloud.problems(vaultType, vaultInputs(settings))).join();
            assert.match(await problems({ sku: { family: "A", name: "basic" } }), /sku\.name/);
            assert.match(await problems({ purgeProtection: true }), /purgeProtection/);
            assert.match(await problems({ networkAcls: { bypass: "All" } }), /bypass/);
        });

        const wrongVaults: readonly WrongRow[] = [
            { settings: { softDeleteRetentionInDays: 6 }, refused: /"softDeleteRetentionInDays" must be from 7 to 90/ },
            { settings: { enablePurgeProtection: false }, refused: /"enablePurgeProtection" cannot be set to false/ },
            { settings: { enableSoftDelete: false }, refused: /"enableSoftDelete"/ },
            { settings: { tenantId: subscriptionId }, refused: /invalid value was provided for 'tenantId'/ },
            { settings: { networkAcls: { ipRules: [{ value: "10.0.0.0/8" }] } }, refused: /only public IPv4/ },
            { settings: { createMode: "recover" }, refused: /DeletedVaultNotFound/ },
        ];
        for (const { settings, refused } of wrongVaults) {
            it(`are refused with ${JSON.stringify(settings)}`, () => assert.rejects(makeVault(settings), refused));
        }

        it("want access policies, even none, unless they are recovered", () => {
            const rest = without(told(vaultInputs()), "accessPolicies");
            return assert.rejects(
                cloud.create(vaultType, { ...vaultInputs(), properties: rest }),
                /The parameter accessPolicies is not specified/,
            );
        });

        it("keep their days, and their protection", async () => {
            const { outputs } = await makeVault({ softDeleteRetentionInDays: 30 });
            const change = (settings: PropertyMap) => update(vaultType, vaultId, outputs.values, vaultInputs(settings));
            await assert.rejects(change({ softDeleteRetentionInDays: 31 }), /can't be modified/);
            const rest = without(told(vaultInputs({ softDeleteRetentionInDays: 30 })), "enablePurgeProtection");
            await assert.rejects(
                update(vaultType, vaultId, outputs.values, { ...vaultInputs(), properties: rest }),
                /irreversible/,
            );
            await change({ softDeleteRetentionInDays: 30, publicNetworkAccess: "Disabled" });
        });

        it("keep their names when deleted, until they are recovered with what was in them", async () => {
            await makeVault();
            const { outputs } = await makeKey();
            await cloud.delete(vaultType, vaultId);
            assert.deepEqual([rowsOf(keyType).length, rowsOf(deletedVaultType).length], [0, 1]);
            await assert.rejects(makeVault(), /ConflictError.*recover or purge/);
            await makeVault({ createMode: "recover" });
            const [key] = rowsOf(keyType);
            assert.equal(key.outputs["keyUriWithVersion"], outputs.values["keyUriWithVersion"]);
            await cloud.delete(vaultType, vaultId);
            await makeVault({ createMode: "recover" });
            assert.equal(rowsOf(keyType).length, 1);
        });
    });

    it("is alone in all of Azure with its name", async () => {
        await plantGroup(cloud.provider.inventory, "other");
        await makeVault();
        const elsewhere = { ...vaultInputs({}, "VAULT"), resourceGroupName: "other" };
        await assert.rejects(cloud.create(vaultType, elsewhere), /VaultAlreadyExists/);
    });

    describe("keys", () => {
        it("have a URI with a version and one without", async () => {
            await makeVault();
            const { id, outputs } = await makeKey({ kty: "RSA", keySize: 3072 });
            assert.equal(id, keyId);
            assert.equal(outputs.values["keyUri"], keyUri);
            assert.match(textOf(outputs.values["keyUriWithVersion"]), /\/keys\/key\/[0-9a-f]{32}$/);
            const found = await ask("azure-native:keyvault:getKey", { vaultName: "vault", keyName: "key" });
            assert.equal(found["keyUriWithVersion"], outputs.values["keyUriWithVersion"]);
            await assert.rejects(
                ask("azure-native:keyvault:getKey", { vaultName: "vault", keyName: "other" }),
                /KeyNotFound/,
            );
        });

        it("need their vault", () => assert.rejects(makeKey(), /ParentResourceNotFound/));

        const wrongKeys: readonly WrongRow[] = [
            { settings: { keySize: 1024 }, refused: /keySize has invalid value 1024/ },
            { settings: { kty: "RSA-HSM" }, refused: /sku standard does not offer/ },
            {
                settings: { rotationPolicy: { attributes: { expiryTime: "P27D" } } },
                refused: /expiry time must be at least 28 days/,
            },
            {
                settings: {
                    rotationPolicy: {
                        lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: "P6D" } }],
                    },
                },
                refused: /at least 7 days/,
            },
        ];
        for (const { settings, refused } of wrongKeys) {
            it(`are refused with ${JSON.stringify(settings)}`, async () => {
                await makeVault();
                await assert.rejects(makeKey(settings), refused);
            });
        }

        it("in hardware want a premium vault", async () => {
            await makeVault({ sku: { family: "A", name: "premium" } });
            assert.equal((await makeKey({ kty: "RSA-HSM" })).outputs.values["kty"], "RSA-HSM");
        });

        it("stay as they are whatever an update says", async () => {
            await makeVault();
            const { outputs } = await makeKey({ kty: "RSA", keySize: 2048 });
            const inputs = { ...resourceGroup, vaultName: "vault", keyName: "key", properties: { keySize: 4096 } };
            const { values } = await update(keyType, keyId, outputs.values, inputs);
            assert.equal(values["keySize"], 2048);
            assert.equal(values["keyUriWithVersion"], outputs.values["keyUriWithVersion"]);
        });

        it("are not made a second time", async () => {
            await makeVault();
            await makeKey();
            await assert.rejects(makeKey(), /cannot create already existing resource/);
        });

        it("are deleted at the vault's address only, which a private vault does not answer", async () => {
            await makeVault({ publicNetworkAccess: "Disabled" });
            await makeKey();
            await assert.rejects(cloud.delete(keyType, keyId), /403.*ForbiddenByConnection/);
        });

        it("are deleted by whoever has a role on the data, and keep their names", async () => {
            await makeVault();
            await makeKey();
            await assert.rejects(cloud.delete(keyType, keyId), /403.*ForbiddenByRbac/);
            const caller = await cloud.provider.invoke("azure-native:authorization:getClientConfig", properties());
            const { objectId } = caller.values;
            await assign("14b46e9e-c2b7-41b4-b07b-48a6ebf60603", textOf(objectId), "User", vaultId);
            await cloud.delete(keyType, keyId);
            assert.equal(rowsOf(deletedKeyType).length, 1);
            await assert.rejects(makeKey(), /deleted but recoverable state/);
        });
    });

    const assign = (role: string, principalId: string, principalType: string, scope: string) =>
        cloud.create(
            roleAssignmentType,
            {
                scope,
                principalId,
                principalType,
                roleAssignmentName: `aaaaaaaa-0000-4000-8000-${role.slice(-12)}`,
                roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
            },
            role,
        );

    describe("use of a key", () => {
        const use = (identityId: string, changes: Partial<KeyUse> = {}): string | undefined =>
            keyTrouble(
                { keyUri, identityId, verbs: "wrap", trusted: true, ...changes },
                cloud.provider.inventory.view(),
            );

        it("takes the key, an identity, a role on the key and a way to the vault", async () => {
            const { outputs: made, id } = await cloud.create(identityType, {
                ...resourceGroup,
                resourceName: "someone",
            });
            assert.equal(use(id), "missing key");
            const { outputs } = await makeVault();
            await makeKey();
            assert.equal(use(`${id}-else`), "missing identity");
            assert.equal(use(id), "denied");
            const principal = textOf(made.values["principalId"]);
            await assign(
                BuiltInRoles["Key Vault Crypto Service Encryption User"],
                principal,
                "ServicePrincipal",
                keyId,
            );
            assert.equal(use(id), undefined);
            assert.equal(use(id, { verbs: "encrypt" }), "denied");
            const closed = vaultInputs({ publicNetworkAccess: "Disabled" });
            await update(vaultType, vaultId, outputs.values, closed);
            assert.equal(use(id), undefined);
            assert.equal(use(id, { trusted: false }), "unreachable");
            const shut = vaultInputs({ publicNetworkAccess: "Disabled", networkAcls: { bypass: "None" } });
            await update(vaultType, vaultId, outputs.values, shut);
            assert.equal(use(id), "unreachable");
        });
    });
});
