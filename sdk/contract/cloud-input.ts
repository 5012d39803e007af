import type * as pulumi from "@pulumi/pulumi";
import type { Size } from "../args/application";
import type { AccessArgs, AddonChartsArgs } from "../args/infrastructure";
import type { BucketFacts, CacheFacts, DatabaseFacts, Infrastructure } from "./infrastructure";

/** The arguments of a deployment as far as every cloud is concerned, defaults filled in. */
export interface CloudInput {
    /** Absent only with a cluster that is there already. */
    readonly access?: AccessArgs;
    readonly size: Size;
    readonly host: pulumi.Input<string>;
    readonly additionalHosts: readonly pulumi.Input<string>[];
    readonly ingressName: pulumi.Input<string>;
    /** Annotations of the Ingress that the caller adds. */
    readonly ingressAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
    readonly namespace: string;
    readonly accounts: PodAccounts;
    readonly charts: AddonChartsArgs;
    readonly stores: GivenStores;
    readonly tags: Readonly<Record<string, pulumi.Input<string>>> | undefined;
    readonly deletionProtection: boolean;
    readonly retainData: boolean;
}

/** Service accounts of W&B's pods. */
export interface PodAccounts {
    readonly own: readonly pulumi.Input<string>[];
    /** Components of those of `own` whose names nobody knows yet, which tells them apart wherever they stand. */
    readonly components?: ReadonlyMap<pulumi.Input<string>, readonly string[]>;
    /** Accounts that the chart makes. */
    readonly made: readonly string[];
    /** With what their names begin. */
    readonly prefix: string;
}

/** Stores that the caller names, or leaves to the chart, in place of those that the cloud would give. */
export interface GivenStores {
    /** `in-cluster`: the chart runs MySQL. */
    readonly database?: DatabaseFacts | "in-cluster";
    /** `in-cluster`: the chart runs Redis. */
    readonly cache?: CacheFacts | "in-cluster";
    readonly bucket?: BucketFacts;
}

/** What a cloud has made. */
export interface CloudDeployment<Outputs> {
    readonly infrastructure: Infrastructure;
    /**
     * Makes what needs the address of the load balancer, which is there once W&B is ready.
     *
     * @param address of the Ingress, bound to the custom resource, so that what is made goes before it at destroy
     */
    readonly publish: (address: pulumi.Output<string | undefined>) => Published<Outputs>;
}

export interface Published<Outputs> {
    readonly outputs: Outputs;
    /** Names under which users reach W&B, known once their records are made. */
    readonly names: pulumi.Output<string[]>;
}
