import type * as pulumi from "@pulumi/pulumi";

/** How Cloud Storage encrypts what is stored. */
export const GcpBucketEncryption = {
    /** With a Cloud KMS key of the bucket owner (CMEK). */
    Kms: "kms",
    /** With keys that Google manages. Whoever may read the object may decrypt it. */
    Google: "google",
} as const;
/** How Cloud Storage encrypts what is stored. */
export type GcpBucketEncryption = (typeof GcpBucketEncryption)[keyof typeof GcpBucketEncryption];

/** What somebody else may do with a bucket. */
export const GcpBucketAccess = {
    /** Read, write, delete and list objects, and see the bucket's settings. */
    Objects: "objects",
    /** All of Storage Admin on this bucket, as W&B's documentation asks: also change who has access, and delete the bucket. */
    Admin: "admin",
} as const;
/** What somebody else may do with a bucket. */
export type GcpBucketAccess = (typeof GcpBucketAccess)[keyof typeof GcpBucketAccess];

/** What Cloud Storage clears away by itself. Current objects never expire: W&B could not read the history of some runs any more. */
export interface GcpBucketLifecycleArgs {
    /**
     * Days after which a version that was overwritten or deleted goes (`daysSinceNoncurrentTime`). Until then it can be restored, and is paid for.
     * A change is made in place.
     * @default 30
     */
    noncurrentVersionDays?: pulumi.Input<number>;
    /**
     * Days after which the parts of an upload that never ended go (`AbortIncompleteMultipartUpload`). A change is made in place.
     * @default 7
     */
    incompleteMultipartUploadDays?: pulumi.Input<number>;
}

/** Storage classes of Cloud Storage. */
export const GcpStorageClass = {
    /** For what is read often. */
    Standard: "STANDARD",
    /** For what is read once a month; kept for at least 30 days. */
    Nearline: "NEARLINE",
    /** For what is read once a quarter; kept for at least 90 days. */
    Coldline: "COLDLINE",
    /** For what is read once a year; kept for at least 365 days. */
    Archive: "ARCHIVE",
} as const;
/** Storage classes of Cloud Storage. */
export type GcpStorageClass = (typeof GcpStorageClass)[keyof typeof GcpStorageClass];

/** The bucket that is made. One of your own is given by the top-level argument `bucket`. */
export interface GcpBucketArgs {
    /**
     * Name, unique in all of Google Cloud. A change makes a new, empty bucket and deletes the old one with its objects, which deletion protection
     * refuses. Default: one made from the deployment's name.
     */
    name?: pulumi.Input<string>;
    /**
     * Where the bucket lies (`location`): a region (`europe-west4`), a predefined dual-region (`EUR4`) or a multi-region (`EU`, `US`, `ASIA`). Elsewhere
     * than the cluster each read costs money, and a key of its own is made there. A change makes a new, empty bucket and deletes the old one with its
     * objects, which deletion protection refuses. Default: the deployment's region.
     */
    location?: pulumi.Input<string>;
    /**
     * Beginning of the names of objects, without slashes at the ends. W&B may read and write below it only; it sees the names of all objects. A change
     * replaces its rights, and the events of the bucket; W&B does not move objects. Default: the whole bucket.
     */
    prefix?: pulumi.Input<string>;
    /**
     * How Cloud Storage encrypts objects. A change is made in place and counts for what is written from then on.
     * @default kms
     */
    encryption?: GcpBucketEncryption;
    /**
     * Storage class of what is written from then on (`storageClass`). W&B reads what is old as well as what is new, and reads from other classes than
     * `STANDARD` are paid for. A change is made in place.
     * @default STANDARD
     */
    storageClass?: GcpStorageClass;
    /**
     * Keep overwritten and deleted objects as old versions, for as long as `lifecycle.noncurrentVersionDays` says. False ends it: versions
     * that are there stay until then.
     * @default true
     */
    versioning?: boolean;
    /** What Cloud Storage clears away by itself. */
    lifecycle?: GcpBucketLifecycleArgs;
    /**
     * Days for which what is deleted for good, old versions too, can still be restored and is paid for (`softDeletePolicy`): 7 to 90, or 0 for not at
     * all. A change is made in place and counts for what is deleted from then on.
     * @default 7
     */
    softDeleteDays?: pulumi.Input<number>;
    /** Hosts whose pages may read and write by signed URLs (CORS), beside the deployment's own. A change is made in place. */
    corsHosts?: pulumi.Input<string>[];
    /**
     * Name of a bucket of yours that receives the usage log (`logging.logBucket`), below the name of this one. It lets
     * `group:cloud-storage-analytics@google.com` create objects. A change is made in place. Default: no log.
     */
    accessLogBucket?: pulumi.Input<string>;
    /**
     * Make a Pub/Sub topic and a subscription that hear of every new object (`OBJECT_FINALIZE`). W&B's pods may read it, but the chart reads none by default;
     * you name it by `values`. What nobody reads is kept for seven days and paid for.
     * @default false
     */
    events?: boolean;
    /**
     * Name of the topic, 3 to 255 letters, digits and - . _ ~ + %, a letter first. A change makes another topic. Default: made from the
     * logical name.
     */
    eventTopicName?: pulumi.Input<string>;
    /**
     * Name of the subscription, the same. A change makes another subscription, and the messages of the old one go. Default: made from the
     * logical name.
     */
    eventSubscriptionName?: pulumi.Input<string>;
}
