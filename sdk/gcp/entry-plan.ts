import type { WandbDeploymentArgs } from "../args";
import { type GcpDnsArgs, type GcpLoadBalancerArgs, GcpLoadBalancerScheme } from "./args/entry";

/** The older way to name the class of an Ingress, and the only one that GKE reads. */
const ClassAnnotation = "kubernetes.io/ingress.class";
/** Annotations by which the caller names certificates. */
const CertificateAnnotations = ["ingress.gcp.kubernetes.io/pre-shared-cert", "networking.gke.io/managed-certificates"];

/** How users come in: what is decided before anything is made, from plain values alone. */
export interface EntryPlan {
    /** The Ingress becomes a load balancer of GKE. */
    readonly loadBalancer: boolean;
    /** That load balancer is reached from the network only. */
    readonly internal: boolean;
    /** That load balancer ends TLS. */
    readonly tls: boolean;
    /** Certificates are made for it. */
    readonly createsCertificate: boolean;
    /** Records that point to it are made. */
    readonly createsRecords: boolean;
    /** A FrontendConfig says how it answers: redirect and versions of TLS. Google has none for internal ones. */
    readonly frontendConfig: boolean;
}

/** The arguments that are looked at. */
export interface EntryArgs extends Pick<WandbDeploymentArgs, "host" | "ingress"> {
    readonly gcp?: { readonly dns?: GcpDnsArgs; readonly loadBalancer?: GcpLoadBalancerArgs };
}

/** Reads the arguments. A class or a host that is known only as an Output counts as another class, and as https. */
export function gcpEntryPlan({ gcp, host, ingress = {} }: EntryArgs): EntryPlan {
    const { annotations = {}, className } = ingress;
    const { dns = {}, loadBalancer: balancer = {} } = gcp ?? {};
    const internal = balancer.scheme === GcpLoadBalancerScheme.Internal;
    // GKE does not read the field: https://docs.cloud.google.com/kubernetes-engine/docs/concepts/ingress#controller_summary
    const ownClass =
        className !== undefined || (annotations[ClassAnnotation] ?? ingressClass(internal)) !== ingressClass(internal);
    const loadBalancer = ingress.create !== false && !ownClass;
    const plain = ingress.tls?.enabled === false || (typeof host === "string" && host.startsWith("http://"));
    const tls = loadBalancer && !plain;
    return {
        loadBalancer,
        internal,
        tls,
        createsCertificate: tls && !internal && dns.privateZone !== true && !ownCertificate(dns, ingress),
        createsRecords: loadBalancer && dns.managedZone !== undefined,
        frontendConfig: tls && !internal,
    };
}

/** Class of GKE's own Ingresses. */
export function ingressClass(internal: boolean): string {
    return internal ? "gce-internal" : "gce";
}

function ownCertificate(
    dns: GcpDnsArgs,
    { annotations = {}, tls, issuer }: NonNullable<EntryArgs["ingress"]>,
): boolean {
    return (
        dns.certificateNames !== undefined ||
        CertificateAnnotations.some((name) => annotations[name] !== undefined) ||
        tls?.secretName !== undefined ||
        tls?.certificate !== undefined ||
        issuer !== undefined
    );
}
