import type { WandbDeploymentArgs } from "../../args";
import type { AwsKeyArgs } from "../../aws/args/key";
import type { AwsKmsKeyArgs } from "../../aws/args/kms-key";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { listOf, number, object, text } from "../shape";
import { codes } from "../wording";
import { wrongAdministrator, wrongAlias, wrongKeyArn } from "./rules";

export const keyShape = object<AwsKeyArgs>("AwsKeyArgs", {
    arn: text,
    alias: text,
    administratorArns: listOf(text),
    rotationDays: number,
    deletionWindowDays: number,
    databaseKeyArn: text,
    performanceInsightsKeyArn: text,
    cacheKeyArn: text,
    bucketKeyArn: text,
});

/** `aws.key` */
export function checkKeys(args: Section<WandbDeploymentArgs>): void {
    const key = args.section("aws")?.section("key");
    if (key === undefined) {
        return;
    }
    checkKeySettings(key);
    for (const own of ["databaseKeyArn", "performanceInsightsKeyArn", "cacheKeyArn", "bucketKeyArn"] as const) {
        key.check(own, wrongKeyArn);
    }
    checkStoreKeys(args, key);
    checkUse(args, key);
}

/** What all KMS keys of the arguments have in common. */
export function checkKeySettings<T extends AwsKmsKeyArgs>(key: Section<T>): void {
    const settings = key.givenOf("alias", "administratorArns", "rotationDays", "deletionWindowDays");
    if (key.has("arn") && settings.length > 0) {
        key.refuse(
            "arn",
            `names a key of your own, but ${codes(settings.map((field) => key.at(field)))} would belong to a key that is made. Leave the one or the other out.`,
        );
    }
    key.check("arn", wrongKeyArn);
    key.check("alias", wrongAlias);
    checkNumber(key, "rotationDays", 90, 2560);
    checkNumber(key, "deletionWindowDays", 7, 30);
    const administrators = key.texts("administratorArns");
    administrators.forEach((entry) => key.checkEntry(entry, wrongAdministrator));
    refuseRepetition(key, administrators);
}

/** Keys with which nothing of database or cache would be encrypted. */
function checkStoreKeys(args: Section<WandbDeploymentArgs>, key: Section<AwsKeyArgs>): void {
    if (key.has("performanceInsightsKeyArn") && args.has("database")) {
        key.refuse(
            "performanceInsightsKeyArn",
            "is given, but `database` names another one, so that none is made. Leave it out.",
        );
    } else if (
        key.has("performanceInsightsKeyArn") &&
        args.section("aws")?.section("database")?.number("performanceInsightsDays") === 0
    ) {
        key.refuse(
            "performanceInsightsKeyArn",
            "is given, but `aws.database.performanceInsightsDays` is 0, so there are none. Leave out the one or the other.",
        );
    }
    if (key.has("cacheKeyArn") && args.has("redis")) {
        key.refuse("cacheKeyArn", "is given, but `redis` names another one, so that no cache is made. Leave it out.");
    }
    if (key.has("databaseKeyArn") && args.has("database") && key.has("cacheKeyArn") && !args.has("redis")) {
        key.refuse(
            "databaseKeyArn",
            "is given, but `database` names another one and the cache has `aws.key.cacheKeyArn`. Leave it out.",
        );
    }
}

/** Keys that nothing would be encrypted with. */
function checkUse(args: Section<WandbDeploymentArgs>, key: Section<AwsKeyArgs>): void {
    if (key.has("databaseKeyArn") && args.has("database") && args.has("redis")) {
        key.refuse(
            "databaseKeyArn",
            "is given, but `database` and `redis` name others, so neither database nor cache is made. Leave it out.",
        );
    }
    if (!key.has("bucketKeyArn")) {
        return;
    }
    if (args.has("bucket")) {
        key.refuse(
            "bucketKeyArn",
            "is given, but `bucket` names a bucket that is there already. Leave it out, and give the key of that bucket as `bucket.kmsKey`.",
        );
    } else if (args.section("aws")?.section("bucket")?.text("encryption") === "s3") {
        key.refuse(
            "bucketKeyArn",
            "is given, but `aws.bucket.encryption` is s3, which uses no KMS key. Leave one of the two out.",
        );
    }
}
