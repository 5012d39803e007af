/** Edges that carry no data, and who demands them. What is listed nowhere only costs time. */

export interface Reason {
    /** Logical names without that of the deployment. */
    readonly resource: RegExp;
    readonly after: RegExp;
    readonly reason: string;
}

/** Those of every cloud. */
const common: readonly Reason[] = [
    { resource: /^operator$/, after: /^namespace$/, reason: "in isolation its Role is made there" },
    { resource: /^instance$/, after: /^operator$/, reason: "it brings the definition of the custom resource" },
];

/**
 * Who demands the edge; absent when nobody does.
 *
 * @param ofCloud reasons of the one cloud
 */
export function reasonOf(ofCloud: readonly Reason[], resource: string, after: string): string | undefined {
    return [...common, ...ofCloud].find((row) => row.resource.test(resource) && row.after.test(after))?.reason;
}
