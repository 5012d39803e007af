import assert from "node:assert/strict";
import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import { AzureSecureStorageConnector, type AzureSecureStorageConnectorArgs } from "../../sdk/index";
import { ConnectorIssuer, LeastAzureArgs } from "../support/azure-connector-args";
import { subscriptionId, tenantId } from "../support/azure-platform";
import { keyUri, storageAnswers, vaultId } from "../support/azure-storage";
import { GraphRecorder } from "../support/graph";
import { promiseOf } from "../support/resolve";

/** What Azure would answer. */
const answers = {
    outputs: {
        ...storageAnswers.outputs,
        "azure-native:resources:ResourceGroup": { name: "files-group", location: "westeurope" },
        "azure-native:managedidentity:UserAssignedIdentity": ({ resourceName }: Readonly<Record<string, unknown>>) => ({
            name: resourceName ?? "made",
            clientId: "client",
            principalId: "principal",
        }),
        "azure-native:keyvault:Vault": {
            name: "kv-files",
            properties: { vaultUri: "https://kv-files.vault.azure.net/" },
        },
        "azure-native:keyvault:Key": {
            name: "files-storage",
            keyUri: "https://kv-files.vault.azure.net/keys/files-storage",
        },
        "azure-native:authorization:RoleAssignment": { createdOn: "2026-01-01T00:00:00Z" },
    },
    answers: {
        ...storageAnswers.answers,
        "azure-native:authorization:getClientConfig": { subscriptionId, tenantId },
        "azure-native:resources:getResourceGroup": { name: "own", id: "own-id", location: "northeurope" },
        "azure-native:keyvault:getKey": { name: "storage", keyUri, keyUriWithVersion: `${keyUri}/1` },
    },
};

interface Made {
    readonly graph: GraphRecorder;
    readonly connector: AzureSecureStorageConnector;
}

async function make(
    args: AzureSecureStorageConnectorArgs = LeastAzureArgs,
    options: () => pulumi.ComponentResourceOptions = () => ({}),
): Promise<Made> {
    const graph = await GraphRecorder.start({ preview: false, ...answers });
    const connector = new AzureSecureStorageConnector("files", args, options());
    await pulumi.runtime.disconnect();
    return { graph, connector };
}

const typesOf = ({ graph }: Made) => graph.resources.map(({ type }) => type);
const ofType = ({ graph }: Made, type: string) => graph.resources.filter((one) => one.type === `azure-native:${type}`);
const accountOf = ({ graph }: Made) => graph.byName("files-bucket-account").inputs;

describe("AzureSecureStorageConnector", () => {
    it("lets the pods of the instance act as an identity that may use the container, and gives out no key", async () => {
        const made = await make();
        const { connector } = made;
        assert.deepEqual(
            await Promise.all([connector.accountName, connector.containerName].map((one) => promiseOf(one))),
            ["files01234567", "wandb"],
        );
        assert.deepEqual(
            await Promise.all(
                [connector.clientId, connector.principalId, connector.tenantId].map((one) =>
                    promiseOf(pulumi.output(one)),
                ),
            ),
            ["client", "principal", tenantId],
        );
        assert.equal(connector.accessKey, undefined);
        assert.equal(accountOf(made)["allowSharedKeyAccess"], false);
        const roles = ofType(made, "authorization:RoleAssignment").map(({ name, inputs }) => [name, inputs["scope"]]);
        assert.deepEqual(roles.sort(), [
            ["files-bucket-objects", "files-bucket-account-id/blobServices/default/containers/wandb"],
            ["files-bucket-settings", "files-bucket-account-id"],
            ["files-bucket-signing", "files-bucket-account-id"],
            ["files-storage-key-use", "files-storage-key-id"],
        ]);
    });

    it("trusts W&B's service accounts in the instance's namespace, one after the other", async () => {
        const made = await make();
        const credentials = ofType(made, "managedidentity:FederatedIdentityCredential");
        assert.equal(credentials.length, 13);
        assert.ok(credentials.every(({ inputs }) => inputs["issuer"] === ConnectorIssuer));
        assert.ok(credentials.some(({ inputs }) => inputs["subject"] === "system:serviceaccount:default:wandb-app"));
        const others = await make({
            ...LeastAzureArgs,
            namespace: "wandb",
            serviceAccounts: ["one", "two"],
            identityName: "own",
        });
        assert.deepEqual(
            ofType(others, "managedidentity:FederatedIdentityCredential").map(({ inputs, dependencies }) => [
                inputs["subject"],
                inputs["resourceName"],
                dependencies.some((urn) => urn.endsWith("::files-one")),
            ]),
            [
                ["system:serviceaccount:wandb:one", "own", false],
                ["system:serviceaccount:wandb:two", "own", true],
            ],
        );
    });

    it("hands out the account's key, as a secret, in place of an identity", async () => {
        const made = await make({ access: "key", hosts: ["wandb.example.com"] });
        const key = pulumi.output(made.connector.accessKey);
        assert.equal(await promiseOf(key), "first-key");
        assert.equal(await pulumi.isSecret(key), true);
        const { clientId, principalId, tenantId: tenant } = made.connector;
        assert.deepEqual([clientId, principalId, tenant], [undefined, undefined, undefined]);
        assert.equal(accountOf(made)["allowSharedKeyAccess"], true);
        assert.ok(!typesOf(made).includes("azure-native:managedidentity:FederatedIdentityCredential"));
        assert.deepEqual(
            ofType(made, "authorization:RoleAssignment").map(({ name }) => name),
            ["files-storage-key-use"],
        );
    });

    it("encrypts with a key in a vault of its own, which services of Azure alone reach", async () => {
        const made = await make({
            ...LeastAzureArgs,
            key: { vaultName: "kv-files", keyName: "own", rotationDays: 30, protection: "hsm" },
        });
        const vault = made.graph.byName("files-vault").inputs;
        assert.equal(vault["vaultName"], "kv-files");
        const { networkAcls, publicNetworkAccess, enablePurgeProtection } = vault["properties"] as Record<
            string,
            unknown
        >;
        assert.deepEqual(
            [networkAcls, publicNetworkAccess, enablePurgeProtection],
            [{ bypass: "AzureServices", defaultAction: "Deny", ipRules: [] }, "Disabled", true],
        );
        assert.ok(!typesOf(made).some((type) => /PrivateEndpoint/.test(type)));
        const key = made.graph.byName("files-storage-key").inputs;
        assert.equal(key["keyName"], "own");
        assert.match(JSON.stringify(key["properties"]), /"kty":"RSA-HSM".*P30D/);
        assert.deepEqual((accountOf(made)["encryption"] as Record<string, unknown>)["keyVaultProperties"], {
            keyName: "files-storage",
            keyVaultUri: "https://kv-files.vault.azure.net/",
        });
        assert.equal(
            await promiseOf(pulumi.output(made.connector.keyUri)),
            "https://kv-files.vault.azure.net/keys/files-storage",
        );
    });

    it("uses a key of one's own, on which it assigns the role", async () => {
        const id = `${vaultId}/keys/storage`;
        const made = await make({ ...LeastAzureArgs, key: { id, encryptionIdentityName: "enc" } });
        assert.ok(!typesOf(made).some((type) => /keyvault/.test(type)));
        const use = made.graph.byName("files-storage-key-use").inputs;
        assert.deepEqual(
            [use["scope"], String(use["roleDefinitionId"]).slice(-36)],
            [id, "e147488a-f6f5-4113-8e2d-b22465e65bf6"],
        );
        assert.equal(made.graph.byName("files-encryption-identity").inputs["resourceName"], "enc");
        assert.deepEqual((accountOf(made)["encryption"] as Record<string, unknown>)["keyVaultProperties"], {
            keyName: "storage",
            keyVaultUri: "https://kv-wandb.vault.azure.net/",
        });
        assert.equal(await promiseOf(pulumi.output(made.connector.keyUri)), keyUri);
    });

    it("uses Microsoft's keys when told to", async () => {
        const made = await make({ ...LeastAzureArgs, encryption: "microsoft" });
        assert.ok(!typesOf(made).some((type) => /keyvault/.test(type)));
        assert.deepEqual(
            [accountOf(made)["encryption"], accountOf(made)["identity"]],
            [{ keySource: "Microsoft.Storage" }, undefined],
        );
        assert.equal(made.connector.keyUri, undefined);
    });

    it("lies in a resource group of one's own", async () => {
        const made = await make({ ...LeastAzureArgs, resourceGroup: { existingName: "own" }, tags: { team: "ml" } });
        assert.deepEqual(ofType(made, "resources:ResourceGroup"), []);
        const { resourceGroupName, location, tags } = accountOf(made);
        assert.deepEqual([resourceGroupName, location, tags], ["own", "northeurope", { team: "ml" }]);
    });

    it("protects what holds data and what it takes to read it, or says nothing about it", async () => {
        const data = /Storage|Blob|ManagementPolicy|Vault|keyvault|Identity$|ResourceGroup|RoleAssignment/;
        const held = (made: Made) =>
            made.graph.resources.filter(({ type }) => data.test(type) && type.startsWith("azure-native:"));
        const made = await make();
        assert.deepEqual([...new Set(held(made).map(({ protect }) => protect))], [true]);
        assert.equal(made.graph.byName("files-bucket-lock").inputs["level"], "CanNotDelete");
        const free = await make({ ...LeastAzureArgs, deletionProtection: false, retainData: true });
        assert.deepEqual([...new Set(held(free).map(({ protect }) => protect))], [undefined]);
        assert.deepEqual([...new Set(held(free).map(({ retainOnDelete }) => retainOnDelete))], [true]);
        assert.deepEqual(ofType(free, "authorization:ManagementLockByScope"), []);
    });

    it("gives every child the component for an ancestor and the caller's provider", async () => {
        const made = await make(LeastAzureArgs, () => ({
            providers: [new Provider("own", { location: "westeurope" })],
        }));
        const children = made.graph.resources.filter(({ type }) => type.startsWith("azure-native:"));
        assert.ok(children.length > 20);
        for (const { name, parent, provider } of children) {
            assert.match(parent, /wandb:index:AzureSecureStorageConnector/, name);
            assert.match(provider, /pulumi:providers:azure-native::own::/, name);
        }
    });

    it("makes no secret of what is none", async () => {
        const { connector } = await make();
        const outputs = [connector.accountName, connector.accountId, connector.clientId, connector.keyUri];
        const secrets = await Promise.all(outputs.map((output) => pulumi.isSecret(pulumi.output(output))));
        assert.deepEqual(secrets, [false, false, false, false]);
    });

    it("refuses wrong arguments before anything is registered", async () => {
        const graph = await GraphRecorder.start(answers);
        assert.throws(
            () => new AzureSecureStorageConnector("files", { hosts: ["wandb.example.com"] }),
            (error) => pulumi.InputPropertiesError.isInstance(error) && /oidcIssuerUrl: is missing/.test(String(error)),
        );
        assert.deepEqual(graph.resources, []);
    });
});
