import type { WandbDeploymentArgs } from "../../sdk/args";
import { deployedAlone } from "./aws-recording";
import { startOnGcp } from "./gcp-graph";
import type { RegisteredResource } from "./graph";

/** What a deployment called `demo` registers on Google Cloud. */
export async function recordedOnGcp(args: WandbDeploymentArgs): Promise<readonly RegisteredResource[]> {
    const graph = await startOnGcp();
    await deployedAlone(args);
    return graph.resources;
}
