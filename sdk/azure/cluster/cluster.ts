import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { createProvider } from "../../kubernetes/provider";
import { clusterAccess } from "../../readiness/cluster-access";
import type { AksFacts } from "../facts";
import type { AzureDeploymentScope } from "../scope";
import { vnetIntegrated } from "./api-server";
import { createControlPlane } from "./control-plane";
import { useExistingCluster } from "./existing";
import type { ClusterInput } from "./input";
import { createInsights } from "./insights";
import { createCredentials } from "./kubeconfig";
import { createMaintenance } from "./maintenance";
import { createNodes } from "./nodes";
import { createStorageClass } from "./storage-class";

/** Makes the AKS cluster, or finds the one that is there. */
export function createCluster(scope: AzureDeploymentScope, input: ClusterInput): AksFacts {
    const { existing } = input.cluster;
    return existing === undefined ? new Cluster(scope, input).facts : useExistingCluster(scope, input, existing);
}

/** An AKS cluster: control plane, pools of nodes, when they are maintained, and the class of volumes. */
class Cluster extends pulumi.ComponentResource {
    readonly facts: AksFacts;

    constructor(scope: AzureDeploymentScope, input: ClusterInput) {
        super("wandb:azure:Cluster", `${scope.name}-cluster`, {}, { parent: scope.parent });
        this.facts = clusterFacts({ ...scope, parent: this }, input);
        this.registerOutputs({ name: this.facts.name });
    }
}

function clusterFacts(scope: AzureDeploymentScope, input: ClusterInput): AksFacts {
    const { cluster: args, access, controlPlane, network, size } = input;
    if (access === undefined || controlPlane === undefined) {
        throw new Error("validation must have found that access is missing");
    }
    refuseUnreachableVault(scope, input);
    const cluster = createControlPlane(scope, { ...input, access, controlPlane });
    const nodes = createNodes(scope, { args, cluster, size, network });
    createMaintenance(scope, cluster, args.maintenance);
    if (args.containerInsights !== undefined) {
        createInsights(scope, cluster, args.containerInsights);
    }
    const told = createCredentials(scope.parent, {
        id: cluster.id,
        tenantId: scope.tenantId,
        localAccounts: args.localAccounts ?? true,
        entraId: args.entraId !== undefined,
        kubeconfig: args.kubeconfig,
    });
    const provider = createProvider(scope.name, { kubeconfig: told.kubeconfig }, { parent: scope.parent });
    const storageClass = createStorageClass(scope, {
        provider,
        cluster,
        diskEncryptionSetId: args.diskEncryptionSetId,
        volumeType: args.volumeType,
    });
    return {
        ...told,
        ...described(cluster, input),
        provider,
        access: clusterAccess(told.kubeconfig),
        nodes,
        ready: [storageClass],
    };
}

/** AKS reads the key by itself, and gets to a vault inside of the network from there only. */
function refuseUnreachableVault({ parent }: AzureDeploymentScope, { cluster, keys, network }: ClusterInput): void {
    if (keys?.cluster !== undefined && keys.privateVault && !vnetIntegrated(cluster, network)) {
        throw resourceError(
            "azure.cluster.apiServer.vnetIntegration: is off (or azure.network.existing has no apiServerSubnetId), but the vault answers inside of the network only, where AKS must read the key of its Secrets. Turn it on, let the vault answer outside, or leave the key of the cluster out.",
            parent,
        );
    }
}

/** What the cluster says of itself, never looked up by name: at a first preview there is none of that name. */
function described(cluster: ManagedCluster, { gatewayId, webAppRouting }: ClusterInput) {
    const controller = cluster.addonProfiles.apply(
        (profiles) => profiles?.["ingressApplicationGateway"]?.identity?.objectId ?? "",
    );
    const routing = cluster.ingressProfile.apply((profile) => profile?.webAppRouting?.identity.objectId ?? "");
    return {
        name: cluster.name,
        id: cluster.id,
        tokenIssuer: cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? ""),
        nodeResourceGroup: cluster.nodeResourceGroup.apply((name) => name ?? ""),
        ...(gatewayId === undefined ? {} : { gatewayControllerPrincipalId: controller }),
        ...(webAppRouting === undefined ? {} : { routingPrincipalId: routing }),
    };
}
