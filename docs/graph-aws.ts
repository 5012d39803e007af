/** Draws docs/graph-aws.svg from the graph that the component really registers on AWS. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RegisteredResource } from "../tests/support/graph";
import { drawParts, typeOf } from "./graph-parts";

/** The committed picture. */
export const AwsGraphFile = join(__dirname, "graph-aws.svg");

/** The picture as SVG. */
export function drawAwsGraph(resources: readonly RegisteredResource[]): string {
    return drawParts(resources, {
        title: "What the least WandbDeployment makes on AWS, part by part, from left to right",
        partOf,
    });
}

/** Writes the picture of these resources. */
export function writeAwsGraph(resources: readonly RegisteredResource[]): void {
    writeFileSync(AwsGraphFile, drawAwsGraph(resources));
}

/** The component it belongs to, cut where some of its resources wait for much more than others. */
function partOf({ type, name, parent }: RegisteredResource, waitsFor: (type: string) => boolean): string {
    const component = /^wandb:aws:(\w+)$/.exec(typeOf(parent))?.[1];
    if (component === undefined) {
        return "Weights & Biases";
    }
    if (type.endsWith("IngressRule")) {
        return "Access to the stores";
    }
    if (component !== "Cluster") {
        return component;
    }
    if (waitsFor("aws:eks/nodeGroup:NodeGroup")) {
        return "Add-ons and controllers";
    }
    return /^aws:(eks\/nodeGroup|ec2\/launchTemplate)/.test(type) || name.includes("-node-role")
        ? "Nodes"
        : "Control plane";
}
