import { ApiError, WithoutWaiting } from "./api-error";
import { readKubeconfig } from "./kubeconfig";
import type { Ingress, Instance, KubernetesEvent, KubernetesObject, Pod, Secret, Workload } from "./objects";
import { redact } from "./redact";
import { type ApiRequest, type ApiResponse, createTransport, type Transport } from "./transport";

/**
 * The few things that readiness asks of a cluster. What is not there is undefined or an empty list; all else that is no success is an
 * {@link ApiError}.
 */
export interface ClusterApi {
    /** Address of the API server, for messages. */
    readonly server: string;
    /** Context that was asked for, for commands that people copy. */
    readonly context?: string;
    getNamespace(name: string): Promise<KubernetesObject | undefined>;
    getInstance(namespace: string, name: string): Promise<Instance | undefined>;
    /** Replaces the finalizers, if the custom resource is still the one that was read. */
    setFinalizers(instance: Instance, finalizers: readonly string[]): Promise<void>;
    getSecret(namespace: string, name: string): Promise<Secret | undefined>;
    /** Metadata only: what the Secrets hold is not sent. */
    listSecrets(namespace: string, selector: string): Promise<KubernetesObject[]>;
    /** Deletes a Secret, if it is still the one that was read. */
    deleteSecret(secret: KubernetesObject): Promise<void>;
    getDeployment(namespace: string, name: string): Promise<Workload | undefined>;
    listDeployments(namespace: string, selector: string): Promise<Workload[]>;
    listStatefulSets(namespace: string, selector: string): Promise<Workload[]>;
    getIngress(namespace: string, name: string): Promise<Ingress | undefined>;
    listPods(namespace: string, selector: string): Promise<Pod[]>;
    /** Events about one object. */
    listEvents(namespace: string, kind: string, name: string): Promise<KubernetesEvent[]>;
    /** The last lines of a pod's log. */
    podLog(namespace: string, pod: string, lines: number): Promise<string>;
}

/** How to reach the cluster. */
export interface ClusterApiOptions {
    /** Context of the kubeconfig; without it its current one. */
    readonly context?: string;
    /** Longest time for one request. Default: 10 seconds. */
    readonly requestTimeoutMs?: number;
}

interface Resource {
    readonly prefix: string;
    readonly resource: string;
    /** What the identity needs the right for, as the end of "needed to ...". */
    readonly purpose: string;
}

const Resources = {
    namespaces: {
        prefix: "/api/v1",
        resource: "namespaces",
        purpose: "see whether the namespace is there and whose it is",
    },
    instances: {
        prefix: "/apis/apps.wandb.com/v1",
        resource: "weightsandbiases",
        purpose: "see how far the operator is",
    },
    secrets: {
        prefix: "/api/v1",
        resource: "secrets",
        purpose: "see which settings the operator has applied, and the state of Helm releases",
    },
    deployments: {
        prefix: "/apis/apps/v1",
        resource: "deployments",
        purpose: "see whether the workloads are available",
    },
    statefulSets: {
        prefix: "/apis/apps/v1",
        resource: "statefulsets",
        purpose: "see whether the workloads are available",
    },
    ingresses: { prefix: "/apis/networking.k8s.io/v1", resource: "ingresses", purpose: "read the address of W&B" },
    pods: { prefix: "/api/v1", resource: "pods", purpose: "see why a workload is not available" },
    events: { prefix: "/api/v1", resource: "events", purpose: "see what the operator reported" },
    podLogs: { prefix: "/api/v1", resource: "pods/log", purpose: "read the errors of the operator" },
} as const satisfies Record<string, Resource>;

const MetadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/**
 * Reads a kubeconfig and talks to its cluster. A client of its own: `@kubernetes/client-node` costs about 80 MB and a third of a second
 * on load, in each preview too, for a dozen plain requests.
 *
 * @throws ApiError when the kubeconfig cannot be used.
 */
export function createClusterApi(kubeconfig: string, options: ClusterApiOptions = {}): ClusterApi {
    const { context, requestTimeoutMs = 10_000 } = options;
    const connection = readKubeconfig(kubeconfig, context);
    const client = new Client(connection.server, createTransport(connection, requestTimeoutMs));
    const labels = (selector: string): string => `?labelSelector=${encodeURIComponent(selector)}`;
    return {
        server: connection.server,
        context,
        getNamespace: (name) => client.get(Resources.namespaces, undefined, name),
        getInstance: (namespace, name) => client.get(Resources.instances, namespace, name),
        setFinalizers: async (instance, finalizers) => {
            const { namespace = "", name = "", resourceVersion } = instance.metadata ?? {};
            await client.change(Resources.instances, namespace, name, {
                method: "PATCH",
                contentType: "application/merge-patch+json",
                body: { metadata: { resourceVersion, finalizers } },
            });
        },
        getSecret: (namespace, name) => client.get(Resources.secrets, namespace, name),
        listSecrets: (namespace, selector) => client.list(Resources.secrets, namespace, labels(selector), MetadataOnly),
        deleteSecret: async ({ metadata: { namespace = "", name = "", resourceVersion } = {} }) => {
            await client.change(Resources.secrets, namespace, name, {
                method: "DELETE",
                body: { kind: "DeleteOptions", apiVersion: "v1", preconditions: { resourceVersion } },
            });
        },
        getDeployment: (namespace, name) => client.get(Resources.deployments, namespace, name),
        listDeployments: (namespace, selector) => client.list(Resources.deployments, namespace, labels(selector)),
        listStatefulSets: (namespace, selector) => client.list(Resources.statefulSets, namespace, labels(selector)),
        getIngress: (namespace, name) => client.get(Resources.ingresses, namespace, name),
        listPods: (namespace, selector) => client.list(Resources.pods, namespace, labels(selector)),
        listEvents: (namespace, kind, name) => {
            const fields = `involvedObject.kind=${kind},involvedObject.name=${name}`;
            return client.list(Resources.events, namespace, `?fieldSelector=${encodeURIComponent(fields)}`);
        },
        podLog: (namespace, pod, lines) => client.log(namespace, pod, lines),
    };
}

/** Turns requests about Kubernetes resources into HTTP and answers into objects or errors. */
class Client {
    public constructor(
        private readonly server: string,
        public readonly transport: Transport,
    ) {}

    public async get<T>(resource: Resource, namespace: string | undefined, name: string): Promise<T | undefined> {
        const path = objectPath(resource, namespace, name);
        const response = await this.transport.send({ method: "GET", path });
        return response.status === 404
            ? undefined
            : this.parsed<T>(response, `get ${resource.resource} "${name}"`, resource, namespace);
    }

    public async list<T>(resource: Resource, namespace: string, query: string, accept?: string): Promise<T[]> {
        const path = `${listPath(resource, namespace)}${query}`;
        const response = await this.transport.send({ method: "GET", path, accept });
        const list = this.parsed<{ items?: T[] }>(response, `list ${resource.resource}`, resource, namespace);
        return list.items ?? [];
    }

    public async change(
        resource: Resource,
        namespace: string,
        name: string,
        request: Omit<ApiRequest, "path">,
    ): Promise<void> {
        const path = objectPath(resource, namespace, name);
        const response = await this.transport.send({ ...request, path });
        if (response.status !== 404) {
            this.check(response, `${request.method.toLowerCase()} ${resource.resource} "${name}"`, resource, namespace);
        }
    }

    public async log(namespace: string, pod: string, lines: number): Promise<string> {
        const query = `?tailLines=${lines}&limitBytes=1048576`;
        const path = `${objectPath({ ...Resources.podLogs, resource: "pods" }, namespace, pod)}/log${query}`;
        const response = await this.transport.send({ method: "GET", path, accept: "*/*" });
        this.check(response, `get pods/log "${pod}"`, Resources.podLogs, namespace);
        return response.body;
    }

    private parsed<T>(response: ApiResponse, action: string, resource: Resource, namespace?: string): T {
        this.check(response, action, resource, namespace);
        try {
            return JSON.parse(response.body) as T;
        } catch (error) {
            throw new ApiError(
                "transient",
                `Kubernetes API server ${this.server}: the answer to ${action} is cut off or no JSON`,
                {
                    cause: error,
                },
            );
        }
    }

    private check({ status, body }: ApiResponse, action: string, resource: Resource, namespace?: string): void {
        if (status >= 200 && status < 300) {
            return;
        }
        const where = namespace === undefined ? "" : ` in namespace "${namespace}"`;
        const reason = statusMessage(body);
        if (status === 401) {
            throw new ApiError(
                "denied",
                `Kubernetes API server ${this.server} does not accept the credentials of the kubeconfig (401 at ${action}${where}${reason}). ` +
                    `Renew them: log in again, or write the kubeconfig anew. ${WithoutWaiting}`,
            );
        }
        if (status === 403) {
            throw new ApiError(
                "denied",
                `The identity of the kubeconfig may not ${action}${where} (403${reason}). ` +
                    `It is needed to ${resource.purpose}: grant the verb on ${resource.resource}. ${WithoutWaiting}`,
            );
        }
        const transient = status === 429 || status >= 500 || status === 408;
        throw new ApiError(
            transient ? "transient" : status === 409 ? "conflict" : "rejected",
            `Kubernetes API server ${this.server} answered ${status} to ${action}${where}${reason}`,
        );
    }
}

function listPath({ prefix, resource }: Resource, namespace: string | undefined): string {
    return namespace === undefined
        ? `${prefix}/${resource}`
        : `${prefix}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}

function objectPath(resource: Resource, namespace: string | undefined, name: string): string {
    return `${listPath(resource, namespace)}/${encodeURIComponent(name)}`;
}

/** The server's own words, from the `Status` object that it sends with an error. */
function statusMessage(body: string): string {
    try {
        const { message } = JSON.parse(body) as { message?: unknown };
        return typeof message === "string" && message !== "" ? `: ${redact(message)}` : "";
    } catch {
        return "";
    }
}
