/** What Azure refuses of a vault. */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { armError } from "../errors";
import { identityOf, sameId } from "../ids";

export const vaultType = "azure-native:keyvault:Vault";
/** Vaults that were deleted and can be recovered; no program asks for them. */
export const deletedVaultType = "azure-native:keyvault:DeletedVault";

export function refusedVault(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const properties = mapOf(inputs["properties"]);
    return (
        refusedSettings(properties, context) ??
        refusedNetwork(properties) ??
        (context.previous === undefined
            ? refusedName(textOf(inputs["vaultName"]), properties, context.inventory)
            : refusedChange(properties, mapOf(context.previous["properties"])))
    );
}

export function mapOf(value: PropertyValue | undefined): PropertyMap {
    return isMap(value) ? value : {};
}

function bad(message: string): string {
    return armError(400, "BadRequest", message);
}

function refusedSettings(properties: PropertyMap, { config }: RefuseContext): string | undefined {
    const { tenantId, softDeleteRetentionInDays: days = 90, accessPolicies, createMode, enableSoftDelete } = properties;
    if (tenantId !== identityOf(config).tenantId) {
        return bad("An invalid value was provided for 'tenantId'.");
    }
    if (typeof days !== "number" || days < 7 || days > 90) {
        return bad(`The property "softDeleteRetentionInDays" must be from 7 to 90 (${textOf(days)}).`);
    }
    // "When `createMode` is set to `recover`, access policies are not required. Otherwise, access policies are required."
    if (accessPolicies === undefined && createMode !== "recover") {
        return bad("The parameter accessPolicies is not specified.");
    }
    // https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-change
    if (enableSoftDelete === false) {
        return bad(`The property "enableSoftDelete" can be set to false only for creating new vault.`);
    }
    return properties["enablePurgeProtection"] === false
        ? bad(
              `The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.`,
          )
        : undefined;
}

const mostRules = 1000;

/** https://learn.microsoft.com/en-us/azure/key-vault/general/network-security */
function refusedNetwork(properties: PropertyMap): string | undefined {
    const acls = mapOf(properties["networkAcls"]);
    const rules = Array.isArray(acls["ipRules"]) ? acls["ipRules"].map((rule) => textOf(mapOf(rule)["value"])) : [];
    if (rules.length > mostRules) {
        return bad(`A maximum of ${mostRules} IP rules is allowed.`);
    }
    const inside = rules.find((rule) => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(rule));
    return inside === undefined
        ? undefined
        : bad(`The value '${inside}' of an IP rule is invalid: only public IPv4 addresses and ranges are allowed.`);
}

/** https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview */
function refusedName(name: string, { createMode }: PropertyMap, inventory: InventoryView): string | undefined {
    if (inventory.find(vaultType, ({ inputs }) => sameId(inputs["vaultName"], name)) !== undefined) {
        return armError(
            409,
            "VaultAlreadyExists",
            `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state.`,
        );
    }
    const deleted = deletedVault(inventory, name);
    if (createMode === "recover") {
        return deleted === undefined
            ? armError(404, "DeletedVaultNotFound", `The deleted vault '${name}' was not found.`)
            : undefined;
    }
    return deleted === undefined
        ? undefined
        : armError(
              409,
              "ConflictError",
              `A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.`,
          );
}

/** The one that was deleted last: earlier ones of the name were recovered. */
export function deletedVault(inventory: InventoryView, name: string): Row | undefined {
    return inventory
        .rows(deletedVaultType)
        .filter(({ inputs }) => sameId(inputs["vaultName"], name))
        .at(-1);
}

function refusedChange(properties: PropertyMap, previous: PropertyMap): string | undefined {
    const days = properties["softDeleteRetentionInDays"] ?? 90;
    if (days !== (previous["softDeleteRetentionInDays"] ?? 90)) {
        return bad(`The property "softDeleteRetentionInDays" has been set already and it can't be modified.`);
    }
    return previous["enablePurgeProtection"] === true && properties["enablePurgeProtection"] !== true
        ? bad(
              `The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.`,
          )
        : undefined;
}
