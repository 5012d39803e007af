import type * as pulumi from "@pulumi/pulumi";
import type { SecretKey } from "./infrastructure";

/** A Secret with the credentials of the object store. */
export interface BucketSecret {
    readonly name: pulumi.Input<string>;
    readonly accessKeyName: pulumi.Input<string>;
    readonly secretKeyName?: pulumi.Input<string>;
}

/** A Secret with user name and password of the chart's registry. */
export interface ChartSecret {
    readonly name: pulumi.Input<string>;
    readonly usernameKey: pulumi.Input<string>;
    readonly passwordKey: pulumi.Input<string>;
}

/** Where each credential stands. Values and chart hold these references, never a literal. */
export interface CredentialReferences {
    readonly license?: SecretKey;
    readonly database?: SecretKey;
    readonly cache?: SecretKey;
    readonly bucket?: BucketSecret;
    readonly oidc?: SecretKey;
    readonly smtp?: SecretKey;
    readonly ldapBind?: SecretKey;
    readonly chart?: ChartSecret;
    /** By name of the environment variable. */
    readonly env: Readonly<Record<string, SecretKey>>;
    /** Credentials that stood among the free values, by key of the Secret. */
    readonly values?: Readonly<Record<string, SecretKey>>;
    /** Name of the TLS Secret of the Ingress. */
    readonly ingressTls?: pulumi.Input<string>;
}
