import type * as pulumi from "@pulumi/pulumi";
import type {
    AzureBucketAccess,
    AzureBucketEncryption,
    AzureBucketLifecycleArgs,
    AzureBucketNetworkArgs,
    AzureBucketRedundancy,
    AzureBucketTier,
} from "./bucket";
import type { AzureKeyProtection } from "./key";
import type { AzureResourceGroupArgs } from "./resource-group";

/** The key with which a storage account encrypts: settings of the one that is made in a vault of its own, or one that is there already. */
export interface AzureStorageKeyArgs {
    /**
     * Id of a key of your own, /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<vault>/keys/<name>, in a vault with roles for
     * access and purge protection. Then none is made, and all else here but `encryptionIdentityName` is refused. A change is made in place.
     */
    id?: pulumi.Input<string>;
    /**
     * Name of the vault (`vaultName`), 3 to 24 letters, digits and hyphens, unique in all of Azure. A change makes a new vault with a new key, which
     * deletion protection refuses. Default: made from the component's logical name.
     */
    vaultName?: pulumi.Input<string>;
    /**
     * Bring back the vault that was deleted under `vaultName` (`createMode` `recover`), where Azure refuses else to make one of that name.
     * @default false
     */
    recover?: boolean;
    /** Name of the key (`keyName`), 1 to 127 letters, digits and hyphens. A change makes a new key, which deletion protection refuses. Default: made from the component's logical name. */
    keyName?: pulumi.Input<string>;
    /**
     * Where Key Vault keeps the key (`kty`). A change makes a new key, which deletion protection refuses.
     * @default software
     */
    protection?: AzureKeyProtection;
    /**
     * Days after which Key Vault makes a new version of the key, at least 7, or 0 for never (`rotationPolicy`). The account uses it within a day, and old
     * data stays readable. Set when the key is made: a change does nothing to a key that is there.
     * @default 365
     */
    rotationDays?: number;
    /** Name of the identity by which the account uses its key (`resourceName`), 3 to 128 letters, digits, underscores and hyphens. A change replaces it. Default: made from the component's logical name. */
    encryptionIdentityName?: pulumi.Input<string>;
}

/** Arguments of `AzureSecureStorageConnector`. */
export interface AzureSecureStorageConnectorArgs extends AzureBucketNetworkArgs {
    /**
     * By what the W&B instance shows who it is: a managed identity of yours that its pods act as, or the account's key, which you hand over. A change is
     * made in place; from `key` to `identity` the account refuses keys from then on, and from `identity` to `key` the identity goes, which deletion
     * protection refuses.
     * @default identity
     */
    access?: AzureBucketAccess;
    /**
     * Issuer of the tokens of the instance's pods, with https:// and with the slash at the end if it has one: the output `clusterTokenIssuer` of a
     * deployment on Azure. W&B tells that of its own clouds. Needed with `access` `identity`, refused with `key`. There is no default on purpose: it
     * decides who reads your data. A change replaces who is trusted.
     */
    oidcIssuerUrl?: pulumi.Input<string>;
    /**
     * Namespace in which the instance's pods run. A change replaces who is trusted.
     * @default default
     */
    namespace?: string;
    /**
     * Kubernetes service accounts of the instance's pods. Azure takes 20 credentials for one identity: one for each account. A change makes, or
     * takes away, the one that is new or gone. Default: all that W&B's chart has, and `wandb-bucket-access`.
     */
    serviceAccounts?: string[];
    /** Name of the managed identity (`resourceName`), 3 to 128 letters, digits, underscores and hyphens. A change replaces it: tell W&B its new client id. Default: made from the component's logical name. */
    identityName?: pulumi.Input<string>;
    /**
     * Hosts under which people open W&B, for example `wandb.example.com` (`wandb.ai` for Multi-tenant Cloud), with or without scheme, with `:port` if it is not
     * the scheme's own, with `*.` in front for all below it. Pages of these hosts may read and write blobs by signed URLs (CORS). `*` allows the pages of any host.
     * A change is made in place.
     */
    hosts: pulumi.Input<string>[];
    /** Resource group in which everything lies: made, or your own. */
    resourceGroup?: AzureResourceGroupArgs;
    /**
     * Region of everything (`location`), for example `westeurope`. A change replaces everything, which deletion protection refuses. Default: that of a
     * resource group of your own, else the provider's (`azure-native:location`).
     */
    location?: pulumi.Input<string>;
    /**
     * Name of the storage account (`accountName`), 3 to 24 lower-case letters and digits, unique in all of Azure. A change makes a new, empty account
     * and deletes the old one with its blobs, which deletion protection refuses. Default: one made from the component's logical name.
     */
    accountName?: pulumi.Input<string>;
    /**
     * Name of the container (`containerName`), 3 to 63 lower-case letters, digits and single hyphens. A change makes a new, empty container and deletes
     * the old one with its blobs, which deletion protection refuses.
     * @default wandb
     */
    containerName?: pulumi.Input<string>;
    /**
     * How copies are kept (`sku.name`, Standard_ in front). A change is made in place where it adds or takes away copies in the paired region. Azure
     * refuses one between copies in one data centre (`LRS`, `GRS`, `RAGRS`) and in zones: ask for a conversion there, then change this.
     * @default ZRS
     */
    redundancy?: AzureBucketRedundancy;
    /**
     * Access tier of what is written without one (`accessTier`). A change is made in place and moves what has no tier of its own, which is paid for.
     * @default Hot
     */
    accessTier?: AzureBucketTier;
    /**
     * How Azure Storage encrypts blobs (`encryption.keySource`). A change is made in place and counts for what is stored already, too.
     * @default vault
     */
    encryption?: AzureBucketEncryption;
    /** The key in Key Vault: settings of the one that is made, or your own. Only with encryption `vault`. */
    key?: AzureStorageKeyArgs;
    /**
     * Keep overwritten and deleted blobs as old versions (`isVersioningEnabled`), for as long as `lifecycle.noncurrentVersionDays` says. False ends
     * it: versions that are there stay until then. A change is made in place.
     * @default true
     */
    versioning?: boolean;
    /** What Azure Storage clears away by itself. */
    lifecycle?: AzureBucketLifecycleArgs;
    /**
     * Days for which what is deleted for good, old versions and the whole container too, can still be restored and is paid for
     * (`deleteRetentionPolicy`, `containerDeleteRetentionPolicy`): 1 to 365, or 0 for not at all. A change is made in place and counts for what is
     * deleted from then on.
     * @default 7
     */
    softDeleteDays?: pulumi.Input<number>;
    /** Name of the lock by which Azure refuses to delete the account (`lockName`). A change replaces it. Default: made from the logical name. */
    lockName?: pulumi.Input<string>;
    /**
     * Refuse to delete or replace account, container, key and their settings (Pulumi's `protect`), and let Azure refuse it too (a lock on the account). To
     * remove all of it with the data in it set it to false, run `pulumi up`, then `pulumi destroy`.
     * @default true
     */
    deletionProtection?: boolean;
    /**
     * Leave account, container, key and their settings in Azure when they are deleted from the stack (Pulumi's `retainOnDelete`).
     * @default false
     */
    retainData?: boolean;
    /** Tags of everything that takes them. A change is made in place. */
    tags?: Record<string, pulumi.Input<string>>;
}
