/** `npm run docs:graph`: registers the component of the component tests against mocks and draws what it registered. */
import * as pulumi from "@pulumi/pulumi";
import { WandbDeployment } from "../sdk/deployment";
import { AwsDeployments } from "../tests/support/aws-args";
import { recordedOnAws } from "../tests/support/aws-recording";
import { AzureDeployments } from "../tests/support/azure-args";
import { recordedOnAzure } from "../tests/support/azure-recording";
import { canaryArguments } from "../tests/support/canary";
import { GcpDeployments } from "../tests/support/gcp-args";
import { recordedOnGcp } from "../tests/support/gcp-recording";
import { GraphRecorder } from "../tests/support/graph";
import { deadKubeconfig } from "../tests/support/kubeconfig";
import { GraphFile, writeGraph } from "./graph";
import { AwsGraphFile, writeAwsGraph } from "./graph-aws";
import { AzureGraphFile, writeAzureGraph } from "./graph-azure";
import { GcpGraphFile, writeGcpGraph } from "./graph-gcp";

async function main(): Promise<void> {
    const graph = await GraphRecorder.start();
    new WandbDeployment("demo", canaryArguments(deadKubeconfig()));
    await pulumi.runtime.disconnect();
    writeGraph(graph.resources);
    console.log(`wrote ${GraphFile}`);
    writeAwsGraph(await recordedOnAws(AwsDeployments.minimal));
    console.log(`wrote ${AwsGraphFile}`);
    writeGcpGraph(await recordedOnGcp(GcpDeployments.minimal));
    console.log(`wrote ${GcpGraphFile}`);
    writeAzureGraph(await recordedOnAzure(AzureDeployments.minimal));
    console.log(`wrote ${AzureGraphFile}`);
}

void main();
