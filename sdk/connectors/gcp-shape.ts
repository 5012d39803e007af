import { GcpBucketAccess, GcpBucketEncryption, type GcpBucketLifecycleArgs } from "../gcp/args/bucket";
import type { GcpKmsKeyArgs } from "../gcp/args/kms-key";
import type { GcpSecureStorageConnectorArgs } from "../gcp/args/storage-connector";
import { anyText, choice, flag, listOf, mapOf, needed, number, object, text } from "../validation/shape";

/** The kind of every argument of `GcpSecureStorageConnector`. */
export const GcpConnectorShape = object<GcpSecureStorageConnectorArgs>("GcpSecureStorageConnectorArgs", {
    serviceAccountEmails: needed(
        listOf(text),
        "the email addresses of the service accounts of the W&B instance; they decide who reads your data",
    ),
    hosts: needed(listOf(text), "the host names under which people open W&B, for example [wandb.example.com]"),
    access: choice(GcpBucketAccess, {
        "roles/storage.admin": "Use admin.",
        "roles/storage.objectUser": "Use objects.",
    }),
    project: text,
    location: text,
    bucketName: text,
    prefix: text,
    encryption: choice(GcpBucketEncryption, { cmek: "Use kms.", gmek: "Use google." }),
    kmsKey: object<GcpKmsKeyArgs>("GcpKmsKeyArgs", {
        id: text,
        keyRingName: text,
        keyName: text,
        rotationDays: number,
        deletionWindowDays: number,
        enableApi: flag,
    }),
    versioning: flag,
    lifecycle: object<GcpBucketLifecycleArgs>("GcpBucketLifecycleArgs", {
        noncurrentVersionDays: number,
        incompleteMultipartUploadDays: number,
    }),
    softDeleteDays: number,
    deletionProtection: flag,
    retainData: flag,
    labels: mapOf(anyText),
});
