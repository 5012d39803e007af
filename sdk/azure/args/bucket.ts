import type * as pulumi from "@pulumi/pulumi";

/** How Azure Storage encrypts what is stored. */
export const AzureBucketEncryption = {
    /** With a key of the account owner in Key Vault (`Microsoft.Keyvault`), in its newest version. */
    Vault: "vault",
    /** With keys that Microsoft manages (`Microsoft.Storage`). */
    Microsoft: "microsoft",
} as const;
/** How Azure Storage encrypts what is stored. */
export type AzureBucketEncryption = (typeof AzureBucketEncryption)[keyof typeof AzureBucketEncryption];

/** By what W&B shows who it is when it uses the container. */
export const AzureBucketAccess = {
    /** By the account's key, in a Kubernetes Secret. Works with every version of W&B's chart. */
    Key: "key",
    /**
     * By the identity of its pods (workload identity); the account then refuses keys. W&B's chart knows it from 0.44.0 on: older ones start, but
     * cannot read or write files.
     */
    Identity: "identity",
} as const;
/** By what W&B shows who it is when it uses the container. */
export type AzureBucketAccess = (typeof AzureBucketAccess)[keyof typeof AzureBucketAccess];

/** How often, and how far away, copies are kept: https://learn.microsoft.com/en-us/azure/storage/common/storage-redundancy */
export const AzureBucketRedundancy = {
    /** Three copies in one data centre. */
    Lrs: "LRS",
    /** One copy in each of three zones. */
    Zrs: "ZRS",
    /** As `LRS`, and the same in the paired region, which can be read only after a failover. */
    Grs: "GRS",
    /** As `GRS`, and the paired region can be read at any time. */
    RaGrs: "RAGRS",
    /** As `ZRS`, and three copies in the paired region, which can be read only after a failover. */
    Gzrs: "GZRS",
    /** As `GZRS`, and the paired region can be read at any time. */
    RaGzrs: "RAGZRS",
} as const;
/** How often, and how far away, copies are kept. */
export type AzureBucketRedundancy = (typeof AzureBucketRedundancy)[keyof typeof AzureBucketRedundancy];

/** Access tiers of Azure Storage. */
export const AzureBucketTier = {
    /** For what is read often. */
    Hot: "Hot",
    /** For what is read now and then; kept for at least 30 days. */
    Cool: "Cool",
    /** For what is seldom read; kept for at least 90 days. */
    Cold: "Cold",
} as const;
/** Access tiers of Azure Storage. */
export type AzureBucketTier = (typeof AzureBucketTier)[keyof typeof AzureBucketTier];

/** What Azure Storage clears away by itself. Current objects never expire: W&B could not read the history of some runs any more. */
export interface AzureBucketLifecycleArgs {
    /**
     * Days after which an old version goes, counted from when it was written (`daysAfterCreationGreaterThan`), not from when it was overwritten or
     * deleted: one that was older by then goes within days, and is there for `softDeleteDays` more. A change is made in place.
     * @default 30
     */
    noncurrentVersionDays?: pulumi.Input<number>;
}

/** Who may connect to a storage account, which is not yet who may read: that takes a signed URL, the identity of W&B, or the account's key. */
export interface AzureBucketNetworkArgs {
    /**
     * Public IPv4 ranges or addresses from which the account answers (`networkRuleSet.ipRules`). Browsers and SDKs of W&B's users fetch and store
     * files at the account itself, by signed URLs, so theirs must be among them. Azure knows no client by its public address that is in the
     * account's own region. An empty list closes it to all but its private endpoint: users then come through your network too, and must find the
     * endpoint's address there. A change is made in place. Default: from anywhere.
     */
    allowedCidrs?: pulumi.Input<string>[];
    /**
     * Resource ids of further subnets that may connect (`networkRuleSet.virtualNetworkRules`); each needs the service endpoint `Microsoft.Storage` or
     * `Microsoft.Storage.Global`. Only with `allowedCidrs`. A change is made in place.
     */
    allowedSubnetIds?: pulumi.Input<string>[];
}

/** The storage account and the container that are made. One of your own is given by the top-level argument `bucket`. */
export interface AzureBucketArgs extends AzureBucketNetworkArgs {
    /**
     * Name of the storage account (`accountName`), 3 to 24 lower-case letters and digits, unique in all of Azure. A change makes a new, empty account
     * and deletes the old one with its objects, which deletion protection refuses. Default: one made from the deployment's name.
     */
    accountName?: pulumi.Input<string>;
    /**
     * Name of the container (`containerName`), 3 to 63 lower-case letters, digits and single hyphens. A change makes a new, empty container and deletes
     * the old one with its objects, which deletion protection refuses.
     * @default wandb
     */
    containerName?: pulumi.Input<string>;
    /**
     * Beginning of the names of objects, without slashes at the ends. W&B's rights are those on the whole container. A change is made in place; W&B
     * does not move objects. Default: the whole container.
     */
    prefix?: pulumi.Input<string>;
    /**
     * How copies are kept (`sku.name`, Standard_ in front). A change is made in place where it adds or takes away copies in the paired region. Azure
     * refuses one between copies in one data centre (`LRS`, `GRS`, `RAGRS`) and in zones: ask for a conversion there, then change this.
     * @default ZRS
     */
    redundancy?: AzureBucketRedundancy;
    /**
     * Access tier of what is written without one (`accessTier`). W&B reads what is old as well as what is new, and reads from other tiers than `Hot`
     * are paid for. A change is made in place and moves what has no tier of its own, which is paid for.
     * @default Hot
     */
    accessTier?: AzureBucketTier;
    /**
     * How Azure Storage encrypts objects (`encryption.keySource`). A change is made in place and counts for what is stored already, too. The event
     * queue is always encrypted with Microsoft's keys.
     * @default vault
     */
    encryption?: AzureBucketEncryption;
    /**
     * Encrypt a second time, with a key of Microsoft's, below (`requireInfrastructureEncryption`). Azure decides it once: it refuses a change.
     * @default false
     */
    infrastructureEncryption?: boolean;
    /**
     * By what W&B shows who it is. A change is made in place; from `key` to `identity` the account refuses keys from then on, also signed URLs that are
     * out, and from `identity` to `key` W&B's roles go, which deletion protection refuses.
     * @default key
     */
    access?: AzureBucketAccess;
    /**
     * Keep overwritten and deleted objects as old versions (`isVersioningEnabled`), for as long as `lifecycle.noncurrentVersionDays` says. False ends
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
    /** Hosts whose pages may read and write by signed URLs (CORS), beside the deployment's own. A change is made in place. */
    corsHosts?: pulumi.Input<string>[];
    /**
     * Make a private endpoint, by which pods reach the account without leaving the network. False: they come by their public address, which must be
     * among `allowedCidrs` where that is given, or from `allowedSubnetIds`. A change makes the endpoint, or takes it away.
     * @default true
     */
    privateEndpoint?: boolean;
    /** Name of the private endpoint (`privateEndpointName`). A change replaces it. Default: made from the deployment's name. */
    privateEndpointName?: pulumi.Input<string>;
    /** Name of the lock by which Azure refuses to delete the account (`lockName`). A change replaces it. Default: made from the logical name. */
    lockName?: pulumi.Input<string>;
    /**
     * Make a storage queue, and an Event Grid system topic with a subscription that fills it with a message for each new object
     * (`Microsoft.Storage.BlobCreated`). W&B's pods may read it, but the chart reads none by default; you name it by `values`. What nobody reads is
     * kept for seven days. To end it set `deletionProtection` false as well: the lock on the account holds the queue too.
     * @default false
     */
    events?: boolean;
    /**
     * Name of the queue (`queueName`), 3 to 63 lower-case letters, digits and single hyphens. A change makes another one, and the old one goes with its
     * messages, which the lock on the account refuses.
     * @default wandb-bucket-events
     */
    eventQueueName?: pulumi.Input<string>;
    /**
     * Name of the system topic (`systemTopicName`), 3 to 128 letters, digits and hyphens. An account has one system topic. A change replaces it, which
     * Azure refuses as long as the old one is there. Default: made from the logical name.
     */
    eventTopicName?: pulumi.Input<string>;
    /**
     * Name of the subscription (`eventSubscriptionName`), 3 to 64 letters, digits and hyphens. A change replaces it.
     * @default wandb-bucket-events
     */
    eventSubscriptionName?: pulumi.Input<string>;
}
