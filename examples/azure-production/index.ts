import * as pulumi from "@pulumi/pulumi";
import {
    type AddonChartsArgs,
    AzureBucketRedundancy,
    AzureGatewaySku,
    type OperatorArgs,
    Size,
    WandbDeployment,
} from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    size: Size.Large,
    access: { cidrs: config.requireObject<string[]>("accessCidrs") },
    azure: {
        network: { cidr: "10.64.0.0/16" },
        database: { backupRetentionDays: 30 },
        bucket: { redundancy: AzureBucketRedundancy.Gzrs, lifecycle: { noncurrentVersionDays: 90 } },
        dns: { zoneId: config.require("zoneId"), acme: { email: config.require("acmeEmail") } },
        loadBalancer: {
            inboundCidrs: config.requireObject<string[]>("inboundCidrs"),
            gateway: { sku: AzureGatewaySku.Waf, maxCapacity: 10 },
        },
        monitoring: { azureMonitor: true },
    },
    oidc: { clientId: config.require("oidcClientId"), issuer: config.require("oidcIssuer") },
    smtp: {
        host: config.require("smtpHost"),
        username: config.require("smtpUsername"),
        password: config.requireSecret("smtpPassword"),
    },
    deletionProtection: config.getBoolean("deletionProtection"),
    tags: { team: "ml-platform" },
    operator: config.getObject<OperatorArgs>("operator"),
    charts: config.getObject<AddonChartsArgs>("charts"),
});

export const url = wandb.url;
export const kubeconfig = wandb.kubeconfig;
export const databaseHost = wandb.databaseHost;
export const bucketName = wandb.bucketName;
export const appClientId = wandb.azure?.appClientId;
