import * as pulumi from "@pulumi/pulumi";
import { BucketProvider, type AddonChartsArgs, type OperatorArgs, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    aws: {
        network: {
            existing: {
                vpcId: config.require("vpcId"),
                privateSubnetIds: config.requireObject<string[]>("privateSubnetIds"),
                loadBalancerSubnetIds: config.requireObject<string[]>("loadBalancerSubnetIds"),
            },
        },
        key: { arn: config.require("keyArn") },
        // The account takes one OIDC provider for the cluster: that of its other roles, else one is made.
        cluster: { existing: { name: config.require("clusterName"), oidcProviderArn: config.get("oidcProviderArn") } },
        dns: { certificateArn: config.require("certificateArn") },
    },
    bucket: {
        provider: BucketProvider.S3,
        name: config.require("bucketName"),
        region: config.require("bucketRegion"),
        kmsKey: config.require("bucketKeyArn"),
    },
    deletionProtection: config.getBoolean("deletionProtection"),
    operator: config.getObject<OperatorArgs>("operator"),
    charts: config.getObject<AddonChartsArgs>("charts"),
});

export const url = wandb.url;
// What DNS must point to.
export const address = wandb.address;
// What the owner of the bucket must add to the policies of bucket and key.
export const bucketOwnerPolicy = wandb.aws?.bucketOwnerPolicy;
export const bucketKeyPolicyStatements = wandb.aws?.bucketKeyPolicyStatements;
