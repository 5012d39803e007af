/// <reference lib="es2022" />
import { existsSync } from "node:fs";
import { join } from "node:path";
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
import type * as awsConnector from "./connectors/aws";
import type * as azureConnector from "./connectors/azure";
import type * as gcpConnector from "./connectors/gcp";
import type * as deployment from "./deployment";

// What is compiled already, as in the npm package, is taken so: compiling a cloud's part at each start takes ten seconds and more.
const folder = existsSync(join(__dirname, "bin", "deployment.js")) ? "./bin" : ".";
/* eslint-disable @typescript-eslint/no-require-imports -- an import would compile the sources in any case */
const { WandbDeployment } = require(`${folder}/deployment`) as typeof deployment;
const { AwsSecureStorageConnector } = require(`${folder}/connectors/aws`) as typeof awsConnector;
const { AzureSecureStorageConnector } = require(`${folder}/connectors/azure`) as typeof azureConnector;
const { GcpSecureStorageConnector } = require(`${folder}/connectors/gcp`) as typeof gcpConnector;
/* eslint-enable @typescript-eslint/no-require-imports */

// The entry for other languages: serves the components as Pulumi package `wandb`.
void componentProviderHost({
    name: "wandb",
    dirname: __dirname,
    components: [WandbDeployment, AwsSecureStorageConnector, AzureSecureStorageConnector, GcpSecureStorageConnector],
});
