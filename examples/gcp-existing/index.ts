import * as pulumi from "@pulumi/pulumi";
import { BucketProvider, type OperatorArgs, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    gcp: {
        network: {
            existing: {
                networkId: config.require("networkId"),
                subnetworkId: config.require("subnetworkId"),
                podRangeName: config.require("podRangeName"),
                serviceRangeName: config.require("serviceRangeName"),
            },
        },
        // Of database and cache. Without `grantAccess` its owner lets Google's services use it before.
        key: { id: config.require("keyId"), grantAccess: true },
        cluster: { existing: { name: config.require("clusterName") } },
        dns: { managedZone: config.require("managedZone") },
    },
    bucket: { provider: BucketProvider.Gcs, name: config.require("bucketName") },
    deletionProtection: config.getBoolean("deletionProtection"),
    operator: config.getObject<OperatorArgs>("operator"),
});

export const url = wandb.url;
export const address = wandb.address;
// The service account that is let in to the bucket.
export const appServiceAccountEmail = wandb.gcp?.appServiceAccountEmail;
