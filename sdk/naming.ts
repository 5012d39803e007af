/** Namespaces that every cluster has: never created, never deleted by us. */
const BuiltInNamespaces = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

/** Whether a namespace is there in every cluster. */
export function isBuiltInNamespace(namespace: string): boolean {
    return BuiltInNamespaces.has(namespace);
}
