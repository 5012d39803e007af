import { given, quote } from "../wording";
import { wrongProject } from "./rules";

const Longest = 63;

/** Names of Compute Engine and Cloud DNS (RFC 1035): https://docs.cloud.google.com/compute/docs/naming-resources */
export function wrongComputeName(name: string, shortest = 1): string | undefined {
    if (name.length > Longest) {
        return `is too long (${name.length} characters in ${quote(name)}). Use at most ${Longest} characters.`;
    }
    return /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length >= shortest
        ? undefined
        : `is not a name that Google accepts ${given(name)}. Use ${shortest} to ${Longest} lower-case letters, digits and hyphens, with a letter first and no hyphen last.`;
}

/** Beginning of a URL of Compute Engine. */
const Url = /^https:\/\/[a-z0-9.-]+\/compute\/[a-z0-9]+\//;

/** Id or URL of a thing of Compute Engine by its parts; undefined when it is none of the form. */
export function computePath(link: string, form: string): ReadonlyMap<string, string> | undefined {
    const wanted = form.split("/");
    const parts = link.replace(Url, "").split("/");
    const fits =
        parts.length === wanted.length &&
        parts.every((part, at) => (wanted[at].startsWith("<") ? part !== "" : part === wanted[at])) &&
        wrongProject(parts[1] ?? "") === undefined;
    const named = parts.map((part, at) => [wanted[at], part] as const);
    return fits ? new Map(named.filter(([key]) => key.startsWith("<"))) : undefined;
}

export const NetworkForm = "projects/<project>/global/networks/<name>";
export const SubnetForm = "projects/<project>/regions/<region>/subnetworks/<name>";
export const AddressForm = "projects/<project>/regions/<region>/addresses/<name>";

/**
 * What is wrong with an id of a thing of Compute Engine.
 *
 * @param region the deployment's, where it is known
 */
export function wrongComputeId(id: string, form: string, region?: string): string | undefined {
    const parts = computePath(id, form);
    if (parts === undefined) {
        return `is not of the form ${form} ${given(id)}. Give such an id, or its URL.`;
    }
    const own = parts.get("<region>");
    return own === undefined || region === undefined || own === region
        ? undefined
        : `is in ${own} ${given(id)}, but \`gcp.region\` is ${region}. Give one of that region.`;
}
