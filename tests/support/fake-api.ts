import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";
import { ApiError } from "../../sdk/readiness/api-error";
import { type ClusterApi, type ClusterApiOptions, createClusterApi } from "../../sdk/readiness/cluster-api";
import type {
    Ingress,
    Instance,
    KubernetesEvent,
    KubernetesObject,
    Pod,
    Secret,
    Workload,
} from "../../sdk/readiness/objects";
import type { Clock } from "../../sdk/readiness/wait";

/** Second by which the objects below are dated. */
export const Noon = Date.parse("2026-01-01T12:00:00Z");

/** A time in the form of the API, some seconds after {@link Noon}. */
export function at(seconds: number): string {
    return new Date(Noon + seconds * 1_000).toISOString().replace(/\.\d+Z$/, "Z");
}

/** A custom resource whose spec was edited at one second and whose status was set at another. */
export function instance(phase: string | undefined, edited: number, reported?: number, rest: object = {}): Instance {
    return {
        metadata: {
            name: "wandb",
            namespace: "wandb",
            generation: 2,
            resourceVersion: "7",
            creationTimestamp: at(-1_000),
            managedFields: [
                { manager: "pulumi-kubernetes", time: at(edited), fieldsV1: { "f:metadata": {}, "f:spec": {} } },
                // The operator adds its finalizer by an update of its own, which is no edit of the spec.
                { manager: "manager", time: at(edited + 500), fieldsV1: { "f:metadata": { "f:finalizers": {} } } },
                ...(reported === undefined
                    ? []
                    : [
                          {
                              manager: "manager",
                              subresource: "status",
                              time: at(reported),
                              fieldsV1: { "f:status": {} },
                          },
                      ]),
            ],
            ...rest,
        },
        ...(phase === undefined ? {} : { status: { phase } }),
    };
}

/** The operator's Secret with what it applied last. */
export function activeSecret(revision: string | undefined, chart: object = { version: "0.43.8" }): Secret {
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64");
    return {
        metadata: { name: "wandb-spec-active", namespace: "wandb" },
        data: { values: encode(revision === undefined ? {} : { pulumiWandb: { revision } }), chart: encode(chart) },
    };
}

/** A Deployment or StatefulSet; all replicas are there unless told otherwise. */
export function workload(name: string, replicas = 1, status: Workload["status"] = {}, spec: object = {}): Workload {
    return {
        metadata: {
            name,
            namespace: "wandb",
            generation: 3,
            labels: { "app.kubernetes.io/instance": "wandb", "app.kubernetes.io/managed-by": "Helm" },
        },
        spec: { replicas, ...spec },
        status: {
            observedGeneration: 3,
            replicas,
            updatedReplicas: replicas,
            readyReplicas: replicas,
            availableReplicas: replicas,
            ...status,
        },
    };
}

/** The operator's Deployment. */
export function operatorDeployment(image = "wandb/controller:1.22.0", status: Workload["status"] = {}): Workload {
    const containers = [
        { name: "proxy", image: "proxy:9" },
        { name: "manager", image },
    ];
    const template = { spec: { containers } };
    const deployment = workload("wandb-controller-manager", 1, status, { template });
    return { ...deployment, metadata: { ...deployment.metadata, namespace: "wandb-cr", labels: {} } };
}

/** Storage Secret of one revision of a Helm release. */
export function releaseSecret(release: string, revision: number, status: string, data?: Secret["data"]): Secret {
    return {
        metadata: {
            name: `sh.helm.release.v1.${release}.v${revision}`,
            namespace: "wandb",
            resourceVersion: String(100 + revision),
            labels: { owner: "helm", name: release, status, version: String(revision) },
        },
        data,
    };
}

/** Methods of {@link ClusterApi} that ask the cluster for something. */
export type ApiMethod = Exclude<keyof ClusterApi, "server" | "context">;

/** A cluster in memory. Tests change its fields between polls. */
export class FakeCluster implements ClusterApi {
    public readonly server = "https://cluster.example";
    public context?: string;
    public namespaces: KubernetesObject[] = [];
    public instances: Instance[] = [];
    public secrets: Secret[] = [];
    public deployments: Workload[] = [];
    public statefulSets: Workload[] = [];
    public ingresses: Ingress[] = [];
    public pods: Pod[] = [];
    /** By `kind/name` of the object they are about. */
    public events: Record<string, KubernetesEvent[]> = {};
    /** By name of the pod. */
    public logs: Record<string, string> = {};
    /** Errors to throw, by method. */
    public readonly failures: Partial<Record<ApiMethod, Error>> = {};
    public readonly calls: string[] = [];

    public getNamespace(name: string): Promise<KubernetesObject | undefined> {
        return this.answer("getNamespace", name, () => this.namespaces.find((item) => item.metadata?.name === name));
    }

    public getInstance(namespace: string, name: string): Promise<Instance | undefined> {
        return this.answer("getInstance", `${namespace}/${name}`, () => find(this.instances, namespace, name));
    }

    public setFinalizers(subject: Instance, finalizers: readonly string[]): Promise<void> {
        return this.answer("setFinalizers", finalizers.join(), () => {
            this.instances = this.instances.map((item) =>
                item === subject ? { ...item, metadata: { ...item.metadata, finalizers } } : item,
            );
        });
    }

    public getSecret(namespace: string, name: string): Promise<Secret | undefined> {
        return this.answer("getSecret", `${namespace}/${name}`, () => find(this.secrets, namespace, name));
    }

    public listSecrets(namespace: string, selector: string): Promise<KubernetesObject[]> {
        return this.answer("listSecrets", namespace, () => select(this.secrets, namespace, selector));
    }

    public deleteSecret(secret: KubernetesObject): Promise<void> {
        return this.answer("deleteSecret", secret.metadata?.name ?? "", () => {
            this.secrets = this.secrets.filter((item) => item.metadata?.name !== secret.metadata?.name);
        });
    }

    public getDeployment(namespace: string, name: string): Promise<Workload | undefined> {
        return this.answer("getDeployment", `${namespace}/${name}`, () => find(this.deployments, namespace, name));
    }

    public listDeployments(namespace: string, selector: string): Promise<Workload[]> {
        return this.answer("listDeployments", namespace, () => select(this.deployments, namespace, selector));
    }

    public listStatefulSets(namespace: string, selector: string): Promise<Workload[]> {
        return this.answer("listStatefulSets", namespace, () => select(this.statefulSets, namespace, selector));
    }

    public getIngress(namespace: string, name: string): Promise<Ingress | undefined> {
        return this.answer("getIngress", `${namespace}/${name}`, () => find(this.ingresses, namespace, name));
    }

    public listPods(namespace: string, selector: string): Promise<Pod[]> {
        return this.answer("listPods", namespace, () => select(this.pods, namespace, selector));
    }

    public listEvents(namespace: string, kind: string, name: string): Promise<KubernetesEvent[]> {
        return this.answer("listEvents", `${namespace}/${kind}/${name}`, () => [
            ...(this.events[`${kind}/${name}`] ?? []),
        ]);
    }

    public podLog(_namespace: string, pod: string, _lines: number): Promise<string> {
        return this.answer("podLog", pod, () => this.logs[pod] ?? "");
    }

    private async answer<T>(method: ApiMethod, subject: string, read: () => T): Promise<T> {
        this.calls.push(`${method} ${subject}`);
        await Promise.resolve();
        const failure = this.failures[method];
        if (failure) {
            throw failure;
        }
        return read();
    }
}

function find<T extends KubernetesObject>(items: readonly T[], namespace: string, name: string): T | undefined {
    return items.find(({ metadata }) => metadata?.namespace === namespace && metadata.name === name);
}

/** Equality selectors only, which is all that the product uses. */
function select<T extends KubernetesObject>(items: readonly T[], namespace: string, selector: string): T[] {
    const wanted = selector.split(",").map((part) => part.split("="));
    return items.filter(
        ({ metadata }) =>
            metadata?.namespace === namespace && wanted.every(([key, value]) => metadata.labels?.[key] === value),
    );
}

/** An error as a cluster that is out of reach causes it. */
export function unreachable(): ApiError {
    return new ApiError(
        "transient",
        "Kubernetes API server https://cluster.example does not answer: connect ECONNREFUSED",
    );
}

/** Time that passes only while somebody sleeps. After each sleep `onTick` may change the world. */
export class FakeClock implements Clock {
    private time = Noon;

    public constructor(private readonly onTick: (elapsedMs: number) => void = () => undefined) {}

    public now(): number {
        return this.time;
    }

    public sleep(milliseconds: number): Promise<void> {
        this.time += milliseconds;
        this.onTick(this.time - Noon);
        return Promise.resolve();
    }
}

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<ApiError> {
    try {
        await call;
    } catch (error) {
        assert.ok(error instanceof ApiError, String(error));
        return error;
    }
    throw new assert.AssertionError({ message: "the call did not fail" });
}

/** Starts a server on a free port of loopback. */
export async function listen(server: NetServer): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
}

/** A request that the HTTP fake has seen. */
export interface SeenRequest {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingMessage["headers"];
    readonly body: string;
}

/** Answers a request; `undefined` leaves it unanswered. */
export type Responder = (request: SeenRequest) => { status?: number; body: object | string } | "drop" | undefined;

/** An API server on loopback that answers what it is told to. */
export class FakeServer {
    public readonly seen: SeenRequest[] = [];
    public respond: Responder = () => ({ body: {} });
    private readonly server: Server;

    public constructor() {
        this.server = createServer((request, response) => void this.handle(request, response));
    }

    public async start(): Promise<void> {
        await listen(this.server);
    }

    /** A client of this server. */
    public async connect(user: object = {}, options: ClusterApiOptions = {}): Promise<ClusterApi> {
        return this.connectWith(kubeconfigFor(this.url, user), options);
    }

    /** The same with a kubeconfig of the caller's. One that cannot be used is a rejection, as for any other failure. */
    public connectWith(kubeconfig: string, options: ClusterApiOptions = {}): Promise<ClusterApi> {
        return Promise.resolve().then(() => createClusterApi(kubeconfig, options));
    }

    /** Forgets what was seen, answers everything with an empty object again. */
    public reset(): void {
        this.seen.length = 0;
        this.respond = () => ({ body: {} });
    }

    public async stop(): Promise<void> {
        this.reset();
        this.server.closeAllConnections();
        await new Promise<void>((resolve) => this.server.close(() => resolve()));
    }

    public get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
        let body = "";
        for await (const chunk of request) {
            body += String(chunk);
        }
        const { method = "", url = "", headers } = request;
        const seen = { method, url, headers, body };
        this.seen.push(seen);
        const answer = this.respond(seen);
        if (answer === "drop") {
            request.socket.destroy();
        } else if (answer) {
            response.statusCode = answer.status ?? 200;
            response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
        }
    }
}

/** A kubeconfig with one context; `user` and `cluster` as they stand in the file. */
export function kubeconfigFor(server: string, user: object = {}, cluster: object = {}): string {
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "here", cluster: { server, ...cluster } }],
        users: [{ name: "me", user }],
        contexts: [{ name: "main", context: { cluster: "here", user: "me" } }],
        "current-context": "main",
    });
}
