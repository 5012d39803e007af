import { AgentPool } from "@pulumi/azure-native/containerservice/agentPool";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureClusterArgs } from "../args/cluster";
import { type AzureNodePoolArgs, AzureOsDiskType, AzurePoolMode } from "../args/nodes";
import type { NetworkFacts } from "../facts";
import { physicalName } from "../name";
import type { AzureDeploymentScope } from "../scope";
import type { NodeSize } from "./input";
import { clusterTags, movesByItself, poolSettings, taintText, versionOf, zonesOf } from "./pools";

export interface NodesInput {
    readonly args: AzureClusterArgs;
    readonly cluster: ManagedCluster;
    readonly size: NodeSize;
    readonly network: NetworkFacts;
}

/** https://learn.microsoft.com/azure/aks/create-node-pools#limitations */
const LongestName = 12;

/** AKS puts both on Spot nodes, and takes it for a change where they are not said: https://learn.microsoft.com/azure/aks/spot-node-pool */
const SpotKey = "kubernetes.azure.com/scalesetpriority";

/** The default pool and those beside it. */
export function createNodes(scope: AzureDeploymentScope, input: NodesInput): AgentPool[] {
    const { nodes = {}, nodePools = {} } = input.args;
    return [
        createPool(scope, input, "nodes", nodes),
        ...Object.entries(nodePools).map(([word, pool]) => createPool(scope, input, `nodes-${word}`, pool)),
    ];
}

function createPool(scope: AzureDeploymentScope, input: NodesInput, word: string, pool: AzureNodePoolArgs): AgentPool {
    const { args, cluster, network, size } = input;
    return new AgentPool(
        `${scope.name}-${word}`,
        {
            agentPoolName: poolName(scope, input, word, pool),
            resourceGroupName: scope.resourceGroupName,
            resourceName: cluster.name,
            mode: pool.mode ?? AzurePoolMode.User,
            vmSize: pool.vmSize ?? size.nodeVmSize,
            vnetSubnetID: network.nodeSubnetId,
            // Else pools stay behind when the program's version moves on.
            orchestratorVersion: movesByItself(args) ? undefined : versionOf(args),
            ...poolSettings(pool, {
                ...pool,
                minPerZone: pool.minPerZone ?? size.minNodesPerZone,
                maxPerZone: pool.maxPerZone ?? size.maxNodesPerZone,
                osDiskSizeGb: pool.osDiskSizeGb ?? size.nodeDiskSizeGb,
                zones: zonesOf(args, pool),
            }),
            ...priority(pool),
            tags: clusterTags(scope, args),
        },
        {
            parent: scope.parent,
            // Without a way out nodes pull no images.
            dependsOn: [...network.egress],
            // It counts at creation only: later the autoscaler says how many there are.
            ignoreChanges: ["count"],
            // It is in use, so its successor comes first, also under a name that is given.
            deleteBeforeReplace: false,
            // The cluster takes its pools along.
            deletedWith: cluster,
        },
    );
}

/** Another one for each pool that replaces this one: names are unique in the cluster, and AKS changes none of these in place. */
function poolName(
    scope: AzureDeploymentScope,
    { args, size, network }: NodesInput,
    word: string,
    pool: AzureNodePoolArgs,
): pulumi.Output<string> {
    return physicalName(scope, pool.name, {
        word,
        beginning: word.replace(/^nodes-/, ""),
        longest: LongestName,
        alphanumeric: true,
        keepers: {
            vmSize: pool.vmSize ?? size.nodeVmSize,
            osDiskSizeGb: String(pool.osDiskSizeGb ?? size.nodeDiskSizeGb),
            osDiskType: pool.osDiskType ?? AzureOsDiskType.Managed,
            maxPods: String(pool.maxPods ?? "default"),
            zones: zonesOf(args, pool).join(" "),
            spot: String(pool.spot ?? false),
            encryptionAtHost: String(pool.encryptionAtHost ?? false),
            subnet: network.nodeSubnetId,
        },
    });
}

/** Taints, labels and what tells Spot VMs from others. */
function priority({ spot = false, labels, taints = [] }: AzureNodePoolArgs) {
    const nodeTaints = taints.map(taintText);
    if (!spot) {
        return { nodeTaints, scaleSetPriority: "Regular" };
    }
    return {
        nodeTaints: [...nodeTaints, `${SpotKey}=spot:NoSchedule`],
        nodeLabels: { ...labels, [SpotKey]: "spot" },
        scaleSetPriority: "Spot",
        scaleSetEvictionPolicy: "Delete",
        // Up to the price of others.
        spotMaxPrice: -1,
    };
}
