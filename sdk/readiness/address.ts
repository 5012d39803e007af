import type { Ingress } from "./objects";

/** What a user asks of the Ingress, as far as it decides which load balancer serves it. */
export interface WantedIngress {
    readonly className?: string;
    readonly annotations: Readonly<Record<string, string>>;
}

const SchemeAnnotation = "alb.ingress.kubernetes.io/scheme";
const GroupAnnotation = "alb.ingress.kubernetes.io/group.name";

/** Annotations by which a controller takes or makes another load balancer; all others it changes in place. */
const Deciding = [
    "kubernetes.io/ingress.class",
    // https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1435
    SchemeAnnotation,
    GroupAnnotation,
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
 * The address that the Ingress has although its annotations ask for another load balancer. On AWS another scheme or another group means
 * another load balancer, and until the controller has made that, the Ingress keeps the address of the one before. Which it is, its name
 * tells.
 */
export function staleAddress(ingress: Ingress | undefined): string | undefined {
    const address = addressOf(ingress);
    if (address === undefined || !ApplicationLoadBalancer.test(address)) {
        return undefined;
    }
    return isOfOtherScheme(ingress, address) || isOfOtherGroup(ingress, address) ? address : undefined;
}

/**
 * Names of internal ones begin with `internal-`, which no name may that users give:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
function isOfOtherScheme(ingress: Ingress | undefined, address: string): boolean {
    const scheme = ingress?.metadata?.annotations?.[SchemeAnnotation];
    return scheme !== undefined && (scheme === "internal") !== address.startsWith("internal-");
}

/** Names that the controller makes, of the group or of namespace and name: buildLoadBalancerName of its model_build_load_balancer.go */
const MadeName = /^(?:internal-)?k8s-([A-Za-z0-9-]+)-[0-9a-f]{10}-\d+\./;

/** A name that is given tells nothing of the group. */
function isOfOtherGroup(ingress: Ingress | undefined, address: string): boolean {
    const [, made] = MadeName.exec(address) ?? [];
    const wanted = groupInName(ingress);
    return made !== undefined && wanted !== undefined && made !== wanted;
}

/** The controller's mark on an Ingress without group: https://github.com/kubernetes-sigs/aws-load-balancer-controller, finalizer.go */
const UngroupedFinalizer = "ingress.k8s.aws/resources";

/** Without the annotation an IngressClassParams may name the group: then the mark is another one. */
function groupInName(ingress: Ingress | undefined): string | undefined {
    const { annotations, finalizers = [], namespace = "", name = "" } = ingress?.metadata ?? {};
    const group = annotations?.[GroupAnnotation];
    const plain = (text: string, length: number) => text.replace(/[^A-Za-z0-9]/g, "").slice(0, length);
    if (group !== undefined) {
        return plain(group, 17);
    }
    return finalizers.includes(UngroupedFinalizer) ? `${plain(namespace, 8)}-${plain(name, 8)}` : undefined;
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
