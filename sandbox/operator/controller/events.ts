/** Events on the custom resource. A repeated one raises the count of the first, as the client library does it. */
import type { KubeClient } from "./kube";
import type { Owner } from "./store";

/** The reasons the operator gives, all of type Normal. */
export const reasons = {
    Reconciling: "Reconciling",
    LoadingConfig: "Loading desired configuration",
    ApplyFailed: "Invalid config for apply",
    SetActiveFailed: "Failed to save active state",
    SecretWriteFailed: "Unable to write secret to kubernetes",
    Completed: "Completed reconcile successfully",
} as const;

export type Reason = keyof typeof reasons;

/** Writes Events; a failure to do so is dropped, as it is there. */
export class EventRecorder {
    private readonly known = new Map<string, { name: string; count: number }>();

    constructor(private readonly client: KubeClient) {}

    async record(owner: Owner, reason: Reason): Promise<void> {
        const collection = `/api/v1/namespaces/${owner.namespace}/events`;
        const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
        const key = `${owner.uid}/${reason}`;
        const earlier = this.known.get(key);
        try {
            if (earlier !== undefined) {
                earlier.count++;
                await this.client.patch(`${collection}/${earlier.name}`, { count: earlier.count, lastTimestamp: now });
                return;
            }
            const name = `${owner.name}.${process.hrtime.bigint().toString(16)}`;
            await this.client.create(collection, eventBody(owner, reason, name, now));
            this.known.set(key, { name, count: 1 });
        } catch {
            // Events expire and namespaces go away: the next occurrence begins a new Event.
            this.known.delete(key);
        }
    }
}

function eventBody(owner: Owner, reason: Reason, name: string, now: string): unknown {
    return {
        apiVersion: "v1",
        kind: "Event",
        metadata: { name, namespace: owner.namespace },
        involvedObject: {
            apiVersion: "apps.wandb.com/v1",
            kind: "WeightsAndBiases",
            name: owner.name,
            namespace: owner.namespace,
            uid: owner.uid,
        },
        reason,
        message: reasons[reason],
        type: "Normal",
        source: { component: "weightsandbiases" },
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
    };
}
