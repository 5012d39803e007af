import assert from "node:assert/strict";
import { OperatorFinalizer, type Target } from "../../sdk/readiness/target";
import { NotReadyError, type ReadyState, type WaitOptions, waitUntilReady } from "../../sdk/readiness/wait";
import { activeSecret, at, FakeClock, FakeCluster, instance, operatorDeployment, workload } from "./fake-api";

/** The deployment that the clusters below hold. */
export const target: Target = {
    namespace: "wandb",
    name: "wandb",
    revision: "new",
    operator: { namespace: "wandb-cr", deployment: "wandb-controller-manager", ours: true },
    ingress: "wandb",
    url: "https://wandb.example",
};

/** A cluster in which everything is ready. */
export function readyCluster(): FakeCluster {
    const cluster = new FakeCluster();
    cluster.instances = [instance("Completed", 0, 3, { finalizers: ["keep.example", OperatorFinalizer] })];
    cluster.secrets = [activeSecret("new")];
    cluster.deployments = [workload("wandb-app-bc"), operatorDeployment()];
    cluster.ingresses = [
        {
            metadata: { namespace: "wandb", name: "wandb" },
            status: { loadBalancer: { ingress: [{ hostname: "lb.example" }] } },
        },
    ];
    return cluster;
}

/** The pod of the operator. */
export const operatorPod = {
    metadata: {
        namespace: "wandb-cr",
        name: "wandb-controller-manager-abc",
        labels: { "control-plane": "controller-manager" },
    },
};

/** A line of the operator's log with an error, at a second after noon. */
export function logLine(error: string, seconds: number): string {
    return JSON.stringify({ level: "ERROR", ts: at(seconds), msg: "Failed", error, name: "wandb", namespace: "wandb" });
}

/** A cluster whose first install failed: Invalid Config, nothing installed. */
export function failedInstall(): FakeCluster {
    const cluster = readyCluster();
    cluster.instances = [instance("Invalid Config", 0, 3, { finalizers: ["keep.example", OperatorFinalizer] })];
    cluster.secrets = [];
    cluster.deployments = [operatorDeployment()];
    cluster.events["WeightsAndBiases/wandb"] = [
        { reason: "ApplyFailed", message: "Invalid config for apply", lastTimestamp: at(3) },
    ];
    cluster.pods = [operatorPod];
    cluster.logs[operatorPod.metadata.name] = [logLine("an old one", -50), logLine("no such chart", 3)].join("\n");
    return cluster;
}

/** What happens during a wait. */
export interface Script {
    /** Changes of the cluster, by seconds since the wait began. */
    readonly changes?: Readonly<Record<number, (cluster: FakeCluster) => void>>;
    readonly options?: Partial<WaitOptions>;
}

/** Waits with a scripted cluster. Gives the outcome and what was said. */
export async function wait(
    cluster: FakeCluster,
    { changes = {}, options = {} }: Script = {},
): Promise<{ state?: ReadyState; error?: Error; lines: string[]; seconds: number }> {
    const lines: string[] = [];
    let seconds = 0;
    const clock = new FakeClock((elapsed) => {
        seconds = elapsed / 1_000;
        changes[seconds]?.(cluster);
    });
    try {
        const state = await waitUntilReady(cluster, target, {
            timeoutMs: 120_000,
            log: (line) => void lines.push(line),
            clock,
            ...options,
        });
        return { state, lines, seconds };
    } catch (error) {
        assert.ok(error instanceof NotReadyError, String(error));
        return { error, lines, seconds };
    }
}
