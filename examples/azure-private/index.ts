import * as pulumi from "@pulumi/pulumi";
import { AzureLoadBalancerScheme, type OperatorArgs, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    // No public address of the API server: run this program inside the network.
    access: { private: true },
    azure: {
        // Files are reached by private endpoints only, as W&B is.
        bucket: { allowedCidrs: [] },
        dns: { zoneId: config.require("privateZoneId"), privateZone: true },
        loadBalancer: { scheme: AzureLoadBalancerScheme.Internal },
        privateLink: { allowedSubscriptionIds: config.requireObject<string[]>("consumerSubscriptionIds") },
    },
    // No public authority sees a private zone: the certificate is yours.
    ingress: { tls: { secretName: config.require("certificateName") } },
    deletionProtection: config.getBoolean("deletionProtection"),
    operator: config.getObject<OperatorArgs>("operator"),
});

export const url = wandb.url;
export const kubeconfig = wandb.kubeconfig;
// What the other subscriptions ask for when they make their endpoints: of W&B, and of its files.
export const privateLinkResourceId = wandb.azure?.privateLinkResourceId;
export const privateLinkName = wandb.azure?.privateLinkName;
export const storageAccountId = wandb.azure?.storageAccountId;
