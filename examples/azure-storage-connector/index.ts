import * as pulumi from "@pulumi/pulumi";
import { AzureBucketAccess, AzureSecureStorageConnector } from "pulumi-wandb";

const config = new pulumi.Config();
const byKey = config.getBoolean("byKey") === true;

const connector = new AzureSecureStorageConnector("wandb-files", {
    // How W&B signs in: its pods act as a managed identity of yours, or use the account's key.
    access: byKey ? AzureBucketAccess.Key : AzureBucketAccess.Identity,
    // Whose pods: the issuer of the tokens of the W&B instance's cluster.
    oidcIssuerUrl: byKey ? undefined : config.require("oidcIssuerUrl"),
    namespace: byKey ? undefined : config.get("namespace"),
    // Whose pages may read and write by signed URLs.
    hosts: config.requireObject<string[]>("hosts"),
    accountName: config.get("accountName"),
    containerName: config.get("containerName"),
    allowedCidrs: config.getObject<string[]>("allowedCidrs"),
    lifecycle: { noncurrentVersionDays: config.getNumber("noncurrentVersionDays") },
    softDeleteDays: config.getNumber("softDeleteDays"),
    deletionProtection: config.getBoolean("deletionProtection"),
    tags: config.getObject<Record<string, string>>("tags"),
});

// What the W&B instance is told.
export const accountName = connector.accountName;
export const containerName = connector.containerName;
export const tenantId = connector.tenantId;
export const clientId = connector.clientId;
export const accessKey = connector.accessKey;
// What the owner of the data looks after.
export const keyUri = connector.keyUri;
