/** After an apply the operator makes the custom resource an owner of what the release made. */
import type { KubeClient, KubeObject } from "./kube";
import { messageOf } from "./log";
import type { Logger } from "./log";
import type { Owner } from "./store";

const collections = [
    { kind: "Deployment", path: "/apis/apps/v1", plural: "deployments" },
    { kind: "StatefulSet", path: "/apis/apps/v1", plural: "statefulsets" },
    { kind: "Ingress", path: "/apis/networking.k8s.io/v1", plural: "ingresses" },
    { kind: "DaemonSet", path: "/apis/apps/v1", plural: "daemonsets" },
    { kind: "Service", path: "/api/v1", plural: "services" },
    { kind: "ConfigMap", path: "/api/v1", plural: "configmaps" },
    { kind: "Secret", path: "/api/v1", plural: "secrets" },
    { kind: "Role", path: "/apis/rbac.authorization.k8s.io/v1", plural: "roles" },
    { kind: "RoleBinding", path: "/apis/rbac.authorization.k8s.io/v1", plural: "rolebindings" },
];

/** Adds a plain owner reference to every object with the labels of the release. Failures are logged and passed over. */
export async function adoptObjects(client: KubeClient, owner: Owner, log: Logger): Promise<void> {
    const selector = `app.kubernetes.io/managed-by=Helm,app.kubernetes.io/instance=${owner.name}`;
    for (const { kind, path, plural } of collections) {
        const collection = `${path}/namespaces/${owner.namespace}/${plural}`;
        try {
            for (const object of await client.list(`${collection}?labelSelector=${encodeURIComponent(selector)}`)) {
                await adopt(client, owner, `${collection}/${object.metadata?.name}`, object);
            }
        } catch (error) {
            log.error(new Error(messageOf(error)), "Failed to list resources", { kind });
        }
    }
}

async function adopt(client: KubeClient, owner: Owner, path: string, object: KubeObject): Promise<void> {
    const known = object.metadata?.ownerReferences ?? [];
    if (known.some(({ uid }) => uid === owner.uid)) {
        return;
    }
    const reference = { apiVersion: "apps.wandb.com/v1", kind: "WeightsAndBiases", name: owner.name, uid: owner.uid };
    await client.patch(path, { metadata: { ownerReferences: [...known, reference] } });
}
