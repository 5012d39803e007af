/** Gives Ingresses an address, in the place of the controllers of the clouds. */
import { createHash } from "node:crypto";
import type { KubeClient, KubeObject } from "./kube";

/** Ingress classes somebody listens to in the sandbox. */
export const ingressClasses = [
    "alb",
    "azure-application-gateway",
    "azure/application-gateway",
    "gce",
    "gce-internal",
    "haproxy",
    "nginx",
    "traefik",
    "webapprouting.kubernetes.azure.com",
];

/** An Ingress with this annotation, value "true", never gets an address. */
export const noAddressAnnotation = "sandbox.wandb.com/no-address";

interface Address {
    hostname?: string;
    ip?: string;
}

/** The class of an Ingress, by field or by annotation; empty when it has none. */
export function classOf({ metadata, spec }: KubeObject): string {
    return (
        (spec?.ingressClassName as string | undefined) ?? metadata?.annotations?.["kubernetes.io/ingress.class"] ?? ""
    );
}

/** The address of an Ingress; undefined when it gets none or has one. */
export function addressFor(ingress: KubeObject): Address | undefined {
    const annotations = ingress.metadata?.annotations ?? {};
    const className = classOf(ingress);
    const balancer = ingress.status?.loadBalancer as { ingress?: Address[] } | undefined;
    if (
        !ingressClasses.includes(className) ||
        annotations[noAddressAnnotation] === "true" ||
        balancer?.ingress?.length
    ) {
        return undefined;
    }
    const id = createHash("sha256").update(`${ingress.metadata?.namespace}/${ingress.metadata?.name}`).digest();
    if (className === "alb") {
        return { hostname: `k8s-${id.toString("hex").slice(0, 10)}.elb.example.com` };
    }
    // 203.0.113.0/24 is reserved for documentation.
    return { ip: `203.0.113.${1 + (id[0] % 254)}` };
}

/** Watches all Ingresses. While `enabled` answers false, for all or for this one, it gets no address. */
export function giveAddresses(
    client: KubeClient,
    enabled: (ingress: KubeObject) => boolean,
    report: (line: string) => void,
): void {
    client.follow("/apis/networking.k8s.io/v1/ingresses", {
        changed: (ingress) => {
            const address = enabled(ingress) ? addressFor(ingress) : undefined;
            if (address === undefined) {
                return;
            }
            const { namespace, name } = ingress.metadata ?? {};
            const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}/status`;
            client.patch(path, { status: { loadBalancer: { ingress: [address] } } }).catch((error: unknown) => {
                report(`address of Ingress ${namespace}/${name}: ${String(error)}`);
            });
        },
    });
}
