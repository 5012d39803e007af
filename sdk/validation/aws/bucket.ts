import type { WandbDeploymentArgs } from "../../args";
import {
    type AwsBucketArgs,
    AwsBucketEncryption,
    type AwsBucketLifecycleArgs,
    type AwsBucketReplicationArgs,
    AwsStorageClass,
} from "../../aws/args/bucket";
import { checkNumber, refuseRepetition } from "../lists";
import { wrongOriginHost } from "../origin";
import type { Section } from "../section";
import { choice, flag, listOf, needed, number, object, text } from "../shape";
import { given } from "../wording";
import { wrongAccountId, wrongBucketArn, wrongBucketName, wrongKeyArn, wrongPrefix } from "./rules";

export const encryption = choice(AwsBucketEncryption, {
    "aws:kms": "Use kms.",
    "sse-kms": "Use kms.",
    aes256: "Use s3.",
    "sse-s3": "Use s3.",
});

export const lifecycle = object<AwsBucketLifecycleArgs>("AwsBucketLifecycleArgs", {
    noncurrentVersionDays: number,
    incompleteMultipartUploadDays: number,
});

export const bucketShape = object<AwsBucketArgs>("AwsBucketArgs", {
    name: text,
    prefix: text,
    encryption,
    versioning: flag,
    lifecycle,
    corsHosts: listOf(text),
    accessLogBucket: text,
    replication: object<AwsBucketReplicationArgs>("AwsBucketReplicationArgs", {
        bucketArn: needed(text, "the ARN of the bucket that receives the copies"),
        accountId: text,
        kmsKeyArn: text,
        storageClass: choice(AwsStorageClass),
    }),
    eventQueue: flag,
    eventQueueName: text,
});

/** `aws.bucket` */
export function checkS3(args: Section<WandbDeploymentArgs>): void {
    checkOwnKey(args);
    const aws = args.section("aws");
    const bucket = aws?.section("bucket");
    if (aws === undefined || bucket === undefined) {
        return;
    }
    if (args.has("bucket")) {
        aws.refuse(
            "bucket",
            "shapes a bucket that is made, but `bucket` names one that is there already. Leave one of the two out.",
        );
    }
    bucket.check("name", wrongBucketName);
    bucket.check("prefix", wrongPrefix);
    const hosts = bucket.texts("corsHosts");
    hosts.forEach((entry) => bucket.checkEntry(entry, wrongOriginHost));
    refuseRepetition(bucket, hosts);
    const lifecycle = bucket.section("lifecycle");
    if (lifecycle !== undefined) {
        checkNumber(lifecycle, "noncurrentVersionDays", 1);
        checkNumber(lifecycle, "incompleteMultipartUploadDays", 1);
    }
    checkAccessLog(bucket);
    checkEventQueue(bucket);
    checkReplication(bucket);
}

/** The role of W&B's pods gets a right on the key of a bucket of one's own, and such rights know no alias. */
function checkOwnKey(args: Section<WandbDeploymentArgs>): void {
    const bucket = args.section("bucket");
    const key = bucket?.text("kmsKey");
    const byRole = bucket !== undefined && bucket.givenOf("endpoint", "accessKey", "credentialsSecret").length === 0;
    if (byRole && bucket.text("provider") === "s3" && key !== undefined && /:alias\//.test(key)) {
        bucket.refuse("kmsKey", wrongKeyArn(key) ?? "");
    }
}

function checkAccessLog(bucket: Section<AwsBucketArgs>): void {
    bucket.check("accessLogBucket", wrongBucketName);
    const target = bucket.text("accessLogBucket");
    if (target !== undefined && target === bucket.text("name")) {
        bucket.refuse(
            "accessLogBucket",
            `is the bucket itself ${given(target)}: each record that is written would be logged again. Give another bucket.`,
        );
    }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
function checkEventQueue(bucket: Section<AwsBucketArgs>): void {
    bucket.check("eventQueueName", (name) =>
        /^[A-Za-z0-9_-]{1,80}$/.test(name)
            ? undefined
            : `is not a name of an SQS queue ${given(name)}. It has 1 to 80 letters, digits, hyphens and underscores.`,
    );
    if (bucket.has("eventQueueName") && bucket.flag("eventQueue") !== true && !bucket.pending("eventQueue")) {
        bucket.refuse(
            "eventQueueName",
            "has no effect, because `aws.bucket.eventQueue` is not true. Set that, or leave this out.",
        );
    }
}

function checkReplication(bucket: Section<AwsBucketArgs>): void {
    const replication = bucket.section("replication");
    if (replication === undefined) {
        return;
    }
    if (bucket.flag("versioning") === false) {
        bucket.refuse(
            "replication",
            "is given, but `aws.bucket.versioning` is false, and S3 copies objects of versioned buckets only. Leave one of the two out.",
        );
    }
    replication.check("bucketArn", wrongBucketArn);
    replication.check("accountId", wrongAccountId);
    replication.check("kmsKeyArn", wrongKeyArn);
    const target = replication.text("bucketArn");
    if (target !== undefined && target.split(":").at(-1) === bucket.text("name")) {
        replication.refuse("bucketArn", `is the bucket itself ${given(target)}. Give another bucket.`);
    }
    const ownKeys = bucket.text("encryption") === "s3";
    if (ownKeys && replication.has("kmsKeyArn")) {
        replication.refuse(
            "kmsKeyArn",
            "is given, but `aws.bucket.encryption` is s3, and copies of such objects are encrypted in the same way. Leave one of the two out.",
        );
    }
    if (!ownKeys && !replication.has("kmsKeyArn")) {
        replication.refuse(
            "kmsKeyArn",
            "is missing: the objects are encrypted with a KMS key, and S3 copies those only when it has a key for the copies. Give the ARN of a key in the region of the copies.",
        );
    }
}
