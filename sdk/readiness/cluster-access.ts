import * as pulumi from "@pulumi/pulumi";
import { type ClusterApi, createClusterApi } from "./cluster-api";

/**
 * The one client that everything of a deployment shares: connections stay open between the looks. A function, because Outputs take
 * objects apart. It throws an `ApiError` when the kubeconfig cannot be used, so that each look reports it in its own way.
 */
export type ClusterAccess = pulumi.Output<() => ClusterApi>;

/** Access to the cluster. Without a context: that of the kubeconfig. */
export function clusterAccess(kubeconfig: pulumi.Input<string>, context?: pulumi.Input<string>): ClusterAccess {
    return pulumi.all([kubeconfig, context]).apply(([kubeconfig, context]) => {
        try {
            const api = createClusterApi(kubeconfig, { context });
            return () => api;
        } catch (error) {
            return () => {
                throw error;
            };
        }
    });
}
