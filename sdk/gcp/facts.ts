import type * as pulumi from "@pulumi/pulumi";
import type { ClusterAccess } from "../readiness/cluster-access";

/** What the parts of a deployment on Google Cloud tell each other. Interfaces only: parts meet here and in `infrastructure.ts`. */

/** The network. */
export interface NetworkFacts {
    /** `projects/<project>/global/networks/<name>` */
    readonly networkId: pulumi.Output<string>;
    /** `projects/<project>/regions/<region>/subnetworks/<name>`: of nodes, and of an internal load balancer. */
    readonly subnetworkId: pulumi.Output<string>;
    /** Name of the subnet's secondary range of the pods. */
    readonly podRangeName: pulumi.Output<string>;
    /** Name of the subnet's secondary range of Kubernetes Services. */
    readonly serviceRangeName: pulumi.Output<string>;
    /** IPv4 ranges from which nodes and pods connect, by a word for logical names: `nodes`, `pods`. */
    readonly clientRanges: Readonly<Record<string, pulumi.Output<string>>>;
    /** Name of the allocated range from which Cloud SQL and Memorystore take addresses. Absent: any range of the connection. */
    readonly privateServicesRange?: pulumi.Output<string>;
    /** What must be there before Cloud SQL or Memorystore take a private address. Empty for an own network. */
    readonly privateServices: readonly pulumi.Resource[];
    /** What nodes need before they reach the outside: Cloud NAT, zones of Google's APIs. Empty for an own network. */
    readonly egress: readonly pulumi.Resource[];
}

/** Ids of the keys: `projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>`, known once the service that encrypts may use them. */
export interface KeyFacts {
    /** Secrets of Kubernetes, and disks of nodes and volumes. */
    readonly cluster: pulumi.Output<string>;
    readonly database: pulumi.Output<string>;
    readonly cache: pulumi.Output<string>;
    /** Absent when keys of Google encrypt the bucket. */
    readonly bucket?: pulumi.Output<string>;
    /** Pub/Sub topics; absent when none are made. */
    readonly topics?: pulumi.Output<string>;
    /** Bigtable; absent when it is not made. */
    readonly bigtable?: pulumi.Output<string>;
    /** The key that was made here for all of them, if one was. */
    readonly made?: pulumi.Output<string>;
}

/** The GKE cluster. */
export interface GkeFacts {
    readonly name: pulumi.Output<string>;
    /** `projects/<project>/locations/<location>/clusters/<name>` */
    readonly id: pulumi.Output<string>;
    /** Region of a regional cluster, zone of a zonal one. */
    readonly location: pulumi.Output<string>;
    /** URL of the API server. */
    readonly endpoint: pulumi.Output<string>;
    /** CA of the API server, base64. */
    readonly certificateAuthority: pulumi.Output<string>;
    /** `<project>.svc.id.goog`, known once the cluster is there: a project without such a cluster has no such pool. */
    readonly workloadPool: pulumi.Output<string>;
    /** Issuer of the tokens of service accounts: `https://container.googleapis.com/v1/<id>`. */
    readonly tokenIssuer: pulumi.Output<string>;
    readonly kubeconfig: pulumi.Output<string>;
    readonly provider: pulumi.ProviderResource;
    /** To look at what is in the cluster. */
    readonly access: ClusterAccess;
    /** On what pods run. What only needs a place to run waits for this. Empty for an own cluster. */
    readonly nodes: readonly pulumi.Resource[];
    /** What else must be there before W&B runs, and must outlive it: StorageClass, rights of the nodes' account. */
    readonly ready: readonly pulumi.Resource[];
    /** Email of the service account of the nodes, where nodes are made here. */
    readonly nodeServiceAccountEmail?: pulumi.Output<string>;
}

/** A service account, with what gives it its rights. */
export interface AccountFacts {
    readonly email: pulumi.Output<string>;
    /** Whoever acts as the account waits for these, and outlives nothing of them. */
    readonly ready: readonly pulumi.Resource[];
}
