import * as pulumi from "@pulumi/pulumi";
import { GcpGoogleApisMode, GcpLoadBalancerScheme, type OperatorArgs, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    // No public endpoint of the API server: run this program inside the network.
    access: { private: true },
    gcp: {
        network: { googleApis: GcpGoogleApisMode.Restricted },
        dns: {
            managedZone: config.require("privateManagedZone"),
            privateZone: true,
            certificateNames: [config.require("certificateName")],
        },
        loadBalancer: { scheme: GcpLoadBalancerScheme.Internal },
        privateServiceConnect: {
            consumers: config.requireObject<string[]>("consumerProjects").map((project) => ({ project })),
        },
    },
    deletionProtection: config.getBoolean("deletionProtection"),
    operator: config.getObject<OperatorArgs>("operator"),
});

export const url = wandb.url;
export const kubeconfig = wandb.kubeconfig;
// What the other projects ask for when they make their endpoint.
export const serviceAttachmentId = wandb.gcp?.serviceAttachmentId;
