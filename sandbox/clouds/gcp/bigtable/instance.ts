/** Instances of Bigtable with their clusters, as of @pulumi/gcp 9.37. */
import type { PropertyChange } from "../../diff";
import type { Row } from "../../inventory";
import type { InventoryView, Problem, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { agentOf } from "../iam-service-identity";
import { cryptoKeyPath } from "../kms";
import { unusableKey } from "../kms-use";
import { bucketLocation } from "../locations";
import { labelOutputs, labels, labelsTold, project, projectOf, refusedLabels } from "../project";
import {
    backupType,
    clustersOf,
    failed,
    gcPolicyType,
    instanceMemberType,
    instanceNamed,
    instanceType,
    refusedBigtable,
    tableType,
} from "./shared";

const whole = (property: string, value: unknown, least: number, most: number): Problem[] =>
    typeof value !== "number" || (value >= least && value <= most)
        ? []
        : [{ property, reason: `must be ${least} to ${most} (value given: ${value}). Correct it.` }];

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/bigtable_instance#argument-reference */
const instance: ResourceModel = {
    token: instanceType,
    inputs: {
        clusters: {
            type: "array",
            required: true,
            items: {
                type: "object",
                properties: {
                    autoscalingConfig: {
                        type: "object",
                        properties: {
                            cpuTarget: { type: "integer", required: true },
                            maxNodes: { type: "integer", required: true },
                            minNodes: { type: "integer", required: true },
                            storageTarget: { type: "integer" },
                        },
                    },
                    clusterId: { type: "string", required: true },
                    kmsKeyName: { type: "string" },
                    nodeScalingFactor: { type: "string", values: ["NodeScalingFactor1X", "NodeScalingFactor2X"] },
                    numNodes: { type: "integer" },
                    storageType: { type: "string", values: ["SSD", "HDD"] },
                    zone: { type: "string" },
                },
            },
        },
        deletionProtection: { type: "boolean", default: true },
        displayName: { type: "string" },
        edition: { type: "string", default: "ENTERPRISE", values: ["ENTERPRISE", "ENTERPRISE_PLUS"] },
        forceDestroy: { type: "boolean", default: false },
        labels,
        name: { type: "string" },
        project,
        tags: { type: "map" },
    },
    outputs: { ...labelOutputs, displayName: { type: "string" }, project: { type: "string" } },
    // https://docs.cloud.google.com/bigtable/docs/reference/admin/rest/v2/projects.instances/create
    name: {
        property: "name",
        auto: { maxLength: 255 },
        pattern: /^[a-z][a-z0-9-]{4,31}[a-z0-9]$/,
        rule: "must be 6 to 33 lower-case letters, digits and hyphens, a letter first and no hyphen last",
    },
    replaceOn: ["name", "project", "tags"],
    adjust: adjusted,
    volatile: ["effectiveLabels", "pulumiLabels"],
    unread: ["deletionProtection", "forceDestroy"],
    durationKey: "bigtable instance",
    validate: wrongClusters,
    refuse: (inputs, context) => {
        const reason = refusedInstance(inputs, context);
        return reason && `Error ${context.previous === undefined ? "creating" : "updating"} instance. ${reason}`;
    },
    id: (inputs, { config, inventory }) =>
        `projects/${projectOf(inputs, config, inventory).projectId}/instances/${textOf(inputs["name"])}`,
    computed: (inputs, { config, inventory }) => ({
        ...labelsTold(inputs, config),
        displayName: inputs["displayName"] ?? inputs["name"] ?? "",
        project: projectOf(inputs, config, inventory).projectId,
    }),
    blocksDeletion: kept,
    takesAlong: (row, inventory) => belongings(row, inventory),
};

function wrongClusters(inputs: PropertyMap): Problem[] {
    const clusters = clustersOf(inputs);
    const ids = clusters.map(({ clusterId }) => textOf(clusterId));
    const twice = ids.find((id, index) => id !== "" && ids.indexOf(id) !== index);
    return [
        ...(Array.isArray(inputs["clusters"]) && inputs["clusters"].length === 0
            ? [{ property: "clusters", reason: "must have at least 1 item (0 given). Add one." }]
            : []),
        ...(twice === undefined
            ? []
            : [{ property: "clusters", reason: `duplicated cluster_id: ${twice}. Rename one.` }]),
        ...clusters.flatMap((cluster, index) => wrongCluster(cluster, `clusters[${index}]`)),
    ];
}

function wrongCluster({ clusterId, autoscalingConfig: scaling, numNodes }: PropertyMap, path: string): Problem[] {
    const id = typeof clusterId === "string" ? clusterId : undefined;
    const named = id === undefined || /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id);
    return [
        ...(named
            ? []
            : [
                  {
                      property: `${path}.clusterId`,
                      reason: `must be 6 to 30 lower-case letters, digits and hyphens, a letter first (value given: ${id}). Correct it.`,
                  },
              ]),
        ...(isMap(scaling) && numNodes !== undefined
            ? [{ property: `${path}.numNodes`, reason: "is for clusters without autoscalingConfig. Leave it out." }]
            : []),
    ];
}

/**
 * Clusters keep their id; another zone, disk, key or size of nodes of one makes the provider replace the instance
 * (resourceBigtableInstanceClusterReorderTypeList).
 * A cluster with another id is another one, which is made and deleted in place.
 */
function adjusted(changes: readonly PropertyChange[], olds: PropertyMap, news: PropertyMap): PropertyChange[] {
    const before = new Map(clustersOf(olds).map((cluster) => [cluster["clusterId"], cluster]));
    const fixed = ["kmsKeyName", "nodeScalingFactor", "storageType", "zone"];
    const replaces = clustersOf(news).some((cluster) => {
        const old = before.get(cluster["clusterId"]);
        return old !== undefined && fixed.some((property) => textOf(old[property]) !== textOf(cluster[property]));
    });
    return changes.map((change) => (replaces && change.path.startsWith("clusters") ? { ...change, replaces } : change));
}

function refusedInstance(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { config, inventory, previous } = context;
    const refused = refusedBigtable(inputs, context, "bigtable.instances.create") ?? refusedLabels(inputs, config);
    if (refused !== undefined) {
        return refused;
    }
    const id = instance.id?.(inputs, { ...context }) ?? "";
    if (previous === undefined && instanceNamed(id, inventory) !== undefined) {
        return failed("AlreadyExists", `Instance ${id} already exists.`);
    }
    for (const cluster of clustersOf(inputs)) {
        const wrong = refusedCluster(cluster, inputs, context);
        if (wrong !== undefined) {
            return wrong;
        }
    }
    // An update makes new clusters before it deletes those that go.
    const known = new Set(clustersOf(inputs).map(({ clusterId }) => clusterId));
    const going = clustersOf(previous ?? {}).filter(({ clusterId }) => !known.has(clusterId));
    const zones = [...clustersOf(inputs), ...going].map(({ zone }) => textOf(zone));
    const twice = zones.find((zone, index) => zones.indexOf(zone) !== index);
    return twice === undefined
        ? undefined
        : failed("InvalidArgument", `Error in field 'clusters' : Only one cluster per zone is allowed: ${twice}`);
}

function refusedCluster(cluster: PropertyMap, inputs: PropertyMap, context: RefuseContext): string | undefined {
    const zone = textOf(cluster["zone"] ?? context.config["zone"]);
    const region = /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(zone)?.[1];
    if (zone === "") {
        return "cannot determine zone: set in cluster.0.zone, or set provider-level zone";
    }
    if (region === undefined || bucketLocation(region) !== "region") {
        return failed("InvalidArgument", `Error in field 'cluster.location' : ${zone} is not a zone of Bigtable.`);
    }
    return refusedScaling(cluster) ?? refusedKey(textOf(cluster["kmsKeyName"]), region, inputs, context);
}

/** https://docs.cloud.google.com/bigtable/docs/autoscaling#parameters */
function refusedScaling({ autoscalingConfig: scaling }: PropertyMap): string | undefined {
    if (!isMap(scaling)) {
        return undefined;
    }
    const [least, most] = [Number(scaling["minNodes"]), Number(scaling["maxNodes"])];
    const problem = [
        ...whole("cpu_utilization_percent", scaling["cpuTarget"], 10, 80),
        ...whole("min_serve_nodes", least, 1, most),
        ...whole("max_serve_nodes", most, least, least * 10),
    ].at(0);
    return (
        problem &&
        failed("InvalidArgument", `Error in field 'cluster_autoscaling_config' : ${problem.property} ${problem.reason}`)
    );
}

/** https://docs.cloud.google.com/bigtable/docs/cmek: a regional key of the cluster's region, which the service agent may use */
function refusedKey(
    name: string,
    region: string,
    inputs: PropertyMap,
    { config, inventory }: RefuseContext,
): string | undefined {
    if (name === "") {
        return undefined;
    }
    if (cryptoKeyPath(name)?.location !== region) {
        return failed(
            "InvalidArgument",
            `Error in field 'cluster.encryption_config' : The key ${name} is not in the region of the cluster, ${region}.`,
        );
    }
    const agent = textOf(agentOf("bigtableadmin", projectOf(inputs, config, inventory)));
    const problem = unusableKey(name, agent, inventory);
    return problem === undefined
        ? undefined
        : failed(
              "FailedPrecondition",
              `Bigtable service account ${agent} cannot use the Cloud KMS key ${name}. Please ensure that it has the role roles/cloudkms.cryptoKeyEncrypterDecrypter on the key, and that the key is enabled.`,
          );
}

/** What the provider and Bigtable keep it for: protection of the instance or of a table, and backups. */
function kept(row: Row, inventory: InventoryView): string | undefined {
    if (row.inputs["deletionProtection"] !== false) {
        return "cannot destroy instance without setting deletion_protection=false and running `terraform apply`";
    }
    const tables = inventory.rows(tableType).filter(({ id }) => id.startsWith(`${row.id}/tables/`));
    if (tables.some(({ inputs }) => inputs["deletionProtection"] === "PROTECTED")) {
        return `Error deleting instance. ${failed("FailedPrecondition", "The instance contains tables with deletion protection.")}`;
    }
    const backups = inventory.rows(backupType).filter(({ inputs }) => inputs["instance"] === row.id);
    return backups.length === 0 || row.inputs["forceDestroy"] === true
        ? undefined
        : `Error deleting instance. ${failed("FailedPrecondition", "Cannot delete instance with backups.")}`;
}

function belongings(row: Row, inventory: InventoryView): Row[] {
    const below = [tableType, gcPolicyType].flatMap((type) =>
        inventory.rows(type).filter(({ id }) => id.startsWith(`${row.id}/`)),
    );
    const members = inventory.rows(instanceMemberType).filter(({ id }) => id.startsWith(`${row.id}/`));
    const backups = inventory.rows(backupType).filter(({ inputs }) => inputs["instance"] === row.id);
    return [...below, ...members, ...backups];
}

export const instances: readonly ResourceModel[] = [withDeletionPolicy(instance)];
