/** Namespaces that a test makes itself: a destroy that leaves them alone takes a third of the time. */
import type { KubeClient } from "../../sandbox/operator/controller/kube";
import type { JsonArgs } from "./deployment";

const namespaces = "/api/v1/namespaces";

/** Makes `<name>` and `<name>-operator`, and gives the arguments that use them without owning them. */
export async function givenNamespaces(client: KubeClient, name: string): Promise<Partial<JsonArgs>> {
    for (const each of [name, `${name}-operator`]) {
        await client.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: each } });
    }
    return {
        namespace: name,
        createNamespace: false,
        operator: { namespace: `${name}-operator`, createNamespace: false },
    };
}

export async function removeNamespaces(client: KubeClient, name: string): Promise<void> {
    for (const each of [name, `${name}-operator`]) {
        await client.delete(`${namespaces}/${each}`);
    }
}
