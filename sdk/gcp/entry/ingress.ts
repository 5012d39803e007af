import * as pulumi from "@pulumi/pulumi";
import type { IngressFacts } from "../../contract/infrastructure";
import type { GcpLoadBalancerArgs } from "../args/entry";
import { type EntryPlan, ingressClass } from "../entry-plan";
import type { LoadBalancerFacts } from "./load-balancer";

export interface IngressSettings {
    readonly args: GcpLoadBalancerArgs;
    readonly plan: Pick<EntryPlan, "internal" | "tls" | "frontendConfig">;
    readonly loadBalancer: Pick<LoadBalancerFacts, "address">;
    /** Absent where the caller says by other means how TLS ends. */
    readonly certificateNames?: readonly pulumi.Input<string>[];
    /** Name of the FrontendConfig beside the Ingress, where there is one. */
    readonly frontendConfigName: pulumi.Input<string>;
}

/**
 * What GKE reads of the Ingress: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration
 *
 * Which annotations there are depends on plain values only, so that a preview shows them. GKE reads the class from an annotation, not from the
 * field: https://docs.cloud.google.com/kubernetes-engine/docs/concepts/ingress#deprecated_annotation
 */
export function ingressFacts(settings: IngressSettings): IngressFacts {
    const { args, plan, loadBalancer, certificateNames, frontendConfigName } = settings;
    const { internal, tls, frontendConfig } = plan;
    const { name, address } = loadBalancer.address;
    const own: Record<string, pulumi.Input<string> | undefined> = {
        "kubernetes.io/ingress.class": ingressClass(internal),
        "kubernetes.io/ingress.global-static-ip-name": internal ? undefined : name,
        "kubernetes.io/ingress.regional-static-ip-name": internal ? name : undefined,
        "ingress.gcp.kubernetes.io/pre-shared-cert": tls && certificateNames ? joined(certificateNames) : undefined,
        "networking.gke.io/v1beta1.FrontendConfig": frontendConfig ? frontendConfigName : undefined,
        "kubernetes.io/ingress.allow-http": closesHttp(args, plan) ? "false" : undefined,
    };
    const annotations: Record<string, pulumi.Input<string>> = {};
    for (const [key, value] of Object.entries(own)) {
        if (value !== undefined) {
            annotations[key] = value;
        }
    }
    return { annotations, address };
}

/** An internal load balancer cannot serve both, so that it has no port from which to lead to HTTPS. */
function closesHttp({ httpRedirect = true }: GcpLoadBalancerArgs, { internal, tls }: IngressSettings["plan"]): boolean {
    return tls && (internal || !httpRedirect);
}

function joined(names: readonly pulumi.Input<string>[]): pulumi.Output<string> {
    return pulumi.all([...names]).apply((known) => known.join(","));
}
