import { SSLPolicy } from "@pulumi/gcp/compute";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import { type GcpTlsPolicyArgs, GcpTlsProfile, GcpTlsVersion } from "../args/entry";
import type { GcpDeploymentScope } from "../scope";
import { successorFirst } from "../../successor-first";

export interface TlsPolicyFacts {
    /** Name of the policy. */
    readonly name: pulumi.Output<string>;
    /** Where it is made here. */
    readonly made?: pulumi.Resource;
}

/** The SSL policy: one that is made, or your own. */
export function createTlsPolicy(
    { name, project, parent }: GcpDeploymentScope,
    args: GcpTlsPolicyArgs,
    apis: Apis,
): TlsPolicyFacts {
    if (args.existingPolicy !== undefined) {
        return { name: pulumi.output(args.existingPolicy) };
    }
    const made = new SSLPolicy(
        `${name}-tls-policy`,
        {
            name: args.name,
            project,
            profile: args.profile ?? GcpTlsProfile.Modern,
            minTlsVersion: args.minVersion ?? GcpTlsVersion.Tls12,
        },
        { parent, dependsOn: apis.need("compute"), ...successorFirst(args.name) },
    );
    return { name: made.name, made };
}

export interface FrontendConfigArgs {
    readonly name: pulumi.Input<string>;
    /** Namespace of the custom resource: GKE looks for it beside the Ingress. */
    readonly namespace: pulumi.Input<string>;
    readonly provider: pulumi.ProviderResource;
    readonly tlsPolicy: pulumi.Input<string>;
    readonly redirect: boolean;
}

/**
 * Says how the load balancer answers. The operator may not make such objects, so it cannot come from the chart. GKE itself installs the
 * definition of its kind: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#configuring_ingress_features_through_frontendconfig_parameters
 */
export function createFrontendConfig(
    { name, parent }: Pick<GcpDeploymentScope, "name" | "parent">,
    args: FrontendConfigArgs,
): pulumi.Resource {
    return new CustomResource(
        `${name}-frontend-config`,
        {
            apiVersion: "networking.gke.io/v1beta1",
            kind: "FrontendConfig",
            metadata: {
                name: args.name,
                namespace: args.namespace,
                labels: { "app.kubernetes.io/part-of": "wandb", "app.kubernetes.io/managed-by": "pulumi" },
                // After a killed run it may carry fields of another field manager: they are ours to set.
                annotations: { "pulumi.com/patchForce": "true" },
            },
            spec: {
                sslPolicy: args.tlsPolicy,
                redirectToHttps: { enabled: args.redirect, responseCodeName: "MOVED_PERMANENTLY_DEFAULT" },
            },
        },
        { parent, provider: args.provider },
    );
}
