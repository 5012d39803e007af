/// <reference lib="es2022" />
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
import { WandbDeployment } from "./deployment";

// The entry for other languages: serves the component as Pulumi package `wandb`.
void componentProviderHost({ name: "wandb", dirname: __dirname, components: [WandbDeployment] });
