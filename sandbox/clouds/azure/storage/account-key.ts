/** The customer managed key of an account. https://learn.microsoft.com/en-us/azure/storage/common/customer-managed-keys-overview */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { armError } from "../errors";
import { mayUseData } from "../authorization/role-assignments";
import { lastName, rowById, sameId } from "../ids";
import { keyType } from "../keyvault/key-rules";
import { vaultType } from "../keyvault/vault-rules";
import { identityType } from "../managedidentity/identity";
import { identitiesOf } from "./identities";
import { invalidValue } from "./shared";

/** https://learn.microsoft.com/en-us/azure/storage/common/customer-managed-keys-overview#enable-customer-managed-keys-for-a-storage-account */
const actionsOfUse = ["read", "wrap/action", "unwrap/action"].map((verb) => `Microsoft.KeyVault/vaults/keys/${verb}`);

/** Vault, key and right are looked at with every request that names them. */
export function refusedKey(inputs: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    const { encryption } = inputs;
    if (!isMap(encryption) || encryption["keySource"] !== "Microsoft.Keyvault") {
        return isMap(encryption) && encryption["keyVaultProperties"] !== undefined
            ? invalidValue("properties.encryption.keyVaultProperties")
            : undefined;
    }
    const named = encryption["keyVaultProperties"];
    const uri = isMap(named) ? textOf(named["keyVaultUri"]) : "";
    const keyName = isMap(named) ? textOf(named["keyName"]) : "";
    const [, vaultName] = /^https:\/\/([a-zA-Z0-9-]{3,24})\.vault\.azure\.net\/?$/.exec(uri) ?? [];
    if (vaultName === undefined || keyName === "") {
        return invalidValue("properties.encryption.keyVaultProperties");
    }
    const vault = inventory.find(vaultType, ({ id }) => sameId(lastName(id), vaultName));
    if (vault === undefined) {
        return armError(400, "KeyVaultNotFound", `The key vault ${uri} is not found.`);
    }
    const key = inventory.find(keyType, ({ id }) => sameId(id, `${vault.id}/keys/${keyName}`));
    return (
        refusedVault(vault) ??
        refusedUser(inputs, { inventory, previous, keyId: key?.id ?? `${vault.id}/keys/${keyName}` }) ??
        (key === undefined
            ? armError(
                  400,
                  "KeyVaultEncryptionKeyNotFound",
                  "The key vault key is not found to unwrap the encryption key.",
              )
            : undefined)
    );
}

function refusedVault({ inputs }: Row): string | undefined {
    const { properties } = inputs;
    if (
        !isMap(properties) ||
        properties["enableSoftDelete"] === false ||
        properties["enablePurgeProtection"] !== true
    ) {
        return armError(
            400,
            "KeyVaultPolicyError",
            "Keyvault policy recoverable is not set. Enable soft delete and purge protection of the vault.",
        );
    }
    // https://learn.microsoft.com/en-us/azure/key-vault/general/overview-vnet-service-endpoints#trusted-services
    const rules = properties["networkAcls"];
    const isClosed =
        properties["publicNetworkAccess"] === "Disabled" || (isMap(rules) && rules["defaultAction"] === "Deny");
    const trusted = isMap(rules)
        ? textOf(rules["bypass"], "AzureServices") === "AzureServices"
        : properties["publicNetworkAccess"] !== "Disabled";
    return isClosed && !trusted
        ? armError(
              400,
              "KeyVaultAccessForbidden",
              "The operation failed because the vault's firewall does not let trusted services in.",
          )
        : undefined;
}

interface KeyUse {
    readonly inventory: InventoryView;
    readonly previous: PropertyMap | undefined;
    readonly keyId: string;
}

/** When an account is made it has no identity of its own yet that could have a right. */
function refusedUser(inputs: PropertyMap, { inventory, previous, keyId }: KeyUse): string | undefined {
    const { encryption } = inputs;
    const named = isMap(encryption) ? encryption["encryptionIdentity"] : undefined;
    const id = isMap(named) ? textOf(named["encryptionUserAssignedIdentity"]) : "";
    if (id === "" && previous === undefined) {
        return armError(
            400,
            "KeyVaultUserAssignedIdentityRequired",
            "A user-assigned identity is required to use a key of Key Vault when a storage account is created.",
        );
    }
    if (!identitiesOf(inputs).some((own) => sameId(own, id))) {
        return armError(400, "InvalidEncryptionIdentity", `The identity ${id} is not assigned to the storage account.`);
    }
    const identity = rowById(inventory, identityType, id);
    const principalId = textOf(identity?.outputs["principalId"]);
    return actionsOfUse.every((action) => mayUseData(inventory, principalId, keyId, action))
        ? undefined
        : armError(
              403,
              "KeyVaultAuthenticationFailure",
              "The operation failed because of authentication issue on the keyvault.",
          );
}
