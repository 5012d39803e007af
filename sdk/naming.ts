/** Names of the operator's parts when none are given; namespace and release name are those of the vendor's documentation. */
export const OperatorDefaults = { namespace: "wandb-cr", nameOverride: "wandb", releaseName: "operator" } as const;

/** Namespace and name of the custom resource when none are given. */
export const InstanceDefaults = { namespace: "wandb", name: "wandb" } as const;

/** Namespaces that every cluster has: never created, never deleted by us. */
const BuiltInNamespaces = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

/** Whether a namespace is there in every cluster. */
export function isBuiltInNamespace(namespace: string): boolean {
    return BuiltInNamespaces.has(namespace);
}

/** Key of our stamp in `spec.values`. The chart has no schema and reads no such key. */
export const RevisionKey = "pulumiWandb";
