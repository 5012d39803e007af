/// <reference lib="es2022" />
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
import { AwsSecureStorageConnector } from "./connectors/aws";
import { WandbDeployment } from "./deployment";

// The entry for other languages: serves the components as Pulumi package `wandb`.
void componentProviderHost({
    name: "wandb",
    dirname: __dirname,
    components: [WandbDeployment, AwsSecureStorageConnector],
});
