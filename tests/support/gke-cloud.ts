/** The simulated GKE in tests: what a cluster needs, orders that GKE takes, and a cloud in which our part can be made. */
import { gcp } from "../../sandbox/clouds/gcp";
import { clusterType, poolName } from "../../sandbox/clouds/gcp/container/pool";
import { nodePoolType } from "../../sandbox/clouds/gcp/container/shared";
import { networkType, subnetworkType } from "../../sandbox/clouds/gcp/compute/shared";
import type { Row } from "../../sandbox/clouds/inventory";
import type { CloudModel, ResourceModel } from "../../sandbox/clouds/model";
import { random } from "../../sandbox/clouds/random";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "./cloud-frame";
import { plantKey, plantProject, plantServiceAccount, project, region } from "./gcp-account";

export { clusterType, nodePoolType };

export const secretsAgent = `serviceAccount:service-${project.number}@container-engine-robot.iam.gserviceaccount.com`;
export const diskAgent = `serviceAccount:service-${project.number}@compute-system.iam.gserviceaccount.com`;
export const nodeAccount = `nodes@${project.projectId}.iam.gserviceaccount.com`;
export const clusterIdOf = (name: string, place = region) =>
    `projects/${project.projectId}/locations/${place}/clusters/${name}`;
export const networkId = `projects/${project.projectId}/global/networks/w`;
export const subnetId = `projects/${project.projectId}/regions/${region}/subnetworks/w`;

/** What is made in a cluster, of which Google Cloud knows nothing. */
const inCluster: readonly ResourceModel[] = [
    "pulumi:providers:kubernetes",
    "kubernetes:storage.k8s.io/v1:StorageClass",
].map((token) => ({
    token,
    stateOnly: true,
    inputs: Object.fromEntries(
        [
            "allowVolumeExpansion",
            "apiVersion",
            "clusterIdentifier",
            "enableConfigMapMutable",
            "enableServerSideApply",
            "kind",
            "kubeconfig",
            "metadata",
            "parameters",
            "provisioner",
            "reclaimPolicy",
            "upsertExistingObjects",
            "volumeBindingMode",
        ].map((name) => [name, { type: "any" as const }]),
    ),
}));

/** One provider for all that the part makes. */
const everything: CloudModel = { ...gcp, resources: [...gcp.resources, ...random.resources, ...inCluster] };

export class GkeCloud extends TestCloud {
    /** The key of `cluster` and `nodes`. */
    key = "";

    /** @param services APIs that are on */
    static async start(services: readonly string[] = ["container", "compute", "cloudkms", "iam"]): Promise<GkeCloud> {
        const cloud = new GkeCloud({ cloud: everything });
        cloud.provider.configure(properties({ project: project.projectId, region }));
        await plantProject(cloud.provider.inventory, project, services);
        return cloud;
    }

    /** A network with a subnet, a key that GKE and Compute Engine may use, and an account for nodes. */
    async surroundings(): Promise<void> {
        const { inventory } = this.provider;
        await this.plant(networkType, networkId, { name: "w", autoCreateSubnetworks: false });
        await this.plant(subnetworkType, subnetId, {
            name: "w",
            network: networkId,
            ipCidrRange: "10.10.0.0/20",
            region,
            secondaryIpRanges: [
                { rangeName: "pods", ipCidrRange: "10.20.0.0/16" },
                { rangeName: "services", ipCidrRange: "10.30.0.0/20" },
            ],
        });
        this.key = await plantKey(inventory, region, [secretsAgent, diskAgent]);
        await plantServiceAccount(inventory, "nodes");
    }

    plant(type: string, id: string, inputs: Row["inputs"], outputs: Row["outputs"] = {}): Promise<void> {
        return this.provider.inventory.plant({ type, id, inputs, outputs });
    }

    /** Inputs of a cluster that GKE takes. */
    clusterInputs(changes: PropertyMap = {}): PropertyMap {
        return {
            name: "w",
            location: region,
            network: networkId,
            subnetwork: subnetId,
            ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
            initialNodeCount: 1,
            removeDefaultNodePool: true,
            workloadIdentityConfig: { workloadPool: poolName(project.projectId) },
            nodeConfig: { serviceAccount: nodeAccount },
            deletionProtection: false,
            ...changes,
        };
    }

    cluster(changes: PropertyMap = {}) {
        return this.make(clusterType, this.clusterInputs(changes));
    }

    /** Inputs of a pool that GKE takes. */
    poolInputs(changes: PropertyMap = {}): PropertyMap {
        return {
            name: "nodes",
            cluster: "w",
            location: region,
            initialNodeCount: 1,
            autoscaling: { minNodeCount: 1, maxNodeCount: 4 },
            nodeConfig: { serviceAccount: nodeAccount, machineType: "n2-highmem-8", bootDiskKmsKey: this.key },
            ...changes,
        };
    }

    nodes(changes: PropertyMap = {}) {
        return this.make(nodePoolType, this.poolInputs(changes));
    }

    /** Checks, then creates: with defaults, as the engine does. */
    async make(type: string, news: PropertyMap) {
        const { inputs, problems } = await this.check(type, news);
        if (problems.length > 0) {
            throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
        }
        return this.create(type, inputs);
    }

    async update(type: string, id: string, news: PropertyMap) {
        const before = this.provider.inventory.get(type, id);
        const { inputs } = await this.check(type, news);
        const oldOutputs = properties({ ...before?.outputs });
        return this.provider.update({ urn: urnOf(type), id, oldOutputs, news: inputs, preview: false });
    }

    /** Changed paths, `!` in front of those that need a new resource. */
    async changes(type: string, olds: PropertyMap, news: PropertyMap): Promise<string[]> {
        const request = { urn: urnOf(type), id: "x", oldInputs: properties(olds), news: properties(news) };
        const { changes } = await this.provider.diff(request);
        return changes.map(({ path, replaces }) => `${replaces ? "!" : ""}${path}`);
    }

    output(type: string, id: string, name: string): string {
        return textOf(this.provider.inventory.get(type, id)?.outputs[name]);
    }
}
