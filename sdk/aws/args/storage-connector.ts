import type * as pulumi from "@pulumi/pulumi";
import type { AwsBucketEncryption, AwsBucketLifecycleArgs } from "./bucket";
import type { AwsKmsKeyArgs } from "./kms-key";

/** Arguments of `AwsSecureStorageConnector`. */
export interface AwsSecureStorageConnectorArgs {
    /**
     * IAM principals of the W&B instance that get access: at least one role, user or account (its `root`), all of the bucket's partition.
     *
     * - Multi-tenant Cloud: `arn:aws:iam::725579432336:role/WandbIntegration`
     * - Dedicated Cloud: `arn:aws:iam::830241207209:root`
     * - your own instance: the role that its pods or nodes have
     *
     * There is no default on purpose: it decides who reads your data. The first two are from W&B's documentation, "Bring your own
     * bucket"; compare them there before you use them.
     */
    principalArns: pulumi.Input<string>[];
    /**
     * Hosts under which people open W&B, for example `wandb.example.com` (`wandb.ai` for Multi-tenant Cloud), with or without scheme,
     * with `:port` if it is not the scheme's own. Pages of these hosts may read and write objects by presigned URLs (CORS). `*` allows the
     * pages of any host.
     */
    hosts: pulumi.Input<string>[];
    /**
     * Name of the bucket, unique in all of AWS. A change makes a new, empty bucket and deletes the old one with its objects, which
     * deletion protection refuses. Default: one made from the component's logical name.
     */
    bucketName?: pulumi.Input<string>;
    /**
     * Key prefix, without slashes at the ends, below which the principals may read and write objects, for a bucket that holds other
     * things too. They see the names of all objects. Give the same one to W&B as path. Default: the whole bucket.
     */
    prefix?: pulumi.Input<string>;
    /**
     * How S3 encrypts objects.
     * @default kms
     */
    encryption?: AwsBucketEncryption;
    /** The KMS key: settings of the one that is made, or your own. Only with encryption `kms`. */
    kmsKey?: AwsKmsKeyArgs;
    /**
     * Keep overwritten and deleted objects as old versions, for as long as `lifecycle.noncurrentVersionDays` says. False suspends it: versions
     * that are there stay until then.
     * @default true
     */
    versioning?: boolean;
    /** What S3 clears away by itself. */
    lifecycle?: AwsBucketLifecycleArgs;
    /**
     * Refuse to delete or replace bucket, key and their settings (Pulumi's `protect`), and to delete a bucket that holds objects. To
     * remove all of it with the data in it set it to false, run `pulumi up`, then `pulumi destroy`.
     * @default true
     */
    deletionProtection?: boolean;
    /**
     * Leave bucket, key and their settings in AWS when they are deleted from the stack (Pulumi's `retainOnDelete`).
     * @default false
     */
    retainData?: boolean;
    /** Tags of bucket and key, in addition to the provider's default tags. */
    tags?: Record<string, pulumi.Input<string>>;
}
