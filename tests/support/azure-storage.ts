/** What storage parts on Azure are given, and short ways to look at what they make. */
import * as pulumi from "@pulumi/pulumi";
import type { AzureIdentity, KeyFacts, PrivateEndpointInput } from "../../sdk/azure/facts";
import { identityType } from "../../sandbox/clouds/azure/managedidentity/identity";
import { roleAssignmentType } from "../../sandbox/clouds/azure/authorization/role-assignments";
import { keyType } from "../../sandbox/clouds/azure/keyvault/key-rules";
import { vaultType } from "../../sandbox/clouds/azure/keyvault/vault-rules";
import type { Inventory } from "../../sandbox/clouds/inventory";
import { idIn, location, resourceGroupName, subscriptionId } from "./azure-platform";

export const appId = idIn("Microsoft.ManagedIdentity/userAssignedIdentities/app");
export const appPrincipalId = "aaaaaaaa-0000-4000-8000-000000000001";
export const encryptionId = idIn("Microsoft.ManagedIdentity/userAssignedIdentities/encryption");
export const encryptionPrincipalId = "aaaaaaaa-0000-4000-8000-000000000002";
export const vaultId = idIn("Microsoft.KeyVault/vaults/kv-wandb");
export const keyUri = "https://kv-wandb.vault.azure.net/keys/storage";

function identity(id: string, principalId: string): AzureIdentity {
    return {
        id: pulumi.output(id),
        name: pulumi.output(id.split("/").at(-1) ?? ""),
        clientId: pulumi.output(`${principalId}-client`),
        principalId: pulumi.output(principalId),
    };
}

export const appIdentity = (): AzureIdentity => identity(appId, appPrincipalId);
export const encryptionIdentity = (): AzureIdentity => identity(encryptionId, encryptionPrincipalId);

export function storageKey(): KeyFacts {
    return {
        name: pulumi.output("storage"),
        uri: pulumi.output(keyUri),
        uriWithVersion: pulumi.output(`${keyUri}/1`),
    };
}

/** A network that writes down which endpoints are asked for. */
export function listeningNetwork() {
    const asked: PrivateEndpointInput[] = [];
    return {
        asked,
        privateEndpoint: (input: PrivateEndpointInput): pulumi.Resource[] => {
            asked.push(input);
            return [];
        },
    };
}

/** What Azure would answer of an account. */
export const storageAnswers = {
    outputs: {
        "azure-native:storage:StorageAccount": ({ accountName }: Readonly<Record<string, unknown>>) => ({
            name: accountName,
            primaryEndpoints: { blob: `https://${String(accountName)}.blob.core.windows.net/` },
        }),
        "azure-native:storage:BlobContainer": ({ containerName }: Readonly<Record<string, unknown>>) => ({
            name: containerName,
        }),
        "azure-native:storage:Queue": ({ queueName }: Readonly<Record<string, unknown>>) => ({ name: queueName }),
        "azure-native:eventgrid:SystemTopic": { name: "topic", identity: { principalId: "topic-principal" } },
        "random:index/randomId:RandomId": ({ prefix }: Readonly<Record<string, unknown>>) => ({
            hex: `${String(prefix)}01234567`,
        }),
    },
    answers: {
        "azure-native:storage:listStorageAccountKeys": {
            keys: [
                { keyName: "key1", value: "first-key" },
                { keyName: "key2", value: "second-key" },
            ],
        },
    },
};

/** Identities, and a vault with a key that the account may use. */
export async function plantStorageSurroundings(
    inventory: Inventory,
    { granted = true, purge = true } = {},
): Promise<void> {
    const identities = [
        [appId, appPrincipalId],
        [encryptionId, encryptionPrincipalId],
    ] as const;
    for (const [id, principalId] of identities) {
        const inputs = { resourceGroupName, resourceName: id.split("/").at(-1) ?? "" };
        await inventory.plant({ type: identityType, id, inputs, outputs: { clientId: principalId, principalId } });
    }
    await inventory.plant({
        type: vaultType,
        id: vaultId,
        inputs: {
            vaultName: "kv-wandb",
            resourceGroupName,
            properties: {
                enablePurgeProtection: purge,
                publicNetworkAccess: "Disabled",
                networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
            },
        },
        outputs: { location, type: "Microsoft.KeyVault/vaults" },
    });
    const keyId = `${vaultId}/keys/storage`;
    await inventory.plant({ type: keyType, id: keyId, inputs: { keyName: "storage" }, outputs: { keyUri } });
    if (granted) {
        await plantRole(inventory, "e147488a-f6f5-4113-8e2d-b22465e65bf6", encryptionPrincipalId, keyId);
    }
}

export async function plantRole(inventory: Inventory, role: string, principalId: string, scope: string): Promise<void> {
    const roleDefinitionId = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${role}`;
    await inventory.plant({
        type: roleAssignmentType,
        id,
        inputs: { scope, principalId, roleDefinitionId },
        outputs: {},
    });
}
