import * as pulumi from "@pulumi/pulumi";
import type { AddonChartArgs } from "../../args/infrastructure";

/** A chart, and where its vendor keeps it. */
export interface ChartSource {
    readonly chart: string;
    readonly repository: string;
    readonly version: string;
}

/** Runs cert-manager of the same version, which supports Kubernetes 1.33 to 1.36. https://cert-manager.io/docs/releases/ */
export const CertManagerChart: ChartSource = {
    chart: "cert-manager",
    repository: "https://charts.jetstack.io",
    version: "v1.21.2",
};

/** The chart as a Helm release names it: from its vendor's place, or another one. */
export function chartOf(
    source: ChartSource,
    { repository = source.repository, version = source.version }: AddonChartArgs,
) {
    const known = pulumi.output(repository);
    // A registry holds one chart under a name of its own, a repository many. Whether it is the one or the other may be known later only.
    const isRegistry = known.apply((address) => address.startsWith("oci://"));
    return {
        chart: pulumi.all([known, isRegistry]).apply(([address, oci]) => (oci ? address : source.chart)),
        repositoryOpts: pulumi.all([known, isRegistry]).apply(([address, oci]) => (oci ? {} : { repo: address })),
        version,
    };
}
