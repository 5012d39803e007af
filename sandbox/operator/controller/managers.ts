/**
 * Which operators run: one manager for the leading pod of each namespace. As with the real operator, leadership is per
 * namespace of the operator, so two cluster-wide operators in two namespaces both reconcile, against each other.
 */
import { rmSync } from "node:fs";
import { appendPodLog, podLogFile, podLogsObject } from "../../control-plane/pod-logs";
import type { KubeClient, KubeObject } from "./kube";
import { createLogger, messageOf } from "./log";
import { Manager, managerConfig } from "./manager";
import type { ManagerConfig, Surroundings } from "./manager";

interface Running {
    podUid: string;
    manager: Manager;
}

/** Starts and stops managers as their pods come and go. */
export class Managers {
    /** Pods that are ready, the longest known first. */
    private readonly ready = new Map<string, ManagerConfig>();
    private readonly leaders = new Map<string, Running>();
    private readonly changes = new Map<string, Promise<void>>();

    constructor(
        private readonly dir: string,
        private readonly client: KubeClient,
        private readonly surroundings: Surroundings,
        private readonly report: (line: string) => void,
    ) {}

    podChanged(pod: KubeObject): void {
        const uid = pod.metadata?.uid ?? "";
        const config = isReady(pod) ? managerConfig(pod) : undefined;
        if (config === undefined) {
            this.ready.delete(uid);
        } else if (!this.ready.has(uid)) {
            this.ready.set(uid, config);
        }
        this.elect(pod.metadata?.namespace ?? "");
    }

    podGone(pod: KubeObject): void {
        const namespace = pod.metadata?.namespace ?? "";
        this.ready.delete(pod.metadata?.uid ?? "");
        this.elect(namespace);
        void this.forgetLog(namespace, pod.metadata?.name ?? "");
    }

    /** Changes of one namespace run one after the other: a successor begins when its predecessor has ended. */
    private elect(namespace: string): void {
        const earlier = this.changes.get(namespace) ?? Promise.resolve();
        const change = earlier
            .then(() => this.settle(namespace))
            .catch((error: unknown) => {
                this.report(`operators of namespace ${namespace}: ${messageOf(error)}`);
            });
        this.changes.set(namespace, change);
    }

    private async settle(namespace: string): Promise<void> {
        const current = this.leaders.get(namespace);
        if (current !== undefined && this.ready.has(current.podUid)) {
            return;
        }
        if (current !== undefined) {
            this.leaders.delete(namespace);
            await current.manager.stop();
        }
        const next = [...this.ready].find(([, config]) => config.namespace === namespace);
        if (next === undefined) {
            return;
        }
        const [podUid, config] = next;
        const file = podLogFile(this.dir, namespace, config.podName);
        const log = createLogger((line) => appendPodLog(file, line));
        const manager = new Manager(config, this.surroundings, log);
        this.leaders.set(namespace, { podUid, manager });
        await this.publishLog(namespace, config.podName, file);
        // Taking the lease may be refused for long; the namespace must stay free for the end of this pod.
        manager.start().catch((error: unknown) => log.error(error, "problem running manager"));
    }

    private async publishLog(namespace: string, pod: string, file: string): Promise<void> {
        const collection = `/apis/kwok.x-k8s.io/v1alpha1/namespaces/${namespace}/logs`;
        if ((await this.client.find(`${collection}/${pod}`)) === undefined) {
            await this.client.create(collection, podLogsObject(namespace, pod, "manager", file));
        }
    }

    private async forgetLog(namespace: string, pod: string): Promise<void> {
        const path = `/apis/kwok.x-k8s.io/v1alpha1/namespaces/${namespace}/logs/${pod}`;
        await this.client.delete(path).catch(() => undefined);
        await this.changes.get(namespace);
        rmSync(podLogFile(this.dir, namespace, pod), { force: true });
    }
}

function isReady(pod: KubeObject): boolean {
    const conditions = (pod.status?.conditions ?? []) as { type: string; status: string }[];
    return (
        pod.metadata?.deletionTimestamp === undefined &&
        conditions.some(({ type, status }) => type === "Ready" && status === "True")
    );
}
