import * as pulumi from "@pulumi/pulumi";
import { AwsSecureStorageConnector } from "pulumi-wandb";

const config = new pulumi.Config();

const connector = new AwsSecureStorageConnector("wandb-files", {
    // Who gets access: the principal of the W&B instance.
    principalArns: config.requireObject<string[]>("principalArns"),
    // Whose pages may read and write by presigned URLs.
    hosts: config.requireObject<string[]>("hosts"),
    bucketName: config.get("bucketName"),
    prefix: config.get("prefix"),
    kmsKey: { administratorArns: config.getObject<string[]>("administratorArns") },
    lifecycle: { noncurrentVersionDays: config.getNumber("noncurrentVersionDays") },
    deletionProtection: config.getBoolean("deletionProtection"),
    tags: config.getObject<Record<string, string>>("tags"),
});

// What the W&B instance is told.
export const bucketName = connector.bucketName;
export const bucketRegion = connector.bucketRegion;
export const kmsKeyArn = connector.kmsKeyArn;
// What the principal needs on its own side, when it is a role of another account.
export const principalPolicy = connector.principalPolicy;
