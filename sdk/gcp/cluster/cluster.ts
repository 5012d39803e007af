import type { Cluster as GkeCluster } from "@pulumi/gcp/container";
import * as pulumi from "@pulumi/pulumi";
import { createProvider } from "../../kubernetes/provider";
import { clusterAccess } from "../../readiness/cluster-access";
import type { GkeFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { createControlPlane } from "./control-plane";
import { useExistingCluster } from "./existing";
import type { ClusterInput } from "./input";
import { createKubeconfig } from "./kubeconfig";
import { createNodeAccount } from "./node-account";
import { createNodes } from "./nodes";
import { createStorageClass } from "./storage-class";

/** Makes the GKE cluster, or finds the one that is there. */
export function createCluster(scope: GcpDeploymentScope, input: ClusterInput): GkeFacts {
    const { existing } = input.cluster;
    return existing === undefined ? new Cluster(scope, input).facts : useExistingCluster(scope, input, existing);
}

/** A GKE cluster: control plane, node pools, their account, and the class of volumes. */
class Cluster extends pulumi.ComponentResource {
    readonly facts: GkeFacts;

    constructor(scope: GcpDeploymentScope, input: ClusterInput) {
        super("wandb:gcp:Cluster", `${scope.name}-cluster`, {}, { parent: scope.parent });
        this.facts = clusterFacts({ ...scope, parent: this }, input);
        this.registerOutputs({ name: this.facts.name });
    }
}

function clusterFacts(scope: GcpDeploymentScope, input: ClusterInput): GkeFacts {
    const { cluster: args, access, network, key, size } = input;
    if (access === undefined) {
        throw new Error("validation must have found that access is missing");
    }
    const account = createNodeAccount(scope, input.apis, args.nodeAccount);
    const cluster = createControlPlane(scope, { ...input, access, nodeAccount: account.email });
    const nodes = createNodes(scope, { args, cluster, size, account, key, egress: network.egress });
    const described = describe(cluster);
    const dnsEndpoint = args.dnsEndpoint ? dnsEndpointOf(cluster) : undefined;
    const kubeconfig = createKubeconfig({ ...described, dnsEndpoint }, args.kubeconfig);
    const provider = createProvider(scope.name, { kubeconfig }, { parent: scope.parent });
    const storageClass = createStorageClass(scope, { provider, cluster, key, volumeType: args.volumeType });
    return {
        ...described,
        kubeconfig,
        provider,
        access: clusterAccess(kubeconfig),
        nodes,
        ready: [...account.ready, storageClass],
        nodeServiceAccountEmail: account.email,
    };
}

type Described = Omit<GkeFacts, "kubeconfig" | "provider" | "access" | "nodes" | "ready">;

/** What the cluster says of itself, never looked up by name: at a first preview there is none of that name. */
function describe(cluster: GkeCluster): Described {
    return {
        name: cluster.name,
        id: cluster.id,
        location: cluster.location,
        endpoint: pulumi.interpolate`https://${cluster.endpoint}`,
        // The key of a client beside it, of which there is none, makes a secret of both.
        certificateAuthority: pulumi.unsecret(cluster.masterAuth).clusterCaCertificate,
        // By the cluster, which brings the pool.
        workloadPool: pulumi.all([cluster.id, cluster.project]).apply(([, project]) => `${project}.svc.id.goog`),
        tokenIssuer: pulumi.interpolate`https://container.googleapis.com/v1/${cluster.id}`,
    };
}

function dnsEndpointOf(cluster: GkeCluster): pulumi.Output<string> {
    return cluster.controlPlaneEndpointsConfig.apply(({ dnsEndpointConfig: { endpoint } }) => endpoint ?? "");
}
