import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { BucketProvider, type OperatorArgs, WandbDeployment } from "pulumi-wandb";

const config = new pulumi.Config();

// A provider of your own. Its kubeconfig is the one of kubectl: KUBECONFIG, else ~/.kube/config.
const cluster = new Provider("cluster", { context: config.get("context"), upsertExistingObjects: true });

const wandb = new WandbDeployment(
    "wandb",
    {
        existing: { clusterName: config.get("context") },
        host: config.require("host"),
        license: config.requireSecret("license"),
        // The GitOps tool applies the output `manifest`, so `up` does not wait for W&B.
        createCustomResource: false,
        // ArgoCD has installed the operator. With { install: true } it comes from here.
        operator: config.getObject<OperatorArgs>("operator") ?? { install: false, namespace: "wandb-cr" },
        // Pinned: what runs is what is in Git, not what the release channel offers.
        chart: { repository: config.get("chartRepository") ?? "https://charts.wandb.ai", version: "0.43.8" },
        images: { tag: config.require("imageTag") },
        database: {
            host: config.require("databaseHost"),
            // A Secret that another tool has put there: its name stays the same when its value changes.
            passwordSecret: { name: "wandb-mysql-credentials", key: "password" },
        },
        redis: {
            host: config.require("redisHost"),
            passwordSecret: { name: "wandb-redis-credentials", key: "password" },
            tls: true,
        },
        bucket: {
            provider: BucketProvider.S3,
            name: config.require("bucketName"),
            region: config.require("bucketRegion"),
        },
        serviceAccounts: [
            {
                name: "wandb-app",
                components: ["app", "api", "parquet", "weave"],
                annotations: { "eks.amazonaws.com/role-arn": config.require("roleArn") },
            },
        ],
        ingress: { className: "nginx", tls: { secretName: "wandb-tls" } },
    },
    { providers: [cluster] },
);

export const manifest = wandb.manifest;
export const namespace = wandb.namespace;
