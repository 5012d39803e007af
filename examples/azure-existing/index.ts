import * as pulumi from "@pulumi/pulumi";
import { type AddonChartsArgs, type OperatorArgs, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    azure: {
        resourceGroup: { existingName: config.require("resourceGroupName") },
        network: {
            existing: {
                vnetId: config.require("vnetId"),
                nodeSubnetId: config.require("nodeSubnetId"),
                endpointSubnetId: config.require("endpointSubnetId"),
                databaseSubnetId: config.require("databaseSubnetId"),
            },
        },
        cluster: {
            existing: {
                name: config.require("clusterName"),
                resourceGroupName: config.require("clusterResourceGroupName"),
            },
        },
        dns: { zoneId: config.require("zoneId") },
        // The one that the cluster's ingress controller fills.
        loadBalancer: { gateway: { existingId: config.require("gatewayId") } },
    },
    deletionProtection: config.getBoolean("deletionProtection"),
    operator: config.getObject<OperatorArgs>("operator"),
    charts: config.getObject<AddonChartsArgs>("charts"),
});

export const url = wandb.url;
export const address = wandb.address;
// The managed identity of W&B's pods.
export const appClientId = wandb.azure?.appClientId;
