import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Finding } from "./rule";

export type Properties = PolicyConfigSchema["properties"];

/** One finding, or several, that somebody has decided to live with. */
export interface Silence {
    /** Name or URN of the resource; all when left out. */
    readonly resource?: string;
    /** Property of the resource, with all below it; all when left out. */
    readonly path?: string;
    /** Why. For the readers of the configuration. */
    readonly reason: string;
}

/** Configuration of a policy, as the engine hands it over: the schema has been checked and defaults are filled in. */
export interface Configuration {
    readonly silence?: readonly Silence[];
}

/** Parameters of every policy. */
export const Parameters: Properties = {
    silence: {
        type: "array",
        default: [],
        description: "Findings that are not reported, each with the reason.",
        items: {
            type: "object",
            required: ["reason"],
            additionalProperties: false,
            properties: {
                resource: {
                    type: "string",
                    minLength: 1,
                    description: "Name or URN of the resource; all when left out.",
                },
                path: {
                    type: "string",
                    minLength: 1,
                    description: "Property of the resource, with all below it; all when left out.",
                },
                reason: { type: "string", pattern: "\\S", description: "Why this is fine here." },
            },
        },
    },
};

/** Whether the configuration silences a finding. */
export function isSilenced({ resource, path }: Finding, { silence = [] }: Configuration): boolean {
    return silence.some(
        (one) =>
            (one.resource === undefined || one.resource === resource.name || one.resource === resource.urn) &&
            (one.path === undefined || isAtOrBelow(path, one.path)),
    );
}

function isAtOrBelow(path: string, parent: string): boolean {
    return path === parent || (path.startsWith(parent) && /^[.[]/.test(path.slice(parent.length)));
}
