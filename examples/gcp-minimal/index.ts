import * as pulumi from "@pulumi/pulumi";
import { type OperatorArgs, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    // From where you, and this program, reach the API server of the cluster.
    access: { cidrs: config.requireObject<string[]>("accessCidrs") },
    gcp: { dns: { managedZone: config.require("managedZone") } },
    deletionProtection: config.getBoolean("deletionProtection"),
    // A mirror of the chart.
    operator: config.getObject<OperatorArgs>("operator"),
});

export const url = wandb.url;
export const consolePasswordCommand = wandb.consolePasswordCommand;
export const kubeconfig = wandb.kubeconfig;
export const address = wandb.address;
