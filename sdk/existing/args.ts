import type * as pulumi from "@pulumi/pulumi";

/** A Kubernetes cluster that is there already. */
export interface ExistingArgs {
    /**
     * Kubeconfig, the content (YAML or JSON), not a path. May be left out when `opts.providers` has a Kubernetes provider;
     * then `readiness.wait: false` must be said, because readiness is read with a kubeconfig. When both are given, the
     * provider makes the resources and the kubeconfig is used for the readiness wait.
     */
    kubeconfig?: pulumi.Input<string>;
    /** Context of the kubeconfig. Default: its current context. */
    context?: string;
    /**
     * Name of the cluster, for the output `clusterName`. Default: the context, else `existing`.
     */
    clusterName?: pulumi.Input<string>;
}
