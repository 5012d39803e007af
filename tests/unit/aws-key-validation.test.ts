import * as pulumi from "@pulumi/pulumi";
import { checkKeys } from "../../sdk/validation/aws/key";
import { assertFinds } from "../support/aws-validation";

const arn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab";
const admin = "arn:aws:iam::123456789012:role/admin";
const database = { host: "mysql.example.com" };
const redis = { host: "redis.example.com" };
const bucket = { provider: "s3", name: "files", region: "eu-west-1" };
const later = pulumi.output("not looked at");

describe("aws.key", () => {
    for (const [what, key, args] of [
        ["nothing", {}],
        ["settings of the key that is made", { alias: "alias/w", administratorArns: [admin], rotationDays: 90 }],
        ["the longest days", { rotationDays: 2560, deletionWindowDays: 30 }],
        ["the shortest window", { deletionWindowDays: 7 }],
        ["a key of one's own", { arn }],
        ["keys of one's own for everything", { arn, databaseKeyArn: arn, bucketKeyArn: arn }],
        ["a key of a multi-region set", { arn: arn.replace("1234abcd-12ab", "mrk-1234abcd") }],
        ["a key for the cache alone", { databaseKeyArn: arn }, { database }],
        ["a key for the database alone", { databaseKeyArn: arn }, { redis }],
        ["keys of GovCloud", { arn: arn.replace("aws", "aws-us-gov") }],
        ["values that are not known yet", { arn: later, databaseKeyArn: later, bucketKeyArn: later }],
    ] as const) {
        it(`takes ${what}`, () => assertFinds(checkKeys, { aws: { key }, ...(args ?? {}) }, []));
    }

    for (const [what, key, args, expected] of [
        ["an alias for a key", { arn: arn.replace("key/", "alias/") }, {}, [/^aws\.key\.arn: is an alias/]],
        ["an id for a key", { databaseKeyArn: "1234abcd" }, {}, [/^aws\.key\.databaseKeyArn: is not the ARN of a KMS/]],
        ["a bucket for a key", { bucketKeyArn: "arn:aws:s3:::x" }, {}, [/^aws\.key\.bucketKeyArn: is not the ARN/]],
        [
            "a key of one's own that is shaped",
            { arn, alias: "alias/w", rotationDays: 90 },
            {},
            [/^aws\.key\.arn: names a key of your own, but `aws\.key\.alias` and `aws\.key\.rotationDays`/],
        ],
        ["an alias of AWS", { alias: "alias/aws/w" }, {}, [/^aws\.key\.alias: begins with alias\/aws\//]],
        ["days out of range", { rotationDays: 89, deletionWindowDays: 31 }, {}, [/90 to 2560/, /7 to 30/]],
        ["half days", { rotationDays: 90.5 }, {}, [/^aws\.key\.rotationDays: is not a whole number/]],
        [
            "administrators that are no single principals",
            { administratorArns: ["*", "arn:aws:iam::123456789012:root"] },
            {},
            [/administratorArns\[0\]: is everybody/, /administratorArns\[1\]: is a whole account/],
        ],
        ["an administrator twice", { administratorArns: [admin, admin] }, {}, [/\[1\]: is there twice/]],
        [
            "a key for stores that are not made",
            { databaseKeyArn: arn },
            { database, redis },
            [/^aws\.key\.databaseKeyArn: is given, but `database` and `redis` name others/],
        ],
        [
            "a key for a bucket that is not made",
            { bucketKeyArn: arn },
            { bucket },
            [/^aws\.key\.bucketKeyArn: is given, but `bucket` names a bucket .* as `bucket\.kmsKey`/],
        ],
    ] as const) {
        it(`refuses ${what}`, () => assertFinds(checkKeys, { aws: { key }, ...args }, expected));
    }

    it("refuses a key for a bucket that S3's own keys encrypt", () => {
        const aws = { key: { bucketKeyArn: arn }, bucket: { encryption: "s3" } };
        assertFinds(checkKeys, { aws }, [/^aws\.key\.bucketKeyArn: is given, but `aws\.bucket\.encryption` is s3/]);
    });
});
