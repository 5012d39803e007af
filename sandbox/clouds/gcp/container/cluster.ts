/** The control plane of Google Kubernetes Engine, as of @pulumi/gcp 9.37. It answers with the sandbox's own API server. */
import { randomBytes } from "node:crypto";
import { emptyCluster } from "../../../control-plane/empty";
import type { Row } from "../../inventory";
import type { ComputeContext, InventoryView, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { secondaryRanges } from "../compute/ranges";
import { firewallType } from "../compute/shared";
import { withDeletionPolicy } from "../deletion-policy";
import { labelsTold, projectOf } from "../project";
import { apiServer } from "./api-server";
import { adjustCluster, clusterInputs, clusterOutputs, replacesCluster } from "./cluster-inputs";
import { clusterId, networkIdOf, refusedCluster, subnetOf, wrongCluster } from "./cluster-rules";
import { clusterType, poolLeft } from "./pool";
import { gkeName, locationOf, nodePoolType, part, regionOfLocation, zonesOf } from "./shared";
import { channelOf, defaultVersion, isBelow, resolvedVersion } from "./versions";

const durationKey = "gke cluster, default pool removed";

export const cluster: ResourceModel = withDeletionPolicy({
    token: clusterType,
    inputs: clusterInputs,
    outputs: clusterOutputs,
    name: gkeName,
    replaceOn: replacesCluster,
    adjust: adjustCluster,
    volatile: ["effectiveLabels", "masterVersion", "nodeVersion", "pulumiLabels"],
    unread: ["deletionProtection", "minMasterVersion", "removeDefaultNodePool"],
    durationKey,
    validate: wrongCluster,
    refuse: refusedCluster,
    id: clusterId,
    computed: (inputs, context) => ({
        ...labelsTold({ labels: inputs["resourceLabels"] ?? {} }, context.config),
        ...atCreation(inputs, context),
        ...versions(inputs, context.previous),
        ...networking(inputs, context),
        datapathProvider: inputs["datapathProvider"] ?? context.previous?.["datapathProvider"] ?? "LEGACY_DATAPATH",
        nodeLocations:
            inputs["nodeLocations"] ??
            context.previous?.["nodeLocations"] ??
            zonesOf(locationOf(inputs, context.config)),
    }),
    // The provider's own, no API knows it.
    blocksDeletion: ({ inputs }) =>
        inputs["deletionProtection"] === false
            ? undefined
            : "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion.",
    brings: (row) => firewalls(row),
    // "Any firewalls and routes created by Kubernetes Engine at the time of cluster creation"; what an Ingress made stays:
    // https://docs.cloud.google.com/sdk/gcloud/reference/container/clusters/delete
    takesAlong: (row, inventory) => [...poolsOf(row, inventory), ...firewallsOf(row, inventory)],
    leavesBehind: (row, inventory) => poolLeft(row, inventory),
    // The sandbox has one API server: what it held is gone with the last cluster.
    afterDelete: (_row, { dir, inventory }) =>
        inventory.rows(clusterType).length === 0 ? emptyCluster(dir) : Promise.resolve(),
});

function poolsOf({ id }: Row, inventory: InventoryView): Row[] {
    return inventory.rows(nodePoolType).filter((pool) => pool.id.startsWith(`${id}/nodePools/`));
}

/** Rules that GKE makes for nodes and pods: https://docs.cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules */
function firewalls({ id, inputs, outputs }: Row): Row[] {
    const { network } = inputs;
    const projectId = textOf(outputs["project"]);
    return ["all", "exkubelet", "inkubelet", "vms"].map((word) => {
        const name = `gke-${textOf(inputs["name"])}-${word}`;
        return {
            type: firewallType,
            id: `projects/${projectId}/global/firewalls/${name}`,
            state: "active",
            inputs: { name, network, project: projectId },
            outputs: { createdBy: id },
        };
    });
}

function firewallsOf({ id }: Row, inventory: InventoryView): Row[] {
    return inventory.rows(firewallType).filter(({ outputs }) => outputs["createdBy"] === id);
}

/** What stays for the life of a cluster. */
function atCreation(inputs: PropertyMap, { config, inventory, dir, previous, id }: ComputeContext): PropertyMap {
    const { projectId, number } = projectOf(inputs, config, inventory);
    const location = locationOf(inputs, config);
    const server = apiServer(dir);
    const dns = part(part(previous?.["controlPlaneEndpointsConfig"])["dnsEndpointConfig"]);
    const asked = part(inputs["controlPlaneEndpointsConfig"]);
    return {
        endpoint: previous?.["endpoint"] ?? server.endpoint,
        masterAuth: previous?.["masterAuth"] ?? {
            clientCertificate: "",
            clientKey: "",
            clusterCaCertificate: server.certificateAuthority,
        },
        controlPlaneEndpointsConfig: {
            ipEndpointsConfig: { enabled: true },
            ...asked,
            dnsEndpointConfig: {
                allowExternalTraffic: false,
                ...part(asked["dnsEndpointConfig"]),
                endpoint:
                    dns["endpoint"] ??
                    `gke-${randomBytes(16).toString("hex")}-${number}.${regionOfLocation(location)}.gke.goog`,
            },
        },
        location,
        project: projectId,
        selfLink: `https://container.googleapis.com/v1/${id}`,
    };
}

/** The control plane never goes back, and GKE upgrades it further than asked. */
function versions(inputs: PropertyMap, previous: PropertyMap | undefined): PropertyMap {
    const channel = channelOf(inputs);
    const wanted = inputs["minMasterVersion"];
    const least = typeof wanted === "string" ? resolvedVersion(wanted, channel) : undefined;
    const runs = textOf(previous?.["masterVersion"], least ?? defaultVersion(channel));
    const masterVersion = least !== undefined && isBelow(runs, least) ? least : runs;
    return { masterVersion, nodeVersion: previous?.["nodeVersion"] ?? masterVersion };
}

function networking(inputs: PropertyMap, context: ComputeContext): PropertyMap {
    const { previous } = context;
    const policy = part(inputs["ipAllocationPolicy"]);
    const ranges = secondaryRanges(subnetOf(inputs, context)?.inputs ?? {});
    const pods = ranges.get(textOf(policy["clusterSecondaryRangeName"])) ?? "10.4.0.0/14";
    const services = ranges.get(textOf(policy["servicesSecondaryRangeName"])) ?? "34.118.224.0/20";
    const given = part(inputs["privateClusterConfig"]);
    return {
        clusterIpv4Cidr: pods,
        servicesIpv4Cidr: services,
        ipAllocationPolicy: {
            stackType: "IPV4",
            ...policy,
            clusterIpv4CidrBlock: pods,
            servicesIpv4CidrBlock: services,
        },
        privateClusterConfig: {
            enablePrivateEndpoint: false,
            enablePrivateNodes: false,
            masterIpv4CidrBlock: "",
            masterGlobalAccessConfig: { enabled: false },
            ...part(previous?.["privateClusterConfig"]),
            ...given,
            privateEndpoint: "10.0.0.2",
            publicEndpoint: given["enablePrivateEndpoint"] === true ? "" : "192.0.2.10",
        },
        network: networkIdOf(inputs, context),
        subnetwork: subnetOf(inputs, context)?.id ?? null,
    };
}
