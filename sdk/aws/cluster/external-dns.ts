import * as pulumi from "@pulumi/pulumi";
import type { AddonChartArgs } from "../../args/infrastructure";
import { externalDnsPolicy } from "../iam/controller-policies";
import type { AwsScope } from "../scope";
import { type ControllerPlace, createController } from "./controller";
import { ExternalDnsChart } from "./versions";

/** Installs what makes DNS records of Ingresses, in one zone. */
export function createExternalDns(
    scope: AwsScope,
    place: ControllerPlace,
    args: { readonly zoneId: pulumi.Input<string>; readonly chart: AddonChartArgs | undefined },
): pulumi.Resource[] {
    const { partition, region } = scope;
    const { clusterName } = place.identity;
    return createController(scope, place, {
        word: "external-dns",
        description: "external-dns",
        source: ExternalDnsChart,
        chart: args.chart,
        policy: pulumi.all([partition, args.zoneId]).apply(([where, zoneId]) => externalDnsPolicy(where, zoneId)),
        values: (annotations) => ({
            provider: { name: "aws" },
            sources: ["ingress"],
            // Records of an Ingress that is gone go too, but only those that this cluster's owner id marks.
            policy: "sync",
            registry: "txt",
            txtOwnerId: clusterName,
            extraArgs: [pulumi.interpolate`--zone-id-filter=${args.zoneId}`],
            env: [{ name: "AWS_DEFAULT_REGION", value: region }],
            serviceAccount: { create: true, name: ExternalDnsChart.chart, annotations },
            tolerations: place.tolerations,
        }),
    });
}
