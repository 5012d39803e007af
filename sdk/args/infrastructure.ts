import type * as pulumi from "@pulumi/pulumi";

/** Who may reach the API server of a cluster that is made: exactly one of the two. */
export interface AccessArgs {
    /** IPv4 ranges from which the public endpoint answers. The machine that runs Pulumi must be in one of them, or in the network. */
    cidrs?: string[];
    /**
     * No public endpoint: only who is in the network reaches it, and `pulumi up` must run there.
     * @default false
     */
    private?: boolean;
}

/** Where the chart of an add-on comes from. */
export interface AddonChartArgs {
    /** URL of the Helm repository, or `oci://` with the path of the chart. Default: the vendor's. */
    repository?: pulumi.Input<string>;
    /** Version of the chart. Default: pinned by this package. */
    version?: string;
    /** Free values of the chart, merged last. */
    values?: Record<string, any>;
}

/** Charts of the add-ons that are installed beside W&B: mirrors and versions. */
export interface AddonChartsArgs {
    /** `aws-load-balancer-controller` (AWS). */
    awsLoadBalancerController?: AddonChartArgs;
    /** `cluster-autoscaler` (AWS). */
    clusterAutoscaler?: AddonChartArgs;
    /** `external-dns` (AWS, on request). */
    externalDns?: AddonChartArgs;
    /** `cert-manager` (Azure, where certificates are issued by ACME). */
    certManager?: AddonChartArgs;
}
