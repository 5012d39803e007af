import { messageOf } from "./api-error";
import type { ClusterApi } from "./cluster-api";
import { specTime } from "./managed-fields";
import { eventTime, type KubernetesEvent, type Pod } from "./objects";
import type { LogError } from "./operator-log";
import { isPodReady, podReasons } from "./pods";
import { readEvents, readOperatorErrors, readOperatorPods, type Snapshot } from "./snapshot";
import type { Target } from "./target";
import { deploymentGap } from "./workloads";

/** A pod that is not ready, and why. */
export interface PodEvidence {
    readonly namespace: string;
    readonly name: string;
    readonly reasons: readonly string[];
}

/** What the cluster tells about a deployment that is not ready. */
export interface Evidence {
    /** Absent when nothing could be read at all. */
    readonly snapshot?: Snapshot;
    /** Events about the custom resource, oldest first. */
    readonly events: readonly KubernetesEvent[];
    /** Errors of the operator since the settings were last edited, oldest first. */
    readonly operatorErrors: readonly LogError[];
    readonly pods: readonly PodEvidence[];
    /** What could not be read, and why. */
    readonly unreadable: readonly string[];
}

/** Evidence of a cluster that does not answer. */
export const NoEvidence: Evidence = { events: [], operatorErrors: [], pods: [], unreadable: [] };

/** How many pods are told; the others fail for the same reasons as a rule. */
const MaxPods = 10;

/** Collects what explains a failure. What cannot be read is told as such: it must not hide the rest. */
export async function collectEvidence(api: ClusterApi, target: Target, snapshot: Snapshot): Promise<Evidence> {
    const unreadable: string[] = [];
    const attempt = async <T>(what: string, read: () => Promise<T[]>): Promise<T[]> => {
        try {
            return await read();
        } catch (error) {
            unreadable.push(`${what}: ${messageOf(error)}`);
            return [];
        }
    };
    const [events, errors, pods, operatorPods] = await Promise.all([
        attempt("Events of the custom resource", () => readEvents(api, target, snapshot.instance)),
        attempt("log of the operator", () => readOperatorErrors(api, target)),
        attempt("pods of W&B", () => readPods(api, target)),
        attempt("pods of the operator", () => readUnreadyOperator(api, target, snapshot)),
    ]);
    return {
        snapshot,
        events,
        operatorErrors: since(errors, specTime(snapshot.instance?.metadata)),
        pods: [...operatorPods, ...pods].slice(0, MaxPods),
        // In a fixed order, whichever request fails first.
        unreadable: unreadable.sort(),
    };
}

/** Errors from before the last edit are about other settings. Lines without a time are kept. */
export function since(errors: readonly LogError[], edited: number | undefined): LogError[] {
    return errors.filter(({ time }) => edited === undefined || time === undefined || time >= edited);
}

async function readPods(api: ClusterApi, target: Target): Promise<PodEvidence[]> {
    const pods = await api.listPods(target.namespace, `app.kubernetes.io/instance=${target.name}`);
    return explain(api, target.namespace, pods);
}

async function readUnreadyOperator(api: ClusterApi, target: Target, { operator }: Snapshot): Promise<PodEvidence[]> {
    if (!target.operator || operator.kind !== "found" || deploymentGap(operator.deployment) === undefined) {
        return [];
    }
    return explain(api, target.operator.namespace, await readOperatorPods(api, target.operator));
}

async function explain(api: ClusterApi, namespace: string, pods: readonly Pod[]): Promise<PodEvidence[]> {
    const unready = pods
        .filter((pod) => !isPodReady(pod) && pod.metadata?.deletionTimestamp === undefined)
        .sort((left, right) => (podName(left) < podName(right) ? -1 : 1))
        .slice(0, MaxPods);
    return Promise.all(
        unready.map(async (pod) => {
            const own = podReasons(pod);
            const reasons = own.length > 0 ? own : [await warningOf(api, namespace, pod)];
            return { namespace, name: podName(pod), reasons };
        }),
    );
}

/** A volume or Secret that is missing stands in a pod's Events only. */
async function warningOf(api: ClusterApi, namespace: string, pod: Pod): Promise<string> {
    const otherwise = `phase ${pod.status?.phase ?? "unknown"}, no reason given yet`;
    try {
        const events = await api.listEvents(namespace, "Pod", podName(pod));
        const warnings = events
            .filter(({ type }) => type === "Warning")
            .sort((left, right) => eventTime(left) - eventTime(right));
        const last = warnings.at(-1);
        return last ? `${last.reason ?? "Warning"}: ${last.message ?? ""}` : otherwise;
    } catch {
        return otherwise;
    }
}

function podName(pod: Pod): string {
    return pod.metadata?.name ?? "";
}
