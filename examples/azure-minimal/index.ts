import * as pulumi from "@pulumi/pulumi";
import { type AddonChartsArgs, type OperatorArgs, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

const wandb = new WandbDeployment("wandb", {
    host: config.require("host"),
    license: config.requireSecret("license"),
    // From where you, and this program, reach the API server of the cluster.
    access: { cidrs: config.requireObject<string[]>("accessCidrs") },
    azure: { dns: { zoneId: config.require("zoneId") } },
    deletionProtection: config.getBoolean("deletionProtection"),
    // Mirrors of the charts.
    operator: config.getObject<OperatorArgs>("operator"),
    charts: config.getObject<AddonChartsArgs>("charts"),
});

export const url = wandb.url;
export const consolePasswordCommand = wandb.consolePasswordCommand;
export const kubeconfig = wandb.kubeconfig;
export const address = wandb.address;
