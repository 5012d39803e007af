/** The customer managed key of a flexible server: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key */
import type { RefuseContext } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { armError } from "../errors";
import { sameId } from "../ids";
import { keyTrouble, type KeyTrouble } from "../keyvault/key-rules";
import { invalidParameter, part, texts } from "./shared";

const words: Readonly<Record<KeyTrouble, (uri: string) => string>> = {
    "missing key": (uri) => armError(400, "AzureKeyVaultKeyNameNotFound", `The key ${uri} could not be found.`),
    "missing identity": () => armError(400, "ResourceIdentityNotFound", "The user assigned identity does not exist."),
    denied: (uri) =>
        armError(
            400,
            "AzureKeyVaultMissingPermissions",
            `The server is missing required get, list, wrapKey and unwrapKey permissions on the key ${uri}.`,
        ),
    "no purge protection": (uri) =>
        armError(
            400,
            "AzureKeyVaultNotRecoverable",
            `Soft delete and purge protection must be enabled on the vault of the key ${uri}.`,
        ),
    unreachable: (uri) =>
        armError(400, "AzureKeyVaultConnectionFailed", `The vault of the key ${uri} cannot be reached by the server.`),
};

export function refusedEncryption(inputs: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const { type, primaryKeyURI, primaryUserAssignedIdentityId: owner, ...geo } = part(inputs, "dataEncryption");
    if (type !== "AzureKeyVault") {
        return undefined;
    }
    const own = texts(part(inputs, "identity")["userAssignedIdentities"]);
    const has = (id: string) => own.some((one) => sameId(one, id));
    if (!has(textOf(owner))) {
        return invalidParameter("dataEncryption.primaryUserAssignedIdentityId");
    }
    const uri = textOf(primaryKeyURI);
    if (!/^https:\/\/[^/]+\/keys\/[^/]+\/[0-9a-f]{32}$/.test(uri)) {
        return invalidParameter("dataEncryption.primaryKeyURI");
    }
    const trouble = keyTrouble({ keyUri: uri, identityId: textOf(owner), verbs: "wrap", trusted: true }, inventory);
    if (trouble !== undefined) {
        return words[trouble](uri);
    }
    // What lies in the paired region is not simulated: its key and identity only have to be named.
    const { geoBackupKeyURI, geoBackupUserAssignedIdentityId } = geo;
    const named = geoBackupKeyURI !== undefined && has(textOf(geoBackupUserAssignedIdentityId));
    return part(inputs, "backup")["geoRedundantBackup"] === "Enabled" && !named
        ? invalidParameter("dataEncryption.geoBackupKeyURI")
        : undefined;
}
