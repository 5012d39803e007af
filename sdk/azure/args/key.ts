import type * as pulumi from "@pulumi/pulumi";

/** Where Key Vault keeps the keys that are made. */
export const AzureKeyProtection = {
    /** In software: `RSA` keys. */
    Software: "software",
    /** In hardware security modules: `RSA-HSM` keys, for which the vault is a `premium` one. Keys and their use cost more. */
    Hsm: "hsm",
} as const;
/** Where Key Vault keeps the keys that are made. */
export type AzureKeyProtection = (typeof AzureKeyProtection)[keyof typeof AzureKeyProtection];

/**
 * The vault, in which W&B keeps teams' secrets, and the customer managed keys: one each for Secrets of Kubernetes, the database and the storage
 * account.
 *
 * An id of a vault is /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<name>, and of a key that with
 * /keys/<name> behind it, and no version.
 *
 * Azure Resource Manager makes keys, but neither changes nor deletes them. So `destroy` leaves them in their vault: they go with a vault that is made
 * here, and stay in one of your own. A deleted vault with all that it holds can be recovered for as long as `softDeleteDays` says, its name is taken so
 * long, and nobody can make that shorter, because purge protection is on, as encryption of database and storage account demands.
 */
export interface AzureKeyArgs {
    /**
     * Name of the vault (`vaultName`), 3 to 24 letters, digits and hyphens, a letter first, no hyphen last and no two in a row, unique in all of
     * Azure, deleted vaults included. A change replaces the vault, its keys and its secrets, which deletion protection refuses. Default: made from
     * the deployment's name.
     */
    vaultName?: pulumi.Input<string>;
    /**
     * Id of a vault of your own, in the deployment's region, with roles for access (`enableRbacAuthorization`) and purge protection. Then none is
     * made, and what shapes one is refused. Keys are made in it unless `clusterKeyId` and the others name some. A change later makes new keys in the
     * other vault, which deletion protection refuses; W&B does not move teams' secrets.
     */
    existingVaultId?: pulumi.Input<string>;
    /**
     * Bring back the vault that was deleted under `vaultName`, with its secrets and keys (`createMode` `recover`), where Azure refuses else to make
     * one of that name. New keys are made beside those of before; to use one of these again, name it by `databaseKeyId` or `storageKeyId` once the
     * vault is back. Take this away again then: in place.
     * @default false
     */
    recover?: boolean;
    /**
     * The vault answers everybody who has a role, from wherever (`publicNetworkAccess`). False: in the network only, by a private endpoint, and
     * services of Azure that encrypt. For a vault of your own it says which one that is. A change is made in place where AKS has no key of the vault;
     * else turn the cluster's encryption off first, as AKS demands.
     * @default false
     */
    publicAccess?: boolean;
    /**
     * IPv4 ranges or addresses in the Internet from which the vault answers too (`networkAcls.ipRules`), at most 1000, for people who look after keys
     * and secrets. A change is made in place. Refused with `publicAccess`.
     */
    allowedCidrs?: pulumi.Input<string>[];
    /**
     * Make a private endpoint for the vault in the network. False where the network reaches a vault of your own already.
     * @default true unless `publicAccess`
     */
    privateEndpoint?: boolean;
    /**
     * Name of the private endpoint, 2 to 64 letters, digits, underscores, periods and hyphens. A change replaces it. Default: made from the
     * deployment's name.
     */
    endpointName?: pulumi.Input<string>;
    /** Name of the endpoint's network interface (`customNetworkInterfaceName`), the same. A change replaces the endpoint. Default: made by Azure. */
    endpointInterfaceName?: pulumi.Input<string>;
    /**
     * Days for which a deleted vault can be recovered, 7 to 90 (`softDeleteRetentionInDays`). Azure refuses a change. A database with a key of the
     * vault needs 90. https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key
     * @default 90
     */
    softDeleteDays?: number;
    /**
     * Where Key Vault keeps the keys that are made (`kty`; `sku` of the vault). A change makes new keys, which the services then use, in place, and
     * the old ones stay in the vault; deletion protection refuses it.
     * @default software
     */
    protection?: AzureKeyProtection;
    /**
     * Bits of the keys that are made: 2048, 3072 or 4096 (`keySize`). A change does the same as one of `protection`.
     * @default 3072
     */
    size?: number;
    /**
     * Days after which Key Vault makes new versions of the keys for database and storage account, at least 7 (`rotationPolicy`), or 0 for never. The
     * storage account uses a new version within a day; the database with the next `pulumi up --refresh`. Old versions stay, and old data readable.
     * The key for Secrets of Kubernetes never rotates by itself: all Secrets must be written anew after that, before it rotates once more
     * (https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption). Azure sets it when a key is made; change it afterwards by `az keyvault key
     * rotation-policy update`, since a change here does nothing to keys that are there.
     * @default 365
     */
    rotationDays?: number;
    /**
     * Name of the key for Secrets of Kubernetes (`keyName`), 1 to 127 letters, digits and hyphens, unique in its vault. A change makes a new key, to
     * which AKS changes in place (write all Secrets anew then), and deletion protection refuses it. Default: made from the deployment's name.
     */
    clusterKeyName?: pulumi.Input<string>;
    /** Name of the database's key, the same; the database changes to it in place. */
    databaseKeyName?: pulumi.Input<string>;
    /** Name of the storage account's key, the same; the account changes to it in place. */
    storageKeyName?: pulumi.Input<string>;
    /**
     * Id of a key of your own for Secrets of Kubernetes (`securityProfile.azureKeyVaultKms`), in the vault that `existingVaultId` names. A change is
     * made in place; write all Secrets anew then.
     */
    clusterKeyId?: pulumi.Input<string>;
    /**
     * Id of a key of your own for the database (`dataEncryption.primaryKeyURI`), in a vault of the same region and tenant. A change is made in place.
     */
    databaseKeyId?: pulumi.Input<string>;
    /** Id of a key of your own for the storage account (`encryption.keyVaultProperties`), the same. A change is made in place. */
    storageKeyId?: pulumi.Input<string>;
    /**
     * Assign the roles that using your own keys takes, on each key: whoever runs Pulumi must be allowed to
     * (`Microsoft.Authorization/roleAssignments/write`). False: they are assigned already, which takes identities of known names
     * (`cluster.identityId`, `encryptionIdentityId`). A change makes the assignments, or takes them away.
     * @default true
     */
    grantAccess?: boolean;
    /**
     * Name of the identity by which database and storage account use their keys, 3 to 128 letters, digits, underscores and hyphens. A change replaces
     * it. Default: made from the deployment's name.
     */
    encryptionIdentityName?: pulumi.Input<string>;
    /**
     * Id of an identity of your own for that,
     * /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.ManagedIdentity/userAssignedIdentities/<name>. Then none is made.
     */
    encryptionIdentityId?: pulumi.Input<string>;
}
