/** The key of Secrets in etcd: https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { mayUseData } from "../authorization/role-assignments";
import { parentId, rowById, sameId } from "../ids";
import { keyType } from "../keyvault/key-rules";
import { vaultType } from "../keyvault/vault-rules";
import { refusedRight } from "./rights";
import { bad, part } from "./shared";

export function refusedKms(inputs: PropertyMap, principalId: string, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const kms = part(part(inputs["securityProfile"])["azureKeyVaultKms"]);
    if (kms["enabled"] !== true) {
        return undefined;
    }
    const keyId = textOf(kms["keyId"]);
    if (!/^https:\/\/[a-z0-9-]+\.vault\.[a-z.]+\/keys\/[A-Za-z0-9-]+\/[0-9a-f]{32}$/i.test(keyId)) {
        return bad(
            `The key ID '${keyId}' of Azure Key Vault KMS is invalid: it must be https://{vault}.vault.azure.net/keys/{name}/{version}.`,
            "InvalidAzureKeyVaultKMSKeyID",
        );
    }
    const key = inventory.find(keyType, ({ outputs }) => sameId(outputs["keyUriWithVersion"], keyId));
    if (key === undefined) {
        return bad(`The key '${keyId}' of Azure Key Vault KMS was not found.`, "AzureKeyVaultKMSKeyNotFound");
    }
    const before = part(part(previous?.["securityProfile"])["azureKeyVaultKms"]);
    const access = textOf(kms["keyVaultNetworkAccess"], "Public");
    // "With KMS turned on, you can't change the associated key vault mode": it is turned off first.
    if (before["enabled"] === true && textOf(before["keyVaultNetworkAccess"], "Public") !== access) {
        return bad("Changing the key vault network access while Azure Key Vault KMS is enabled is not allowed.");
    }
    return (
        refusedVault({ key, kms, access, principalId }, inputs, inventory) ?? refusedUse(key, principalId, inventory)
    );
}

interface Used {
    readonly key: Row;
    readonly kms: PropertyMap;
    readonly access: string;
    readonly principalId: string;
}

function refusedVault({ key, kms, access, principalId }: Used, inputs: PropertyMap, inventory: InventoryView) {
    const vaultId = parentId(key.id);
    const properties = part(rowById(inventory, vaultType, vaultId)?.inputs["properties"]);
    const isClosed =
        textOf(properties["publicNetworkAccess"]).toLowerCase() === "disabled" ||
        part(properties["networkAcls"])["defaultAction"] === "Deny";
    if (access === "Public") {
        return isClosed
            ? bad(
                  `The key vault '${vaultId}' is behind a firewall or has no public access, which is not supported with keyVaultNetworkAccess 'Public'.`,
                  "AzureKeyVaultKMSFirewallNotSupported",
              )
            : undefined;
    }
    if (!sameId(kms["keyVaultResourceId"], vaultId)) {
        return bad(
            "KeyVaultResourceId must be the resource ID of the key's vault when keyVaultNetworkAccess is 'Private'.",
        );
    }
    if (part(inputs["apiServerAccessProfile"])["enableVnetIntegration"] !== true) {
        return bad(
            "Azure Key Vault KMS with a private key vault requires API Server VNet Integration.",
            "AzureKeyVaultKMSPrivateRequiresVnetIntegration",
        );
    }
    const action = "Microsoft.KeyVault/vaults/privateEndpointConnectionsApproval/action";
    return refusedRight({ principalId, action, role: "Key Vault Contributor", scope: vaultId }, inventory);
}

/** AKS cannot look whether it may where the vault is private, and then the API server never comes up: refused here at once too. */
function refusedUse(key: Row, principalId: string, inventory: InventoryView): string | undefined {
    const needed = ["encrypt", "decrypt"].map((word) => `Microsoft.KeyVault/vaults/keys/${word}/action`);
    return needed.every((action) => mayUseData(inventory, principalId, key.id, action))
        ? undefined
        : bad(
              `The identity '${principalId}' of the managed cluster must be granted encrypt and decrypt permission on key '${key.id}'.`,
              "AzureKeyVaultKMSMissingPermission",
          );
}
