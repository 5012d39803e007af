import type * as pulumi from "@pulumi/pulumi";
import type { IngressFacts } from "../../contract/infrastructure";
import { AzureIngressController, type AzureLoadBalancerArgs } from "../args/entry";
import { type EntryPlan, IngressClasses } from "../entry-plan";
import type { CertManagerFacts } from "./cert-manager";
import type { GatewayFacts } from "./gateway";
import { nginxClass } from "./nginx";

export interface IngressSettings {
    /** Logical name of the deployment. */
    readonly deployment: string;
    readonly args: AzureLoadBalancerArgs;
    readonly plan: Pick<EntryPlan, "controller" | "createsNginx" | "internal" | "tls">;
    /** Absent with the application routing add-on. */
    readonly gateway?: Pick<GatewayFacts, "address">;
    /** Absent where TLS ends otherwise, or not at all. */
    readonly certManager?: Pick<CertManagerFacts, "annotations" | "tlsSecretName">;
}

const DefaultTimeoutSeconds = 300;

/** What the ingress controller reads of the Ingress. Which annotations there are depends on plain values only, so that a preview shows them. */
export function ingressFacts(settings: IngressSettings): IngressFacts {
    const { plan, certManager, gateway } = settings;
    const shared = { tlsSecretName: certManager?.tlsSecretName, address: gateway?.address };
    return plan.controller === AzureIngressController.ApplicationGateway
        ? { ...shared, annotations: { ...gatewayAnnotations(settings), ...certManager?.annotations } }
        : {
              ...shared,
              className: nginxClass(settings.deployment, plan),
              annotations: { ...nginxAnnotations(settings), ...certManager?.annotations },
          };
}

/** https://learn.microsoft.com/azure/application-gateway/ingress-controller-annotations */
function gatewayAnnotations({ args, plan }: IngressSettings): Record<string, pulumi.Input<string>> {
    const { httpRedirect = true, requestTimeoutSeconds = DefaultTimeoutSeconds } = args;
    return {
        "kubernetes.io/ingress.class": IngressClasses[AzureIngressController.ApplicationGateway].annotation,
        "appgw.ingress.kubernetes.io/request-timeout": String(requestTimeoutSeconds),
        ...(plan.internal && { "appgw.ingress.kubernetes.io/use-private-ip": "true" }),
        ...(plan.tls && httpRedirect && { "appgw.ingress.kubernetes.io/ssl-redirect": "true" }),
    };
}

/** https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ */
function nginxAnnotations({ args, plan }: IngressSettings): Record<string, pulumi.Input<string>> {
    const { httpRedirect = true, requestTimeoutSeconds = DefaultTimeoutSeconds } = args;
    const seconds = String(requestTimeoutSeconds);
    return {
        // It cuts uploads at 1 MiB otherwise, too small for artifacts.
        "nginx.ingress.kubernetes.io/proxy-body-size": "0",
        "nginx.ingress.kubernetes.io/proxy-read-timeout": seconds,
        "nginx.ingress.kubernetes.io/proxy-send-timeout": seconds,
        ...(plan.tls && { "nginx.ingress.kubernetes.io/ssl-redirect": String(httpRedirect) }),
    };
}

/** The class of an Ingress as cert-manager writes it on those with which it answers an authority. */
export function solverClass(
    deployment: string,
    plan: IngressSettings["plan"],
): { readonly class: string } | { readonly ingressClassName: string } {
    return plan.controller === AzureIngressController.ApplicationGateway
        ? { class: IngressClasses[AzureIngressController.ApplicationGateway].annotation }
        : { ingressClassName: nginxClass(deployment, plan) };
}
