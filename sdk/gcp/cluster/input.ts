import type * as pulumi from "@pulumi/pulumi";
import type { AccessArgs } from "../../args/infrastructure";
import type { GcpSize } from "../../sizes";
import type { Apis } from "../apis";
import type { GcpClusterArgs } from "../args/cluster";
import type { NetworkFacts } from "../facts";

/** What a size says of nodes. */
export type NodeSize = Pick<GcpSize, "nodeMachineType" | "minNodesPerZone" | "maxNodesPerZone" | "nodeDiskSizeGb">;

/** What the cluster's part is told, whether the cluster is made or there already. */
export interface ClusterInput {
    readonly cluster: GcpClusterArgs;
    /** Absent with an existing cluster only. */
    readonly access: AccessArgs | undefined;
    readonly apis: Apis;
    readonly network: NetworkFacts;
    /** The key of Secrets, boot disks and volumes, known once GKE and Compute Engine may use it. */
    readonly key: pulumi.Output<string>;
    readonly size: NodeSize;
}
