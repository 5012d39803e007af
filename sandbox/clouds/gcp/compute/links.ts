/** How things of Compute Engine name each other: by name, by id or by URL. */
import type { Row } from "../../inventory";
import type { InventoryView } from "../../model";
import { textOf, valuesAt, type PropertyValue } from "../../values";

const url = /^https:\/\/[a-z0-9.-]+\/compute\/[a-z0-9]+\//;

/** The id in a URL, or the text as it is. */
export function pathOf(link: PropertyValue | undefined): string {
    return textOf(link).replace(url, "").replace(/^\//, "");
}

export function selfLinkOf(id: string): string {
    return `https://www.googleapis.com/compute/v1/${id}`;
}

export function lastPart(link: PropertyValue | undefined): string {
    return textOf(link).split("/").at(-1) ?? "";
}

export function projectIn(id: string): string {
    return /^projects\/([^/]+)\//.exec(id)?.[1] ?? "";
}

export function regionIn(id: string): string {
    return /\/regions\/([^/]+)\//.exec(id)?.[1] ?? "";
}

/** The id that a name, an id or a URL means, as the provider completes names. */
export function completed(
    link: PropertyValue | undefined,
    collection: string,
    owner: { project: string; region?: string },
) {
    const path = pathOf(link);
    if (path.startsWith("projects/")) {
        return path;
    }
    const place = owner.region === undefined ? "global" : `regions/${owner.region}`;
    return `projects/${owner.project}/${place}/${collection}/${lastPart(path)}`;
}

/** A property by which a resource holds on to another. */
export interface Holder {
    readonly type: string;
    /** `[*]` for each element. */
    readonly path: string;
}

/** The first row that names the target by one of these properties. */
export function holderOf(target: Row, holders: readonly Holder[], inventory: InventoryView): Row | undefined {
    const address = textOf(target.outputs["address"]);
    const names = (value: PropertyValue): boolean => {
        const text = pathOf(value);
        const bare = !text.includes("/") && text === lastPart(target.id);
        return text === target.id || (address !== "" && text === address) || bare;
    };
    for (const { type, path } of holders) {
        const holder = inventory.find(type, (row) => row !== target && valuesAt(row.inputs, path).some(names));
        if (holder !== undefined) {
            return holder;
        }
    }
    return undefined;
}

/** What Google's errors call a row. */
export function calledBy({ id, inputs }: Row): string {
    // The provider's id of a NAT gateway is none of Google's, whose gateways are parts of routers.
    const nat = /^([^/]+)\/([^/]+)\/([^/]+)\/[^/]+$/.exec(id);
    return nat === null || inputs["router"] === undefined
        ? id
        : `projects/${nat[1]}/regions/${nat[2]}/routers/${nat[3]}`;
}
