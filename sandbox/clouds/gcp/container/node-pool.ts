/** Node pools of Google Kubernetes Engine, as of @pulumi/gcp 9.37. The nodes themselves are the sandbox's own. */
import type { Row } from "../../inventory";
import type { Problem, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { denied, project, projectIdOf, projectOf, refusedLabels, refusedProject } from "../project";
import { withDeletionPolicy } from "../deletion-policy";
import { nodeConfig } from "./cluster-inputs";
import { refusedMachine } from "./machines";
import { poolOf } from "./pool";
import {
    bad,
    clusterNamed,
    containerService,
    gkeName,
    isUnsaid,
    locationOf,
    nodePoolType,
    part,
    refusedNodeConfig,
    refusedZones,
    textsIn,
} from "./shared";
import { channelOf } from "./versions";

/** `ForceNew` of google/services/container/resource_container_node_pool.go and node_config.go */
const replaceOn = [
    "cluster",
    "initialNodeCount",
    "location",
    "maxPodsPerNode",
    "name",
    "networkConfig.createPodRange",
    "networkConfig.podIpv4CidrBlock",
    "networkConfig.podRange",
    "networkConfig.subnetwork",
    "nodeConfig.bootDiskKmsKey",
    "nodeConfig.metadata",
    "nodeConfig.minCpuPlatform",
    "nodeConfig.oauthScopes",
    "nodeConfig.preemptible",
    "nodeConfig.serviceAccount",
    "nodeConfig.shieldedInstanceConfig",
    "nodeConfig.spot",
    "placementPolicy",
    "project",
];

/** Where nothing is said, the provider keeps what it knows (`Computed`). */
const keptWhenUnsaid =
    /^(initialNodeCount|location|management|maxPodsPerNode|networkConfig|nodeConfig(\.(diskSizeGb|diskType|imageType|labels|machineType|metadata|minCpuPlatform|oauthScopes|serviceAccount|shieldedInstanceConfig|workloadMetadataConfig)\b|$)|nodeLocations|project|upgradeSettings|version)/;

const count = { type: "integer" } as const;

const nodePool: ResourceModel = withDeletionPolicy({
    token: nodePoolType,
    inputs: {
        autoscaling: {
            type: "object",
            properties: {
                locationPolicy: { type: "string", values: ["BALANCED", "ANY"] },
                maxNodeCount: count,
                minNodeCount: count,
                totalMaxNodeCount: count,
                totalMinNodeCount: count,
            },
        },
        cluster: { type: "string", required: true },
        initialNodeCount: count,
        location: { type: "string" },
        management: {
            type: "object",
            properties: { autoRepair: { type: "boolean" }, autoUpgrade: { type: "boolean" } },
        },
        maxPodsPerNode: count,
        name: { type: "string" },
        networkConfig: {
            type: "object",
            properties: {
                createPodRange: { type: "boolean" },
                enablePrivateNodes: { type: "boolean" },
                podIpv4CidrBlock: { type: "string" },
                podRange: { type: "string" },
                subnetwork: { type: "string" },
            },
        },
        nodeConfig,
        nodeCount: count,
        nodeLocations: { type: "array" },
        placementPolicy: {
            type: "object",
            properties: { policyName: { type: "string" }, type: { type: "string", required: true } },
        },
        project,
        upgradeSettings: {
            type: "object",
            properties: {
                maxSurge: count,
                maxUnavailable: count,
                strategy: { type: "string", values: ["SURGE", "BLUE_GREEN"] },
            },
        },
        version: { type: "string" },
    },
    outputs: {
        instanceGroupUrls: { type: "array" },
        location: { type: "string" },
        managedInstanceGroupUrls: { type: "array" },
        nodeCount: count,
        nodeLocations: { type: "array" },
        project: { type: "string" },
        version: { type: "string" },
    },
    name: gkeName,
    replaceOn,
    adjust: (changes) => changes.filter((change) => !(isUnsaid(change) && keptWhenUnsaid.test(change.path))),
    volatile: ["version"],
    durationKey: "gke node pool",
    validate: (inputs) => [...wrongAutoscaling(inputs), ...wrongDisk(inputs)],
    refuse: (inputs, context) => {
        const reason = refusedPool(inputs, context);
        return reason && `error ${context.previous === undefined ? "creating" : "updating"} NodePool: ${reason}`;
    },
    id: (inputs, context) => `${clusterIdOf(inputs, context)}/nodePools/${textOf(inputs["name"])}`,
    computed: (inputs, context) => {
        const { previous, inventory, id, config } = context;
        const cluster = clusterNamed(clusterIdOf(inputs, context), inventory);
        const zones = zonesOfPool(inputs, cluster);
        const projectId = projectOf(inputs, config, inventory).projectId;
        const groups = zones.map(
            (zone) =>
                `https://www.googleapis.com/compute/v1/projects/${projectId}/zones/${zone}/instanceGroupManagers/gke-${id.split("/").at(-1)}-grp`,
        );
        return {
            instanceGroupUrls: groups,
            location: cluster?.outputs["location"] ?? null,
            managedInstanceGroupUrls: groups.map((url) => url.replace("instanceGroupManagers", "instanceGroups")),
            nodeCount: previous?.["nodeCount"] ?? inputs["initialNodeCount"] ?? inputs["nodeCount"] ?? 0,
            nodeLocations: zones,
            project: projectId,
            version: previous?.["version"] ?? cluster?.outputs["masterVersion"] ?? null,
        };
    },
});

export const nodePools: readonly ResourceModel[] = [nodePool];

type Context = Pick<RefuseContext, "config" | "inventory">;

/** The cluster that a pool names, by its id or by name and place. */
function clusterIdOf(inputs: PropertyMap, { config, inventory }: Context): string {
    const named = textOf(inputs["cluster"]);
    const { projectId } = projectOf(inputs, config, inventory);
    return named.includes("/")
        ? named
        : `projects/${projectId}/locations/${locationOf(inputs, config)}/clusters/${named}`;
}

function zonesOfPool(inputs: PropertyMap, cluster: Row | undefined): string[] {
    const own = textsIn(inputs["nodeLocations"]);
    return own.length > 0 ? own : textsIn(cluster?.outputs["nodeLocations"]);
}

function wrongAutoscaling({ autoscaling }: PropertyMap): Problem[] {
    const { minNodeCount, maxNodeCount, totalMinNodeCount, totalMaxNodeCount } = part(autoscaling);
    const negative = [minNodeCount, maxNodeCount, totalMinNodeCount, totalMaxNodeCount].some((one) => Number(one) < 0);
    return negative ? [{ property: "autoscaling", reason: "expected all counts to be at least (0). Raise them." }] : [];
}

function wrongDisk({ nodeConfig: config }: PropertyMap): Problem[] {
    const { diskSizeGb } = part(config);
    return Number(diskSizeGb) < 10
        ? [
              {
                  property: "nodeConfig.diskSizeGb",
                  reason: `expected to be at least (10) (value given: ${Number(diskSizeGb)}). Raise it.`,
              },
          ]
        : [];
}

function refusedPool(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { config, inventory, previous } = context;
    const api = refusedProject(projectIdOf(inputs, config), containerService, context, (missing) =>
        denied("container.clusters.update", `projects/${missing}`),
    );
    if (api !== undefined) {
        return api;
    }
    const id = clusterIdOf(inputs, context);
    const cluster = clusterNamed(id, inventory);
    if (cluster === undefined) {
        return `googleapi: Error 404: Not found: ${id}., notFound`;
    }
    const name = `${id}/nodePools/${textOf(inputs["name"])}`;
    if (previous === undefined && inventory.find(nodePoolType, (row) => row.id === name) !== undefined) {
        return `resource - ${name} - already exists`;
    }
    const location = textOf(cluster.outputs["location"]);
    return (
        refusedCounts(part(inputs["autoscaling"])) ??
        refusedManagement(inputs, cluster) ??
        refusedUpgrade(inputs["upgradeSettings"] === undefined ? undefined : part(inputs["upgradeSettings"])) ??
        refusedZones(textsIn(inputs["nodeLocations"]), location) ??
        refusedLabels({ labels: part(inputs["nodeConfig"])["resourceLabels"] ?? {} }, config) ??
        refusedNodeConfig(
            part(inputs["nodeConfig"]),
            { location, usesPool: poolOf(cluster) !== "" },
            inputs,
            context,
        ) ??
        refusedMachine(inputs, zonesOfPool(inputs, cluster).length, context)
    );
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler */
function refusedCounts(scaling: PropertyMap): string | undefined {
    const { minNodeCount, maxNodeCount, totalMinNodeCount, totalMaxNodeCount } = scaling;
    if (Object.keys(scaling).length === 0) {
        return undefined;
    }
    const perZone = maxNodeCount !== undefined || minNodeCount !== undefined;
    if (perZone && (totalMinNodeCount !== undefined || totalMaxNodeCount !== undefined)) {
        return bad("Per-zone and total autoscaling limits cannot be set at the same time.");
    }
    const [least, most] = perZone
        ? [Number(minNodeCount ?? 0), Number(maxNodeCount ?? 0)]
        : [Number(totalMinNodeCount ?? 0), Number(totalMaxNodeCount ?? 0)];
    return most < 1 || least > most
        ? bad(
              `NodePool.autoscaling: max node count must be at least 1 and not below the min node count ${least} (${most}).`,
          )
        : undefined;
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/concepts/release-channels */
function refusedManagement(inputs: PropertyMap, cluster: Row): string | undefined {
    const { autoRepair, autoUpgrade } = part(inputs["management"]);
    const channel = channelOf(cluster.inputs);
    if (channel === "UNSPECIFIED") {
        return undefined;
    }
    if (autoUpgrade === false) {
        return bad(`Auto_upgrade must be true when release_channel ${channel} is set.`);
    }
    return autoRepair === false
        ? bad(`Auto_repair cannot be false when release_channel ${channel} is set.`)
        : undefined;
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies#surge */
function refusedUpgrade(settings: PropertyMap | undefined): string | undefined {
    if (settings === undefined || settings["strategy"] === "BLUE_GREEN") {
        return undefined;
    }
    const { maxSurge = 1, maxUnavailable = 0 } = settings;
    const together = Number(maxSurge) + Number(maxUnavailable);
    return together < 1 || together > 20
        ? bad(`max_surge plus max_unavailable must be 1 to 20 (${together} given).`)
        : undefined;
}
