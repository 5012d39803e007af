import * as pulumi from "@pulumi/pulumi";
import type { BucketFacts, CacheFacts, ClusterFacts, DatabaseFacts, Infrastructure } from "../contract/infrastructure";
import { createProvider } from "../kubernetes/provider";
import { clusterAccess } from "../readiness/cluster-access";
import type { ExistingArgs } from "./args";

/** The parts that are not found in the cluster. */
export interface ExternalStores {
    readonly database?: DatabaseFacts;
    readonly cache?: CacheFacts;
    readonly bucket: BucketFacts;
}

/**
 * Bring your own: the cluster is there, the stores are named by the caller.
 *
 * @param callersProvider the Kubernetes provider of `opts.providers`; without one it is made from the kubeconfig.
 */
export function existingInfrastructure(
    name: string,
    parent: pulumi.Resource,
    args: ExistingArgs,
    stores: ExternalStores,
    callersProvider?: pulumi.ProviderResource,
): Infrastructure {
    return {
        cloud: "existing",
        cluster: existingCluster(name, parent, args, callersProvider),
        ...stores,
        ingress: {},
        identity: {},
        compute: [],
        ready: [],
    };
}

function existingCluster(
    name: string,
    parent: pulumi.Resource,
    args: ExistingArgs,
    callersProvider?: pulumi.ProviderResource,
): ClusterFacts {
    const { context } = args;
    const common = { name: pulumi.output(args.clusterName ?? context ?? "existing"), context };
    if (args.kubeconfig === undefined) {
        if (callersProvider === undefined) {
            throw new Error("existing: validation must have found that neither kubeconfig nor provider is given");
        }
        return { ...common, provider: callersProvider };
    }
    const kubeconfig = pulumi.secret(args.kubeconfig);
    return {
        ...common,
        kubeconfig,
        access: clusterAccess(kubeconfig, context),
        provider: callersProvider ?? createProvider(name, { kubeconfig, context }, { parent }),
    };
}
