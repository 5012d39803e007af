import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { deletedVaultType } from "../../sandbox/clouds/azure/keyvault/vault-rules";
import { keyTrouble } from "../../sandbox/clouds/azure/keyvault/key-rules";
import type { KeyFacts } from "../../sdk/azure/facts";
import { createManagedIdentity } from "../../sdk/azure/identity/managed-identity";
import { createKeys, type KeysArgs } from "../../sdk/azure/keys/keys";
import { identityOf, keyOutputs, network } from "../support/azure-keys";
import {
    azureCloud,
    type AzurePartOptions,
    azureThings,
    idIn,
    location,
    makeAzurePart,
    resourceGroupName,
    runAzurePart,
    tenantId,
} from "../support/azure-platform";
import { isAllowed, roleGrantsOf } from "../support/azure-role-evaluation";
import { failureOf } from "../support/aws-part";
import { lastPart } from "../support/aws-stores";
import type { TestCloud } from "../support/cloud-frame";
import { promiseOf } from "../support/resolve";

const wants = { cluster: true, database: true, storage: true };
const none = { cluster: false, database: false, storage: false };
const noNetwork = { privateEndpoint: () => [] };
const vaultId = idIn(
    "Microsoft.KeyVault/vaults/own",
    "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/hub",
);
const keyIn = (name: string) => `${vaultId}/keys/${name}`;
const ownVault = {
    id: vaultId,
    name: "own",
    location: "West Europe",
    properties: {
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        vaultUri: "https://own.vault.azure.net/",
    },
};
const answers = {
    "azure-native:keyvault:getVault": ownVault,
    "azure-native:keyvault:getKey": ({ keyName }: Readonly<Record<string, unknown>>) => ({
        name: keyName,
        keyUri: `https://own.vault.azure.net/keys/${String(keyName)}`,
        keyUriWithVersion: `https://own.vault.azure.net/keys/${String(keyName)}/1`,
    }),
    "azure-native:managedidentity:getUserAssignedIdentity": {
        name: "mine",
        clientId: "client of mine",
        principalId: "principal of mine",
    },
};

const make = (changes: Partial<KeysArgs> = {}, options: AzurePartOptions = {}) =>
    makeAzurePart(
        (scope) =>
            createKeys(scope, { key: {}, wants, network, controlPlane: identityOf("control-plane"), ...changes }),
        { outputs: keyOutputs, answers, ...options },
    );
type Made = Awaited<ReturnType<typeof make>>;

const vaultOf = ({ graph }: Made) =>
    graph.byName("wandb-vault").inputs as { vaultName: string; properties: Record<string, unknown> };
const keyOf = ({ graph }: Made, word: string) =>
    graph.byName(`wandb-${word}-key`).inputs as { keyName: string; properties: Record<string, unknown> };
const namesOf = ({ graph }: Made) => graph.resources.map(({ name }) => name);
/** A user of a key, which shows what it waits for. */
class User extends pulumi.CustomResource {
    constructor(name: string, key: KeyFacts | undefined) {
        super("test:index:User", name, { key: key?.uriWithVersion });
    }
}

describe("keys on Azure: the vault", () => {
    it("is private, by roles, recoverable for 90 days and protected, below one component", async () => {
        const one = await make();
        const { vaultName, properties } = vaultOf(one);
        assert.equal(vaultName, "kv-wandb-0badcafe");
        assert.deepEqual(properties, {
            tenantId,
            sku: { family: "A", name: "standard" },
            enableRbacAuthorization: true,
            accessPolicies: [],
            enableSoftDelete: true,
            softDeleteRetentionInDays: 90,
            enablePurgeProtection: true,
            enabledForDeployment: false,
            enabledForDiskEncryption: false,
            enabledForTemplateDeployment: false,
            publicNetworkAccess: "Disabled",
            networkAcls: { bypass: "AzureServices", defaultAction: "Deny", ipRules: [] },
        });
        const { inputs, protect, urn } = one.graph.byName("wandb-vault");
        assert.equal(protect, true);
        assert.match(urn, /wandb:azure:Keys\$azure-native:keyvault:Vault/);
        const { tags, location: place, resourceGroupName: group } = inputs;
        assert.deepEqual([tags, place, group], [{ team: "ml" }, location, resourceGroupName]);
        assert.deepEqual(one.graph.byName("endpoint-vault").inputs, { targetId: "wandb-vault-id" });
        assert.equal(one.made.privateVault, true);
        assert.equal(await promiseOf(one.made.vaultUri), "https://kv-wandb-0badcafe.vault.azure.net/");
    });

    it("has a name that fits, whatever the deployment's", async () => {
        const one = await make({}, { name: "a-very-long-name-of-a-deployment" });
        const { vaultName } = one.graph.byName("a-very-long-name-of-a-deployment-vault").inputs;
        assert.match(String(vaultName), /^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/);
    });

    it("opens to ranges, or to everybody without an endpoint", async () => {
        const some = await make({
            key: { allowedCidrs: ["203.0.113.0/24"], endpointName: "e", endpointInterfaceName: "i" },
        });
        const { networkAcls, publicNetworkAccess } = vaultOf(some).properties;
        assert.deepEqual(networkAcls, {
            bypass: "AzureServices",
            defaultAction: "Deny",
            ipRules: [{ value: "203.0.113.0/24" }],
        });
        assert.equal(publicNetworkAccess, "Enabled");
        assert.equal(some.made.privateVault, true);
        const endpoint = { targetId: "wandb-vault-id", endpointName: "e", interfaceName: "i" };
        assert.deepEqual(some.graph.byName("endpoint-vault").inputs, endpoint);

        const open = await make({ key: { publicAccess: true } });
        assert.equal((vaultOf(open).properties["networkAcls"] as { defaultAction: string }).defaultAction, "Allow");
        assert.equal(open.made.privateVault, false);
        assert.ok(!namesOf(open).includes("endpoint-vault"));
        assert.ok(!namesOf(open).includes("wandb-cluster-vault-link"));
    });

    it("is brought back by its name, and premium for keys in hardware", async () => {
        const one = await make({
            key: { vaultName: "vault-of-before", recover: true, protection: "hsm", softDeleteDays: 30 },
        });
        const { vaultName, properties } = vaultOf(one);
        assert.equal(vaultName, "vault-of-before");
        assert.equal(properties["createMode"], "recover");
        assert.equal(properties["softDeleteRetentionInDays"], 30);
        assert.deepEqual(properties["sku"], { family: "A", name: "premium" });
        assert.equal(keyOf(one, "database").properties["kty"], "RSA-HSM");
    });

    it("of one's own is looked at, and gets the keys", async () => {
        const one = await make({ key: { existingVaultId: vaultId } });
        assert.ok(!namesOf(one).includes("wandb-vault"));
        assert.equal(await promiseOf(one.made.vaultUri), "https://own.vault.azure.net/");
        const { vaultName, resourceGroupName: group } = one.graph.byName("wandb-storage-key").inputs;
        assert.deepEqual([vaultName, group], ["own", "hub"]);
        assert.deepEqual(one.graph.byName("endpoint-vault").inputs, { targetId: vaultId });
        const reached = await make({ key: { existingVaultId: vaultId, privateEndpoint: false } });
        assert.ok(!namesOf(reached).includes("endpoint-vault"));
    });

    for (const { what, vault, finds } of [
        {
            what: "decides by access policies",
            vault: { properties: { ...ownVault.properties, enableRbacAuthorization: false } },
            finds: /^azure\.key\.existingVaultId: is a vault with access policies, .*\("\/subscriptions.*" given\)\.$/,
        },
        {
            what: "could be purged",
            vault: { properties: { ...ownVault.properties, enablePurgeProtection: undefined } },
            finds: /existingVaultId: is a vault without purge protection/,
        },
        {
            what: "lies elsewhere",
            vault: { location: "northeurope" },
            finds: /is a vault in northeurope, but .* westeurope/,
        },
    ]) {
        it(`of one's own is refused when it ${what}`, async () => {
            const given = { ...answers, "azure-native:keyvault:getVault": { ...ownVault, ...vault } };
            const { made } = await makeAzurePart(
                (scope) => createKeys(scope, { key: { existingVaultId: vaultId }, wants: none, network: noNetwork }),
                { outputs: keyOutputs, answers: given },
            );
            assert.match(await failureOf(made.vaultUri), finds);
        });
    }
});

describe("keys on Azure: the keys", () => {
    it("are RSA, one each, made one after the other, and stay in their vault", async () => {
        const one = await make();
        for (const word of ["cluster", "database", "storage"]) {
            const { keyName, properties } = keyOf(one, word);
            assert.equal(keyName, `wandb-${word}-0badcafe`);
            assert.deepEqual([properties["kty"], properties["keySize"]], ["RSA", 3072]);
            const { protect, retainOnDelete, inputs } = one.graph.byName(`wandb-${word}-key`);
            assert.deepEqual([protect, retainOnDelete, inputs["tags"]], [true, true, undefined], word);
        }
        const waits = (word: string) => one.graph.byName(`wandb-${word}-key`).dependencies.map(lastPart);
        assert.ok(waits("database").includes("wandb-cluster-key"));
        assert.ok(waits("storage").includes("wandb-database-key"));
    });

    it("stay in their vault too when nothing is protected", async () => {
        const one = await make({}, { deletionProtection: false });
        const { protect, retainOnDelete } = one.graph.byName("wandb-cluster-key");
        assert.deepEqual([protect, retainOnDelete], [undefined, true]);
    });

    it("rotate each year, except the cluster's, whose Secrets must be written anew first", async () => {
        const policy = (days: number) => ({
            lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: `P${days}D` } }],
        });
        const one = await make();
        assert.equal(keyOf(one, "cluster").properties["rotationPolicy"], undefined);
        assert.deepEqual(keyOf(one, "database").properties["rotationPolicy"], policy(365));
        const other = await make({ key: { rotationDays: 30 } });
        assert.deepEqual(keyOf(other, "storage").properties["rotationPolicy"], policy(30));
        const never = await make({ key: { rotationDays: 0 } });
        assert.equal(keyOf(never, "storage").properties["rotationPolicy"], undefined);
    });

    it("get another name with another shape, for Azure changes no key", async () => {
        const keepers = (made: Made) => made.graph.byName("wandb-database-key-name").inputs["keepers"];
        assert.deepEqual(keepers(await make()), { kty: "RSA", keySize: "3072" });
        assert.deepEqual(keepers(await make({ key: { size: 4096, protection: "hsm" } })), {
            kty: "RSA-HSM",
            keySize: "4096",
        });
        assert.equal(keyOf(await make({ key: { databaseKeyName: "mine" } }), "database").keyName, "mine");
    });

    it("are made only for what is encrypted", async () => {
        const one = await make({ wants: none, controlPlane: undefined });
        assert.deepEqual(
            one.graph.resources.map(({ name }) => name).filter((name) => /key|encryption/.test(name)),
            ["wandb-keys"],
        );
        const { cluster, database, storage, encryptionIdentity } = one.made;
        assert.deepEqual(
            [cluster, database, storage, encryptionIdentity],
            [undefined, undefined, undefined, undefined],
        );
    });
});

describe("keys on Azure: who may use them", () => {
    const key = "Microsoft.KeyVault/vaults/keys";
    const encryption = "principal of auto";
    const control = "principal of control-plane";

    it("each identity its own keys, and no other", async () => {
        const grants = roleGrantsOf((await make()).graph.resources);
        const may = (principalId: string, action: string, word: string) =>
            isAllowed(grants, { principalId, action: `${key}/${action}`, on: `wandb-${word}-key-id` });
        for (const action of ["encrypt/action", "decrypt/action"]) {
            assert.ok(may(control, action, "cluster"));
            assert.ok(!may(control, action, "database"));
            assert.ok(!may(encryption, action, "cluster"));
        }
        for (const action of ["read", "wrap/action", "unwrap/action"]) {
            assert.ok(may(encryption, action, "database") && may(encryption, action, "storage"));
            assert.ok(!may(encryption, action, "cluster"));
        }
        assert.ok(!may(encryption, "decrypt/action", "database"));
        assert.deepEqual(
            grants
                .filter(({ scope }) => scope === "wandb-vault-id")
                .map(({ role, principalId }) => [role, principalId]),
            [["Key Vault Contributor", control]],
        );
        assert.equal(grants.length, 4);
    });

    it("whoever uses a key waits for its roles, and not for the other keys'", async () => {
        const one = await makeAzurePart(
            (scope) => {
                const keys = createKeys(scope, { key: {}, wants, network, controlPlane: identityOf("control-plane") });
                new User("cluster", keys.cluster);
                new User("database", keys.database);
                return keys;
            },
            { outputs: keyOutputs },
        );
        const waits = (name: string) => one.graph.byName(name).dependencies.map(lastPart);
        const ofKey = (name: string) => waits(name).filter((one) => /-use$|-link$/.test(one));
        assert.deepEqual(ofKey("cluster").sort(), ["wandb-cluster-key-use", "wandb-cluster-vault-link"]);
        assert.deepEqual(ofKey("database"), ["wandb-database-key-use"]);
    });

    it("roles on own keys are assigned, unless told otherwise", async () => {
        const own = {
            existingVaultId: vaultId,
            clusterKeyId: keyIn("c"),
            databaseKeyId: keyIn("d"),
            storageKeyId: keyIn("s"),
        };
        const granted = await make({ key: own });
        assert.deepEqual(
            roleGrantsOf(granted.graph.resources)
                .map(({ scope }) => scope)
                .sort(),
            [vaultId, keyIn("c"), keyIn("d"), keyIn("s")].sort(),
        );
        assert.equal(
            granted.made.cluster && (await promiseOf(granted.made.cluster.uriWithVersion)),
            "https://own.vault.azure.net/keys/c/1",
        );
        const refused = await make({
            key: {
                ...own,
                grantAccess: false,
                encryptionIdentityId: idIn("Microsoft.ManagedIdentity/userAssignedIdentities/mine"),
            },
        });
        assert.deepEqual(roleGrantsOf(refused.graph.resources), []);
        const { encryptionIdentity } = refused.made;
        assert.equal(encryptionIdentity && (await promiseOf(encryptionIdentity.principalId)), "principal of mine");
        assert.ok(!namesOf(refused).includes("wandb-encryption-identity"));
    });
});

describe("keys on the simulated Azure", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = await azureCloud();
    });
    afterEach(() => cloud.remove());

    const names = { vaultName: "vault-one", clusterKeyName: "c", databaseKeyName: "d", storageKeyName: "s" };
    const run = () =>
        runAzurePart(
            cloud,
            (scope) => {
                const controlPlane = createManagedIdentity(scope, { word: "control-plane" });
                return {
                    controlPlane,
                    keys: createKeys(scope, { key: names, wants, network: noNetwork, controlPlane }),
                };
            },
            { deletionProtection: false },
        );

    it("are accepted, and every service may use its key", async () => {
        const { made } = await run();
        const { keys, controlPlane } = made;
        const { cluster, database, storage, encryptionIdentity } = keys;
        assert.ok(cluster && database && storage && encryptionIdentity);
        const view = cloud.provider.inventory.view();
        const identityId = await promiseOf(encryptionIdentity.id);
        for (const { uri } of [database, storage]) {
            const use = { keyUri: await promiseOf(uri), identityId, verbs: "wrap", trusted: true } as const;
            assert.equal(keyTrouble(use, view), undefined);
            assert.equal(keyTrouble({ ...use, trusted: false }, view), "unreachable");
        }
        const keyUri = await promiseOf(cluster.uriWithVersion);
        const control = {
            keyUri,
            identityId: await promiseOf(controlPlane.id),
            verbs: "encrypt",
            trusted: true,
        } as const;
        assert.equal(keyTrouble(control, view), undefined);
        assert.equal(keyTrouble({ ...control, identityId }, view), "denied");
    });

    it("go with their vault, which can be recovered", async () => {
        await run();
        const vault =
            azureThings(cloud)
                .find((one) => one.includes("keyvault:Vault "))
                ?.split(" ")[1] ?? "";
        await cloud.delete("azure-native:keyvault:Vault", vault, "wandb-vault");
        assert.deepEqual(
            azureThings(cloud)
                .filter((one) => /keyvault|vault-one/.test(one))
                .map((one) => one.split(" ")[0]),
            [deletedVaultType],
        );
    });
});
