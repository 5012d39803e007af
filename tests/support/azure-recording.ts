import type { WandbDeploymentArgs } from "../../sdk/args";
import { deployedAlone } from "./aws-recording";
import { startOnAzure } from "./azure-graph";
import type { RegisteredResource } from "./graph";

/** What a deployment called `demo` registers on Azure. */
export async function recordedOnAzure(args: WandbDeploymentArgs): Promise<readonly RegisteredResource[]> {
    const graph = await startOnAzure();
    await deployedAlone(args);
    return graph.resources;
}
