import * as pulumi from "@pulumi/pulumi";
import type { AddonChartArgs } from "../../args/infrastructure";
import { loadBalancerControllerPolicy } from "../iam/controller-policies";
import type { AwsScope } from "../scope";
import { type ControllerPlace, createController } from "./controller";
import { LoadBalancerControllerChart } from "./versions";

/** Installs the controller that makes an Application Load Balancer of the Ingress. */
export function createLoadBalancerController(
    scope: AwsScope,
    place: ControllerPlace,
    args: { readonly vpcId: pulumi.Output<string>; readonly chart: AddonChartArgs | undefined },
): pulumi.Resource[] {
    const { partition, region, accountId, tags } = scope;
    const { clusterName } = place.identity;
    const { vpcId, chart } = args;
    return createController(scope, place, {
        word: "load-balancer-controller",
        description: "AWS load balancer controller",
        source: LoadBalancerControllerChart,
        chart,
        policy: pulumi
            .all([{ partition, region, accountId, clusterName }, vpcId])
            .apply(([where, vpc]) => loadBalancerControllerPolicy(where, vpc)),
        values: (annotations) => ({
            clusterName,
            // Both said: it would ask the metadata of its instance, which pods do not reach.
            region,
            vpcId,
            serviceAccount: { create: true, name: LoadBalancerControllerChart.chart, annotations },
            replicaCount: 2,
            podDisruptionBudget: { maxUnavailable: 1 },
            defaultTags: tags ?? {},
            // It may not use them.
            enableShield: false,
            enableWaf: false,
            enableWafv2: true,
            // With it nobody could make a Service while the controller is away.
            enableServiceMutatorWebhook: false,
            // Else each upgrade would make new certificates, and two runs would differ.
            keepTLSSecret: true,
            tolerations: place.tolerations,
        }),
    });
}
