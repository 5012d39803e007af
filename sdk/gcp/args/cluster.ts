import type * as pulumi from "@pulumi/pulumi";
import type { GcpNodeAccountArgs, GcpNodePoolArgs, GcpVolumeType } from "./nodes";

/** How fast GKE takes new versions to the cluster (`releaseChannel`). */
export const GcpReleaseChannel = {
    /** Newest versions, also before they are known to be stable. */
    Rapid: "RAPID",
    /** Two to three months after `RAPID`. */
    Regular: "REGULAR",
    /** Two to three months after `REGULAR`. */
    Stable: "STABLE",
    /** As `REGULAR`, and a minor version may stay up to 24 months, at a higher price after its standard support. */
    Extended: "EXTENDED",
} as const;
/** How fast GKE takes new versions to the cluster (`releaseChannel`). */
export type GcpReleaseChannel = (typeof GcpReleaseChannel)[keyof typeof GcpReleaseChannel];

/** Who enforces network policies of Kubernetes. */
export const GcpNetworkPolicy = {
    /** GKE Dataplane V2 (`datapathProvider` `ADVANCED_DATAPATH`): eBPF, with logs of refused connections. */
    DataplaneV2: "dataplane-v2",
    /** Calico on top of kube-proxy (`networkPolicy`). */
    Calico: "calico",
    /** Nobody: policies are accepted and have no effect. */
    None: "none",
} as const;
/** Who enforces network policies of Kubernetes. */
export type GcpNetworkPolicy = (typeof GcpNetworkPolicy)[keyof typeof GcpNetworkPolicy];

/** Parts whose logs go to Cloud Logging (`loggingConfig.enableComponents`). */
export const GcpLoggingComponent = {
    /** GKE's own pods and the nodes. */
    System: "SYSTEM_COMPONENTS",
    /** All other pods. */
    Workloads: "WORKLOADS",
    /** API server. */
    ApiServer: "APISERVER",
    /** Scheduler. */
    Scheduler: "SCHEDULER",
    /** Controller manager. */
    ControllerManager: "CONTROLLER_MANAGER",
} as const;
/** Parts whose logs go to Cloud Logging (`loggingConfig.enableComponents`). */
export type GcpLoggingComponent = (typeof GcpLoggingComponent)[keyof typeof GcpLoggingComponent];

/** Parts whose metrics go to Cloud Monitoring (`monitoringConfig.enableComponents`). */
export const GcpMonitoringComponent = {
    /** GKE's own pods and the nodes. */
    System: "SYSTEM_COMPONENTS",
    /** API server. */
    ApiServer: "APISERVER",
    /** Scheduler. */
    Scheduler: "SCHEDULER",
    /** Controller manager. */
    ControllerManager: "CONTROLLER_MANAGER",
    /** PersistentVolumes and their claims. */
    Storage: "STORAGE",
    /** Horizontal pod autoscalers. */
    Hpa: "HPA",
    /** Pods. */
    Pod: "POD",
    /** DaemonSets. */
    DaemonSet: "DAEMONSET",
    /** Deployments. */
    Deployment: "DEPLOYMENT",
    /** StatefulSets. */
    StatefulSet: "STATEFULSET",
    /** Kubelets. */
    Kubelet: "KUBELET",
    /** Containers. */
    Cadvisor: "CADVISOR",
} as const;
/** Parts whose metrics go to Cloud Monitoring (`monitoringConfig.enableComponents`). */
export type GcpMonitoringComponent = (typeof GcpMonitoringComponent)[keyof typeof GcpMonitoringComponent];

/** Days of the week, as calendars write them (RFC 5545). */
export const GcpWeekday = {
    /** Monday. */
    Monday: "MO",
    /** Tuesday. */
    Tuesday: "TU",
    /** Wednesday. */
    Wednesday: "WE",
    /** Thursday. */
    Thursday: "TH",
    /** Friday. */
    Friday: "FR",
    /** Saturday. */
    Saturday: "SA",
    /** Sunday. */
    Sunday: "SU",
} as const;
/** Days of the week, as calendars write them (RFC 5545). */
export type GcpWeekday = (typeof GcpWeekday)[keyof typeof GcpWeekday];

/**
 * When GKE may upgrade control plane and nodes by itself (`maintenancePolicy.recurringWindow`). In 32 days it needs 48 hours, in pieces of at
 * least 4. Urgent security fixes may come at any time.
 */
export interface GcpClusterMaintenanceArgs {
    /** Days on which the window begins. Default: Saturday and Sunday. A change is made in place. */
    days?: GcpWeekday[];
    /**
     * Time at which it begins, `HH:MM`, UTC. A change is made in place.
     * @default 00:00
     */
    startTime?: string;
    /**
     * Hours for which it stays open, 4 to 24. A change is made in place.
     * @default 8
     */
    hours?: number;
}

/** A GKE cluster that is there already: Standard, VPC-native, with Workload Identity. Its network is named by `gcp.network.existing`. */
export interface GcpExistingClusterArgs {
    /** Name of the cluster. */
    name: pulumi.Input<string>;
    /** Region of a regional cluster, zone of a zonal one. Default: the region of the deployment. */
    location?: pulumi.Input<string>;
    /** Id of the cluster's project. Default: the project of the deployment. */
    project?: pulumi.Input<string>;
    /** Kubeconfig. Default: one that asks `gke-gcloud-auth-plugin`, as `gcp.cluster.kubeconfig` says. */
    kubeconfig?: pulumi.Input<string>;
}

/** Whose Google identity the kubeconfig shows. */
export const GcpKubeconfigCredentials = {
    /** Application Default Credentials: those that the provider takes too, unless it was given others. */
    ApplicationDefault: "application-default",
    /** Whoever is logged in to the gcloud CLI. */
    Gcloud: "gcloud",
} as const;
/** Whose Google identity the kubeconfig shows. */
export type GcpKubeconfigCredentials = (typeof GcpKubeconfigCredentials)[keyof typeof GcpKubeconfigCredentials];

/** How the kubeconfig gets its token, by `gke-gcloud-auth-plugin`, which must be on PATH of each machine that uses it. */
export interface GcpKubeconfigArgs {
    /**
     * Whose identity it shows. That identity needs `roles/container.admin` on the project for `pulumi up`. Default: `application-default`, and
     * `gcloud` with `impersonateServiceAccount`.
     */
    credentials?: GcpKubeconfigCredentials;
    /**
     * Email of a service account to act as (`--impersonate_service_account`). Whoever is logged in to gcloud needs
     * `roles/iam.serviceAccountTokenCreator` on it. Default: none.
     */
    impersonateServiceAccount?: pulumi.Input<string>;
}

/** The GKE cluster that is made (Standard, VPC-native, with Workload Identity), or the one that is there. */
export interface GcpClusterArgs {
    /** A cluster of your own. Excludes what shapes a new one. */
    existing?: GcpExistingClusterArgs;
    /**
     * Name of the cluster (`name`): 1 to 40 lower-case letters, digits and hyphens, a letter first, no hyphen last. A change replaces the
     * cluster, which deletion protection refuses. Default: made from the deployment's name.
     */
    name?: pulumi.Input<string>;
    /** Description (`description`). Create-only: a change replaces the cluster, which deletion protection refuses. Default: none. */
    description?: pulumi.Input<string>;
    /**
     * Where the control plane is (`location`): a region makes a regional cluster, with a control plane in three zones; a zone of the region makes a
     * zonal one, which is down while its zone is, and while it is upgraded. A change replaces the cluster, which deletion protection refuses.
     * Default: the region of the deployment.
     */
    location?: pulumi.Input<string>;
    /**
     * Zones of the nodes (`nodeLocations`), in the region. A change is made in place and moves nodes; volumes stay in their zone. Default: three zones
     * of the region that GKE chooses; the cluster's own zone for a zonal one.
     */
    nodeZones?: pulumi.Input<string>[];
    /**
     * How fast new versions come (`releaseChannel.channel`). A change is made in place.
     * @default REGULAR
     */
    releaseChannel?: GcpReleaseChannel;
    /**
     * Least version of the control plane (`minMasterVersion`), for example `1.35` or `1.35.8-gke.1036000`. A higher one upgrades it in place, one
     * minor at a time; GKE never goes back, and upgrades further by itself. Default: the channel's default at creation.
     */
    minVersion?: pulumi.Input<string>;
    /**
     * Nodes without public addresses (`privateClusterConfig.enablePrivateNodes`). A change replaces the cluster, which deletion protection refuses.
     * @default true
     */
    privateNodes?: boolean;
    /**
     * IPv4 range of the control plane, /28, apart from all other ranges (`privateClusterConfig.masterIpv4CidrBlock`). Create-only: a change replaces
     * the cluster, which deletion protection refuses. Default: none, the control plane takes an address of the nodes' subnet.
     */
    controlPlaneCidr?: pulumi.Input<string>;
    /**
     * Id of the subnet in which the control plane takes its address (`privateClusterConfig.privateEndpointSubnetwork`), instead of
     * `controlPlaneCidr`. Create-only: a change replaces the cluster, which deletion protection refuses. Default: the nodes' subnet.
     */
    controlPlaneSubnetworkId?: pulumi.Input<string>;
    /**
     * With `access.private`: the IPv4 ranges from which the private endpoint answers (`masterAuthorizedNetworksConfig`), beside the nodes' subnet
     * and the pods. A change is made in place. Default: all private ones, 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.
     */
    privateAccessCidrs?: string[];
    /**
     * Let who has `container.clusters.connect` reach the API server by its DNS name, from anywhere
     * (`controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic`). The kubeconfig uses it then, also with `access.private`. A change is
     * made in place.
     * @default false
     */
    dnsEndpoint?: boolean;
    /**
     * Who enforces network policies. A change to or from `dataplane-v2` replaces the cluster, which deletion protection refuses; any other is made in
     * place, and replaces the nodes one after the other.
     * @default dataplane-v2
     */
    networkPolicy?: GcpNetworkPolicy;
    /**
     * Let flow logs of the network see what pods of one node send to each other (`enableIntranodeVisibility`). A change is made in place.
     * @default true
     */
    intranodeVisibility?: boolean;
    /**
     * Ask the project's Binary Authorization policy about each image (`binaryAuthorization.evaluationMode` `PROJECT_SINGLETON_POLICY_ENFORCE`). That
     * policy is yours; a project's first one lets every image in. A change is made in place.
     * @default false
     */
    binaryAuthorization?: boolean;
    /**
     * Most pods on a node, 8 to 256 (`defaultMaxPodsPerNode`): each node takes the double of it, rounded up to a power of two, out of the pods' range.
     * Create-only: a change replaces the cluster, which deletion protection refuses. Default: GKE's, 110.
     */
    maxPodsPerNode?: number;
    /** When GKE may upgrade by itself. */
    maintenance?: GcpClusterMaintenanceArgs;
    /** Parts whose logs are kept. A change is made in place. Default: all five. */
    loggingComponents?: GcpLoggingComponent[];
    /** Parts whose metrics are kept. A change is made in place. Default: `SYSTEM_COMPONENTS`, which costs nothing. */
    monitoringComponents?: GcpMonitoringComponent[];
    /**
     * Managed collection of Prometheus metrics (`monitoringConfig.managedPrometheus`), for the PodMonitorings that you make. A change is made in place.
     * @default true
     */
    managedPrometheus?: boolean;
    /**
     * The driver that mounts buckets of Cloud Storage (`addonsConfig.gcsFuseCsiDriverConfig`). A change is made in place.
     * @default false
     */
    gcsFuse?: boolean;
    /** The nodes on which W&B runs: the default pool. */
    nodes?: GcpNodePoolArgs;
    /** Further pools of nodes, by a name that stays: lower-case letters, digits and hyphens. W&B's pods come onto those without taints too. */
    nodePools?: Record<string, GcpNodePoolArgs>;
    /** The service account of all nodes. */
    nodeAccount?: GcpNodeAccountArgs;
    /**
     * Type of the volumes of the default StorageClass, which the cluster's key encrypts. A change replaces the storage class; volumes that
     * are there stay.
     *
     * @default pd-balanced
     */
    volumeType?: GcpVolumeType;
    /** How the kubeconfig gets its token. */
    kubeconfig?: GcpKubeconfigArgs;
    /** Labels of the cluster and its nodes beside `tags`, and stronger than these (`resourceLabels`). A change is made in place. */
    labels?: Record<string, pulumi.Input<string>>;
}
