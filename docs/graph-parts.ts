/**
 * Draws a graph that the component really registers, part by part: so many resources are too many for a picture of each.
 *
 * `npm run docs:graph` writes the drawings; component tests compare.
 */
import type { RegisteredResource } from "../tests/support/graph";

const size = { width: 250, line: 15, head: 34, foot: 10, gapX: 60, gapY: 18, margin: 24 };

interface Part {
    readonly title: string;
    /** Kinds with their number. */
    readonly lines: readonly string[];
    readonly after: readonly string[];
}

interface Placed extends Part {
    readonly x: number;
    readonly y: number;
    readonly height: number;
}

/** What a drawing is of. */
export interface Picture {
    /** What somebody reads who cannot see it. */
    readonly title: string;
    /**
     * Names the part to which a resource belongs. No part may wait for another one that waits for it.
     *
     * @param waitsFor whether the resource waits, over however many others, for one of this type
     */
    readonly partOf: (resource: RegisteredResource, waitsFor: (type: string) => boolean) => string;
}

/** Draws a box for each part with what is in it, parts from left to right in the order in which they can be made, as SVG. */
export function drawParts(resources: readonly RegisteredResource[], picture: Picture): string {
    const placed = place(parts(resources, picture));
    const byTitle = new Map(placed.map((part) => [part.title, part]));
    const width = Math.max(...placed.map(({ x }) => x)) + size.width + size.margin;
    const height = Math.max(...placed.map((part) => part.y + part.height)) + size.margin;
    const arrows = placed.flatMap((part) => part.after.flatMap((title) => arrow(byTitle.get(title), part)));
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif">`,
        `<title>${picture.title}</title>`,
        `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
        ...arrows,
        ...placed.map(boxOf),
        "</svg>",
        "",
    ].join("\n");
}

function parts(resources: readonly RegisteredResource[], { partOf }: Picture): Part[] {
    const made = resources.filter(({ type }) => !/^(wandb|pulumi):/.test(type));
    const after = new Map(made.map((resource) => [keyOf(resource.urn), resource.dependencies.map(keyOf)]));
    const titles = new Map(
        made.map((resource) => {
            const key = keyOf(resource.urn);
            const needed = [...reachable(key, (one) => after.get(one) ?? [])];
            return [key, partOf(resource, (type) => needed.some((one) => one.startsWith(`${type}::`)))];
        }),
    );
    const waits = new Map<string, Set<string>>();
    for (const [key, title] of titles) {
        const needed = (after.get(key) ?? []).flatMap((other) => titles.get(other) ?? []);
        waits.set(title, new Set([...(waits.get(title) ?? []), ...needed.filter((other) => other !== title)]));
    }
    return [...waits].map(([title, needed]) => ({
        title,
        lines: kinds(made.filter(({ urn }) => titles.get(keyOf(urn)) === title)),
        after: [...needed].filter((one) => ![...needed].some((other) => reaches(other, one, waits))),
    }));
}

function reachable(from: string, next: (one: string) => Iterable<string>): Set<string> {
    const found = new Set<string>();
    for (let open = [...next(from)]; open.length > 0;) {
        const one = open.pop() ?? "";
        if (!found.has(one)) {
            found.add(one);
            open = [...open, ...next(one)];
        }
    }
    return found;
}

function reaches(from: string, to: string, waits: ReadonlyMap<string, Iterable<string>>): boolean {
    return reachable(from, (one) => waits.get(one) ?? []).has(to);
}

function kinds(resources: readonly RegisteredResource[]): string[] {
    const counts = new Map<string, number>();
    for (const { type } of resources) {
        const kind = type.split(":").at(-1) ?? type;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`)).sort(byName);
}

function byName(one: string, other: string): number {
    const bare = (text: string) => text.replace(/^\d+ /, "");
    return bare(one).localeCompare(bare(other), "en");
}

function place(all: readonly Part[]): Placed[] {
    const byTitle = new Map(all.map((part) => [part.title, part]));
    const depthOf = (title: string): number =>
        Math.max(-1, ...(byTitle.get(title)?.after ?? []).map((other) => depthOf(other))) + 1;
    const bottoms = new Map<number, number>();
    return [...all]
        .sort((one, other) => one.title.localeCompare(other.title, "en"))
        .map((part) => {
            const column = depthOf(part.title);
            const y = bottoms.get(column) ?? size.margin;
            const height = size.head + part.lines.length * size.line + size.foot;
            bottoms.set(column, y + height + size.gapY);
            return { ...part, x: size.margin + column * (size.width + size.gapX), y, height };
        });
}

function arrow(from: Placed | undefined, to: Placed): string[] {
    if (from === undefined) {
        return [];
    }
    const [x1, y1] = [from.x + size.width, from.y + size.head / 2];
    const [x2, y2] = [to.x, to.y + size.head / 2];
    const middle = (x1 + x2) / 2;
    return [
        `<path d="M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}" fill="none" stroke="#8a8f98" stroke-width="1.2"/>`,
    ];
}

function boxOf({ x, y, height, title, lines }: Placed): string {
    const text = lines.map((line, index) => {
        const top = y + size.head + (index + 1) * size.line - 4;
        return `<text x="${x + 14}" y="${top}" font-size="11" fill="#5b616a">${line}</text>`;
    });
    return [
        `<rect x="${x}" y="${y}" width="${size.width}" height="${height}" rx="6" fill="#fff7e0" stroke="#d9a400"/>`,
        `<text x="${x + 14}" y="${y + 22}" font-size="14" font-weight="bold">${title.replaceAll("&", "&amp;")}</text>`,
        ...text,
    ].join("");
}

/** `urn:pulumi:stack::project::parent$type::name`, or without what stands in front -> `type::name` */
function keyOf(urn: string): string {
    const name = urn.split("::").at(-1) ?? "";
    return `${typeOf(urn)}::${name}`;
}

/** The type in a URN, without those of what stands in front. */
export function typeOf(urn: string): string {
    return urn.split("::").at(-2)?.split("$").at(-1) ?? "";
}
