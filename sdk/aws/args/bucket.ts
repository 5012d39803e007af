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

/** Rights on buckets beside the instance's own: W&B users may connect buckets of their own to teams. */
export const AwsBucketAccess = {
    /** The instance's bucket only. */
    Strict: "strict",
    /** Also all buckets of the accounts in `teamBucketAccounts`, as far as their policies allow. */
    Restricted: "restricted",
    /** Also all buckets of every other account, as far as their policies allow. */
    Public: "public",
} as const;
/** Rights on buckets beside the instance's own. */
export type AwsBucketAccess = (typeof AwsBucketAccess)[keyof typeof AwsBucketAccess];

/** Storage classes of S3. */
export const AwsStorageClass = {
    /** Several zones, for what is read often. */
    Standard: "STANDARD",
    /** Moved by S3 between tiers, by how often an object is read. */
    IntelligentTiering: "INTELLIGENT_TIERING",
    /** Several zones, for what is read seldom. */
    StandardInfrequent: "STANDARD_IA",
    /** One zone, for what is read seldom. */
    OneZoneInfrequent: "ONEZONE_IA",
    /** Archive that is read at once. */
    GlacierInstant: "GLACIER_IR",
    /** Archive that must be restored before it can be read. */
    Glacier: "GLACIER",
    /** Archive that takes hours to restore. */
    DeepArchive: "DEEP_ARCHIVE",
} as const;
/** Storage classes of S3. */
export type AwsStorageClass = (typeof AwsStorageClass)[keyof typeof AwsStorageClass];

/** Copies of all objects that come from then on in a bucket of another region or account. */
export interface AwsBucketReplicationArgs {
    /**
     * ARN of the bucket that receives the copies. It must be versioned; when it is of another account, its policy must let the role copy
     * (`s3:ReplicateObject`, `s3:ReplicateDelete`, `s3:ReplicateTags`, `s3:ObjectOwnerOverrideToBucketOwner`).
     */
    bucketArn: pulumi.Input<string>;
    /** Number of the account of that bucket, when it is another one: the copies belong to it then. */
    accountId?: pulumi.Input<string>;
    /** ARN of the KMS key that encrypts the copies, in the region of that bucket. Needed unless `encryption` is `s3`. */
    kmsKeyArn?: pulumi.Input<string>;
    /** Storage class of the copies. Default: that of the object. */
    storageClass?: AwsStorageClass;
}

/** The bucket that is made. One of your own is given by the top-level argument `bucket`. */
export interface AwsBucketArgs {
    /**
     * Name, unique in all of AWS. A change makes a new, empty bucket and deletes the old one with its objects, which deletion protection
     * refuses. Default: one made from the deployment's name.
     */
    name?: pulumi.Input<string>;
    /** Key prefix inside the bucket, without slashes at the ends. W&B may read and write below it only. Default: the whole bucket. */
    prefix?: pulumi.Input<string>;
    /**
     * How S3 encrypts objects.
     * @default kms
     */
    encryption?: AwsBucketEncryption;
    /**
     * Keep overwritten and deleted objects as old versions, for as long as `lifecycle.noncurrentVersionDays` says.
     * @default true
     */
    versioning?: boolean;
    /** What S3 clears away by itself. */
    lifecycle?: AwsBucketLifecycleArgs;
    /** Hosts whose pages may read and write by presigned URLs (CORS), beside the deployment's own. */
    corsHosts?: pulumi.Input<string>[];
    /**
     * Name of a bucket of yours that receives the access log, below the name of this one as prefix. It lies in the same region and account, is
     * not encrypted with a KMS key, and its policy lets `logging.s3.amazonaws.com` put objects. Default: no log.
     */
    accessLogBucket?: pulumi.Input<string>;
    /** Copies of all objects that come from then on, in another bucket. It needs `versioning`. Default: none. */
    replication?: AwsBucketReplicationArgs;
    /**
     * Make an SQS queue that hears of every new object. W&B's pods may read it, but the chart reads none by default; you name it by `values`.
     * @default false
     */
    eventQueue?: boolean;
    /**
     * Name of the queue (`QueueName`), at most 80 letters, digits, hyphens and underscores. A change makes another queue, and the messages of the old one
     * go. Default: made from the logical name.
     */
    eventQueueName?: pulumi.Input<string>;
}
