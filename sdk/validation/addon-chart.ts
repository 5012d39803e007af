import { ociReference, repositoryUrl } from "./chart";

/** Where the chart of an add-on comes from: a repository, or a chart in a registry. */
export function wrongSource(source: string): string | undefined {
    return source.toLowerCase().startsWith("oci://") ? ociReference(source) : repositoryUrl(source);
}
