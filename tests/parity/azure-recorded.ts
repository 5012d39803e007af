import type { WandbDeploymentArgs } from "../../sdk/args";
import type { WandbDeployment } from "../../sdk/index";
import { deployedAlone } from "../support/aws-recording";
import { AzureDeployments } from "../support/azure-args";
import { startOnAzure } from "../support/azure-graph";
import type { Given, GraphRecorder } from "../support/graph";
import { type Change, changed } from "./row";

export interface Recorded {
    readonly graph: GraphRecorder;
    readonly deployment: WandbDeployment;
}

/**
 * Makes the deployment `demo` against mocks, of the least arguments and a change of them.
 *
 * @param made what Azure gives names to, for those who compare them
 */
export async function recorded(change: Change, made: Readonly<Record<string, Given>> = {}): Promise<Recorded> {
    const graph = await startOnAzure(made);
    const deployment = await deployedAlone(changed(AzureDeployments.minimal, change) as WandbDeploymentArgs);
    return { graph, deployment };
}
