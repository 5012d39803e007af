/**
 * From an Ingress to the load balancer that it asks for: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration
 *
 * Pure. What GKE's controller (https://github.com/kubernetes/ingress-gce) refuses is thrown in its words; it records it as an Event with the
 * reason Sync. Not simulated: health of backends, quotas, certificates made of Secrets.
 */
import type { InventoryView } from "../../../clouds/model";
import {
    managedCertificateType,
    ownCertificateType,
    ownRegionCertificateType,
} from "../../../clouds/gcp/compute/certificates";
import { securityPolicyType } from "../../../clouds/gcp/compute/armor";
import { freeAddress, networkOf } from "../../../clouds/gcp/compute/ranges";
import { addressType, globalAddressType, subnetworkType } from "../../../clouds/gcp/compute/shared";
import { sslPolicyType } from "../../../clouds/gcp/compute/ssl-policy";
import { textOf } from "../../../clouds/values";
import type { KubeObject } from "../kube";
import type { GkeCluster } from "./cluster";

const classAnnotation = "kubernetes.io/ingress.class";
const frontendAnnotation = "networking.gke.io/v1beta1.FrontendConfig";

/** What lies beside the Ingress, by name. */
export interface Beside {
    /** Security policies of the BackendConfigs of its Services, by name of the Service. */
    readonly securityPolicies: ReadonlyMap<string, string>;
    readonly frontendConfig?: KubeObject;
    /** Secrets of `spec.tls` that are there. */
    readonly secrets: readonly string[];
}

export interface BalancerPlan {
    /** `<namespace>/<name>` */
    readonly key: string;
    readonly internal: boolean;
    readonly address: string;
    readonly http: boolean;
    /** Ids of certificates; absent where HTTPS is not served. */
    readonly certificates?: readonly string[];
    readonly sslPolicy?: string;
    /** Subnet of the proxies of an internal load balancer. */
    readonly proxies?: string;
    /** Services, each with its security policy. */
    readonly services: ReadonlyMap<string, string | undefined>;
}

/** Which of GKE's load balancers an Ingress asks for; absent: none. The field of the class is not read where there is the annotation. */
export function kindOf({ metadata, spec }: KubeObject): "external" | "internal" | undefined {
    const named = metadata?.annotations?.[classAnnotation];
    if (named === undefined) {
        return spec?.ingressClassName === undefined ? "external" : undefined;
    }
    return named === "gce" ? "external" : named === "gce-internal" ? "internal" : undefined;
}

/** Name of the FrontendConfig that an Ingress wants. */
export function frontendNameOf({ metadata }: KubeObject): string | undefined {
    return metadata?.annotations?.[frontendAnnotation];
}

interface IngressRule {
    readonly http?: {
        readonly paths: readonly { readonly backend: { readonly service?: { readonly name: string } } }[];
    };
}

/** Names of the Services behind an Ingress. */
export function servicesOf({ spec }: KubeObject): string[] {
    const rules = (spec?.rules ?? []) as IngressRule[];
    const named = rules.flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend.service?.name ?? ""));
    return [...new Set(named)].filter((name) => name !== "");
}

export function secretsOf({ spec }: KubeObject): string[] {
    return ((spec?.tls ?? []) as { secretName?: string }[]).flatMap(({ secretName }) => secretName ?? []);
}

/** @throws what the controller says of an Ingress that it cannot serve */
export function planBalancer(
    ingress: KubeObject,
    beside: Beside,
    cluster: GkeCluster,
    inventory: InventoryView,
): BalancerPlan {
    const internal = kindOf(ingress) === "internal";
    const { namespace, name, annotations = {} } = ingress.metadata ?? {};
    const frontend = frontendOf(ingress, beside, cluster, inventory);
    const http = annotations["kubernetes.io/ingress.allow-http"] !== "false";
    const certificates = certificatesOf(ingress, beside, { internal, cluster, inventory });
    if (!http && certificates === undefined) {
        throw new Error(
            "error running load balancer syncing routine: invalid ingress frontend configuration, please check your usage of the 'kubernetes.io/ingress.allow-http' annotation.",
        );
    }
    const both = http && certificates !== undefined;
    const proxies = internal ? proxiesOf(both, beside, cluster, inventory) : undefined;
    return {
        key: `${namespace}/${name}`,
        internal,
        address: addressOf(ingress, internal, cluster, inventory),
        http,
        certificates,
        sslPolicy: frontend,
        ...(proxies === undefined ? {} : { proxies }),
        services: new Map(
            servicesOf(ingress).map((service) => [service, policyOf(service, beside, cluster, inventory)]),
        ),
    };
}

/** Id of the SSL policy of the FrontendConfig. */
function frontendOf(
    ingress: KubeObject,
    { frontendConfig }: Beside,
    { project }: GkeCluster,
    inventory: InventoryView,
): string | undefined {
    const wanted = frontendNameOf(ingress);
    if (wanted === undefined) {
        return undefined;
    }
    if (frontendConfig === undefined) {
        throw new Error(`FrontendConfig "${ingress.metadata?.namespace}/${wanted}" does not exist`);
    }
    const policy = textOf(frontendConfig.spec?.sslPolicy as string | undefined);
    const id = `projects/${project}/global/sslPolicies/${policy}`;
    if (policy !== "" && inventory.find(sslPolicyType, (row) => row.id === id) === undefined) {
        throw new Error(`googleapi: Error 404: The resource '${id}' was not found, notFound`);
    }
    return policy === "" ? undefined : id;
}

interface Place {
    readonly internal: boolean;
    readonly cluster: GkeCluster;
    readonly inventory: InventoryView;
}

function certificatesOf(
    ingress: KubeObject,
    { secrets }: Beside,
    { internal, cluster, inventory }: Place,
): string[] | undefined {
    const { annotations = {} } = ingress.metadata ?? {};
    const missing = secretsOf(ingress).find((name) => !secrets.includes(name));
    if (missing !== undefined) {
        throw new Error(`error initializing translator env: secrets "${missing}" not found`);
    }
    const named = textOf(annotations["ingress.gcp.kubernetes.io/pre-shared-cert"])
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "");
    const where = internal ? `regions/${cluster.region}` : "global";
    const types = internal ? [ownRegionCertificateType] : [managedCertificateType, ownCertificateType];
    const ids = named.map((name) => `projects/${cluster.project}/${where}/sslCertificates/${name}`);
    for (const id of ids) {
        if (!types.some((type) => inventory.find(type, (row) => row.id === id) !== undefined)) {
            throw new Error(`googleapi: Error 404: The resource '${id}' was not found, notFound`);
        }
    }
    const others = secretsOf(ingress).length > 0 || annotations["networking.gke.io/managed-certificates"] !== undefined;
    return ids.length > 0 || others ? ids : undefined;
}

/** Id of the subnet of the proxies, once it is sure that the Ingress asks for nothing that there is outside the network only. */
function proxiesOf(both: boolean, { securityPolicies }: Beside, cluster: GkeCluster, inventory: InventoryView): string {
    if (both) {
        throw new Error(
            "gce-internal Ingress class does not currently support both HTTP and HTTPS served on the same IP (kubernetes.io/ingress.allow-http must be false when using HTTPS).",
        );
    }
    const [service] = securityPolicies.keys();
    if (service !== undefined) {
        throw new Error(`cloud armor security policies not supported for REGIONAL backend service ${service}`);
    }
    const proxies = inventory.find(
        subnetworkType,
        (row) =>
            row.inputs["role"] === "ACTIVE" &&
            row.inputs["purpose"] === "REGIONAL_MANAGED_PROXY" &&
            textOf(row.outputs["region"]) === cluster.region &&
            networkOf(row) === cluster.networkId,
    );
    if (proxies === undefined) {
        throw new Error("active subnet not found");
    }
    return proxies.id;
}

function policyOf(
    service: string,
    { securityPolicies }: Beside,
    { project }: GkeCluster,
    inventory: InventoryView,
): string | undefined {
    const name = securityPolicies.get(service);
    const id = name && `projects/${project}/global/securityPolicies/${name}`;
    if (id !== undefined && inventory.find(securityPolicyType, (row) => row.id === id) === undefined) {
        throw new Error(
            `failed to set security policy "${name}": googleapi: Error 404: The resource '${id}' was not found, notFound`,
        );
    }
    return id;
}

/** The address that the Ingress names; else one that is nobody's and lasts as long as the Ingress. */
function addressOf(ingress: KubeObject, internal: boolean, cluster: GkeCluster, inventory: InventoryView): string {
    const { annotations = {}, uid = "" } = ingress.metadata ?? {};
    const kind = internal ? "regional" : "global";
    const name = annotations[`kubernetes.io/ingress.${kind}-static-ip-name`];
    const current = ingress.status?.loadBalancer as { ingress?: { ip?: string }[] } | undefined;
    if (name === undefined) {
        return current?.ingress?.[0]?.ip ?? ephemeral(uid, internal, cluster, inventory);
    }
    const where = internal ? `regions/${cluster.region}` : "global";
    const id = `projects/${cluster.project}/${where}/addresses/${name}`;
    const row = inventory.find(internal ? addressType : globalAddressType, (one) => one.id === id);
    if (row === undefined) {
        throw new Error(
            `error running load balancer syncing routine: the given static IP name ${name} doesn't translate to an existing static IP.`,
        );
    }
    return textOf(row.outputs["address"]);
}

function ephemeral(uid: string, internal: boolean, { subnetworkId }: GkeCluster, inventory: InventoryView): string {
    const subnet = inventory.find(subnetworkType, ({ id }) => id === subnetworkId);
    const sum = [...uid].reduce((number, letter) => (number * 31 + letter.charCodeAt(0)) % 254, 7);
    // 203.0.113.0/24 is reserved for documentation.
    return internal && subnet !== undefined ? freeAddress(subnet, inventory) : `203.0.113.${sum + 1}`;
}
