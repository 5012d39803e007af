import type * as pulumi from "@pulumi/pulumi";
import type { SecretKeyArgs } from "./references";

/** The MySQL database that holds users, projects and run metadata. */
export interface DatabaseArgs {
    /**
     * Let the chart run MySQL in the cluster (chart value `mysql.install`). Not for production: one pod, one volume,
     * no backup. Excludes every other field but `password` and `passwordSecret`.
     * @default false
     */
    install?: boolean;
    /** Host name or address of an external MySQL 8 (8.0.32 or newer) (`global.mysql.host`). */
    host?: pulumi.Input<string>;
    /**
     * TCP port (`global.mysql.port`).
     * @default 3306
     */
    port?: pulumi.Input<number>;
    /**
     * Database (schema) name, character set utf8mb4 (`global.mysql.database`).
     * @default wandb_local
     */
    name?: pulumi.Input<string>;
    /**
     * User with all rights on the database (`global.mysql.user`).
     * @default wandb
     */
    username?: pulumi.Input<string>;
    /**
     * Password of the user. Kept in a Kubernetes Secret made here; the custom resource holds a reference only. W&B
     * pastes it into a `mysql://` URL: the characters `: / ? # [ ] @ %` are refused.
     */
    password?: pulumi.Input<string>;
    /** A Secret of your own with the password, instead of `password` (`global.mysql.passwordSecret`). */
    passwordSecret?: SecretKeyArgs;
    /** CA certificate of the server, PEM (`global.mysql.caCert`). Default: the system's certificates. */
    caCertificate?: pulumi.Input<string>;
}

/** The Redis cache: external, or one that the chart runs in the cluster (the default). */
export interface RedisArgs {
    /**
     * Let the chart run Redis in the cluster, without password (`redis.install`). Excludes all other fields.
     * @default true when no `host` is given
     */
    install?: boolean;
    /** Host name or address of an external Redis 7 or newer, or Valkey (`global.redis.host`). */
    host?: pulumi.Input<string>;
    /**
     * TCP port (`global.redis.port`).
     * @default 6379
     */
    port?: pulumi.Input<number>;
    /**
     * Password (AUTH token). Kept in a Kubernetes Secret made here. W&B pastes it into a `redis://` URL: the characters
     * `: / ? # [ ] @ %` are refused.
     */
    password?: pulumi.Input<string>;
    /** A Secret of your own with the password, instead of `password` (`global.redis.secret`). With `caCertificate` it must hold the key `REDIS_CA_CERT` too. */
    passwordSecret?: SecretKeyArgs;
    /**
     * Encrypt the connection (URL parameter `tls`). Always on when `caCertificate` is given: W&B knows no other way.
     * @default true when `caCertificate` is given, else false
     */
    tls?: boolean;
    /** CA certificate of the server, PEM (`global.redis.caCert`, key `REDIS_CA_CERT` of the Secret). */
    caCertificate?: pulumi.Input<string>;
    /** Further URL parameters, for example `master` for Sentinel or `poolSize` (`global.redis.params`). `ttlInSeconds` cannot be changed: the chart's own value wins. */
    parameters?: Record<string, pulumi.Input<string>>;
}

/** Kinds of object store that W&B speaks (chart value `global.bucket.provider`). */
export const BucketProvider = {
    /** Amazon S3, or an S3-compatible store when `endpoint` is given. */
    S3: "s3",
    /** Google Cloud Storage. */
    Gcs: "gcs",
    /** Azure Blob Storage. */
    Azure: "az",
    /** CoreWeave AI Object Storage. */
    CoreWeave: "cw",
} as const;
/** Kinds of object store that W&B speaks. */
export type BucketProvider = (typeof BucketProvider)[keyof typeof BucketProvider];

/** A Secret that exists already and holds the credentials of the object store. */
export interface BucketCredentialsSecretArgs {
    /** Name of the Secret in the namespace of the custom resource (`global.bucket.secret.secretName`). */
    name: pulumi.Input<string>;
    /**
     * Key that holds the access key; for Azure the storage account's key (`global.bucket.secret.accessKeyName`).
     * @default ACCESS_KEY
     */
    accessKeyName?: pulumi.Input<string>;
    /**
     * Key that holds the secret access key (`global.bucket.secret.secretKeyName`). Not read for Azure.
     * @default SECRET_KEY
     */
    secretKeyName?: pulumi.Input<string>;
}

/** The object store that holds artifacts, files and run history. */
export interface BucketArgs {
    /** Kind of store (`global.bucket.provider`). */
    provider: BucketProvider;
    /** Bucket name; for Azure the name of the container. */
    name: pulumi.Input<string>;
    /** Azure only, and needed there: name of the storage account (`global.bucket.name`). */
    account?: pulumi.Input<string>;
    /** Key prefix inside the bucket or container. Default: none. */
    prefix?: pulumi.Input<string>;
    /** Region of the bucket, needed for Amazon S3, used to sign requests (`global.bucket.region`). */
    region?: pulumi.Input<string>;
    /** ARN of the KMS key with which W&B asks S3 to encrypt objects (`global.bucket.kmsKey`). Amazon S3 only. */
    kmsKey?: pulumi.Input<string>;
    /** `host` or `host:port` of an S3-compatible store (MinIO, Ceph, ...), without scheme. Amazon's own is never named here. */
    endpoint?: pulumi.Input<string>;
    /**
     * S3-compatible only: speak TLS to the endpoint (`?tls=true` in the chart's path).
     * @default true
     */
    tls?: boolean;
    /** Access key; for Azure the storage account's key. Kept in a Kubernetes Secret made here. Leave out with workload identity. */
    accessKey?: pulumi.Input<string>;
    /** Secret access key that belongs to `accessKey`. Not for Azure. Kept in a Kubernetes Secret made here. */
    secretKey?: pulumi.Input<string>;
    /** A Secret of your own with the credentials, instead of `accessKey` and `secretKey`. */
    credentialsSecret?: BucketCredentialsSecretArgs;
}
