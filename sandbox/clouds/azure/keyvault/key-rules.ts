/** What Azure refuses of a key, and who may use one. */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { mayUseData } from "../authorization/role-assignments";
import { armError } from "../errors";
import { identityOf, parentId, rowById } from "../ids";
import { identityType } from "../managedidentity/identity";
import { mapOf, vaultType } from "./vault-rules";

export const keyType = "azure-native:keyvault:Key";
/** Keys that were deleted and can be recovered; no program asks for them. */
export const deletedKeyType = "azure-native:keyvault:DeletedKey";

/** https://learn.microsoft.com/en-us/azure/key-vault/keys/about-keys */
export function refusedKey(inputs: PropertyMap, id: string, { inventory }: RefuseContext): string | undefined {
    const { kty = "RSA", keySize = 2048, rotationPolicy } = mapOf(inputs["properties"]);
    const vault = rowById(inventory, vaultType, parentId(id));
    const sku = mapOf(mapOf(vault?.outputs["properties"])["sku"])["name"];
    const wrong = (reason: string) => armError(400, "BadParameter", reason);
    if (textOf(kty).startsWith("RSA") && ![2048, 3072, 4096].includes(Number(keySize))) {
        return wrong(`Property keySize has invalid value ${textOf(keySize)}`);
    }
    if (textOf(kty).endsWith("-HSM") && sku !== "premium") {
        return wrong(`Property kty has value ${textOf(kty)}, which a vault of the sku ${textOf(sku)} does not offer`);
    }
    if (rowById(inventory, deletedKeyType, id) !== undefined) {
        return armError(
            409,
            "Conflict",
            `Key ${textOf(inputs["keyName"])} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the key can only be recovered or purged.`,
        );
    }
    return refusedRotation(mapOf(rotationPolicy));
}

/** https://learn.microsoft.com/en-us/azure/key-vault/keys/how-to-configure-key-rotation#key-rotation-policy */
function refusedRotation({ attributes, lifetimeActions }: PropertyMap): string | undefined {
    const wrong = (reason: string) => armError(400, "InvalidRotationPolicy", reason);
    const expiry = daysOf(mapOf(attributes)["expiryTime"]);
    if (expiry !== undefined && expiry < 28) {
        return wrong("The expiry time must be at least 28 days.");
    }
    const actions = Array.isArray(lifetimeActions) ? lifetimeActions.map(mapOf) : [];
    const after = actions.map(({ trigger }) => daysOf(mapOf(trigger)["timeAfterCreate"]));
    return after.some((days) => days !== undefined && days < 7)
        ? wrong("The rotation time must be at least 7 days from the creation.")
        : undefined;
}

/** Of a duration as `P90D` or `P1Y`; years and months roughly. */
function daysOf(duration: unknown): number | undefined {
    const [, years = 0, months = 0, days = 0] =
        typeof duration === "string" ? (/^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?/.exec(duration) ?? []) : [];
    return typeof duration === "string" ? Number(years) * 365 + Number(months) * 30 + Number(days) : undefined;
}

/**
 * The provider deletes a key at the vault's own address, where the vault's network rules and roles on its data count:
 * pulumi-azure-native, provider/pkg/resources/customresources/custom_keyvault.go
 */
export function refusedKeyDeletion(row: Row, inventory: InventoryView): string | undefined {
    const vault = rowById(inventory, vaultType, parentId(row.id));
    const { publicNetworkAccess, networkAcls } = mapOf(vault?.outputs["properties"]);
    const forbidden = (code: string, message: string) =>
        `DELETE ${textOf(row.outputs["keyUri"])} RESPONSE 403: 403 Forbidden ERROR CODE: Forbidden "code": "${code}" "message": "${message}"`;
    if (/^disabled$/i.test(textOf(publicNetworkAccess)) || mapOf(networkAcls)["defaultAction"] === "Deny") {
        return forbidden(
            "ForbiddenByConnection",
            "Public network access is disabled and request is not from a trusted service nor via an approved private link.",
        );
    }
    const caller = identityOf({}).objectId;
    return mayUseData(inventory, caller, row.id, "Microsoft.KeyVault/vaults/keys/delete")
        ? undefined
        : forbidden(
              "ForbiddenByRbac",
              "Caller is not authorized to perform action on resource. Action: 'Microsoft.KeyVault/vaults/keys/delete'",
          );
}

/** Why a service cannot encrypt with a key; absent when it can. */
export type KeyTrouble = "missing key" | "missing identity" | "denied" | "no purge protection" | "unreachable";

export interface KeyUse {
    /** With a version or without. */
    readonly keyUri: string;
    /** Resource id of the identity as which the service uses the key. */
    readonly identityId: string;
    /** `wrap`: as databases and storage accounts do; `encrypt`: as AKS does. */
    readonly verbs: "wrap" | "encrypt";
    /**
     * It comes from Microsoft's trusted services, which pass the vault's network rules:
     * https://learn.microsoft.com/en-us/azure/key-vault/general/overview-vnet-service-endpoints#trusted-services
     */
    readonly trusted: boolean;
}

/** For models of what encrypts with a key of the vault. */
export function keyTrouble(
    { keyUri, identityId, verbs, trusted }: KeyUse,
    inventory: InventoryView,
): KeyTrouble | undefined {
    const key = keyByUri(inventory, keyUri);
    if (key === undefined) {
        return "missing key";
    }
    const principal = rowById(inventory, identityType, identityId)?.outputs["principalId"];
    if (principal === undefined) {
        return "missing identity";
    }
    const needed = { wrap: ["read", "wrap/action", "unwrap/action"], encrypt: ["encrypt/action", "decrypt/action"] };
    const may = (verb: string) =>
        mayUseData(inventory, textOf(principal), key.id, `Microsoft.KeyVault/vaults/keys/${verb}`);
    if (!needed[verbs].every(may)) {
        return "denied";
    }
    const vault = mapOf(rowById(inventory, vaultType, parentId(key.id))?.outputs["properties"]);
    if (verbs === "wrap" && vault["enablePurgeProtection"] !== true) {
        return "no purge protection";
    }
    const acls = mapOf(vault["networkAcls"]);
    const closed = /^disabled$/i.test(textOf(vault["publicNetworkAccess"])) || acls["defaultAction"] === "Deny";
    return closed && !(trusted && (acls["bypass"] ?? "AzureServices") === "AzureServices") ? "unreachable" : undefined;
}

/** The key of that URI, whatever its version. */
export function keyByUri(inventory: InventoryView, uri: string): Row | undefined {
    return inventory.find(keyType, ({ outputs }) => {
        const [versionless, versioned] = [textOf(outputs["keyUri"]), textOf(outputs["keyUriWithVersion"])];
        return uri === versionless || uri === versioned;
    });
}
