import type { WandbDeploymentArgs } from "../../args";
import { Size } from "../../args/application";
import {
    type GcpClusterArgs,
    type GcpClusterMaintenanceArgs,
    type GcpExistingClusterArgs,
    type GcpKubeconfigArgs,
    GcpKubeconfigCredentials,
    GcpLoggingComponent,
    GcpMonitoringComponent,
    GcpNetworkPolicy,
    GcpReleaseChannel,
    GcpWeekday,
} from "../../gcp/args/cluster";
import { GcpVolumeType } from "../../gcp/args/nodes";
import { DefaultNetworkCidr } from "../../gcp/args/network-defaults";
import { type GcpSize, GcpSizes } from "../../sizes";
import { wrongIpv4Range } from "../cidr";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { anyText, choice, flag, listOf, mapOf, needed, object, pages, plainNumber, plainText, text } from "../shape";
import { dnsLabel } from "../syntax";
import { codes, given } from "../wording";
import {
    checkNodeAccount,
    checkNodePool,
    checkZones,
    isTainted,
    nodeAccountShape,
    nodePoolShape,
    PodsPerNode,
} from "./cluster-nodes";
import {
    regionOf,
    wrongClusterLocation,
    wrongControlPlaneRange,
    wrongDiskOf,
    wrongGkeName,
    wrongVersion,
} from "./cluster-rules";
import { SubnetForm, wrongComputeId } from "./compute-names";
import { wrongLabel, wrongLabelKey, wrongProject, wrongServiceAccount } from "./rules";

export const clusterShape = object<GcpClusterArgs>("GcpClusterArgs", {
    existing: object<GcpExistingClusterArgs>("GcpExistingClusterArgs", {
        name: needed(text, "the name of the cluster"),
        location: text,
        project: text,
        kubeconfig: pages,
    }),
    name: text,
    description: anyText,
    location: text,
    nodeZones: listOf(text),
    releaseChannel: choice(GcpReleaseChannel),
    minVersion: text,
    privateNodes: flag,
    controlPlaneCidr: text,
    controlPlaneSubnetworkId: text,
    privateAccessCidrs: listOf(plainText),
    dnsEndpoint: flag,
    networkPolicy: choice(GcpNetworkPolicy),
    intranodeVisibility: flag,
    binaryAuthorization: flag,
    maxPodsPerNode: plainNumber,
    maintenance: object<GcpClusterMaintenanceArgs>("GcpClusterMaintenanceArgs", {
        days: listOf(choice(GcpWeekday)),
        startTime: plainText,
        hours: plainNumber,
    }),
    loggingComponents: listOf(choice(GcpLoggingComponent)),
    monitoringComponents: listOf(choice(GcpMonitoringComponent)),
    managedPrometheus: flag,
    gcsFuse: flag,
    nodes: nodePoolShape,
    nodePools: mapOf(nodePoolShape),
    nodeAccount: nodeAccountShape,
    volumeType: choice(GcpVolumeType),
    kubeconfig: object<GcpKubeconfigArgs>("GcpKubeconfigArgs", {
        credentials: choice(GcpKubeconfigCredentials),
        impersonateServiceAccount: text,
    }),
    labels: mapOf(anyText),
});

type Cluster = Section<GcpClusterArgs>;

/** `gcp.cluster`; `access` is checked elsewhere. */
export function checkGke(args: Section<WandbDeploymentArgs>): void {
    const cluster = args.section("gcp")?.section("cluster");
    if (cluster === undefined) {
        return;
    }
    checkKubeconfigArgs(cluster);
    if (cluster.has("existing")) {
        checkExisting(args, cluster);
        return;
    }
    cluster.check("name", wrongGkeName);
    cluster.check("minVersion", wrongVersion);
    checkNumber(cluster, "maxPodsPerNode", ...PodsPerNode);
    checkPlaces(args, cluster);
    checkControlPlane(args, cluster);
    checkPrivateAccess(args, cluster);
    checkMaintenance(cluster.section("maintenance"));
    checkComponents(cluster, "loggingComponents");
    checkComponents(cluster, "monitoringComponents");
    checkLabels(cluster);
    checkPools(args, cluster);
}

/** Where the cluster is; undefined while that is not known. */
function clusterRegion(args: Section<WandbDeploymentArgs>, cluster: Cluster): string | undefined {
    return cluster.has("location") ? regionOf(cluster.text("location") ?? "") : args.section("gcp")?.text("region");
}

function checkPlaces(args: Section<WandbDeploymentArgs>, cluster: Cluster): void {
    const region = args.section("gcp")?.text("region");
    cluster.check("location", (location) => wrongClusterLocation(location, region));
    checkZones(cluster, "nodeZones", clusterRegion(args, cluster));
}

function checkControlPlane(args: Section<WandbDeploymentArgs>, cluster: Cluster): void {
    cluster.check("controlPlaneCidr", (range) => wrongControlPlaneRange(range, networkRanges(args)));
    cluster.check("controlPlaneSubnetworkId", (id) =>
        wrongComputeId(id, SubnetForm, args.section("gcp")?.text("region")),
    );
    if (cluster.has("controlPlaneCidr") && cluster.has("controlPlaneSubnetworkId")) {
        cluster.refuse(
            "controlPlaneSubnetworkId",
            "is given together with `controlPlaneCidr`, but the control plane takes its address out of one of them. Leave one out.",
        );
    }
}

/** Ranges of the network that is made, as far as they are known; an own one is looked at by GKE alone. */
function networkRanges(args: Section<WandbDeploymentArgs>): string[] {
    const gcp = args.section("gcp");
    const network = gcp?.section("network");
    if (gcp?.pending("network") === true || network?.has("existing") === true || network?.pending("cidr") === true) {
        return [];
    }
    const subnets = network?.section("subnetCidrs");
    if (subnets === undefined) {
        return [network?.text("cidr") ?? DefaultNetworkCidr];
    }
    const keys = ["nodes", "pods", "services", "privateServices"] as const;
    return keys.map((key) => subnets.text(key)).filter((range) => range !== undefined);
}

/** Of clusters with private nodes: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks */
const MostRanges = 100;

function checkPrivateAccess(args: Section<WandbDeploymentArgs>, cluster: Cluster): void {
    const ranges = cluster.texts("privateAccessCidrs");
    const isPublic = !args.pending("access") && args.section("access")?.has("cidrs") === true;
    if (cluster.has("privateAccessCidrs") && isPublic) {
        cluster.refuse(
            "privateAccessCidrs",
            "has no effect with `access.cidrs`, which says from where the API server answers. Leave it out.",
        );
    } else if (cluster.has("privateAccessCidrs") && !cluster.pending("privateAccessCidrs") && ranges.length === 0) {
        cluster.refuse(
            "privateAccessCidrs",
            "is empty, so only the nodes' subnet would reach the API server. Name ranges, or leave it out for all private ones.",
        );
    }
    if (ranges.length > MostRanges) {
        cluster.refuse(
            "privateAccessCidrs",
            `has ${ranges.length} entries, but GKE takes at most ${MostRanges}. Join ranges.`,
        );
    }
    ranges.forEach((entry) => cluster.checkEntry(entry, wrongIpv4Range));
    refuseRepetition(cluster, ranges);
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions */
const NeededHours = 48;
/** Of the 32 days in which GKE needs them. */
const Weeks = 4;
const WindowHours = [4, 24] as const;
const WindowDefaults = { days: 2, hours: 8 } as const;

function checkMaintenance(maintenance: Section<GcpClusterMaintenanceArgs> | undefined): void {
    if (maintenance === undefined) {
        return;
    }
    const days = maintenance.texts("days");
    refuseRepetition(maintenance, days);
    maintenance.check("startTime", wrongTime);
    const wrongHours = maintenance.has("hours") && !checkNumber(maintenance, "hours", ...WindowHours);
    const count = maintenance.has("days") ? days.length : WindowDefaults.days;
    const hours = count * (maintenance.number("hours") ?? WindowDefaults.hours) * Weeks;
    if (!wrongHours && !maintenance.pending("days") && hours < NeededHours) {
        maintenance.refuse(
            maintenance.has("days") ? "days" : "hours",
            `leaves GKE ${hours} hours in 4 weeks, but it needs ${NeededHours}. Give more days or hours.`,
        );
    }
}

function wrongTime(time: string): string | undefined {
    return /^([01]\d|2[0-3]):[0-5]\d$/.test(time)
        ? undefined
        : `is not a time of day ${given(time)}. Give hours and minutes in UTC, for example 03:30.`;
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/config-logging-monitoring */
function checkComponents(cluster: Cluster, key: "loggingComponents" | "monitoringComponents"): void {
    const components = cluster.texts(key);
    refuseRepetition(cluster, components);
    const known = components.every(({ value }) => value !== undefined);
    if (components.length > 0 && known && components.every(({ value }) => value !== GcpLoggingComponent.System)) {
        cluster.refuse(key, "lacks SYSTEM_COMPONENTS, without which GKE keeps nothing of the others. Add it.");
    }
}

function checkLabels(cluster: Cluster): void {
    for (const entry of cluster.texts("labels")) {
        const wrong = wrongLabelKey(entry.key);
        if (wrong !== undefined) {
            cluster.report(entry.path, wrong);
        }
        cluster.checkEntry(entry, wrongLabel);
    }
}

/** Characters of a pool's key: `nodes-<key>-<eight digits>` has 40 at most. */
const LongestPoolKey = 25;

function checkPools(args: Section<WandbDeploymentArgs>, cluster: Cluster): void {
    const size = sizeOf(args);
    const region = clusterRegion(args, cluster);
    const nodes = cluster.section("nodes");
    const pools = cluster.sections("nodePools");
    for (const { key, path } of pools) {
        const wrong = dnsLabel(key, LongestPoolKey);
        if (wrong !== undefined) {
            cluster.report(path, `has a key that becomes part of a name, and it ${wrong}`);
        }
    }
    const all = [nodes, ...pools.map(({ value }) => value)].filter((pool) => pool !== undefined);
    const unknown = cluster.pending("nodePools") || pools.some(({ value }) => value === undefined);
    if (nodes !== undefined && !unknown && all.every(isTainted)) {
        nodes.refuse(
            "taints",
            "are on all nodes, as every pool has some, so GKE's own pods, the cluster's DNS among them, would run nowhere. Leave them out here, or give `gcp.cluster.nodePools` one without taints.",
        );
    }
    all.forEach((pool) => checkNodePool(pool, size, region));
    refuseRepetition(
        cluster,
        all.map((pool) => ({ key: "name", path: pool.at("name"), value: pool.text("name") })),
        "Give each pool its own.",
    );
    checkVolumeType(cluster, nodes?.has("machineType") === true ? nodes.text("machineType") : size.nodeMachineType);
    const account = cluster.section("nodeAccount");
    if (account !== undefined) {
        checkNodeAccount(account);
    }
}

function sizeOf(args: Section<WandbDeploymentArgs>): GcpSize {
    return GcpSizes[Object.values(Size).find((known) => known === args.text("size")) ?? Size.Small];
}

/** Volumes are attached to machines of the default pool, where pods come first. */
function checkVolumeType(cluster: Cluster, machineType: string | undefined): void {
    const volumeType = cluster.text("volumeType") ?? GcpVolumeType.PdBalanced;
    const wrong = machineType === undefined ? undefined : wrongDiskOf(volumeType, machineType);
    if (wrong !== undefined && !cluster.pending("volumeType")) {
        cluster.refuse("volumeType", wrong);
    }
}

function checkKubeconfigArgs(cluster: Cluster): void {
    const kubeconfig = cluster.section("kubeconfig");
    kubeconfig?.check("impersonateServiceAccount", wrongServiceAccount);
    const byDefault = kubeconfig?.text("credentials") === GcpKubeconfigCredentials.ApplicationDefault;
    if (byDefault && kubeconfig.has("impersonateServiceAccount")) {
        kubeconfig.refuse(
            "impersonateServiceAccount",
            "has no effect with `credentials` application-default: the plugin acts as another account by gcloud only. Leave one of them out.",
        );
    }
    if (kubeconfig !== undefined && cluster.section("existing")?.has("kubeconfig") === true) {
        cluster.refuse(
            "kubeconfig",
            "says how a kubeconfig is made, but `gcp.cluster.existing.kubeconfig` is one. Leave out the one or the other.",
        );
    }
}

/** What may stand beside `existing`. */
const BesideExisting: readonly string[] = ["existing", "kubeconfig"];

function checkExisting(args: Section<WandbDeploymentArgs>, cluster: Cluster): void {
    const unused = cluster.givenKeys().filter((key) => !BesideExisting.includes(key));
    if (unused.length > 0) {
        cluster.refuse(
            "existing",
            `is a cluster that is there, so ${codes(unused)} would have no effect. Leave ${unused.length === 1 ? "it" : "them"} out.`,
        );
    }
    checkItsNetwork(args);
    const existing = cluster.section("existing");
    existing?.check("name", wrongGkeName);
    existing?.check("location", (location) => wrongClusterLocation(location, args.section("gcp")?.text("region")));
    existing?.check("project", wrongProject);
}

/** A network of our own would be another one than the cluster's. */
function checkItsNetwork(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    if (gcp?.pending("network") === true || gcp?.section("network")?.has("existing") === true) {
        return;
    }
    args.report(
        "gcp.network.existing",
        "is missing, but `gcp.cluster.existing` is given: its pods reach database and cache in its own network only. Give that network, its subnet and their ranges.",
    );
}
