import * as pulumi from "@pulumi/pulumi";
import type { ClusterFacts } from "../contract/infrastructure";
import { type ClusterApi, createClusterApi } from "./cluster-api";

/**
 * The one client that everything of a deployment shares: connections stay open between the looks. A function, because Outputs take
 * objects apart. It throws an `ApiError` when the kubeconfig cannot be used, so that each look reports it in its own way.
 */
export type ClusterAccess = pulumi.Output<() => ClusterApi>;

/** Access to the cluster; undefined when only a provider object was given. */
export function clusterAccess(cluster: ClusterFacts): ClusterAccess | undefined {
    if (cluster.kubeconfig === undefined) {
        return undefined;
    }
    return pulumi.all([cluster.kubeconfig, cluster.context]).apply(async ([kubeconfig, context]) => {
        try {
            const api = await createClusterApi(kubeconfig, { context });
            return () => api;
        } catch (error) {
            return () => {
                throw error;
            };
        }
    });
}
