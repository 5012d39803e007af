import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import { FixedNameAnnotations, ObjectLabels } from "../../kubernetes/scope";
import { AzureIngressController, type AzureLoadBalancerArgs } from "../args/entry";
import { type EntryPlan, IngressClasses } from "../entry-plan";
import type { AzureDeploymentScope } from "../scope";

export interface NginxInput {
    readonly args: Pick<AzureLoadBalancerArgs, "inboundCidrs">;
    readonly plan: Pick<EntryPlan, "internal">;
    readonly provider: pulumi.ProviderResource;
    /** The cluster with its add-on, and its nodes. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/** Names of the add-on's controllers are beginnings of other names. */
const LongestPrefix = 40;

/** Class of the Ingress: the add-on's own, or that of the NGINX that is made here. */
export function nginxClass(deployment: string, { createsNginx }: Pick<EntryPlan, "createsNginx">): string {
    const word = deployment.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    return createsNginx
        ? `${word.slice(0, LongestPrefix)}-nginx`.replace(/^-+/, "")
        : IngressClasses[AzureIngressController.AppRouting].field;
}

/**
 * Makes an NGINX of the application routing add-on, for what its default one cannot be: internal, or open to some only.
 * https://learn.microsoft.com/azure/aks/app-routing-nginx-configuration
 */
export function createNginx(
    { name, parent }: Pick<AzureDeploymentScope, "name" | "parent">,
    { args, plan, provider, dependsOn }: NginxInput,
): pulumi.Resource {
    const ingressClass = nginxClass(name, { createsNginx: true });
    return new CustomResource(
        `${name}-nginx`,
        {
            apiVersion: "approuting.kubernetes.azure.com/v1alpha1",
            kind: "NginxIngressController",
            metadata: { name: ingressClass, labels: ObjectLabels, annotations: FixedNameAnnotations },
            spec: {
                ingressClassName: ingressClass,
                controllerNamePrefix: ingressClass,
                loadBalancerAnnotations: plan.internal
                    ? { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" }
                    : {},
                loadBalancerSourceRanges: args.inboundCidrs,
            },
        },
        { parent, provider, dependsOn: [...dependsOn] },
    );
}
