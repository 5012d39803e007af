/** Draws docs/graph-gcp.svg from the graph that the component really registers on Google Cloud. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RegisteredResource } from "../tests/support/graph";
import { drawParts, typeOf } from "./graph-parts";

/** The committed picture. */
export const GcpGraphFile = join(__dirname, "graph-gcp.svg");

/** The picture as SVG. */
export function drawGcpGraph(resources: readonly RegisteredResource[]): string {
    return drawParts(resources, {
        title: "What the least WandbDeployment makes on Google Cloud, part by part, from left to right",
        partOf,
    });
}

/** Writes the picture of these resources. */
export function writeGcpGraph(resources: readonly RegisteredResource[]): void {
    writeFileSync(GcpGraphFile, drawGcpGraph(resources));
}

/** The component it belongs to, cut where some of its resources wait for much more than others. */
function partOf({ type, name, parent }: RegisteredResource): string {
    const component = /^wandb:gcp:(\w+)$/.exec(typeOf(parent))?.[1];
    if (component === undefined) {
        return type === "gcp:projects/service:Service" ? "APIs" : "Weights & Biases";
    }
    if (component !== "Cluster") {
        return component;
    }
    // The account comes before the control plane, whose first node has it; the nodes come after.
    if (name.includes("-nodes-account")) {
        return "Account of the nodes";
    }
    return type === "gcp:container/nodePool:NodePool" || name.endsWith("-nodes-name") ? "Nodes" : "Control plane";
}
