import type * as pulumi from "@pulumi/pulumi";

/**
 * How TLS ends at the Ingress: exactly one of `enabled: false`, `secretName`, `certificate` with `privateKey`.
 * Alternatively the load balancer of a cloud ends it by an annotation (AWS certificate ARN, Google certificates).
 */
export interface IngressTlsArgs {
    /**
     * `false` says outright that this Ingress ends no TLS: plain HTTP, or a proxy in front of it does.
     * @default true
     */
    enabled?: boolean;
    /** A `kubernetes.io/tls` Secret in the namespace of the custom resource, your own or one that cert-manager fills. */
    secretName?: pulumi.Input<string>;
    /** Certificate chain, PEM, leaf first. A `kubernetes.io/tls` Secret is made of it. */
    certificate?: pulumi.Input<string>;
    /** Private key of `certificate`, PEM. */
    privateKey?: pulumi.Input<string>;
}

/** Certificate issuer made by the chart. Works only with Google's managed certificates in chart 0.43.8. */
export interface IngressIssuerArgs {
    /** `google` makes a ManagedCertificate (`ingress.issuer.provider`). Other values are refused: the chart renders an invalid Ingress for them. */
    provider: string;
}

/** A second Ingress with the same rules, for example for an internal load balancer. */
export interface SecondaryIngressArgs {
    /** Name of the second Ingress, another one than the first's (`ingress.secondary.nameOverride`). */
    name: pulumi.Input<string>;
    /** Ingress class (`ingress.secondary.class`). */
    className?: pulumi.Input<string>;
    /** Annotations (`ingress.secondary.annotations`). */
    annotations?: Record<string, pulumi.Input<string>>;
    /** Further host names (`ingress.secondary.additionalHosts`). */
    additionalHosts?: pulumi.Input<string>[];
    /** Name of the TLS Secret of the second Ingress (`ingress.secondary.tls`). Default: no TLS there. */
    tlsSecretName?: pulumi.Input<string>;
}

/** How users reach W&B. */
export interface IngressArgs {
    /**
     * Make an Ingress (`ingress.create`). `false`: you route to Service `<name>-app` yourself.
     * @default true
     */
    create?: boolean;
    /** Name of the Ingress (`ingress.nameOverride`). Default: the name of the custom resource. */
    name?: pulumi.Input<string>;
    /** Ingress class, for example `nginx` or `alb` (`ingress.class`). Excludes the annotation `kubernetes.io/ingress.class`. */
    className?: pulumi.Input<string>;
    /** Annotations (`ingress.annotations`). With class `nginx`, unlimited upload size is set unless you set `nginx.ingress.kubernetes.io/proxy-body-size`. */
    annotations?: Record<string, pulumi.Input<string>>;
    /** Labels (`ingress.labels`). */
    labels?: Record<string, pulumi.Input<string>>;
    /** Further host names, without scheme, with the same rules (`ingress.additionalHosts`). They are added to the TLS entry too. */
    additionalHosts?: pulumi.Input<string>[];
    /** How TLS ends. There is no safe default: it must be said here or by a certificate annotation. */
    tls?: IngressTlsArgs;
    /** Certificate issuer made by the chart. */
    issuer?: IngressIssuerArgs;
    /** A second Ingress. */
    secondary?: SecondaryIngressArgs;
}
