/** GKE clusters that are looked up, and the versions that there are. */
import type { InvokeModel, PropertyModel, PropertyModels } from "../../model";
import { textOf, type PropertyMap, type PropertyValue } from "../../values";
import { denied, project, projectIdOf, projectOf, refusedProject } from "../project";
import { apiServer } from "./api-server";
import { clusterInputs, clusterOutputs } from "./cluster-inputs";
import { clusterNamed, containerService, locationOf } from "./shared";
import { channelNames, defaultVersion, versionsOf } from "./versions";

const id = { type: "string" } as const;

/** Blocks, which a data source tells as lists, under the names that the SDK makes of those. */
const blocks: Readonly<Record<string, string>> = {
    addonsConfig: "addonsConfigs",
    binaryAuthorization: "binaryAuthorizations",
    controlPlaneEndpointsConfig: "controlPlaneEndpointsConfigs",
    databaseEncryption: "databaseEncryptions",
    ipAllocationPolicy: "ipAllocationPolicies",
    loggingConfig: "loggingConfigs",
    maintenancePolicy: "maintenancePolicies",
    masterAuth: "masterAuths",
    masterAuthorizedNetworksConfig: "masterAuthorizedNetworksConfigs",
    monitoringConfig: "monitoringConfigs",
    networkPolicy: "networkPolicies",
    nodeConfig: "nodeConfigs",
    privateClusterConfig: "privateClusterConfigs",
    releaseChannel: "releaseChannels",
    workloadIdentityConfig: "workloadIdentityConfigs",
};

const told: PropertyModels = { ...clusterInputs, ...clusterOutputs };
const anything: PropertyModel = { type: "array", items: { type: "any" } };

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/container_cluster */
const getCluster: InvokeModel = {
    token: "gcp:container/getCluster:getCluster",
    inputs: { location: { type: "string" }, name: { type: "string", required: true }, project },
    outputs: {
        ...Object.fromEntries(
            Object.entries(told).map(([name, model]) => (name in blocks ? [blocks[name], anything] : [name, model])),
        ),
        enableAutopilot: { type: "boolean" },
        id,
    },
    answer: (inputs, context) => {
        const { config, inventory, dir } = context;
        const { projectId } = projectOf(inputs, config, inventory);
        const location = locationOf(inputs, config);
        const wanted = `projects/${projectId}/locations/${location}/clusters/${textOf(inputs["name"])}`;
        const refused = refusedProject(projectIdOf(inputs, config), containerService, context, () =>
            denied("container.clusters.get", wanted),
        );
        if (refused !== undefined) {
            throw new Error(refused);
        }
        const cluster = clusterNamed(wanted, inventory);
        if (cluster === undefined) {
            throw new Error(`${wanted} not found`);
        }
        // Secrets stand in the inventory as digests only, and the key of the client, which is always empty, is one.
        const { certificateAuthority } = apiServer(dir);
        const masterAuth = { clientCertificate: "", clientKey: "", clusterCaCertificate: certificateAuthority };
        const values: PropertyMap = { ...cluster.inputs, ...cluster.outputs, masterAuth };
        return { ...asLists(values), enableAutopilot: false, id: wanted };
    },
};

/** A block that is not there is an empty list. */
function asLists(values: PropertyMap): PropertyMap {
    const lists = Object.entries(blocks).map(([name, list]): [string, PropertyValue] => [
        list,
        values[name] === undefined || values[name] === null ? [] : [values[name]],
    ]);
    const rest = Object.keys(told).filter((name) => !(name in blocks) && values[name] !== undefined);
    return Object.fromEntries([...rest.map((name): [string, PropertyValue] => [name, values[name]]), ...lists]);
}

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/data-sources/container_engine_versions */
const getEngineVersions: InvokeModel = {
    token: "gcp:container/getEngineVersions:getEngineVersions",
    inputs: { location: { type: "string" }, project, versionPrefix: { type: "string" } },
    outputs: {
        defaultClusterVersion: { type: "string" },
        id,
        latestMasterVersion: { type: "string" },
        latestNodeVersion: { type: "string" },
        location: { type: "string" },
        project: { type: "string" },
        releaseChannelDefaultVersion: { type: "map" },
        releaseChannelLatestVersion: { type: "map" },
        validMasterVersions: { type: "array" },
        validNodeVersions: { type: "array" },
        versionPrefix: { type: "string" },
    },
    answer: (inputs, context) => {
        const { config, inventory } = context;
        const refused = refusedProject(projectIdOf(inputs, config), containerService, context, (missing) =>
            denied("container.clusters.list", `projects/${missing}`),
        );
        if (refused !== undefined) {
            throw new Error(refused);
        }
        const prefix = textOf(inputs["versionPrefix"]);
        const valid = [...new Set(channelNames.flatMap(versionsOf))]
            .filter((version) => version.startsWith(prefix))
            .sort()
            .reverse();
        const location = locationOf(inputs, config);
        const byChannel = (pick: (channel: string) => string): PropertyMap =>
            Object.fromEntries(channelNames.map((channel) => [channel, pick(channel)]));
        return {
            defaultClusterVersion: defaultVersion("REGULAR"),
            id: location,
            latestMasterVersion: valid[0] ?? "",
            latestNodeVersion: valid[0] ?? "",
            location,
            project: projectOf(inputs, config, inventory).projectId,
            releaseChannelDefaultVersion: byChannel(defaultVersion),
            releaseChannelLatestVersion: byChannel((channel) => [...versionsOf(channel)].sort().reverse()[0]),
            validMasterVersions: valid,
            validNodeVersions: valid,
            ...(prefix === "" ? {} : { versionPrefix: prefix }),
        };
    },
};

export const containerInvokes: readonly InvokeModel[] = [getCluster, getEngineVersions];
