import type * as pulumi from "@pulumi/pulumi";

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
}

/** What the cloud knows about the way in. */
export interface IngressFacts {
    readonly className?: pulumi.Input<string>;
    readonly annotations?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly tlsSecretName?: pulumi.Input<string>;
    /** What DNS must point to, when it is known before the Ingress is. */
    readonly address?: pulumi.Output<string>;
}

/** What service accounts and pods must carry so that the cloud recognises them. */
export interface IdentityFacts {
    readonly serviceAccountAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly podLabels?: Readonly<Record<string, pulumi.Input<string>>>;
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
    /** What must exist before Helm runs and must outlive the custom resource. */
    readonly ready: readonly pulumi.Resource[];
}
