import type { WandbDeploymentArgs } from "../../args";
import { wrongBucketName, wrongHost, wrongLocation, wrongPrefix } from "./rules";
import {
    type GcpBucketArgs,
    GcpBucketEncryption,
    type GcpBucketLifecycleArgs,
    GcpStorageClass,
} from "../../gcp/args/bucket";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { choice, flag, listOf, number, object, text } from "../shape";
import { given } from "../wording";
import { wrongQueueName } from "./events";

export const bucketShape = object<GcpBucketArgs>("GcpBucketArgs", {
    name: text,
    location: text,
    prefix: text,
    encryption: choice(GcpBucketEncryption, { cmek: "Use kms.", gmek: "Use google." }),
    storageClass: choice(GcpStorageClass),
    versioning: flag,
    lifecycle: object<GcpBucketLifecycleArgs>("GcpBucketLifecycleArgs", {
        noncurrentVersionDays: number,
        incompleteMultipartUploadDays: number,
    }),
    softDeleteDays: number,
    corsHosts: listOf(text),
    accessLogBucket: text,
    events: flag,
    eventTopicName: text,
    eventSubscriptionName: text,
});

/** `gcp.bucket` */
export function checkGcs(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    const bucket = gcp?.section("bucket");
    if (gcp === undefined || bucket === undefined) {
        return;
    }
    if (args.has("bucket")) {
        gcp.refuse(
            "bucket",
            "shapes a bucket that is made, but `bucket` names one that is there already. Leave one of the two out.",
        );
    }
    bucket.check("name", wrongBucketName);
    bucket.check("location", wrongLocation);
    bucket.check("prefix", wrongPrefix);
    const hosts = bucket.texts("corsHosts");
    hosts.forEach((entry) => bucket.checkEntry(entry, wrongHost));
    refuseRepetition(bucket, hosts);
    checkClearing(bucket);
    checkAccessLog(bucket);
    checkEventNames(bucket);
}

function checkClearing(bucket: Section<GcpBucketArgs>): void {
    const lifecycle = bucket.section("lifecycle");
    if (lifecycle !== undefined) {
        checkNumber(lifecycle, "noncurrentVersionDays", 1);
        checkNumber(lifecycle, "incompleteMultipartUploadDays", 1);
    }
    // https://docs.cloud.google.com/storage/docs/soft-delete
    const days = bucket.number("softDeleteDays");
    if (days !== undefined && days !== 0 && !(Number.isInteger(days) && days >= 7 && days <= 90)) {
        bucket.refuse(
            "softDeleteDays",
            `is neither 0 nor a whole number of 7 to 90 ${given(days)}. Give one, without unit or quotes.`,
        );
    }
}

function checkAccessLog(bucket: Section<GcpBucketArgs>): void {
    bucket.check("accessLogBucket", wrongBucketName);
    const target = bucket.text("accessLogBucket");
    if (target !== undefined && target === bucket.text("name")) {
        bucket.refuse(
            "accessLogBucket",
            `is the bucket itself ${given(target)}: W&B's objects and the log would be mixed. Give another bucket.`,
        );
    }
}

function checkEventNames(bucket: Section<GcpBucketArgs>): void {
    for (const name of bucket.givenOf("eventTopicName", "eventSubscriptionName")) {
        bucket.check(name, wrongQueueName);
        if (bucket.flag("events") !== true && !bucket.pending("events")) {
            bucket.refuse(name, "has no effect, because `gcp.bucket.events` is not true. Set that, or leave this out.");
        }
    }
}
