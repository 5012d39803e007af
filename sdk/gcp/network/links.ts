/** Ids of things of Compute Engine, as they are or within URLs. Pure. */

/** Beginning of a URL of Compute Engine, of whatever version and domain. */
const Url = /^https:\/\/[a-z0-9.-]+\/compute\/[a-z0-9]+\//;

/** The id that an id or a URL means: `projects/...`. */
export function idOf(link: string): string {
    return link.replace(Url, "");
}

/** A network by its parts. */
export interface NetworkPath {
    readonly project: string;
    readonly name: string;
}

/** undefined: it is no id of a network. */
export function networkPath(link: string): NetworkPath | undefined {
    const parts = /^projects\/([^/]+)\/global\/networks\/([^/]+)$/.exec(idOf(link));
    return parts === null ? undefined : { project: parts[1], name: parts[2] };
}

/** A thing in a region by its parts. */
export interface RegionalPath extends NetworkPath {
    readonly region: string;
}

/** undefined: it is no id of such a thing. */
export function regionalPath(link: string, collection: "subnetworks" | "addresses"): RegionalPath | undefined {
    const parts = /^projects\/([^/]+)\/regions\/([^/]+)\/([a-z]+)\/([^/]+)$/.exec(idOf(link));
    return parts?.[3] === collection ? { project: parts[1], region: parts[2], name: parts[4] } : undefined;
}
