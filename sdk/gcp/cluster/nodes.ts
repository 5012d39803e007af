import { type Cluster, NodePool } from "@pulumi/gcp/container";
import type * as pulumi from "@pulumi/pulumi";
import type { GcpClusterArgs } from "../args/cluster";
import { GcpBootDiskType, type GcpNodePoolArgs } from "../args/nodes";
import type { AccountFacts } from "../facts";
import type { GcpDeploymentScope } from "../scope";
import { clusterLabels } from "./control-plane";
import type { NodeSize } from "./input";
import { physicalName } from "../name";
import { machineSettings } from "./node-config";

export interface NodesInput {
    readonly args: GcpClusterArgs;
    readonly cluster: Cluster;
    readonly size: NodeSize;
    readonly account: AccountFacts;
    readonly key: pulumi.Output<string>;
    /** Without these, nodes pull no images. */
    readonly egress: readonly pulumi.Resource[];
}

const LongestName = 40;

/** The default pool and those beside it. */
export function createNodes(scope: GcpDeploymentScope, input: NodesInput): NodePool[] {
    const { nodes = {}, nodePools = {} } = input.args;
    return [
        createPool(scope, input, "nodes", nodes),
        ...Object.entries(nodePools).map(([word, pool]) => createPool(scope, input, `nodes-${word}`, pool)),
    ];
}

function createPool(scope: GcpDeploymentScope, input: NodesInput, word: string, pool: GcpNodePoolArgs): NodePool {
    const { cluster, size, account, egress } = input;
    const minNodeCount = pool.minPerZone ?? size.minNodesPerZone;
    return new NodePool(
        `${scope.name}-${word}`,
        {
            name: poolName(scope, input, word, pool),
            project: scope.project,
            cluster: cluster.name,
            location: cluster.location,
            nodeLocations: pool.zones,
            initialNodeCount: minNodeCount,
            autoscaling: { minNodeCount, maxNodeCount: pool.maxPerZone ?? size.maxNodesPerZone },
            maxPodsPerNode: pool.maxPodsPerNode,
            // Both are what release channels demand.
            management: { autoRepair: true, autoUpgrade: true },
            upgradeSettings: {
                strategy: "SURGE",
                maxSurge: pool.maxSurge ?? 1,
                maxUnavailable: pool.maxUnavailable ?? 0,
            },
            nodeConfig: nodeConfig(scope, input, pool),
        },
        {
            parent: scope.parent,
            // Without the account's rights nodes tell neither logs nor metrics.
            dependsOn: [...account.ready, ...egress],
            // It counts at creation only, and a change would replace the pool.
            ignoreChanges: ["initialNodeCount"],
            // It is in use, so its successor comes first, also under a name that is given.
            deleteBeforeReplace: false,
        },
    );
}

/** Another one for each pool that replaces this one: names are unique in the cluster. */
function poolName(
    scope: GcpDeploymentScope,
    { account, key }: NodesInput,
    word: string,
    { name, spot = false, secureBoot = true, maxPodsPerNode }: GcpNodePoolArgs,
): pulumi.Output<string> {
    return physicalName(scope, name, {
        word,
        beginning: word,
        longest: LongestName,
        keepers: {
            serviceAccount: account.email,
            key,
            spot: String(spot),
            secureBoot: String(secureBoot),
            maxPodsPerNode: String(maxPodsPerNode ?? "default"),
        },
    });
}

function nodeConfig(scope: GcpDeploymentScope, { args, size, account, key }: NodesInput, pool: GcpNodePoolArgs) {
    return {
        ...machineSettings({ serviceAccount: account.email, key, secureBoot: pool.secureBoot ?? true }),
        machineType: pool.machineType ?? size.nodeMachineType,
        diskSizeGb: pool.diskSizeGb ?? size.nodeDiskSizeGb,
        diskType: pool.diskType ?? GcpBootDiskType.PdBalanced,
        spot: pool.spot ?? false,
        labels: pool.labels,
        taints: pool.taints?.map(({ key: taintKey, value = "", effect }) => ({ key: taintKey, value, effect })),
        tags: pool.networkTags,
        resourceLabels: clusterLabels(scope, args),
    };
}
