import { getCluster, type GetClusterResult } from "@pulumi/gcp/container";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { createProvider } from "../../kubernetes/provider";
import { clusterAccess } from "../../readiness/cluster-access";
import type { GcpExistingClusterArgs } from "../args/cluster";
import type { GkeFacts } from "../facts";
import { lookUp } from "../../look-up";
import { idOf } from "../network/links";
import type { GcpDeploymentScope } from "../scope";
import type { ClusterInput } from "./input";
import { createKubeconfig } from "./kubeconfig";

/** Finds a GKE cluster that is there. Nodes and storage classes are its owner's. */
export function useExistingCluster(
    scope: GcpDeploymentScope,
    input: ClusterInput,
    existing: GcpExistingClusterArgs,
): GkeFacts {
    return new ExistingCluster(scope, input, existing).facts;
}

/** A GKE cluster of somebody else. */
class ExistingCluster extends pulumi.ComponentResource {
    readonly facts: GkeFacts;

    constructor(scope: GcpDeploymentScope, input: ClusterInput, existing: GcpExistingClusterArgs) {
        super("wandb:gcp:ExistingCluster", `${scope.name}-cluster`, {}, { parent: scope.parent });
        this.facts = existingFacts({ ...scope, parent: this }, input, existing);
        this.registerOutputs({ name: this.facts.name });
    }
}

function existingFacts(scope: GcpDeploymentScope, input: ClusterInput, existing: GcpExistingClusterArgs): GkeFacts {
    const { parent } = scope;
    const location = pulumi.output(existing.location ?? scope.region);
    const id = pulumi.interpolate`projects/${existing.project ?? scope.project}/locations/${location}/clusters/${existing.name}`;
    const wanted =
        "the name of a cluster of that project, with `location` and `project` where they are not the deployment's";
    const asked = lookUp({ path: "gcp.cluster.existing.name", wanted, resource: parent }, id, (known) => {
        const [, project, , place, , name] = known.split("/");
        return getCluster({ name, location: place, project }, { parent });
    });
    const found = pulumi.all([asked, input.network.networkId]).apply(([cluster, networkId]) => {
        const problem = wrongCluster(cluster, networkId);
        if (problem !== undefined) {
            throw resourceError(problem, parent);
        }
        return cluster;
    });
    // It says which, so a pool of another name than the project's is taken too.
    const workloadPool = found.workloadIdentityConfigs.apply(([config]) => config.workloadPool);
    const address = {
        name: found.name,
        endpoint: pulumi.interpolate`https://${found.endpoint}`,
        certificateAuthority: pulumi.unsecret(found.masterAuths).apply(([auth]) => auth.clusterCaCertificate),
    };
    const kubeconfig =
        existing.kubeconfig === undefined
            ? createKubeconfig(address, input.cluster.kubeconfig)
            : pulumi.secret(existing.kubeconfig);
    return {
        ...address,
        id,
        location,
        workloadPool,
        tokenIssuer: pulumi.interpolate`https://container.googleapis.com/v1/${id}`,
        kubeconfig,
        provider: createProvider(scope.name, { kubeconfig }, { parent }),
        access: clusterAccess(kubeconfig),
        nodes: [],
        ready: [],
    };
}

type Checked = Pick<
    GetClusterResult,
    "name" | "network" | "enableAutopilot" | "workloadIdentityConfigs" | "ipAllocationPolicies"
>;

/** Why W&B would not run in the cluster. Pure. */
export function wrongCluster(cluster: Checked, networkId: string): string | undefined {
    const { name } = cluster;
    const path = "gcp.cluster.existing.name";
    if (cluster.workloadIdentityConfigs.every(({ workloadPool }) => !workloadPool)) {
        return `${path}: is a cluster without Workload Identity ("${name}" given), by which W&B's pods get their rights. Turn it on for the cluster and its node pools (\`gcloud container clusters update ${name} --workload-pool=<project>.svc.id.goog\`).`;
    }
    if (cluster.ipAllocationPolicies.every((policy) => !policy.clusterIpv4CidrBlock)) {
        return `${path}: is a cluster with pod addresses of routes ("${name}" given), which neither Cloud SQL and Memorystore nor the load balancer reach. Give one that is VPC-native.`;
    }
    return idOf(cluster.network) === idOf(networkId)
        ? undefined
        : `gcp.network.existing.networkId: is another network than that of the cluster ("${networkId}" given, ${name} is in ${cluster.network}), so its pods would not reach database and cache. Give ${cluster.network} and its subnet.`;
}
