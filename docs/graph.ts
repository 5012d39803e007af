/**
 * Draws docs/graph.svg from the graph that the component really registers, so that the picture cannot go stale.
 *
 * `npm run docs:graph` writes it; a component test compares.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RegisteredResource } from "../tests/support/graph";

/** The committed picture. */
export const GraphFile = join(__dirname, "graph.svg");

const box = { width: 250, height: 46, gapX: 60, gapY: 14, margin: 24 };

interface Node {
    readonly name: string;
    readonly kind: string;
    readonly after: readonly string[];
}

interface Placed extends Node {
    readonly x: number;
    readonly y: number;
}

/** The picture as SVG: resources from left to right in the order of their creation, arrows to what each waits for. */
export function drawGraph(resources: readonly RegisteredResource[]): string {
    const nodes = place(
        resources.filter(({ type }) => !type.startsWith("wandb:") && type !== "pulumi:pulumi:Stack").map(toNode),
    );
    const byName = new Map(nodes.map((node) => [node.name, node]));
    const width = Math.max(...nodes.map(({ x }) => x)) + box.width + box.margin;
    const height = Math.max(...nodes.map(({ y }) => y)) + box.height + box.margin;
    const arrows = nodes.flatMap((node) => direct(node, byName).map((target) => arrow(target, node)));
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif">`,
        `<title>What WandbDeployment creates on an existing cluster, from left to right</title>`,
        `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
        ...arrows,
        ...nodes.map(boxOf),
        "</svg>",
        "",
    ].join("\n");
}

function toNode({ name, type, dependencies }: RegisteredResource): Node {
    const kind = type.startsWith("pulumi:providers:") ? "Kubernetes provider" : (type.split(":").at(-1) ?? type);
    return { name, kind, after: dependencies.map((urn) => urn.split("::")[3] ?? "") };
}

/** A column per step: a node stands one to the right of the last thing that it waits for. */
function place(nodes: readonly Node[]): Placed[] {
    const byName = new Map(nodes.map((node) => [node.name, node]));
    const depths = new Map<string, number>();
    const depthOf = (name: string): number => {
        const known = depths.get(name);
        if (known !== undefined) {
            return known;
        }
        const after = byName.get(name)?.after.filter((other) => byName.has(other)) ?? [];
        const depth = Math.max(-1, ...after.map(depthOf)) + 1;
        depths.set(name, depth);
        return depth;
    };
    const rows = new Map<number, number>();
    return [...nodes]
        .sort((a, b) => a.name.localeCompare(b.name, "en"))
        .map((node) => {
            const column = depthOf(node.name);
            const row = rows.get(column) ?? 0;
            rows.set(column, row + 1);
            return {
                ...node,
                x: box.margin + column * (box.width + box.gapX),
                y: box.margin + row * (box.height + box.gapY),
            };
        });
}

/** Only what no other dependency already waits for: the rest would be noise. */
function direct(node: Placed, byName: ReadonlyMap<string, Placed>): Placed[] {
    const reachable = (from: string): Set<string> => {
        const found = new Set<string>();
        for (let open = [...(byName.get(from)?.after ?? [])]; open.length > 0;) {
            const name = open.pop() ?? "";
            if (!found.has(name)) {
                found.add(name);
                open = [...open, ...(byName.get(name)?.after ?? [])];
            }
        }
        return found;
    };
    const indirect = new Set(node.after.flatMap((name) => [...reachable(name)]));
    return [...new Set(node.after)]
        .filter((name) => !indirect.has(name))
        .map((name) => byName.get(name))
        .filter((target) => target !== undefined)
        .sort((a, b) => a.y - b.y);
}

function arrow(from: Placed, to: Placed): string {
    const [x1, y1] = [from.x + box.width, from.y + box.height / 2];
    const [x2, y2] = [to.x, to.y + box.height / 2];
    const middle = (x1 + x2) / 2;
    return `<path d="M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}" fill="none" stroke="#8a8f98" stroke-width="1.2"/>`;
}

function boxOf({ x, y, name, kind }: Placed): string {
    const centre = x + box.width / 2;
    return [
        `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6" fill="#fff7e0" stroke="#d9a400"/>`,
        `<text x="${centre}" y="${y + 19}" font-size="13" text-anchor="middle">${name}</text>`,
        `<text x="${centre}" y="${y + 36}" font-size="11" text-anchor="middle" fill="#5b616a">${kind}</text>`,
    ].join("");
}

/** Writes the picture of these resources. */
export function writeGraph(resources: readonly RegisteredResource[]): void {
    writeFileSync(GraphFile, drawGraph(resources));
}
