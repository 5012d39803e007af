import { Cluster, type ClusterArgs } from "@pulumi/gcp/container";
import * as pulumi from "@pulumi/pulumi";
import type { AccessArgs } from "../../args/infrastructure";
import {
    type GcpClusterArgs,
    GcpLoggingComponent,
    GcpMonitoringComponent,
    GcpNetworkPolicy,
    GcpReleaseChannel,
} from "../args/cluster";
import { GcpBootDiskType } from "../args/nodes";
import type { GcpDeploymentScope } from "../scope";
import type { ClusterInput } from "./input";
import { maintenanceWindow } from "./maintenance";
import { physicalName } from "../name";
import { machineSettings } from "./node-config";

export interface ControlPlaneInput extends ClusterInput {
    readonly access: AccessArgs;
    /** Email of the nodes' service account. */
    readonly nodeAccount: pulumi.Output<string>;
}

const LongestName = 40;

/** Makes the control plane. It needs the subnet, not the way to the outside: that is for nodes. */
export function createControlPlane(scope: GcpDeploymentScope, input: ControlPlaneInput): Cluster {
    const { name, parent } = scope;
    const { cluster, apis } = input;
    return new Cluster(
        `${name}-cluster`,
        {
            name: physicalName(scope, cluster.name, { word: "cluster", beginning: name, longest: LongestName }),
            description: cluster.description,
            project: scope.project,
            location: cluster.location ?? scope.region,
            nodeLocations: cluster.nodeZones,
            releaseChannel: { channel: cluster.releaseChannel ?? GcpReleaseChannel.Regular },
            minMasterVersion: cluster.minVersion,
            ...networking(input),
            ...security(scope, input),
            ...operations(cluster),
            ...temporaryPool(input),
            deletionProtection: scope.deletionProtection,
            resourceLabels: clusterLabels(scope, cluster),
        },
        {
            parent,
            dependsOn: apis.need("container", "compute"),
            // Its name is fixed before it is made, so two cannot stand side by side.
            deleteBeforeReplace: true,
            // They are of the pool that is gone, and the provider would replace the cluster for what GKE tells of the others:
            // https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/using_gke_with_terraform
            ignoreChanges: ["nodeConfig", "initialNodeCount"],
            // The provider refuses too, but only when node pools are gone: what is deleted first begins with all that depends on it.
            protect: scope.deletionProtection || undefined,
        },
    );
}

/** Labels of the cluster and its nodes. */
export function clusterLabels({ labels }: GcpDeploymentScope, cluster: GcpClusterArgs): GcpDeploymentScope["labels"] {
    return cluster.labels === undefined ? labels : { ...labels, ...cluster.labels };
}

function networking({ cluster, access, network }: ControlPlaneInput): Partial<ClusterArgs> {
    const { networkPolicy = GcpNetworkPolicy.DataplaneV2 } = cluster;
    return {
        network: network.networkId,
        subnetwork: network.subnetworkId,
        networkingMode: "VPC_NATIVE",
        ipAllocationPolicy: {
            clusterSecondaryRangeName: network.podRangeName,
            servicesSecondaryRangeName: network.serviceRangeName,
        },
        privateClusterConfig: {
            enablePrivateNodes: cluster.privateNodes ?? true,
            enablePrivateEndpoint: isPrivate(access),
            masterIpv4CidrBlock: cluster.controlPlaneCidr,
            privateEndpointSubnetwork: cluster.controlPlaneSubnetworkId,
        },
        masterAuthorizedNetworksConfig: {
            // In order, so that two runs are the same.
            cidrBlocks: [...endpointRanges(access, cluster)].sort().map((cidrBlock) => ({ cidrBlock })),
            gcpPublicCidrsAccessEnabled: false,
            // Else the ranges are those of the public endpoint only.
            privateEndpointEnforcementEnabled: isPrivate(access) || undefined,
        },
        controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: cluster.dnsEndpoint ?? false } },
        datapathProvider: networkPolicy === GcpNetworkPolicy.DataplaneV2 ? "ADVANCED_DATAPATH" : "LEGACY_DATAPATH",
        networkPolicy: networkPolicy === GcpNetworkPolicy.Calico ? { enabled: true, provider: "CALICO" } : undefined,
        defaultMaxPodsPerNode: cluster.maxPodsPerNode,
        enableIntranodeVisibility: cluster.intranodeVisibility ?? true,
    };
}

/** Whoever has an address of one of these may reach the private endpoint, if the network lets him. */
const PrivateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] as const;

function isPrivate({ cidrs = [] }: AccessArgs): boolean {
    return cidrs.length === 0;
}

function endpointRanges(access: AccessArgs, { privateAccessCidrs }: GcpClusterArgs): readonly string[] {
    return isPrivate(access) ? (privateAccessCidrs ?? PrivateRanges) : (access.cidrs ?? []);
}

function security(scope: GcpDeploymentScope, { cluster, key }: ControlPlaneInput): Partial<ClusterArgs> {
    return {
        workloadIdentityConfig: { workloadPool: pulumi.interpolate`${scope.project}.svc.id.goog` },
        databaseEncryption: { state: "ENCRYPTED", keyName: key },
        enableShieldedNodes: true,
        binaryAuthorization: {
            evaluationMode: cluster.binaryAuthorization ? "PROJECT_SINGLETON_POLICY_ENFORCE" : "DISABLED",
        },
    };
}

function operations(cluster: GcpClusterArgs): Partial<ClusterArgs> {
    // In a fixed order, so that two runs are the same.
    const inOrder = <T extends string>(all: readonly T[], wanted: readonly T[]) =>
        all.filter((component) => wanted.includes(component));
    const logging = Object.values(GcpLoggingComponent);
    const monitoring = Object.values(GcpMonitoringComponent);
    return {
        addonsConfig: {
            httpLoadBalancing: { disabled: false },
            horizontalPodAutoscaling: { disabled: false },
            gcePersistentDiskCsiDriverConfig: { enabled: true },
            gcsFuseCsiDriverConfig: { enabled: cluster.gcsFuse ?? false },
            networkPolicyConfig: { disabled: cluster.networkPolicy !== GcpNetworkPolicy.Calico },
        },
        loggingConfig: { enableComponents: inOrder(logging, cluster.loggingComponents ?? logging) },
        monitoringConfig: {
            enableComponents: inOrder(monitoring, cluster.monitoringComponents ?? [GcpMonitoringComponent.System]),
            managedPrometheus: { enabled: cluster.managedPrometheus ?? true },
        },
        maintenancePolicy: { recurringWindow: maintenanceWindow(cluster.maintenance) },
    };
}

/** Enough for the image, on disks that nobody else uses. */
const TemporaryDiskGb = 30;

/**
 * GKE makes no cluster without nodes, so there is one pool for a moment. It follows the same rules as those that stay: organisations may refuse
 * disks without a customer's key, or machines that are not shielded.
 */
function temporaryPool({ nodeAccount, key }: ControlPlaneInput): Partial<ClusterArgs> {
    return {
        initialNodeCount: 1,
        removeDefaultNodePool: true,
        nodeConfig: {
            ...machineSettings({ serviceAccount: nodeAccount, key, secureBoot: true }),
            diskSizeGb: TemporaryDiskGb,
            diskType: GcpBootDiskType.PdBalanced,
        },
    };
}
