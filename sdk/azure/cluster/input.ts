import type * as pulumi from "@pulumi/pulumi";
import type { AccessArgs } from "../../args/infrastructure";
import type { AzureSize } from "../../sizes";
import type { AzureClusterArgs } from "../args/cluster";
import type { AzureIdentity, KeysFacts, NetworkFacts } from "../facts";

/** What a size says of nodes. */
export type NodeSize = AzureSize;

/** The control plane's identity. */
export interface ControlPlaneIdentity {
    readonly identity: AzureIdentity;
    /** Rights without which AKS refuses to make the cluster. */
    readonly ready: readonly pulumi.Resource[];
}

/** Ingress controllers that the application routing add-on makes by itself (`defaultIngressControllerType`). */
export type RoutingController = "External" | "None";

/** The application routing add-on: NGINX as ingress controller, run by AKS. */
export interface RoutingSettings {
    readonly controller: RoutingController;
    /** Resource ids of DNS zones in which it keeps records of Ingresses. Its identity needs rights on them. */
    readonly dnsZoneIds?: readonly pulumi.Input<string>[];
}

/** What the cluster's part is told, whether the cluster is made or there already. */
export interface ClusterInput {
    readonly cluster: AzureClusterArgs;
    /** Absent with an existing cluster only. */
    readonly access?: AccessArgs;
    readonly network: NetworkFacts;
    /** Absent with an existing cluster only. */
    readonly controlPlane?: ControlPlaneIdentity;
    /** Vault and key of Secrets in etcd. Absent when Microsoft's key is enough. */
    readonly keys?: Pick<KeysFacts, "vaultId" | "privateVault" | "cluster">;
    /** Resource id of the Application Gateway that the add-on rules. Absent without that add-on. */
    readonly gatewayId?: pulumi.Output<string>;
    /** Absent without the application routing add-on. */
    readonly webAppRouting?: RoutingSettings;
    readonly size: NodeSize;
}
