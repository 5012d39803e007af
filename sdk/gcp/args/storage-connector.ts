import type * as pulumi from "@pulumi/pulumi";
import type { GcpBucketAccess, GcpBucketEncryption, GcpBucketLifecycleArgs } from "./bucket";
import type { GcpKmsKeyArgs } from "./kms-key";

/** Arguments of `GcpSecureStorageConnector`. */
export interface GcpSecureStorageConnectorArgs {
    /**
     * Email addresses of the service accounts with which the W&B instance works: at least one.
     *
     * - Multi-tenant Cloud: `wandb-integration@wandb-production.iam.gserviceaccount.com`
     * - Dedicated Cloud: `deploy@wandb-production.iam.gserviceaccount.com`
     * - your own instance: the service account that its pods or nodes have
     *
     * There is no default on purpose: it decides who reads your data. The first two are from W&B's documentation, "Bring your own
     * bucket"; compare them there before you use them. A change is made in place.
     */
    serviceAccountEmails: pulumi.Input<string>[];
    /**
     * Hosts under which people open W&B, for example `wandb.example.com` (`wandb.ai` for Multi-tenant Cloud), with or without scheme,
     * with `:port` if it is not the scheme's own. Pages of these hosts may read and write objects by signed URLs (CORS). `*` allows the
     * pages of any host. A change is made in place.
     */
    hosts: pulumi.Input<string>[];
    /**
     * What the service accounts may do with the bucket. A change replaces their roles, which deletion protection refuses.
     * @default objects
     */
    access?: GcpBucketAccess;
    /**
     * Id of the Google Cloud project in which bucket and key lie. A change replaces bucket and key, which deletion protection refuses. Default: the
     * provider's.
     */
    project?: pulumi.Input<string>;
    /**
     * Where the bucket lies: a region (`europe-west4`), a predefined dual-region (`EUR4`) or a multi-region (`EU`, `US`, `ASIA`). A change makes a
     * new, empty bucket and another key, and deletes the old one with its objects, which deletion protection refuses. Default: the provider's region.
     */
    location?: pulumi.Input<string>;
    /**
     * Name of the bucket, unique in all of Google Cloud. A change makes a new, empty bucket and deletes the old one with its objects, which
     * deletion protection refuses. Default: one made from the component's logical name.
     */
    bucketName?: pulumi.Input<string>;
    /**
     * Beginning of the names of objects, without slashes at the ends, below which the service accounts may read and write, for a bucket that
     * holds other things too. They see the names of all objects. Give the same one to W&B as path. A change replaces their role, which
     * deletion protection refuses; W&B does not move objects. Default: the whole bucket.
     */
    prefix?: pulumi.Input<string>;
    /**
     * How Cloud Storage encrypts objects.
     * @default kms
     */
    encryption?: GcpBucketEncryption;
    /** The Cloud KMS key: settings of the one that is made, or your own. Only with encryption `kms`. */
    kmsKey?: GcpKmsKeyArgs;
    /**
     * Keep overwritten and deleted objects as old versions, for as long as `lifecycle.noncurrentVersionDays` says. False ends it: versions
     * that are there stay until then.
     * @default true
     */
    versioning?: boolean;
    /** What Cloud Storage clears away by itself. */
    lifecycle?: GcpBucketLifecycleArgs;
    /**
     * Days for which what is deleted for good, old versions too, can still be restored and is paid for (soft delete): 7 to 90, or 0 for not at all.
     * A change is made in place and counts for what is deleted from then on.
     * @default 7
     */
    softDeleteDays?: pulumi.Input<number>;
    /**
     * Refuse to delete or replace bucket, key and their settings (Pulumi's `protect`), and to delete a bucket that holds objects. To
     * remove all of it with the data in it set it to false, run `pulumi up`, then `pulumi destroy`.
     * @default true
     */
    deletionProtection?: boolean;
    /**
     * Leave bucket, key and their settings in Google Cloud when they are deleted from the stack (Pulumi's `retainOnDelete`).
     * @default false
     */
    retainData?: boolean;
    /** Labels of bucket and key, in addition to the provider's default labels. A change is made in place. */
    labels?: Record<string, pulumi.Input<string>>;
}
