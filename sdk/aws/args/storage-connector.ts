import type * as pulumi from "@pulumi/pulumi";

/** How S3 encrypts what is stored. */
export const AwsBucketEncryption = {
    /** With a KMS key (SSE-KMS) and a bucket key, which keeps KMS requests and their cost low. */
    Kms: "kms",
    /** With keys that S3 manages (SSE-S3). Whoever may read the object may decrypt it. */
    S3: "s3",
} as const;
/** How S3 encrypts what is stored. */
export type AwsBucketEncryption = (typeof AwsBucketEncryption)[keyof typeof AwsBucketEncryption];

/** The KMS key that encrypts a bucket: one that is made here, or your own by `arn`. */
export interface AwsKmsKeyArgs {
    /**
     * ARN of a key of your own: arn:aws:kms:<region>:<account>:key/<id>, in the bucket's region, no alias. Then no key is made and all
     * other fields are refused. Its policy stays yours and needs what the output `kmsKeyPolicyStatements` holds: it lets the principals use
     * the key through S3 alone, so objects that they may not read by S3's rules, and what others encrypt with the key, stay closed to them.
     */
    arn?: pulumi.Input<string>;
    /**
     * Alias of the key that is made, beginning with `alias/`. A change replaces the alias, not the key, which
     * deletion protection refuses. Default: one that begins with `alias/` and the component's logical name.
     */
    alias?: pulumi.Input<string>;
    /**
     * IAM users and roles of the key's own account that may manage the key, but not use it. The account's own IAM policies count in any
     * case: the account is the first statement of the key's policy, so that the key cannot become unmanageable.
     */
    administratorArns?: pulumi.Input<string>[];
    /**
     * Days between two rotations of the key material, 90 to 2560. Old data stays readable.
     * @default 365
     */
    rotationDays?: pulumi.Input<number>;
    /**
     * Days that AWS waits before it deletes the key after `destroy`, 7 to 30. Until then the deletion can be cancelled; afterwards
     * nothing that the key encrypted can be read.
     * @default 30
     */
    deletionWindowDays?: pulumi.Input<number>;
}

/** What S3 clears away by itself. Current objects never expire: W&B could not read the history of some runs any more. */
export interface AwsBucketLifecycleArgs {
    /**
     * Days after which a version that was overwritten or deleted goes for good. Until then it can be restored, and is paid for.
     * @default 30
     */
    noncurrentVersionDays?: pulumi.Input<number>;
    /**
     * Days after which the parts of an upload that never ended go. W&B's presigned URLs for uploads are good for one day.
     * @default 7
     */
    incompleteMultipartUploadDays?: pulumi.Input<number>;
}

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
