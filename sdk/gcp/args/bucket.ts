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
