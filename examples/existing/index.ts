import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { BucketProvider, type OperatorArgs, Size, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();
const kubeconfigFile = config.get("kubeconfigFile") ?? process.env.KUBECONFIG ?? join(homedir(), ".kube", "config");

const wandb = new WandbDeployment("wandb", {
    existing: { kubeconfig: readFileSync(kubeconfigFile, "utf8"), context: config.get("context") },
    host: config.require("host"),
    license: config.requireSecret("license"),
    size: Size.Medium,
    deletionProtection: config.getBoolean("deletionProtection") ?? true,
    operator: config.getObject<OperatorArgs>("operator"),
    database: {
        host: config.require("databaseHost"),
        password: config.requireSecret("databasePassword"),
        caCertificate: config.get("databaseCaCertificate"),
    },
    redis: {
        host: config.require("redisHost"),
        password: config.requireSecret("redisPassword"),
        tls: true,
    },
    bucket: {
        provider: BucketProvider.S3,
        name: config.require("bucketName"),
        region: config.require("bucketRegion"),
        accessKey: config.requireSecret("bucketAccessKey"),
        secretKey: config.requireSecret("bucketSecretKey"),
    },
    ingress: {
        className: "nginx",
        annotations: { "cert-manager.io/cluster-issuer": config.require("clusterIssuer") },
        tls: { secretName: "wandb-tls" },
    },
    oidc: { clientId: config.require("oidcClientId"), issuer: config.require("oidcIssuer") },
    smtp: {
        host: config.require("smtpHost"),
        username: config.require("smtpUsername"),
        password: config.requireSecret("smtpPassword"),
    },
    readiness: { timeout: "30m" },
});

export const url = wandb.url;
export const consoleUrl = wandb.consoleUrl;
export const consolePasswordCommand = wandb.consolePasswordCommand;
export const address = wandb.address;
export const operatorVersion = wandb.operatorVersion;
export const chartVersion = wandb.chartVersion;
