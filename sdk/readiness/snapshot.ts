import { ApiError } from "./api-error";
import type { ClusterApi } from "./cluster-api";
import {
    eventTime,
    type Ingress,
    type Instance,
    type KubernetesEvent,
    type Pod,
    type Secret,
    type Workload,
} from "./objects";
import { type LogError, logErrors } from "./operator-log";
import { activeSpecName, type OperatorTarget, type Target, workloadSelector } from "./target";

/** What the operator has applied last. */
export interface ActiveSpec {
    readonly revision?: string;
    /** Version in `spec.chart`; not always the exact one. */
    readonly chartVersion?: string;
}

/** The operator's Deployment, as far as it could be read. */
export type OperatorState =
    | { readonly kind: "found"; readonly deployment: Workload }
    | { readonly kind: "missing" }
    | { readonly kind: "unknown" };

/** Everything that decides about readiness, read at one moment. */
export interface Snapshot {
    /** Absent: there is no such custom resource. */
    readonly instance?: Instance;
    /** Absent: the operator has never applied anything. */
    readonly active?: ActiveSpec;
    readonly deployments: readonly Workload[];
    readonly statefulSets: readonly Workload[];
    readonly operator: OperatorState;
    readonly ingress?: Ingress;
    /** When the operator last reported a failure about this custom resource (Event or log), in milliseconds; read when it matters. */
    readonly lastFailure?: number;
}

/** Phase by which the operator says that it could not apply the settings. */
export const InvalidConfig = "Invalid Config";

/**
 * Reads the state of a deployment.
 *
 * @throws ApiError when something that decides cannot be read.
 */
export async function readSnapshot(api: ClusterApi, target: Target): Promise<Snapshot> {
    const { namespace, name } = target;
    const selector = workloadSelector(target);
    const [instance, secret, deployments, statefulSets, operator, ingress] = await Promise.all([
        api.getInstance(namespace, name),
        api.getSecret(namespace, activeSpecName(target)),
        api.listDeployments(namespace, selector),
        api.listStatefulSets(namespace, selector),
        readOperator(api, target.operator),
        target.ingress === undefined ? undefined : api.getIngress(namespace, target.ingress),
    ]);
    const invalid = instance?.status?.phase === InvalidConfig;
    return {
        instance,
        active: secret && decodeActiveSpec(secret),
        deployments,
        statefulSets,
        operator,
        ingress,
        lastFailure: invalid ? await readLastFailure(api, target, instance) : undefined,
    };
}

/** The rights in the namespace of the operator are often other ones: whoever may not read there does not see the operator. */
async function readOperator(api: ClusterApi, operator: OperatorTarget | undefined): Promise<OperatorState> {
    if (!operator) {
        return { kind: "unknown" };
    }
    try {
        const deployment = await api.getDeployment(operator.namespace, operator.deployment);
        return deployment ? { kind: "found", deployment } : { kind: "missing" };
    } catch (error) {
        if (error instanceof ApiError && error.problem === "denied") {
            return { kind: "unknown" };
        }
        throw error;
    }
}

const FailureReasons = new Set(["ApplyFailed", "SetActiveFailed", "SecretWriteFailed"]);

async function readLastFailure(api: ClusterApi, target: Target, instance: Instance): Promise<number | undefined> {
    const [events, errors] = await Promise.all([
        optional(() => readEvents(api, target, instance), []),
        optional(() => readOperatorErrors(api, target), []),
    ]);
    const times = [
        ...events.filter(({ reason }) => FailureReasons.has(reason ?? "")).map(eventTime),
        ...errors.map(({ time }) => time ?? 0),
    ];
    const newest = Math.max(0, ...times);
    return newest > 0 ? newest : undefined;
}

async function optional<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
    try {
        return await read();
    } catch {
        return otherwise;
    }
}

/** Events about the custom resource, oldest first. Those about an earlier one of the same name live on for an hour: they are left out. */
export async function readEvents(
    api: ClusterApi,
    target: Target,
    instance: Instance | undefined,
): Promise<KubernetesEvent[]> {
    const events = await api.listEvents(target.namespace, "WeightsAndBiases", target.name);
    const created = Date.parse(instance?.metadata?.creationTimestamp ?? "") || 0;
    return events
        .filter((event) => eventTime(event) >= created)
        .sort((left, right) => eventTime(left) - eventTime(right));
}

/** Pods of the operator's Deployment, newest first. */
export async function readOperatorPods(api: ClusterApi, operator: OperatorTarget): Promise<Pod[]> {
    const pods = await api.listPods(operator.namespace, "control-plane=controller-manager");
    const created = ({ metadata }: Pod): number => Date.parse(metadata?.creationTimestamp ?? "") || 0;
    return pods
        .filter(({ metadata }) => metadata?.name?.startsWith(`${operator.deployment}-`))
        .sort((left, right) => created(right) - created(left));
}

const LogLines = 500;

/** What the operator's log says went wrong with the custom resource, oldest first. The cause of a failed apply stands nowhere else. */
export async function readOperatorErrors(api: ClusterApi, target: Target): Promise<LogError[]> {
    const { operator, namespace, name } = target;
    if (!operator) {
        return [];
    }
    const [pod] = await readOperatorPods(api, operator);
    const podName = pod?.metadata?.name;
    return podName === undefined
        ? []
        : logErrors(await api.podLog(operator.namespace, podName, LogLines), namespace, name);
}

/** Whether the operator has applied the settings that are expected; without an expectation, any. */
export function isApplied(active: ActiveSpec | undefined, { revision }: Target): boolean {
    return active !== undefined && (revision === undefined || active.revision === revision);
}

/** Reads revision and chart version out of the Secret `<name>-spec-active`. */
export function decodeActiveSpec(secret: Secret): ActiveSpec {
    const values = decoded(secret.data?.values) as { pulumiWandb?: { revision?: unknown } } | undefined;
    const chart = decoded(secret.data?.chart) as { version?: unknown } | undefined;
    return { revision: text(values?.pulumiWandb?.revision), chartVersion: text(chart?.version) };
}

function decoded(base64: string | undefined): unknown {
    try {
        const value: unknown = JSON.parse(Buffer.from(base64 ?? "", "base64").toString("utf8"));
        return value ?? undefined;
    } catch {
        return undefined;
    }
}

function text(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}
