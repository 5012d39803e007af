import type { WandbDeploymentArgs } from "../args";
import {
    AzureAcmeChallenge,
    type AzureDnsArgs,
    AzureIngressController,
    type AzureLoadBalancerArgs,
    AzureLoadBalancerScheme,
} from "./args/entry";

/** The older way to name the class of an Ingress, and the one that Microsoft documents for AGIC. */
const ClassAnnotation = "kubernetes.io/ingress.class";
/** Annotations by which the caller says where the certificate comes from. */
const CertificateAnnotations = [
    "cert-manager.io/cluster-issuer",
    "cert-manager.io/issuer",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
];

/** Classes of the controllers, by annotation and by field. */
export const IngressClasses = {
    [AzureIngressController.ApplicationGateway]: {
        annotation: "azure/application-gateway",
        field: "azure-application-gateway",
    },
    [AzureIngressController.AppRouting]: { annotation: undefined, field: "webapprouting.kubernetes.azure.com" },
} as const;

/** How users come in: what is decided before anything is made, from plain values alone. */
export interface EntryPlan {
    /** The controller makes an entry of the Ingress. */
    readonly loadBalancer: boolean;
    readonly controller: AzureIngressController;
    /** That entry is an Application Gateway that is made here: the network needs a subnet for it. */
    readonly createsGateway: boolean;
    /** The application routing add-on gets an NGINX of our own, since its default one is open to everybody. */
    readonly createsNginx: boolean;
    /** That entry is reached from the network only. */
    readonly internal: boolean;
    /** That entry ends TLS. */
    readonly tls: boolean;
    /** cert-manager makes certificates for it, by this proof. */
    readonly certificate?: AzureAcmeChallenge;
    /** Records that point to it are made. */
    readonly createsRecords: boolean;
}

/** The arguments that are looked at. */
export interface EntryArgs extends Pick<WandbDeploymentArgs, "host" | "ingress"> {
    readonly azure?: { readonly dns?: AzureDnsArgs; readonly loadBalancer?: AzureLoadBalancerArgs };
}

/** Reads the arguments. A class or a host that is known only as an Output counts as another class, and as https. */
export function azureEntryPlan({ azure, host, ingress = {} }: EntryArgs): EntryPlan {
    const { dns = {}, loadBalancer: balancer = {} } = azure ?? {};
    const controller = balancer.controller ?? AzureIngressController.ApplicationGateway;
    const internal = balancer.scheme === AzureLoadBalancerScheme.Internal;
    const loadBalancer = ingress.create !== false && hasClassOf(controller, ingress);
    const plain = ingress.tls?.enabled === false || (typeof host === "string" && host.startsWith("http://"));
    const tls = loadBalancer && !plain;
    const isGateway = controller === AzureIngressController.ApplicationGateway;
    return {
        loadBalancer,
        controller,
        createsGateway: loadBalancer && isGateway && balancer.gateway?.existingId === undefined,
        createsNginx: loadBalancer && !isGateway && (internal || balancer.inboundCidrs !== undefined),
        internal,
        tls,
        certificate: tls && !ownCertificate(ingress) ? challengeOf(dns) : undefined,
        createsRecords: loadBalancer && dns.zoneId !== undefined,
    };
}

type Ingress = NonNullable<EntryArgs["ingress"]>;

function hasClassOf(controller: AzureIngressController, { annotations = {}, className }: Ingress): boolean {
    const { annotation, field } = IngressClasses[controller];
    const byAnnotation = annotations[ClassAnnotation];
    return (className === undefined || className === field) && (byAnnotation ?? annotation) === annotation;
}

function ownCertificate({ annotations = {}, tls, issuer }: Ingress): boolean {
    return (
        CertificateAnnotations.some((name) => annotations[name] !== undefined) ||
        tls?.secretName !== undefined ||
        tls?.certificate !== undefined ||
        issuer !== undefined
    );
}

/** No public authority sees a private zone. */
function challengeOf({ zoneId, privateZone, acme }: AzureDnsArgs): AzureAcmeChallenge | undefined {
    if (privateZone === true || (zoneId === undefined && acme === undefined)) {
        return undefined;
    }
    return acme?.challenge ?? (zoneId === undefined ? AzureAcmeChallenge.Http01 : AzureAcmeChallenge.Dns01);
}

/**
 * Who may reach the gateway's subnet, for its network security group. None are named for an internal entry: Azure lets in the network and what is connected
 * to it by itself.
 */
export function gatewayInbound(
    { internal }: Pick<EntryPlan, "internal">,
    { inboundCidrs }: Pick<AzureLoadBalancerArgs, "inboundCidrs">,
): { readonly cidrs?: readonly string[] } {
    return { cidrs: internal ? [] : inboundCidrs };
}
