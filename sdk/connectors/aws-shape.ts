import {
    AwsBucketEncryption,
    type AwsBucketLifecycleArgs,
    type AwsKmsKeyArgs,
    type AwsSecureStorageConnectorArgs,
} from "../aws/args";
import { anyText, choice, flag, listOf, mapOf, needed, number, object, text } from "../validation/shape";

/** The kind of every argument of `AwsSecureStorageConnector`. */
export const AwsConnectorShape = object<AwsSecureStorageConnectorArgs>("AwsSecureStorageConnectorArgs", {
    principalArns: needed(
        listOf(text),
        "the ARNs of the principals of the W&B instance; they decide who reads your data",
    ),
    hosts: needed(listOf(text), "the host names under which people open W&B, for example [wandb.example.com]"),
    bucketName: text,
    prefix: text,
    encryption: choice(AwsBucketEncryption, {
        "aws:kms": "Use kms.",
        "sse-kms": "Use kms.",
        aes256: "Use s3.",
        "sse-s3": "Use s3.",
    }),
    kmsKey: object<AwsKmsKeyArgs>("AwsKmsKeyArgs", {
        arn: text,
        alias: text,
        administratorArns: listOf(text),
        rotationDays: number,
        deletionWindowDays: number,
    }),
    versioning: flag,
    lifecycle: object<AwsBucketLifecycleArgs>("AwsBucketLifecycleArgs", {
        noncurrentVersionDays: number,
        incompleteMultipartUploadDays: number,
    }),
    deletionProtection: flag,
    retainData: flag,
    tags: mapOf(anyText),
});
