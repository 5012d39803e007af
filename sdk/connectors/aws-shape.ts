import type { AwsKmsKeyArgs } from "../aws/args/kms-key";
import type { AwsSecureStorageConnectorArgs } from "../aws/args/storage-connector";
import { encryption, lifecycle } from "../validation/aws/bucket";
import { anyText, flag, listOf, mapOf, needed, number, object, text } from "../validation/shape";

/** The kind of every argument of `AwsSecureStorageConnector`. */
export const AwsConnectorShape = object<AwsSecureStorageConnectorArgs>("AwsSecureStorageConnectorArgs", {
    principalArns: needed(
        listOf(text),
        "the ARNs of the principals of the W&B instance; they decide who reads your data",
    ),
    hosts: needed(listOf(text), "the host names under which people open W&B, for example [wandb.example.com]"),
    bucketName: text,
    prefix: text,
    encryption,
    kmsKey: object<AwsKmsKeyArgs>("AwsKmsKeyArgs", {
        arn: text,
        alias: text,
        administratorArns: listOf(text),
        rotationDays: number,
        deletionWindowDays: number,
    }),
    versioning: flag,
    lifecycle,
    deletionProtection: flag,
    retainData: flag,
    tags: mapOf(anyText),
});
