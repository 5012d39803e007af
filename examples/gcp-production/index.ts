import * as pulumi from "@pulumi/pulumi";
import {
    GcpCacheSnapshotPeriod,
    GcpDatabaseEdition,
    GcpReleaseChannel,
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
    gcp: {
        // Static addresses, so that others can put them on lists.
        network: { cidr: "10.64.0.0/12", natAddressCount: 2, flowLogs: {} },
        cluster: { releaseChannel: GcpReleaseChannel.Stable },
        database: { edition: GcpDatabaseEdition.EnterprisePlus, backupRetentionDays: 30 },
        cache: { snapshotPeriod: GcpCacheSnapshotPeriod.SixHours },
        bucket: { lifecycle: { noncurrentVersionDays: 90 } },
        dns: { managedZone: config.require("managedZone") },
        loadBalancer: {
            inboundCidrs: config.requireObject<string[]>("inboundCidrs"),
            armor: { rateLimit: { requests: 3000 } },
        },
        monitoring: { stackdriverExporter: true },
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
});

export const url = wandb.url;
export const kubeconfig = wandb.kubeconfig;
export const databaseHost = wandb.databaseHost;
export const bucketName = wandb.bucketName;
export const appServiceAccountEmail = wandb.gcp?.appServiceAccountEmail;
