import type { Policies } from "@pulumi/policy";
import { View } from "pulumi-wandb/checks";
import { inClusterOf } from "../cluster";
import { InstanceType } from "../releases";
import type { Resource } from "../resource";
import { type Finding, stackPolicy } from "../rule";
import { findIn } from "../single-check";

const ServiceType = "kubernetes:core/v1:Service";
const IngressType = "kubernetes:networking.k8s.io/v1:Ingress";

/** Policies about Kubernetes objects that the stack puts beside a custom resource. */
export const kubernetesPolicies: Policies = [
    stackPolicy(
        {
            name: "wandb-data-store-public",
            description:
                "MySQL, Redis, ClickHouse and Kafka of W&B are reached from inside the cluster only. A Service of type LoadBalancer or NodePort offers them to other networks, without TLS.",
            level: "mandatory",
            severity: "critical",
            remedy: "Make the Service one of type ClusterIP.",
        },
        (resources) =>
            exposedServices(resources)
                .filter(({ store }) => store !== undefined)
                .map(exposedStore),
    ),
    stackPolicy(
        {
            name: "wandb-service-without-tls",
            description:
                "Users reach W&B through its Ingress, which ends TLS. A Service of type LoadBalancer or NodePort goes past it: passwords and API keys travel in clear.",
            level: "advisory",
            severity: "high",
            remedy: "Make the Service one of type ClusterIP, or give its load balancer a certificate.",
        },
        (resources) =>
            exposedServices(resources)
                .filter(({ store, service }) => store === undefined && !endsTls(service))
                .map(exposedServer),
    ),
    stackPolicy(
        {
            name: "wandb-ingress-without-tls",
            description: "An Ingress in front of W&B ends TLS. Without it passwords and API keys travel in clear.",
            level: "advisory",
            severity: "high",
            remedy: "Set spec.tls, or the annotation by which the controller finds a certificate.",
        },
        plainIngresses,
    ),
];

/** Workloads of the charts that keep data, by their label app.kubernetes.io/name. */
const Stores = ["clickhouse", "etcd", "kafka", "minio", "mysql", "redis"];

/** Workloads that answer users. */
const Servers = ["api", "app", "console", "filestream", "frontend", "nginx", "weave", "weave-trace"];

interface ExposedService {
    readonly service: Resource;
    /** LoadBalancer or NodePort. */
    readonly type: string;
    /** The data store that it selects; undefined for W&B's own servers. */
    readonly store: string | undefined;
}

/** Services that lead from outside of the cluster to a custom resource's pods. */
function exposedServices(resources: readonly Resource[]): ExposedService[] {
    const instances = instancesOf(resources);
    return resources
        .filter(({ type }) => type === ServiceType)
        .flatMap((service) => {
            const spec = service.properties.at("spec");
            const type = spec.at("type").text;
            const selector = spec.at("selector");
            const name = selector.at("app.kubernetes.io/name").text ?? "";
            const owner = selector.at("app.kubernetes.io/instance");
            const named = [...Stores, ...Servers].includes(name);
            const namespace = service.properties.find("metadata.namespace").text;
            const selects = inClusterOf(service, instances).some(
                (instance) => instance.namespace === namespace && (owner.absent ? named : owner.text === instance.name),
            );
            const open = type === "NodePort" || (type === "LoadBalancer" && !isInternal(service));
            return type !== undefined && open && selects
                ? [{ service, type, store: Stores.find((store) => store === name) }]
                : [];
        });
}

interface Instance {
    readonly name: string;
    readonly namespace: string;
    readonly provider: string | undefined;
}

function instancesOf(resources: readonly Resource[]): Instance[] {
    return resources
        .filter(({ type }) => type === InstanceType)
        .flatMap(({ properties, provider }) => {
            const [name, namespace] = ["name", "namespace"].map((key) => properties.at("metadata", key).text);
            return name === undefined || namespace === undefined ? [] : [{ name, namespace, provider }];
        });
}

/** Annotations by which Google Cloud and Azure keep a load balancer in the private network, with the value in small letters. */
const InternalAnnotations: readonly (readonly [key: string, value: string])[] = [
    ["networking.gke.io/load-balancer-type", "internal"],
    ["cloud.google.com/load-balancer-type", "internal"],
    ["service.beta.kubernetes.io/azure-load-balancer-internal", "true"],
];

/** What is not known counts as internal: nothing is reported by a guess. */
function isInternal({ properties }: Resource): boolean {
    const annotations = properties.find("metadata.annotations");
    return (
        annotations.unknown ||
        InternalAnnotations.some(([key, value]) => {
            const given = annotations.at(key);
            return given.unknown || given.scalar?.toLowerCase() === value;
        }) ||
        isInternalOnAws(annotations, properties.at("spec", "loadBalancerClass"))
    );
}

/**
 * The AWS Load Balancer Controller makes internal ones unless told otherwise, Kubernetes' own controller for AWS public ones: see
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb and
 * https://cloud-provider-aws.sigs.k8s.io/service_controller.
 */
function isInternalOnAws(annotations: View, loadBalancerClass: View): boolean {
    const [scheme, internal, type] = ["scheme", "internal", "type"].map((key) =>
        annotations.at(`service.beta.kubernetes.io/aws-load-balancer-${key}`),
    );
    if ([scheme, internal, type, loadBalancerClass].some(({ unknown }) => unknown)) {
        return true;
    }
    if (scheme.filled) {
        return scheme.scalar?.toLowerCase() === "internal";
    }
    // The older annotation takes any text but these, "0.0.0.0/0" for example.
    if (internal.filled) {
        return internal.scalar?.toLowerCase() !== "false";
    }
    return loadBalancerClass.absent
        ? type.text === "external" || type.text === "nlb-ip"
        : loadBalancerClass.text === "service.k8s.aws/nlb";
}

/** By which a load balancer gets a certificate. */
const CertificateAnnotation = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";

function endsTls({ properties }: Resource): boolean {
    return properties.at("metadata", "annotations", CertificateAnnotation).filled;
}

function exposedStore({ service, type, store }: ExposedService): Finding {
    return {
        resource: service,
        path: "spec.type",
        message: `offers ${store} of W&B to other networks ("${type}" given)`,
        remedy: "Set it to ClusterIP; for maintenance from outside use kubectl port-forward.",
    };
}

function exposedServer({ service, type }: ExposedService): Finding {
    return {
        resource: service,
        path: "spec.type",
        message: `leads to W&B past the Ingress and without TLS ("${type}" given)`,
        remedy:
            type === "LoadBalancer"
                ? `Set it to ClusterIP, or give the load balancer a certificate (annotation ${CertificateAnnotation} on AWS).`
                : "Set it to ClusterIP and route to W&B by an Ingress.",
    };
}

function* plainIngresses(resources: readonly Resource[]): Iterable<Finding> {
    const all = instancesOf(resources);
    for (const ingress of resources.filter(({ type }) => type === IngressType)) {
        const { properties } = ingress;
        const namespace = properties.find("metadata.namespace").text;
        const instances = inClusterOf(ingress, all).filter((one) => one.namespace === namespace);
        const names = instances.map(({ name }) => name);
        const services = Servers.flatMap((server) => names.map((name) => `${name}-${server}`));
        if (backendsOf(properties).some((backend) => services.includes(backend)) && nothingEndsTls(properties)) {
            yield {
                resource: ingress,
                path: "spec.tls",
                message:
                    "is not set, and no annotation gives the load balancer a certificate, though this leads to W&B",
                remedy: "Set it to a list of secretName and hosts; silence this when a proxy in front ends TLS.",
            };
        }
    }
}

function backendsOf(ingress: View): string[] {
    const spec = ingress.at("spec");
    const paths = spec.at("rules").items.flatMap((rule) => rule.find("http.paths").items);
    return [spec.at("defaultBackend"), ...paths.map((path) => path.at("backend"))].flatMap((backend) => {
        const { text } = backend.find("service.name");
        return text === undefined ? [] : [text];
    });
}

/** The rule of the chart's own Ingress, asked about this one. */
function nothingEndsTls(ingress: View): boolean {
    const values = new View("", {
        global: { host: "https://wandb.example.com" },
        ingress: {
            class: ingress.find("spec.ingressClassName").value,
            annotations: ingress.find("metadata.annotations").value,
            tls: ingress.find("spec.tls").value,
        },
    });
    return findIn("ingress.https-notls", values).length > 0;
}
