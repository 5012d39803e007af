import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/kubernetes/provider";

/** What the Kubernetes provider needs to know. */
export interface KubernetesProviderArgs {
    readonly kubeconfig: pulumi.Input<string>;
    readonly context?: pulumi.Input<string>;
}

/** Never changed: whoever moves to another cluster makes another stack. */
const ClusterIdentifier = "pulumi-wandb";

/** Makes the one provider that every in-cluster resource of a deployment uses. */
export function createProvider(
    name: string,
    args: KubernetesProviderArgs,
    opts: pulumi.ResourceOptions,
): pulumi.ProviderResource {
    return new Provider(
        `${name}-kubernetes`,
        {
            kubeconfig: pulumi.secret(args.kubeconfig),
            context: args.context,
            // Without it another address or CA of the API server means another cluster: all would be made again, and what runs deleted.
            clusterIdentifier: ClusterIdentifier,
            enableServerSideApply: true,
            // The names of our fixed-name objects are ours; after a killed run they are there before the state knows them.
            upsertExistingObjects: true,
            // The offline charts keep their ConfigMap name: a replacement would leave the operator without them for a moment.
            enableConfigMapMutable: true,
        },
        opts,
    );
}
