import {
    getManagedCluster,
    type GetManagedClusterResult,
} from "@pulumi/azure-native/containerservice/getManagedCluster";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { createProvider } from "../../kubernetes/provider";
import { lookUp } from "../../look-up";
import { clusterAccess } from "../../readiness/cluster-access";
import type { AzureExistingClusterArgs } from "../args/cluster";
import type { AksFacts } from "../facts";
import type { AzureDeploymentScope } from "../scope";
import type { ClusterInput } from "./input";
import { createCredentials, givenCredentials } from "./kubeconfig";

/** Finds an AKS cluster that is there. Nodes, add-ons and storage classes are its owner's. */
export function useExistingCluster(
    scope: AzureDeploymentScope,
    input: ClusterInput,
    existing: AzureExistingClusterArgs,
): AksFacts {
    return new ExistingCluster(scope, input, existing).facts;
}

/** An AKS cluster of somebody else. */
class ExistingCluster extends pulumi.ComponentResource {
    readonly facts: AksFacts;

    constructor(scope: AzureDeploymentScope, input: ClusterInput, existing: AzureExistingClusterArgs) {
        super("wandb:azure:ExistingCluster", `${scope.name}-cluster`, {}, { parent: scope.parent });
        this.facts = existingFacts({ ...scope, parent: this }, input, existing);
        this.registerOutputs({ name: this.facts.name });
    }
}

function existingFacts(scope: AzureDeploymentScope, input: ClusterInput, existing: AzureExistingClusterArgs): AksFacts {
    const { parent } = scope;
    const group = existing.resourceGroupName ?? scope.resourceGroupName;
    const asked = lookUp(
        {
            path: "azure.cluster.existing.name",
            wanted: "the name of a cluster, with `resourceGroupName` where it is not the deployment's",
            resource: parent,
        },
        pulumi.interpolate`${group}/${existing.name}`,
        (known) => {
            const [resourceGroupName, resourceName] = known.split("/");
            return getManagedCluster({ resourceGroupName, resourceName }, { parent });
        },
    );
    const found = pulumi.all([asked, input.network.vnetId]).apply(([cluster, vnetId]) => {
        const problem = wrongCluster(cluster, vnetId);
        if (problem !== undefined) {
            throw resourceError(problem, parent);
        }
        return described(cluster);
    });
    const { kubeconfig, ...address } =
        existing.kubeconfig === undefined
            ? createCredentials(parent, {
                  id: found.id,
                  tenantId: scope.tenantId,
                  localAccounts: found.localAccounts,
                  entraId: found.entraId,
                  kubeconfig: input.cluster.kubeconfig,
              })
            : givenCredentials(parent, existing.kubeconfig);
    return {
        ...address,
        name: found.name,
        id: found.id,
        tokenIssuer: found.tokenIssuer,
        nodeResourceGroup: found.nodeResourceGroup,
        kubeconfig,
        provider: createProvider(scope.name, { kubeconfig }, { parent }),
        access: clusterAccess(kubeconfig),
        nodes: [],
        ready: [],
    };
}

/** What is told of the cluster. */
function described(cluster: GetManagedClusterResult) {
    return {
        id: cluster.id ?? "",
        name: cluster.name,
        tokenIssuer: cluster.oidcIssuerProfile?.issuerURL ?? "",
        nodeResourceGroup: cluster.nodeResourceGroup ?? "",
        localAccounts: cluster.disableLocalAccounts !== true,
        entraId: cluster.aadProfile !== undefined,
    };
}

type Checked = Pick<GetManagedClusterResult, "name" | "oidcIssuerProfile" | "securityProfile" | "agentPoolProfiles">;

/** Why W&B would not run in the cluster. Pure. */
export function wrongCluster(cluster: Checked, vnetId: string): string | undefined {
    const { name, oidcIssuerProfile, securityProfile, agentPoolProfiles = [] } = cluster;
    const path = "azure.cluster.existing.name";
    if (oidcIssuerProfile?.enabled !== true || securityProfile?.workloadIdentity?.enabled !== true) {
        return `${path}: is a cluster without OIDC issuer or workload identity ("${name}" given), by which W&B's pods get their rights. Turn both on (\`az aks update --name ${name} --enable-oidc-issuer --enable-workload-identity\`).`;
    }
    const subnets = agentPoolProfiles.flatMap(({ vnetSubnetID }) => vnetSubnetID ?? []);
    // Azure spells the same id in upper and lower case.
    const beginning = `${vnetId}/subnets/`.toLowerCase();
    return subnets.some((subnet) => subnet.toLowerCase().startsWith(beginning))
        ? undefined
        : `azure.network.existing.vnetId: is another network than that of the cluster's nodes ("${vnetId}" given, nodes of ${name} are in ${subnets.join(", ") || "a network of AKS's own"}), so its pods would not reach database and cache. Give the network in which the nodes are.`;
}
