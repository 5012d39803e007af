import type * as pulumi from "@pulumi/pulumi";

/** The customer managed keys: one that is made for everything, unless told otherwise. */
export interface AwsKeyArgs {
    /**
     * ARN of a key of your own for everything: arn:aws:kms:<region>:<account>:key/<id>, in the deployment's region, no alias. Then no key is
     * made, and what shapes one is refused. Its policy stays yours: it must let IAM policies of this account decide, and EC2 Auto Scaling
     * use the key for volumes of nodes. Decide at the start: a change replaces database and cache, which deletion protection refuses, but EKS keeps
     * the key that the cluster has, and the provider does not say so; were that key deleted, the cluster's Secrets would be lost.
     */
    arn?: pulumi.Input<string>;
    /**
     * Alias of the key that is made, beginning with `alias/`. A change replaces the alias, not the key, which deletion protection refuses.
     * Default: one that begins with `alias/` and the deployment's logical name.
     */
    alias?: pulumi.Input<string>;
    /**
     * IAM users and roles of this account that may manage the key, but not use it; they must be there. The account's own IAM policies count in
     * any case: the account is the first statement of the key's policy, so that the key cannot become unmanageable.
     */
    administratorArns?: pulumi.Input<string>[];
    /**
     * Days between two rotations of the key material, 90 to 2560. Old data stays readable.
     * @default 365
     */
    rotationDays?: pulumi.Input<number>;
    /**
     * Days that AWS waits before it deletes the key after `destroy`, 7 to 30. Until then the deletion can be cancelled; afterwards nothing
     * that the key encrypted can be read, backups included.
     * @default 30
     */
    deletionWindowDays?: pulumi.Input<number>;
    /** ARN of another key of your own for the database, its Performance Insights and the cache, in their region. A change replaces database and cache. */
    databaseKeyArn?: pulumi.Input<string>;
    /**
     * ARN of another key of your own for the database's Performance Insights (`PerformanceInsightsKMSKeyId`), in its region. AWS refuses a change as long
     * as Performance Insights are on. Default: the database's key.
     */
    performanceInsightsKeyArn?: pulumi.Input<string>;
    /** ARN of another key of your own for the cache (`KmsKeyId`), in its region. A change replaces the cache. Default: the database's key. */
    cacheKeyArn?: pulumi.Input<string>;
    /**
     * ARN of another key of your own for the bucket, in its region. Objects that are there stay encrypted with the old key. Refused with
     * `bucket.encryption` `s3`, and with a bucket of your own, whose key is `bucket.kmsKey`.
     */
    bucketKeyArn?: pulumi.Input<string>;
}
