/** Annotations of an Ingress that decide what happens to it. */

/** The older way to name the Ingress class. */
export const ClassAnnotation = "kubernetes.io/ingress.class";

/** Annotations by which a cloud's load balancer ends TLS. */
export const CertificateAnnotations: readonly string[] = [
    "alb.ingress.kubernetes.io/certificate-arn",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
];

/** Annotations that ask cert-manager for a certificate. */
export const CertManagerAnnotations: readonly string[] = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"];
