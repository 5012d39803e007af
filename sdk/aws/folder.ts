import type * as pulumi from "@pulumi/pulumi";
import type { Size } from "../args/application";
import type { AccessArgs, AddonChartsArgs } from "../args/infrastructure";
import type { BucketFacts, CacheFacts, DatabaseFacts, Infrastructure } from "../contract/infrastructure";
import type { AwsArgs } from "./args";
import type { AwsSecureStorageConnectorArgs } from "./args/storage-connector";
import type { EntryPlan } from "./entry-plan";
import type { AwsOutputs } from "./outputs";

/**
 * What this folder exports, in our own types. Whoever loads it only when needed imports this: the SDK's types cost each type check of
 * the source-based package 200 files and 135 MB.
 */
export interface AwsFolder {
    /** Makes, or looks up, everything on which W&B runs. */
    readonly createDeployment: (name: string, parent: pulumi.Resource, input: AwsInput) => AwsDeployment;
    /** Makes the bucket of somebody else, and a key unless there is one or none is wanted. */
    readonly createStorageConnector: (
        name: string,
        parent: pulumi.Resource,
        args: AwsSecureStorageConnectorArgs,
    ) => StorageConnectorOutputs;
}

/** The arguments of a deployment as far as AWS is concerned, defaults filled in. */
export interface AwsInput {
    readonly aws: AwsArgs;
    /** Absent only with a cluster that is there already. */
    readonly access?: AccessArgs;
    readonly size: Size;
    readonly host: pulumi.Input<string>;
    readonly additionalHosts: readonly pulumi.Input<string>[];
    readonly entry: EntryPlan;
    readonly ingressName: pulumi.Input<string>;
    /** Annotations of the Ingress that the caller adds. */
    readonly ingressAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
    readonly namespace: string;
    readonly accounts: AwsAccounts;
    readonly charts: AddonChartsArgs;
    readonly stores: GivenStores;
    readonly tags: Readonly<Record<string, pulumi.Input<string>>> | undefined;
    readonly deletionProtection: boolean;
    readonly retainData: boolean;
}

/** Service accounts of W&B's pods. */
export interface AwsAccounts {
    readonly own: readonly pulumi.Input<string>[];
    /** Accounts that the chart makes. */
    readonly made: readonly string[];
    /** With what their names begin. */
    readonly prefix: string;
}

/** Stores that the caller names, or leaves to the chart, in place of those that AWS would give. */
export interface GivenStores {
    /** `in-cluster`: the chart runs MySQL. */
    readonly database?: DatabaseFacts | "in-cluster";
    /** `in-cluster`: the chart runs Redis. */
    readonly cache?: CacheFacts | "in-cluster";
    readonly bucket?: BucketFacts;
}

/** What was made. */
export interface AwsDeployment {
    readonly infrastructure: Infrastructure;
    /**
     * Makes what needs the address of the load balancer, which is there once W&B is ready.
     *
     * @param address of the Ingress, bound to the custom resource, so that what is made goes before it at destroy
     */
    readonly publish: (address: pulumi.Output<string | undefined>) => PublishedOutputs;
}

export interface PublishedOutputs {
    readonly outputs: AwsOutputs;
    /** Names under which users reach W&B, known once their records are made. */
    readonly names: pulumi.Output<string[]>;
}

/** What the other side needs to know. */
export interface StorageConnectorOutputs {
    readonly bucketName: pulumi.Output<string>;
    readonly bucketArn: pulumi.Output<string>;
    readonly bucketRegion: pulumi.Output<string>;
    readonly kmsKeyArn?: pulumi.Output<string>;
    readonly principalPolicy: pulumi.Output<string>;
    readonly kmsKeyPolicyStatements?: pulumi.Output<string>;
}
