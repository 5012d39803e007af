import * as pulumi from "@pulumi/pulumi";
import { type AddonChartsArgs, AwsLoadBalancerScheme, type OperatorArgs, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    // No public endpoint of the API server: run this program inside the network.
    access: { private: true },
    aws: {
        network: { interfaceEndpoints: ["ecr.api", "ecr.dkr", "sts", "logs", "ec2", "elasticloadbalancing"] },
        dns: {
            zoneId: config.require("privateZoneId"),
            privateZone: true,
            certificateArn: config.require("certificateArn"),
        },
        loadBalancer: { scheme: AwsLoadBalancerScheme.Internal },
        privateLink: { allowedAccountIds: config.requireObject<string[]>("consumerAccountIds") },
    },
    deletionProtection: config.getBoolean("deletionProtection"),
    operator: config.getObject<OperatorArgs>("operator"),
    charts: config.getObject<AddonChartsArgs>("charts"),
});

export const url = wandb.url;
export const kubeconfig = wandb.kubeconfig;
// What the other accounts ask for when they make their endpoint.
export const privateLinkServiceName = wandb.aws?.privateLinkServiceName;
export const privateLinkZones = wandb.aws?.privateLinkZones;
