/** One operator pod: what its container says about itself, and the control loop that runs in its name. */
import { supportsOci } from "./charts";
import type { MountedConfigMap } from "./chart-source";
import { EventRecorder } from "./events";
import { Helm } from "./helm";
import type { KubeObject } from "./kube";
import { createClient, isStatus } from "./kube";
import { messageOf } from "./log";
import type { Logger } from "./log";
import { WorkQueue } from "./queue";
import { reconcile } from "./reconcile";
import type { Operator } from "./reconcile";

/** Where the stand-in finds the cluster, helm and the channel. */
export interface Surroundings {
    kubeconfigPath: string;
    helmBinary: string;
    workDir: string;
    /** Stands in for the vendor's release channel. */
    channelUrl: string;
    scale: (milliseconds: number) => number;
}

/** The configuration of a manager, read from its pod. */
export interface ManagerConfig {
    podName: string;
    namespace: string;
    serviceAccount: string;
    image: string;
    airgapped: boolean;
    operatorNamespace: string;
    channelUrl?: string;
    /** Empty: the whole cluster. */
    watchedNamespaces: string[];
    mounts: MountedConfigMap[];
}

interface PodSpec {
    serviceAccountName?: string;
    containers: {
        name: string;
        image: string;
        args?: string[];
        env?: { name: string; value?: string }[];
        volumeMounts?: { name: string; mountPath: string }[];
    }[];
    volumes?: { name: string; configMap?: { name?: string } }[];
}

const terminationGraceMs = 10_000;
const leaseRetryMs = 2_000;
const leaseName = "3009dfa6.apps.wandb.com";

/** Reads the pod; undefined when it has no container `manager`. Each flag may also come as an environment variable. */
export function managerConfig(pod: KubeObject): ManagerConfig | undefined {
    const spec = pod.spec as unknown as PodSpec;
    const container = spec.containers.find(({ name }) => name === "manager");
    if (container === undefined) {
        return undefined;
    }
    const env = new Map((container.env ?? []).map(({ name, value }) => [name, value ?? ""]));
    const flag = (container.args ?? []).find((arg) => arg.startsWith("--isolation-namespaces="));
    const isolation = flag?.slice(flag.indexOf("=") + 1) ?? env.get("ISOLATION_NAMESPACES") ?? "";
    const channelUrl = env.get("DEPLOYER_CHANNEL_URL");
    const mounts = (container.volumeMounts ?? []).flatMap(({ name, mountPath }) => {
        const configMap = spec.volumes?.find((volume) => volume.name === name)?.configMap?.name;
        return configMap === undefined ? [] : [{ mountPath, configMap }];
    });
    return {
        podName: pod.metadata?.name ?? "",
        namespace: pod.metadata?.namespace ?? "",
        serviceAccount: spec.serviceAccountName ?? "default",
        image: container.image,
        airgapped: env.get("AIRGAPPED") === "true",
        operatorNamespace: env.get("OPERATOR_NAMESPACE") ?? "wandb",
        ...(channelUrl ? { channelUrl } : {}),
        watchedNamespaces: isolation.split(",").filter((namespace) => namespace !== ""),
        mounts,
    };
}

/** Runs the control loop from {@link start} until {@link stop}. */
export class Manager {
    private readonly stopping = new AbortController();
    private readonly killed = new AbortController();
    private readonly operator: Operator;
    private readonly queue: WorkQueue;
    private readonly generations = new Map<string, number>();
    private readonly secrets = new Map<string, string>();
    private watches: { stop: () => void }[] = [];
    private lastProblem = "";

    constructor(
        private readonly config: ManagerConfig,
        surroundings: Surroundings,
        private readonly log: Logger,
    ) {
        const actAs = `system:serviceaccount:${config.namespace}:${config.serviceAccount}`;
        const client = createClient(surroundings.kubeconfigPath, actAs, this.killed.signal);
        const { workDir, kubeconfigPath, scale } = surroundings;
        const helm = new Helm({
            binary: surroundings.helmBinary,
            kubeconfigPath,
            actAs,
            workDir,
            until: this.killed.signal,
        });
        this.operator = {
            client,
            events: new EventRecorder(client),
            source: {
                helm,
                client,
                kubelet: createClient(kubeconfigPath),
                operatorNamespace: config.namespace,
                mounts: config.mounts,
                workDir,
            },
            operatorNamespace: config.operatorNamespace,
            airgapped: config.airgapped,
            supportsOci: supportsOci(config.image),
            channelUrl: config.channelUrl ?? surroundings.channelUrl,
            scale,
        };
        this.queue = new WorkQueue(
            (key) => this.run(key),
            (key, error) => this.logFor(key).error(error, "Reconciler error"),
        );
    }

    /** Takes the lease, then watches. */
    async start(): Promise<void> {
        this.log.info("starting manager");
        while (!this.stopping.signal.aborted && !(await this.takeLease())) {
            await new Promise((resolve) => setTimeout(resolve, this.operator.scale(leaseRetryMs)));
        }
        if (this.stopping.signal.aborted) {
            return;
        }
        this.log.info("Starting workers", { "worker count": 1 });
        const scopes = this.config.watchedNamespaces.map((namespace) => `/namespaces/${namespace}`);
        for (const scope of scopes.length === 0 ? [""] : scopes) {
            this.watches.push(this.followResources(scope), this.followSecrets(scope));
        }
    }

    /** Begins nothing new; what runs gets the grace period of the pod and is killed then. */
    async stop(): Promise<void> {
        this.stopping.abort();
        this.watches.forEach((watch) => watch.stop());
        this.watches = [];
        const kill = setTimeout(() => this.killed.abort(), terminationGraceMs);
        await this.queue.stop();
        clearTimeout(kill);
    }

    private run(key: string) {
        const [namespace, name] = key.split("/");
        return reconcile(this.operator, namespace, name, this.logFor(key));
    }

    private logFor(key: string): Logger {
        const [namespace, name] = key.split("/");
        return this.log.with({
            controller: "weightsandbiases",
            controllerGroup: "apps.wandb.com",
            controllerKind: "WeightsAndBiases",
            WeightsAndBiases: { name, namespace },
            namespace,
            name,
        });
    }

    /** Only a new generation counts: editing labels or the status triggers nothing. */
    private followResources(scope: string): { stop: () => void } {
        return this.operator.client.follow(`/apis/apps.wandb.com/v1${scope}/weightsandbiases`, {
            changed: (resource) => {
                const uid = resource.metadata?.uid ?? "";
                const generation = resource.metadata?.generation ?? 0;
                if (this.generations.get(uid) !== generation) {
                    this.generations.set(uid, generation);
                    this.queue.add(`${resource.metadata?.namespace}/${resource.metadata?.name}`);
                }
            },
            gone: (resource) => this.generations.delete(resource.metadata?.uid ?? ""),
            problem: (error) => this.watchProblem(error),
        });
    }

    /** Owned Secrets trigger when they change or go away, not when they appear. */
    private followSecrets(scope: string): { stop: () => void } {
        return this.operator.client.follow(`/api/v1${scope}/secrets`, {
            changed: (secret) => {
                const uid = secret.metadata?.uid ?? "";
                const version = secret.metadata?.resourceVersion ?? "";
                const known = this.secrets.get(uid);
                this.secrets.set(uid, version);
                if (known !== undefined && known !== version) {
                    this.addOwnerOf(secret);
                }
            },
            gone: (secret) => {
                this.secrets.delete(secret.metadata?.uid ?? "");
                this.addOwnerOf(secret);
            },
            problem: (error) => this.watchProblem(error),
        });
    }

    private addOwnerOf(secret: KubeObject): void {
        const owner = secret.metadata?.ownerReferences?.find((reference) => reference.controller);
        if (owner?.kind === "WeightsAndBiases") {
            this.queue.add(`${secret.metadata?.namespace}/${owner.name}`);
        }
    }

    /** Only missing rights are worth a line: a watch also breaks while the definition is new or the API server restarts. */
    private watchProblem(error: unknown): void {
        const text = messageOf(error);
        if (!this.stopping.signal.aborted && isStatus(error, 403) && text !== this.lastProblem) {
            this.lastProblem = text;
            this.log.error(error, "Failed to watch");
        }
    }

    /** The lease shows who leads; it is taken once, since the caller knows which pods live. */
    private async takeLease(): Promise<boolean> {
        const collection = `/apis/coordination.k8s.io/v1/namespaces/${this.config.namespace}/leases`;
        const spec = { holderIdentity: this.config.podName, leaseDurationSeconds: 15 };
        const body = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name: leaseName }, spec };
        try {
            await this.operator.client.create(collection, body).catch((error: unknown) => {
                if (!isStatus(error, 409)) {
                    throw error;
                }
                return this.operator.client.patch(`${collection}/${leaseName}`, { spec });
            });
            return true;
        } catch (error) {
            this.log.error(error, "error retrieving resource lock");
            return false;
        }
    }
}
