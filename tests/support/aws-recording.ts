import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { WandbDeployment } from "../../sdk/index";
import { startOnAws } from "./aws-graph";
import type { RegisteredResource } from "./graph";

/** What a deployment called `demo` registers on AWS. */
export async function recordedOnAws(args: WandbDeploymentArgs): Promise<readonly RegisteredResource[]> {
    const graph = await startOnAws();
    new WandbDeployment("demo", args);
    await pulumi.runtime.disconnect();
    return graph.resources;
}
