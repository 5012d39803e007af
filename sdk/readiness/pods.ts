import type { ContainerStatus, Pod, Termination } from "./objects";

/** Reasons that only say that a pod is on its way. */
const OnItsWay = new Set(["ContainerCreating", "PodInitializing"]);

/** Whether a pod does its work: ready, or finished with success. */
export function isPodReady({ status }: Pod): boolean {
    return status?.phase === "Succeeded" || status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";
}

/**
 * Why a pod is not ready, one line each; empty when the pod's own status does not say (its Events may).
 */
export function podReasons({ status }: Pod): string[] {
    const unscheduled = status?.conditions?.find(({ type, status: is }) => type === "PodScheduled" && is === "False");
    if (unscheduled) {
        return [`not scheduled: ${words(unscheduled.reason, unscheduled.message)}`];
    }
    const own = status?.reason === undefined ? [] : [words(status.reason, status.message)];
    const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
    return [...own, ...containers.flatMap(containerReasons)];
}

function containerReasons({ name, state, lastState, ready, restartCount = 0 }: ContainerStatus): string[] {
    const before = lastState?.terminated;
    const history = before ? `; ended before: ${ending(before)}` : "";
    if (state?.waiting) {
        const { reason, message } = state.waiting;
        return OnItsWay.has(reason ?? "")
            ? []
            : [`container ${name}: ${words(reason, message)}${history}${restarts(restartCount)}`];
    }
    if (state?.terminated) {
        return state.terminated.exitCode === 0
            ? []
            : [`container ${name}: ended: ${ending(state.terminated)}${restarts(restartCount)}`];
    }
    return ready === false
        ? [`container ${name}: runs but is not ready (its probes fail)${history}${restarts(restartCount)}`]
        : [];
}

function ending({ reason, message, exitCode }: Termination): string {
    return `${words(reason, message)}${exitCode === undefined ? "" : `, exit code ${exitCode}`}`;
}

function restarts(count: number): string {
    return count === 0 ? "" : `; ${count} ${count === 1 ? "restart" : "restarts"}`;
}

function words(reason: string | undefined, message: string | undefined): string {
    return [reason, message].filter((part) => part !== undefined && part !== "").join(": ") || "no reason given";
}
