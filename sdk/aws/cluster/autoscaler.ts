import * as pulumi from "@pulumi/pulumi";
import type { AddonChartArgs } from "../../args/infrastructure";
import { autoscalerPolicy } from "../iam/controller-policies";
import type { AwsScope } from "../scope";
import { type ControllerPlace, createController } from "./controller";
import { ClusterAutoscalerChart } from "./versions";

/** Installs what adds nodes to the node groups and takes them away. */
export function createAutoscaler(
    scope: AwsScope,
    place: ControllerPlace,
    args: { readonly imageTag: string; readonly chart: AddonChartArgs | undefined },
): pulumi.Resource[] {
    const { partition, region, accountId } = scope;
    const { clusterName } = place.identity;
    const name = ClusterAutoscalerChart.chart;
    return createController(scope, place, {
        word: "cluster-autoscaler",
        description: "Cluster autoscaler",
        source: ClusterAutoscalerChart,
        chart: args.chart,
        policy: pulumi
            .all([partition, region, accountId, clusterName])
            .apply(([partition, region, accountId, clusterName]) =>
                autoscalerPolicy({ partition, region, accountId, clusterName }),
            ),
        values: (annotations) => ({
            fullnameOverride: name,
            cloudProvider: "aws",
            awsRegion: region,
            autoDiscovery: { clusterName },
            image: { tag: args.imageTag },
            rbac: { create: true, serviceAccount: { create: true, name, annotations } },
            replicaCount: 2,
            podDisruptionBudget: { maxUnavailable: 1 },
            priorityClassName: "system-cluster-critical",
            extraArgs: {
                // The groups are the same but for their zones.
                "balance-similar-node-groups": true,
                expander: "least-waste",
                // Else a node that runs one of our own controllers would never go.
                "skip-nodes-with-system-pods": false,
            },
            tolerations: place.tolerations,
        }),
    });
}
