import * as pulumi from "@pulumi/pulumi";
import { checkS3 } from "../../sdk/validation/aws/bucket";
import { assertFinds } from "../support/aws-validation";

const later = pulumi.output("not looked at");
const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
const copies = { bucketArn: "arn:aws:s3:::copies", kmsKeyArn };
const own = { provider: "s3", name: "files", region: "eu-west-1" };

describe("aws.bucket", () => {
    for (const [what, bucket] of [
        ["nothing", {}],
        ["a name and a prefix", { name: "files-1", prefix: "team/wandb" }],
        ["S3's own keys", { encryption: "s3" }],
        ["no versions", { versioning: false, lifecycle: { incompleteMultipartUploadDays: 1 } }],
        ["hosts", { corsHosts: ["other.example.com", "*.example.org:8443", "http://old.example.com"] }],
        ["a log elsewhere", { name: "files", accessLogBucket: "logs" }],
        ["copies", { replication: copies }],
        [
            "copies in another account",
            { replication: { ...copies, accountId: "210987654321", storageClass: "GLACIER_IR" } },
        ],
        ["copies without KMS", { encryption: "s3", replication: { bucketArn: copies.bucketArn } }],
        ["copies in China", { replication: { bucketArn: "arn:aws-cn:s3:::copies", kmsKeyArn: later } }],
        ["a queue", { eventQueue: true }],
        [
            "values that are not known yet",
            {
                name: later,
                prefix: later,
                corsHosts: [later],
                accessLogBucket: later,
                replication: { ...copies, bucketArn: later },
            },
        ],
    ] as const) {
        it(`takes ${what}`, () => assertFinds(checkS3, { aws: { bucket } }, []));
    }

    for (const [what, bucket, expected] of [
        ["a name in capitals", { name: "Files" }, [/^aws\.bucket\.name: is not a name of an S3 bucket/]],
        ["a URL", { name: "s3://files/a" }, [/^aws\.bucket\.name: is a URL or path/]],
        ["a prefix with slashes around it", { prefix: "/a/" }, [/^aws\.bucket\.prefix: starts or ends with a slash/]],
        ["another encryption", { encryption: "aws:kms" }, [/^aws\.bucket\.encryption: .*kms/]],
        [
            "no days",
            { lifecycle: { noncurrentVersionDays: 0, incompleteMultipartUploadDays: 0.5 } },
            [/1 or more/, /1 or more/],
        ],
        ["a host with path", { corsHosts: ["a.example.com/x"] }, [/corsHosts\[0\]: has more than a host name/]],
        ["a host twice", { corsHosts: ["a.example", "a.example"] }, [/corsHosts\[1\]: is there twice/]],
        [
            "a log of itself",
            { name: "files", accessLogBucket: "files" },
            [/^aws\.bucket\.accessLogBucket: is the bucket itself \("files" given\)/],
        ],
        ["a log in a path", { accessLogBucket: "logs/wandb" }, [/^aws\.bucket\.accessLogBucket: is a URL or path/]],
        ["copies nowhere", { replication: { kmsKeyArn } }, [/^aws\.bucket\.replication\.bucketArn: is missing/]],
        [
            "copies in a bucket by name",
            { replication: { ...copies, bucketArn: "copies" } },
            [/^aws\.bucket\.replication\.bucketArn: is not the ARN of an S3 bucket/],
        ],
        [
            "copies in itself",
            { name: "copies", replication: copies },
            [/^aws\.bucket\.replication\.bucketArn: is the bucket itself/],
        ],
        [
            "copies without versions",
            { versioning: false, replication: copies },
            [/^aws\.bucket\.replication: is given, but `aws\.bucket\.versioning` is false/],
        ],
        [
            "encrypted copies without key",
            { replication: { bucketArn: copies.bucketArn } },
            [/^aws\.bucket\.replication\.kmsKeyArn: is missing: the objects are encrypted with a KMS key/],
        ],
        [
            "a key for copies without KMS",
            { encryption: "s3", replication: copies },
            [/^aws\.bucket\.replication\.kmsKeyArn: is given, but `aws\.bucket\.encryption` is s3/],
        ],
        [
            "an alias, a wrong account and a wrong class",
            { replication: { ...copies, kmsKeyArn: "alias/x", accountId: "1", storageClass: "COLD" } },
            [/storageClass: /, /accountId: is not the number of an AWS account/, /kmsKeyArn: is an alias/],
        ],
        ["a flag as Output", { eventQueue: pulumi.output(true) }, [/^aws\.bucket\.eventQueue: is an Output/]],
    ] as const) {
        it(`refuses ${what}`, () => assertFinds(checkS3, { aws: { bucket } }, expected));
    }

    it("refuses to shape a bucket that is there already", () => {
        assertFinds(checkS3, { bucket: own, aws: { bucket: {} } }, [/^aws\.bucket: shapes a bucket that is made, but/]);
        assertFinds(checkS3, { bucket: own, aws: {} }, []);
    });

    it("refuses an alias for the key of a bucket of one's own, where the pods' role needs a right on it", () => {
        const bucket = { ...own, kmsKey: "arn:aws:kms:eu-west-1:123456789012:alias/files" };
        assertFinds(checkS3, { bucket, aws: {} }, [/^bucket\.kmsKey: is an alias/]);
        assertFinds(checkS3, { bucket: { ...bucket, accessKey: "a", secretKey: "b" }, aws: {} }, []);
        assertFinds(checkS3, { bucket: { ...bucket, kmsKey: kmsKeyArn }, aws: {} }, []);
    });
});
