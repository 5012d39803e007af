/** A GKE cluster of somebody else in a Shared VPC, as examples/gcp-existing asks for it: with addresses for Google's services. */
import {
    connectionType,
    globalAddressType,
    networkType,
    subnetworkType,
} from "../../sandbox/clouds/gcp/compute/shared";
import { apiServer } from "../../sandbox/clouds/gcp/container/api-server";
import { clusterType, poolName } from "../../sandbox/clouds/gcp/container/pool";
import type { Row } from "../../sandbox/clouds/inventory";
import { waitFor } from "../../sandbox/processes";
import { type GivenProject, plantProject, project, region } from "./gcp-account";
import type { GcpWorld } from "./gcp-world";
import { inventory } from "./inventory";

/** What the README names. */
export interface Platform {
    /** Whose the network is. */
    readonly host: GivenProject;
    readonly networkName: string;
    readonly subnetworkName: string;
    /** Names of the subnet's secondary ranges. */
    readonly ranges: { readonly pods: string; readonly services: string };
    readonly clusterName: string;
}

export async function plantPlatform(world: GcpWorld, platform: Platform): Promise<void> {
    const { host, networkName, subnetworkName } = platform;
    await plantProject(world.inventory, host, ["compute", "container", "servicenetworking"]);
    const networkId = `projects/${host.projectId}/global/networks/${networkName}`;
    const subnetworkId = `projects/${host.projectId}/regions/${region}/subnetworks/${subnetworkName}`;
    await plantNetwork(world, platform, networkId, subnetworkId);
    await plantCluster(world, platform, networkId, subnetworkId);
    // GKE's kinds come with the cluster, and the API server refuses to list new ones for a moment.
    const crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const definitions = ["backendconfigs.cloud.google.com", "frontendconfigs.networking.gke.io"];
    const isReady = async () => {
        const found = await Promise.all(definitions.map((name) => world.client.find(`${crds}/${name}`)));
        return found.every((one) => one !== undefined) && (await inventory(world.client).then(() => true));
    };
    await waitFor("GKE's kinds", isReady, { timeoutMs: 30_000 });
}

function planter({ inventory: rows }: GcpWorld) {
    return (type: string, id: string, inputs: Row["inputs"], outputs: Row["outputs"] = {}) =>
        rows.plant({ type, id, inputs, outputs: { ...inputs, ...outputs } });
}

/** The network, and in it private services access. */
async function plantNetwork(
    world: GcpWorld,
    { host, networkName, subnetworkName, ranges }: Platform,
    networkId: string,
    subnetworkId: string,
): Promise<void> {
    const plant = planter(world);
    const owner = { project: host.projectId };
    await plant(networkType, networkId, { name: networkName, autoCreateSubnetworks: false, ...owner });
    await plant(subnetworkType, subnetworkId, {
        name: subnetworkName,
        network: networkId,
        ipCidrRange: "10.20.0.0/20",
        privateIpGoogleAccess: true,
        region,
        secondaryIpRanges: [
            { rangeName: ranges.pods, ipCidrRange: "10.24.0.0/14" },
            { rangeName: ranges.services, ipCidrRange: "10.20.16.0/20" },
        ],
        stackType: "IPV4_ONLY",
        ...owner,
    });
    const allocated = {
        name: "google-services",
        network: networkId,
        purpose: "VPC_PEERING",
        prefixLength: 20,
        ...owner,
    };
    const rangeId = `projects/${host.projectId}/global/addresses/${allocated.name}`;
    await plant(globalAddressType, rangeId, { ...allocated, addressType: "INTERNAL" }, { address: "10.20.32.0" });
    const service = "servicenetworking.googleapis.com";
    await plant(connectionType, `${encodeURIComponent(networkId)}:${service}`, {
        network: networkId,
        service,
        reservedPeeringRanges: [allocated.name],
    });
}

async function plantCluster(
    world: GcpWorld,
    { clusterName, ranges }: Platform,
    networkId: string,
    subnetworkId: string,
): Promise<void> {
    const id = `projects/${project.projectId}/locations/${region}/clusters/${clusterName}`;
    const inputs = {
        name: clusterName,
        location: region,
        network: networkId,
        subnetwork: subnetworkId,
        ipAllocationPolicy: {
            clusterSecondaryRangeName: ranges.pods,
            servicesSecondaryRangeName: ranges.services,
            clusterIpv4CidrBlock: "10.24.0.0/14",
            servicesIpv4CidrBlock: "10.20.16.0/20",
        },
        privateClusterConfig: { enablePrivateNodes: true },
        workloadIdentityConfig: { workloadPool: poolName(project.projectId) },
        project: project.projectId,
    };
    const { endpoint } = apiServer(world.program.dir);
    await planter(world)(clusterType, id, inputs, {
        endpoint,
        nodeLocations: ["a", "b", "c"].map((zone) => `${region}-${zone}`),
    });
}
