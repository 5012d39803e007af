import * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { WandbDeployment } from "../../sdk/index";
import { startOnAws } from "./aws-graph";
import type { RegisteredResource } from "./graph";

/** What a deployment called `demo` registers on AWS. */
export async function recordedOnAws(args: WandbDeploymentArgs): Promise<readonly RegisteredResource[]> {
    const graph = await startOnAws();
    await deployedAlone(args);
    return graph.resources;
}

/**
 * Registers a deployment called `demo` with the mocks that are installed. It reads no cluster: the kubeconfig runs `aws`, and whoever
 * runs this may have one.
 */
export async function deployedAlone(args: WandbDeploymentArgs): Promise<WandbDeployment> {
    const { PATH } = process.env;
    const { stackTraceLimit } = Error;
    process.env.PATH = "";
    // Pulumi takes a trace for each of some ten thousand promises, which costs more than all the rest.
    Error.stackTraceLimit = 0;
    try {
        const deployment = new WandbDeployment("demo", args);
        await pulumi.runtime.disconnect();
        return deployment;
    } finally {
        process.env.PATH = PATH ?? "";
        Error.stackTraceLimit = stackTraceLimit;
    }
}
