import type { Ingress } from "./objects";

/** What a user asks of the Ingress, as far as it decides which load balancer serves it. */
export interface WantedIngress {
    readonly className?: string;
    readonly annotations: Readonly<Record<string, string>>;
}

const SchemeAnnotation = "alb.ingress.kubernetes.io/scheme";

/** Annotations by which a controller takes or makes another load balancer; all others it changes in place. */
const Deciding = [
    "kubernetes.io/ingress.class",
    // https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1435
    SchemeAnnotation,
    "alb.ingress.kubernetes.io/group.name",
    // https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#summary_of_external_ingress_annotations
    "kubernetes.io/ingress.global-static-ip-name",
    "kubernetes.io/ingress.regional-static-ip-name",
    // https://azure.github.io/application-gateway-kubernetes-ingress/annotations/#use-private-ip
    "appgw.ingress.kubernetes.io/use-private-ip",
] as const;

/** Those of the annotations that decide: what the others hold does not matter, and may be unknown in a preview. */
export function decidingAnnotations<T>(annotations: Readonly<Record<string, T>>): Record<string, T> {
    return Object.fromEntries(Deciding.flatMap((name) => (name in annotations ? [[name, annotations[name]]] : [])));
}

/** `<name>-<number>.<region>.elb.<suffix>`; that of a Network Load Balancer has no region in this place. */
const ApplicationLoadBalancer = /^[^.]+\.[a-z0-9-]+\.elb\.[a-z0-9.-]+$/;

/** What DNS must point to, whatever load balancer it belongs to. */
export function addressOf(ingress: Ingress | undefined): string | undefined {
    const [first] = ingress?.status?.loadBalancer?.ingress ?? [];
    return first?.hostname ?? first?.ip;
}

/**
 * The address that the Ingress has although its annotations ask for another load balancer. On AWS another scheme means another load
 * balancer, and until the controller has made that, the Ingress keeps the address of the one before. Which it is, its name tells: those
 * of internal ones begin with `internal-`, which no name may that users give:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export function staleAddress(ingress: Ingress | undefined): string | undefined {
    const address = addressOf(ingress);
    const scheme = ingress?.metadata?.annotations?.[SchemeAnnotation];
    if (address === undefined || scheme === undefined || !ApplicationLoadBalancer.test(address)) {
        return undefined;
    }
    return (scheme === "internal") === address.startsWith("internal-") ? undefined : address;
}

/** The Ingress has the address of the load balancer that it asks for. */
export function hasOwnAddress(ingress: Ingress | undefined): boolean {
    return addressOf(ingress) !== undefined && staleAddress(ingress) === undefined;
}

/** The address as it will be with other settings; undefined when there is none yet, or when they may bring another load balancer. */
export function foreseenAddress(ingress: Ingress | undefined, wanted: WantedIngress): string | undefined {
    const present = ingress?.metadata?.annotations ?? {};
    const sameClass = wanted.className === undefined || wanted.className === ingress?.spec?.ingressClassName;
    const stays = sameClass && Deciding.every((name) => wanted.annotations[name] === present[name]);
    return stays && hasOwnAddress(ingress) ? addressOf(ingress) : undefined;
}
