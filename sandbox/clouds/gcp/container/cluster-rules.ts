/** What GKE refuses of a cluster. */
import { overlap, prefixOf } from "../../cidr";
import type { Row } from "../../inventory";
import type { Problem, RefuseContext } from "../../model";
import { quotaOf } from "../../quotas";
import { textOf, valuesAt, type PropertyMap } from "../../values";
import { completed, projectIn, regionIn } from "../compute/links";
import { secondaryRanges, takenIn, wrongRange } from "../compute/ranges";
import { computeService, networkType, subnetworkType } from "../compute/shared";
import { denied, projectIdOf, projectOf, refusedLabels, refusedProject } from "../project";
import { refusedMaintenance } from "./maintenance";
import { clusterType, poolName } from "./pool";
import {
    bad,
    clusterNamed,
    containerService,
    isZone,
    locationOf,
    part,
    refusedNodeConfig,
    refusedSecretsKey,
    refusedZones,
    regionOfLocation,
    textsIn,
} from "./shared";
import { channelOf, isBelow, minorOf, resolvedVersion } from "./versions";

/** The provider's own rules (resource_container_cluster.go). */
export function wrongCluster(inputs: PropertyMap, given: ReadonlySet<string>): Problem[] {
    const network = part(inputs["privateClusterConfig"]);
    const master = network["masterIpv4CidrBlock"];
    const wrongMaster = typeof master === "string" && prefixOf(master) !== 28;
    const policy = part(inputs["ipAllocationPolicy"]);
    const mixed =
        ["clusterSecondaryRangeName", "servicesSecondaryRangeName"].some((name) => policy[name] !== undefined) &&
        ["clusterIpv4CidrBlock", "servicesIpv4CidrBlock"].some((name) => policy[name] !== undefined);
    return [
        ...authorizedRanges(inputs).flatMap((range) => wrongRange("masterAuthorizedNetworksConfig.cidrBlocks", range)),
        ...(wrongMaster
            ? [
                  {
                      property: "privateClusterConfig.masterIpv4CidrBlock",
                      reason: `expected to contain a network CIDR with a prefix of 28 (value given: ${master}). Correct it.`,
                  },
              ]
            : []),
        ...(mixed
            ? [
                  {
                      property: "ipAllocationPolicy",
                      reason: "has both names of ranges and ranges. Give the one or the other.",
                  },
              ]
            : []),
        ...(given.has("clusterIpv4Cidr") && given.has("ipAllocationPolicy")
            ? [{ property: "clusterIpv4Cidr", reason: "conflicts with ipAllocationPolicy. Leave one out." }]
            : []),
    ];
}

export function refusedCluster(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { config, previous } = context;
    const projectId = projectIdOf(inputs, config);
    const api = [containerService, computeService]
        .map((service) =>
            refusedProject(projectId, service, context, (missing) =>
                denied("container.clusters.create", `projects/${missing}`),
            ),
        )
        .find((reason) => reason !== undefined);
    return (
        api ??
        refusedPlace(inputs, context) ??
        refusedNetwork(inputs, context) ??
        refusedEndpoint(inputs, context) ??
        refusedSecurity(inputs, context) ??
        refusedMaintenance(inputs["maintenancePolicy"]) ??
        refusedLogs(inputs) ??
        refusedLabels({ labels: inputs["resourceLabels"] ?? {} }, config) ??
        (previous === undefined ? refusedCreation(inputs, context) : refusedUpdate(inputs, previous))
    );
}

export function clusterId(inputs: PropertyMap, { config, inventory }: Pick<RefuseContext, "config" | "inventory">) {
    const { projectId } = projectOf(inputs, config, inventory);
    return `projects/${projectId}/locations/${locationOf(inputs, config)}/clusters/${textOf(inputs["name"])}`;
}

function refusedPlace(inputs: PropertyMap, { config }: RefuseContext): string | undefined {
    const location = locationOf(inputs, config);
    if (location === "") {
        return "Cannot determine location: set in this resource, or set provider-level 'region' or 'zone'.";
    }
    return regionOfLocation(location) === undefined
        ? bad(`Location "${location}" does not exist.`)
        : refusedZones(textsIn(inputs["nodeLocations"]), location);
}

/** The subnet that a cluster names, however it does. */
export function subnetOf(inputs: PropertyMap, { config, inventory }: Pick<RefuseContext, "config" | "inventory">) {
    const region = regionOfLocation(locationOf(inputs, config)) ?? "";
    const id = completed(inputs["subnetwork"], "subnetworks", {
        project: projectOf(inputs, config, inventory).projectId,
        region,
    });
    return inventory.find(subnetworkType, (row) => row.id === id);
}

export function networkIdOf(inputs: PropertyMap, { config, inventory }: Pick<RefuseContext, "config" | "inventory">) {
    return completed(inputs["network"], "networks", { project: projectOf(inputs, config, inventory).projectId });
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/alias-ips */
function refusedNetwork(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, config } = context;
    if (inputs["network"] === undefined) {
        return bad("the default network is not simulated. Name a network and a subnetwork.");
    }
    const networkId = networkIdOf(inputs, context);
    if (inventory.find(networkType, ({ id }) => id === networkId) === undefined) {
        return bad(`Network "${networkId}" does not exist.`);
    }
    const subnet = subnetOf(inputs, context);
    const region = regionOfLocation(locationOf(inputs, config));
    if (subnet === undefined || regionIn(subnet.id) !== region) {
        return bad(`Subnetwork "${textOf(inputs["subnetwork"])}" does not exist in region "${region}".`);
    }
    if (completed(subnet.inputs["network"], "networks", { project: projectIn(subnet.id) }) !== networkId) {
        return bad(`Subnetwork "${subnet.id}" is not in network "${networkId}".`);
    }
    const policy = part(inputs["ipAllocationPolicy"]);
    const known = secondaryRanges(subnet.inputs);
    const missing = [
        ["Pod", textOf(policy["clusterSecondaryRangeName"])],
        ["Services", textOf(policy["servicesSecondaryRangeName"])],
    ].find(([, name]) => name !== "" && !known.has(name));
    return missing === undefined
        ? refusedNodesNetwork(inputs, subnet, context)
        : bad(`${missing[0]} secondary range "${missing[1]}" does not exist in subnetwork "${subnet.id}".`);
}

/**
 * Without Private Google Access nodes without public addresses never register. GKE turns it on in a subnet of the cluster's own project:
 * https://docs.cloud.google.com/vpc/docs/private-google-access
 */
function refusedNodesNetwork(inputs: PropertyMap, subnet: Row, { config, inventory }: RefuseContext) {
    const isPrivate = part(inputs["privateClusterConfig"])["enablePrivateNodes"] === true;
    const isShared = projectIn(subnet.id) !== projectOf(inputs, config, inventory).projectId;
    return isPrivate && isShared && subnet.inputs["privateIpGoogleAccess"] !== true
        ? "Error waiting for creating GKE cluster: All cluster resources were brought up, but: only 0 nodes out of 3 have registered; this is likely due to Nodes failing to start correctly; try re-creating the cluster or contact support if that doesn't work."
        : undefined;
}

/** https://docs.cloud.google.com/kubernetes-engine/quotas */
const mostAuthorized = { private: 100, public: 50 } as const;

function refusedEndpoint(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const network = part(inputs["privateClusterConfig"]);
    const authorized = inputs["masterAuthorizedNetworksConfig"];
    if (network["enablePrivateEndpoint"] === true && authorized === undefined) {
        return bad("Master authorized networks must be enabled if private endpoint is enabled.");
    }
    const ranges = authorizedRanges(inputs);
    const most = network["enablePrivateNodes"] === true ? mostAuthorized.private : mostAuthorized.public;
    if (ranges.length > most) {
        return bad(`Too many authorized networks: ${ranges.length} given, at most ${most}.`);
    }
    return refusedMasterRange(network, networkIdOf(inputs, context), context);
}

function authorizedRanges(inputs: PropertyMap): string[] {
    return valuesAt(inputs, "masterAuthorizedNetworksConfig.cidrBlocks[*].cidrBlock").map((one) => textOf(one));
}

function refusedMasterRange(network: PropertyMap, networkId: string, { inventory, previous }: RefuseContext) {
    const range = textOf(network["masterIpv4CidrBlock"]);
    if (range === "" || previous !== undefined) {
        return undefined;
    }
    if (network["privateEndpointSubnetwork"] !== undefined) {
        return bad("Only one of master_ipv4_cidr_block and private_endpoint_subnetwork may be specified.");
    }
    const other = takenIn(networkId, inventory).find(({ cidr }) => overlap(cidr, range));
    return other === undefined
        ? undefined
        : bad(`The given master_ipv4_cidr ${range} overlaps with an existing network ${other.cidr}.`);
}

function refusedSecurity(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { config, inventory } = context;
    const pool = part(inputs["workloadIdentityConfig"])["workloadPool"];
    const only = poolName(projectOf(inputs, config, inventory).projectId);
    if (pool !== undefined && pool !== only) {
        return bad(`Currently, the only valid value for workload_pool is "${only}".`);
    }
    const { state, keyName } = part(inputs["databaseEncryption"]);
    if (state === "ENCRYPTED" && keyName === undefined) {
        return bad("Cluster.database_encryption.key_name must be set when the state is ENCRYPTED.");
    }
    const location = locationOf(inputs, config);
    return (
        refusedPolicies(inputs) ??
        (state === "ENCRYPTED" ? refusedSecretsKey(textOf(keyName), location, inputs, context) : undefined) ??
        refusedNodeConfig(part(inputs["nodeConfig"]), { location, usesPool: pool !== undefined }, inputs, context)
    );
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/network-policy */
function refusedPolicies({ networkPolicy, datapathProvider, addonsConfig }: PropertyMap): string | undefined {
    if (part(networkPolicy)["enabled"] !== true) {
        return undefined;
    }
    if (datapathProvider === "ADVANCED_DATAPATH") {
        return bad("Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed.");
    }
    return part(part(addonsConfig)["networkPolicyConfig"])["disabled"] === false
        ? undefined
        : bad("Network policy addon must be enabled before enabling network policy on nodes.");
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/config-logging-monitoring */
function refusedLogs({ loggingConfig, monitoringConfig }: PropertyMap): string | undefined {
    const alone = [part(loggingConfig), part(monitoringConfig)]
        .map((config) => textsIn(config["enableComponents"]))
        .find((components) => components.length > 0 && !components.includes("SYSTEM_COMPONENTS"));
    return alone === undefined
        ? undefined
        : bad(`SYSTEM_COMPONENTS must be enabled in order to enable ${alone.join(", ")}.`);
}

/** Zonal and regional clusters in a region; a project may ask for more: https://docs.cloud.google.com/kubernetes-engine/quotas */
const mostClusters = 100;

function refusedCreation(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, dir, config } = context;
    const id = clusterId(inputs, context);
    if (clusterNamed(id, inventory) !== undefined) {
        return `googleapi: Error 409: Already exists: ${id}., alreadyExists`;
    }
    const location = locationOf(inputs, config);
    const most = quotaOf(dir, clusterType, mostClusters);
    const beside = inventory.rows(clusterType).filter((row) => regionOfCluster(row) === regionOfLocation(location));
    if (beside.length >= most) {
        return `googleapi: Error 403: Insufficient quota to satisfy the request: ${isZone(location) ? "zonal" : "regional"} clusters: ${beside.length} exist, limit ${most}., forbidden`;
    }
    if (inventory.rows(clusterType).length > 0) {
        // All of them would share the sandbox's one API server, and the end of one would empty the other.
        return "the sandbox has one API server, so it can simulate one cluster at a time. Delete the other one first.";
    }
    if (!(Number(inputs["initialNodeCount"]) >= 1)) {
        return bad("Cluster.initial_node_count must be greater than zero.");
    }
    const wanted = inputs["minMasterVersion"];
    return typeof wanted === "string" && resolvedVersion(wanted, channelOf(inputs)) === undefined
        ? unknownVersion(wanted)
        : undefined;
}

function regionOfCluster({ outputs }: Row): string | undefined {
    return regionOfLocation(textOf(outputs["location"]));
}

function unknownVersion(wanted: string): string {
    return /-gke\.\d+$/.test(wanted)
        ? bad(`Master version "${wanted}" is unsupported.`)
        : bad(`No valid versions with the prefix "${wanted}" found.`);
}

/** The provider asks for an upgrade only where the control plane is older: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/upgrading-a-cluster */
function refusedUpdate(inputs: PropertyMap, previous: PropertyMap): string | undefined {
    const wanted = inputs["minMasterVersion"];
    const runs = textOf(previous["masterVersion"]);
    if (typeof wanted !== "string" || wanted === previous["minMasterVersion"]) {
        return undefined;
    }
    const next = resolvedVersion(wanted, channelOf(inputs));
    if (next === undefined) {
        return isBelow(wanted, runs) ? undefined : unknownVersion(wanted);
    }
    return minorOf(next) > minorOf(runs) + 1
        ? bad(`Master cannot be upgraded to "${next}": cannot upgrade the master more than a minor version at a time.`)
        : undefined;
}
