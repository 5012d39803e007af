import { AzureKeyProtection } from "../azure/args/key";
import type { AzureResourceGroupArgs } from "../azure/args/resource-group";
import type { AzureSecureStorageConnectorArgs, AzureStorageKeyArgs } from "../azure/args/storage-connector";
import { access, accessTier, encryption, lifecycle, redundancy } from "../validation/azure/bucket";
import {
    anyText,
    choice,
    flag,
    listOf,
    mapOf,
    needed,
    number,
    object,
    plainNumber,
    plainText,
    text,
} from "../validation/shape";

/** The kind of every argument of `AzureSecureStorageConnector`. */
export const AzureConnectorShape = object<AzureSecureStorageConnectorArgs>("AzureSecureStorageConnectorArgs", {
    access,
    oidcIssuerUrl: text,
    namespace: plainText,
    serviceAccounts: listOf(plainText),
    identityName: text,
    hosts: needed(listOf(text), "the host names under which people open W&B, for example [wandb.example.com]"),
    resourceGroup: object<AzureResourceGroupArgs>("AzureResourceGroupArgs", { name: text, existingName: text }),
    location: text,
    accountName: text,
    containerName: text,
    redundancy,
    accessTier,
    encryption,
    key: object<AzureStorageKeyArgs>("AzureStorageKeyArgs", {
        id: text,
        vaultName: text,
        recover: flag,
        keyName: text,
        protection: choice(AzureKeyProtection),
        rotationDays: plainNumber,
        encryptionIdentityName: text,
    }),
    versioning: flag,
    lifecycle,
    softDeleteDays: number,
    allowedCidrs: listOf(text),
    allowedSubnetIds: listOf(text),
    lockName: text,
    deletionProtection: flag,
    retainData: flag,
    tags: mapOf(anyText),
});
