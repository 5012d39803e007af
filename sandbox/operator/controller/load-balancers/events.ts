/** Events on Ingresses. The same one again only counts, as the client library does it. */
import type { KubeClient, KubeObject } from "../kube";

/** `Sync` is the reason of GKE, the others are those of the AWS load balancer controller. */
export type IngressReason = "FailedBuildModel" | "FailedDeployModel" | "SuccessfullyReconciled" | "Sync";

const lastOf = new Map<string, { readonly path: string; readonly message: string; count: number }>();

/** Records an Event; that the namespace is on its way out is no reason to stop. */
export async function recordEvent(
    client: KubeClient,
    ingress: KubeObject,
    reason: IngressReason,
    message: string,
): Promise<void> {
    const { name = "", namespace = "", uid = "" } = ingress.metadata ?? {};
    const collection = `/api/v1/namespaces/${namespace}/events`;
    const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    const last = lastOf.get(uid);
    try {
        if (last?.message === message) {
            last.count++;
            await client.patch(last.path, { count: last.count, lastTimestamp: now });
            return;
        }
        const event = `${name}.${process.hrtime.bigint().toString(16)}`;
        await client.create(collection, {
            apiVersion: "v1",
            kind: "Event",
            metadata: { name: event, namespace },
            involvedObject: { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name, namespace, uid },
            reason,
            message,
            type: reason === "SuccessfullyReconciled" ? "Normal" : "Warning",
            source: { component: "ingress" },
            firstTimestamp: now,
            lastTimestamp: now,
            count: 1,
        });
        lastOf.set(uid, { path: `${collection}/${event}`, message, count: 1 });
    } catch {
        lastOf.delete(uid);
    }
}
