/** Draws docs/graph-azure.svg from the graph that the component really registers on Azure. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RegisteredResource } from "../tests/support/graph";
import { drawParts, typeOf } from "./graph-parts";

/** The committed picture. */
export const AzureGraphFile = join(__dirname, "graph-azure.svg");

/** The picture as SVG. */
export function drawAzureGraph(resources: readonly RegisteredResource[]): string {
    return drawParts(resources, {
        title: "What the least WandbDeployment makes on Azure, part by part, from left to right",
        partOf,
    });
}

/** Writes the picture of these resources. */
export function writeAzureGraph(resources: readonly RegisteredResource[]): void {
    writeFileSync(AzureGraphFile, drawAzureGraph(resources));
}

/** What stands in no component of its own, or in one some of whose resources wait for much more than others. */
const Apart: readonly (readonly [type: RegExp, title: string])[] = [
    [/:ResourceGroup$/, "Resource group"],
    [/network:(PrivateEndpoint|PrivateDnsZoneGroup)$/, "Private endpoints"],
    [/containerservice:AgentPool$/, "Nodes"],
    [/cert-manager\.io\/v1:Issuer$/, "Weights & Biases"],
];

/** The component it belongs to, cut where some of its resources wait for much more than others. */
function partOf({ type, name, parent }: RegisteredResource): string {
    const apart = Apart.find(([pattern]) => pattern.test(type));
    if (apart !== undefined) {
        return apart[1];
    }
    const component = /^wandb:azure:(\w+)$/.exec(typeOf(parent))?.[1];
    if (component === undefined) {
        return deploymentPart(type, name);
    }
    if (component === "ControlPlaneIdentity") {
        return "Identity of the control plane";
    }
    if (component !== "Cluster") {
        return component;
    }
    return name.endsWith("-nodes-name") ? "Nodes" : "Control plane";
}

function deploymentPart(type: string, name: string): string {
    if (type.endsWith(":UserAssignedIdentity")) {
        return "Identity of the pods";
    }
    return name.includes("-gateway-controller-") ? "Rights of the controller" : "Weights & Biases";
}
