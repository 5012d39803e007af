/** A kubeconfig of a cluster that nobody listens for. */
export function deadKubeconfig(): string {
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "dead", cluster: { server: "https://127.0.0.1:1" } }],
        users: [{ name: "dead", user: { token: "none" } }],
        contexts: [{ name: "dead", context: { cluster: "dead", user: "dead" } }],
        "current-context": "dead",
    });
}
