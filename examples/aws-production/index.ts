import * as pulumi from "@pulumi/pulumi";
import { type AddonChartsArgs, type OperatorArgs, Size, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    size: Size.Large,
    access: { cidrs: config.requireObject<string[]>("accessCidrs") },
    aws: {
        network: { cidr: "10.42.0.0/16", flowLogs: { trafficType: "REJECT", retentionDays: 90 } },
        key: { administratorArns: config.requireObject<string[]>("keyAdministratorArns") },
        cluster: {
            accessEntries: {
                platform: {
                    principalArn: config.require("platformRoleArn"),
                    policies: ["AmazonEKSClusterAdminPolicy"],
                },
            },
        },
        database: { readers: 2, backupRetentionDays: 35, monitoringIntervalSeconds: 60 },
        cache: { replicas: 2, snapshotRetentionDays: 7 },
        bucket: { lifecycle: { noncurrentVersionDays: 90 } },
        dns: { zoneId: config.require("zoneId") },
        loadBalancer: {
            inboundCidrs: config.requireObject<string[]>("inboundCidrs"),
            webAclArn: config.get("webAclArn"),
            idleTimeoutSeconds: 300,
        },
        monitoring: { cloudWatchExporter: true },
    },
    oidc: { clientId: config.require("oidcClientId"), issuer: config.require("oidcIssuer") },
    smtp: {
        host: config.require("smtpHost"),
        username: config.require("smtpUsername"),
        password: config.requireSecret("smtpPassword"),
    },
    deletionProtection: config.getBoolean("deletionProtection"),
    tags: { team: "ml-platform", environment: pulumi.getStack() },
    operator: config.getObject<OperatorArgs>("operator"),
    charts: config.getObject<AddonChartsArgs>("charts"),
});

export const url = wandb.url;
export const kubeconfig = wandb.kubeconfig;
export const databaseHost = wandb.databaseHost;
export const bucketName = wandb.bucketName;
export const appRoleArn = wandb.aws?.appRoleArn;
