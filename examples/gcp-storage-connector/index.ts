import * as pulumi from "@pulumi/pulumi";
import { GcpSecureStorageConnector } from "pulumi-wandb";

const config = new pulumi.Config();

const connector = new GcpSecureStorageConnector("wandb-files", {
    // Who gets access: the service accounts of the W&B instance.
    serviceAccountEmails: config.requireObject<string[]>("serviceAccountEmails"),
    // Whose pages may read and write by signed URLs.
    hosts: config.requireObject<string[]>("hosts"),
    location: config.get("location"),
    bucketName: config.get("bucketName"),
    prefix: config.get("prefix"),
    lifecycle: { noncurrentVersionDays: config.getNumber("noncurrentVersionDays") },
    softDeleteDays: config.getNumber("softDeleteDays"),
    deletionProtection: config.getBoolean("deletionProtection"),
    labels: config.getObject<Record<string, string>>("labels"),
});

// What the W&B instance is told.
export const bucketName = connector.bucketName;
export const bucketUrl = connector.bucketUrl;
export const bucketLocation = connector.bucketLocation;
// What the owner of the data looks after.
export const kmsKeyId = connector.kmsKeyId;
