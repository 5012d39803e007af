import { hasOwnAddress, staleAddress } from "./address";
import { specTime, statusTime } from "./managed-fields";
import type { Metadata } from "./objects";
import { InvalidConfig, isApplied, type Snapshot } from "./snapshot";
import type { Target } from "./target";
import { deploymentGap, nameOf, statefulSetGap } from "./workloads";

/** What a snapshot says about readiness. */
export type Verdict =
    | {
          readonly kind: "ready";
          /** What is odd all the same. */
          readonly warning?: string;
      }
    | {
          readonly kind: "waiting";
          /** One line for each thing that is missing. */
          readonly reasons: readonly string[];
      }
    | { readonly kind: "failed"; readonly cause: string };

/** How long a state must have stood still before it counts although the operator's stamp does not vouch for it. */
export const Settle = {
    /** `Completed` from before the last edit: longer than the operator takes to notice one (4 s were seen). */
    completed: 10_000,
    /** A failure reported in the very second of the edit: times in Kubernetes have no fractions. */
    sameSecond: 10_000,
    /** A failure reported after the edit; only an apply that begins just now could still change it. */
    failed: 5_000,
    /** Our settings are applied and everything is available, yet the operator is busy or unhappy about something else. */
    otherwise: 60_000,
} as const;

/**
 * Decides whether W&B is ready.
 *
 * The phase alone means nothing: it still says `Completed` (or `Invalid Config`) of the settings before for a while after an edit. What
 * counts is that the operator has saved our revision as applied, and then that the workloads are available.
 *
 * @param steadyMs for how long phase, settings and workloads have not changed, as far as the caller has seen.
 */
export function evaluate(snapshot: Snapshot, target: Target, steadyMs: number): Verdict {
    const { instance, active } = snapshot;
    if (!instance) {
        return {
            kind: "failed",
            cause:
                `the custom resource ${target.namespace}/${target.name} is not in the cluster: somebody deleted it, ` +
                "or the kubeconfig belongs to another cluster than the provider",
        };
    }
    if (instance.metadata?.deletionTimestamp !== undefined) {
        return { kind: "failed", cause: `the custom resource ${target.namespace}/${target.name} is being deleted` };
    }
    const phase = instance.status?.phase;
    if (!isApplied(active, target)) {
        return phase === InvalidConfig && isCurrentFailure(snapshot, instance.metadata ?? {}, steadyMs)
            ? { kind: "failed", cause: "the operator could not apply the settings (phase Invalid Config)" }
            : { kind: "waiting", reasons: [...operatorGaps(snapshot, target), notApplied(target, phase)] };
    }
    const reasons = [...operatorGaps(snapshot, target), ...workloadGaps(snapshot), ...addressGaps(snapshot, target)];
    return reasons.length > 0 ? { kind: "waiting", reasons } : appliedAndAvailable(snapshot, phase, steadyMs);
}

function notApplied(target: Target, phase: string | undefined): string {
    const state = phase === undefined ? "it has not looked at them yet" : `phase ${phase}`;
    return `the operator has not applied the current settings of ${target.namespace}/${target.name} yet (${state})`;
}

/** Everything is there; what is left is whether the operator is done with the settings as they are now. */
function appliedAndAvailable(snapshot: Snapshot, phase: string | undefined, steadyMs: number): Verdict {
    if (phase === "Completed") {
        // Going back to settings that were applied before, the stamp fits at once, though the operator has yet to begin.
        return isPhaseCurrent(snapshot.instance?.metadata ?? {}) || steadyMs >= Settle.completed
            ? { kind: "ready" }
            : { kind: "waiting", reasons: ["the operator may not have seen the last edit yet"] };
    }
    const words = `the operator says phase ${phase ?? "(none)"} although the current settings are applied`;
    return steadyMs >= Settle.otherwise
        ? { kind: "ready", warning: `${words} and everything is available` }
        : { kind: "waiting", reasons: [`${words}; waiting for it to finish`] };
}

function operatorGaps({ operator }: Snapshot, target: Target): string[] {
    if (!target.operator?.ours || operator.kind === "unknown") {
        return [];
    }
    const name = `Deployment ${target.operator.namespace}/${target.operator.deployment} (the operator)`;
    const gap = operator.kind === "missing" ? "it does not exist" : deploymentGap(operator.deployment);
    return gap === undefined ? [] : [`${name}: ${gap}`];
}

function workloadGaps({ deployments, statefulSets }: Snapshot): string[] {
    if (!deployments.some(({ spec }) => (spec?.replicas ?? 1) > 0)) {
        return [
            deployments.length === 0 ? "there is no Deployment of W&B yet" : "all Deployments of W&B are scaled to 0",
        ];
    }
    const gaps = [
        ...deployments.map((item) => ["Deployment", nameOf(item), deploymentGap(item)] as const),
        ...statefulSets.map((item) => ["StatefulSet", nameOf(item), statefulSetGap(item)] as const),
    ];
    return gaps.flatMap(([kind, name, gap]) => (gap === undefined ? [] : [`${kind} ${name}: ${gap}`])).sort();
}

function addressGaps({ ingress }: Snapshot, target: Target): string[] {
    if (target.ingress === undefined || hasOwnAddress(ingress)) {
        return [];
    }
    const stale = staleAddress(ingress);
    const missing = ingress ? "it has no address yet" : "it does not exist";
    return [`Ingress ${target.ingress}: ${stale === undefined ? missing : keptAddress(stale)}`];
}

function keptAddress(stale: string): string {
    return `it still has the address of a load balancer of another scheme or group (${stale}): its Events tell what keeps that one, unless an IngressClassParams sets scheme or group`;
}

/**
 * Whether `Invalid Config` is about the settings as they are now. The API server records when the spec was last set and when the status
 * was; a failed apply also leaves an Event and a line in the log, which tell of a failure that did not change the phase.
 */
function isCurrentFailure(snapshot: Snapshot, metadata: Metadata, steadyMs: number): boolean {
    const edited = specTime(metadata);
    const failed = Math.max(statusTime(metadata) ?? 0, snapshot.lastFailure ?? 0);
    if (edited === undefined || failed === 0) {
        return steadyMs >= Settle.otherwise;
    }
    if (metadata.generation === 1) {
        // There were no other settings before.
        return steadyMs >= Settle.failed;
    }
    const failedSecond = Math.floor(failed / 1_000);
    const editedSecond = Math.floor(edited / 1_000);
    return (
        (failedSecond > editedSecond && steadyMs >= Settle.failed) ||
        (failedSecond === editedSecond && steadyMs >= Settle.sameSecond)
    );
}

/** Whether the status was set after the spec; unknown counts as yes, since the revision fits. */
function isPhaseCurrent(metadata: Metadata): boolean {
    const edited = specTime(metadata);
    const reported = statusTime(metadata);
    return edited === undefined || reported === undefined || reported >= edited;
}
