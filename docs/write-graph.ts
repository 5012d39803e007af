/** `npm run docs:graph`: registers the component of the component test against mocks and draws what it registered. */
import { WandbDeployment } from "../sdk/deployment";
import { canaryArguments } from "../tests/support/canary";
import { GraphRecorder } from "../tests/support/graph";
import { deadKubeconfig } from "../tests/support/kubeconfig";
import { GraphFile, writeGraph } from "./graph";

async function main(): Promise<void> {
    const graph = await GraphRecorder.start();
    const deployment = new WandbDeployment("demo", canaryArguments(deadKubeconfig()));
    deployment.namespace.apply(() => {
        // Children register before the component's outputs resolve.
        writeGraph(graph.resources);
        console.log(`wrote ${GraphFile}`);
    });
}

void main();
