import type * as pulumi from "@pulumi/pulumi";
import type { ClusterAccess } from "../readiness/cluster-access";

/** The Kubernetes cluster and how to talk to it. */
export interface ClusterFacts {
    /** Name shown to people. */
    readonly name: pulumi.Output<string>;
    /** Kubeconfig (secret). Absent when only a provider object was given. */
    readonly kubeconfig?: pulumi.Output<string>;
    /** Context inside the kubeconfig; absent = its current context. */
    readonly context?: pulumi.Input<string>;
    /** The provider that every in-cluster resource uses. */
    readonly provider: pulumi.ProviderResource;
    /** To look at what is in the cluster. Absent when only a provider object was given: then nobody looks. */
    readonly access?: ClusterAccess;
}

/** One key of a Kubernetes Secret in the namespace of the custom resource. */
export interface SecretKey {
    readonly name: pulumi.Input<string>;
    readonly key: pulumi.Input<string>;
}

/** A credential: a literal that we put into a Secret, or a Secret that is there. At most one of the two. */
export interface Credential {
    readonly literal?: pulumi.Input<string>;
    readonly secret?: SecretKey;
}

/** A MySQL server outside the chart. */
export interface DatabaseFacts {
    readonly host: pulumi.Input<string>;
    readonly port: pulumi.Input<number>;
    readonly name: pulumi.Input<string>;
    readonly username: pulumi.Input<string>;
    readonly password: Credential;
    readonly caCertificate?: pulumi.Input<string>;
}

/** A Redis-compatible cache outside the chart. */
export interface CacheFacts {
    readonly host: pulumi.Input<string>;
    readonly port: pulumi.Input<number>;
    readonly password?: Credential;
    readonly tls?: boolean;
    readonly caCertificate?: pulumi.Input<string>;
    readonly parameters?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Kinds of object store, as the chart names them. */
export type StoreKind = "s3" | "gcs" | "az" | "cw";

/** Credentials of an object store: literals, or a Secret that is there. */
export interface BucketCredentials {
    readonly accessKey?: pulumi.Input<string>;
    readonly secretKey?: pulumi.Input<string>;
    readonly secret?: {
        readonly name: pulumi.Input<string>;
        readonly accessKeyName: pulumi.Input<string>;
        readonly secretKeyName?: pulumi.Input<string>;
    };
}

/** An object store. */
export interface BucketFacts {
    readonly provider: StoreKind;
    /** Bucket, or container for Azure. */
    readonly name: pulumi.Input<string>;
    /** Azure storage account. */
    readonly account?: pulumi.Input<string>;
    readonly prefix?: pulumi.Input<string>;
    readonly region?: pulumi.Input<string>;
    readonly kmsKey?: pulumi.Input<string>;
    /** host[:port] of an S3-compatible store. */
    readonly endpoint?: pulumi.Input<string>;
    /** TLS to the endpoint. */
    readonly tls?: boolean;
    /** Absent with workload identity. */
    readonly credentials?: BucketCredentials;
    /** Client id of the identity by which pods use it without credentials (Azure). */
    readonly clientId?: pulumi.Input<string>;
}

/** What the cloud knows about the way in. */
export interface IngressFacts {
    readonly className?: pulumi.Input<string>;
    readonly annotations?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly tlsSecretName?: pulumi.Input<string>;
    /** Requests come by the load balancer's address too, so any host must reach W&B. */
    readonly anyHost?: boolean;
    /** Cloud Armor policy of the backends (Google Cloud). */
    readonly securityPolicy?: pulumi.Input<string>;
    /** What DNS must point to, when it is known before the Ingress is. */
    readonly address?: pulumi.Output<string>;
}

/** What service accounts and pods must carry so that the cloud recognises them, and what W&B tells of itself. */
export interface IdentityFacts {
    /** Whom the owner of a team's own bucket must let in: W&B's console shows it. */
    readonly principal?: pulumi.Input<string>;
    /** Issuer of the tokens of service accounts, with https://, where it is not the API server's own name. */
    readonly tokenIssuer?: pulumi.Input<string>;
    /** Store of the secrets that teams give to W&B, as W&B names it. */
    readonly secretStore?: pulumi.Input<string>;
    /** URI of the Key Vault that it means (Azure). */
    readonly secretVaultUri?: pulumi.Input<string>;
    readonly serviceAccountAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly podLabels?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Metrics of the cloud's own services, read by an exporter of the chart. */
export interface CloudMetricsFacts {
    readonly regions: readonly pulumi.Input<string>[];
    readonly serviceAccountName?: pulumi.Input<string>;
    readonly serviceAccountAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;
    /** Tags that what is watched carries. */
    readonly searchTags: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The same on Google Cloud. */
export interface GoogleMetricsFacts {
    readonly projectId: pulumi.Input<string>;
    readonly serviceAccountName: pulumi.Input<string>;
    readonly serviceAccountAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The same on Azure, read by the chart's collector on each node. */
export interface AzureMetricsFacts {
    readonly subscriptionId: pulumi.Input<string>;
    readonly resourceGroups: readonly pulumi.Input<string>[];
    /** Types of what is watched, `Microsoft.DBforMySQL/flexibleServers`. */
    readonly services: readonly string[];
    readonly serviceAccountAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
    readonly podLabels: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Queues by which parts of W&B hand messages to each other (Pub/Sub). */
export interface QueueFacts {
    readonly project: pulumi.Input<string>;
    readonly fileStreamTopic: pulumi.Input<string>;
    readonly fileStreamSubscription: pulumi.Input<string>;
    readonly runUpdatesTopic: pulumi.Input<string>;
    readonly runUpdatesSubscription: pulumi.Input<string>;
}

/** Store of the history of runs (Bigtable). */
export interface HistoryStoreFacts {
    readonly project: pulumi.Input<string>;
    readonly instance: pulumi.Input<string>;
}

/** Where things are. Leaves are Inputs, the object is plain, so that previews see everything below it. */
export interface Infrastructure {
    readonly cloud: "aws" | "gcp" | "azure" | "existing";
    readonly cluster: ClusterFacts;
    /** Absent: the chart runs MySQL. */
    readonly database?: DatabaseFacts;
    readonly bucket: BucketFacts;
    /** Absent: the chart runs Redis. */
    readonly cache?: CacheFacts;
    readonly ingress: IngressFacts;
    readonly identity: IdentityFacts;
    readonly cloudMetrics?: CloudMetricsFacts;
    readonly googleMetrics?: GoogleMetricsFacts;
    readonly azureMetrics?: AzureMetricsFacts;
    readonly queues?: QueueFacts;
    readonly historyStore?: HistoryStoreFacts;
    /** Token with which the workers of W&B Weave log in to W&B: a Secret of a fixed name, which the chart reads when they are deployed. */
    readonly workerToken?: pulumi.Input<string>;
    /**
     * Makes what the cloud's controllers read beside the custom resource, in its namespace.
     *
     * @param namespace known once it is there
     */
    readonly companions?: (namespace: pulumi.Input<string>) => readonly pulumi.Resource[];
    /** What a load balancer made of the Ingress uses: it goes after the namespace, with which the Ingress is gone for certain. */
    readonly held?: readonly pulumi.Resource[];
    /** On what pods run. The operator waits for this alone. */
    readonly compute: readonly pulumi.Resource[];
    /** What else must be there before the custom resource, and must outlive it: routes, rights, controllers. */
    readonly ready: readonly pulumi.Resource[];
}
