import type { Migration } from "./migration";

/**
 * Commands that put the secrets into the stack's configuration. Without `showSecrets` none of their values is in it: `pulumi` asks.
 */
export function writeConfig({ secrets }: Migration, showSecrets: boolean): string {
    const lines = [...secrets].map(([key, value]) => line(key, showSecrets ? value : undefined));
    const head = showSecrets
        ? "# Holds secrets: delete this file once it has run."
        : "# Each command asks for its value. To read one from a file instead: pulumi config set --secret KEY < FILE";
    return `#!/bin/sh\n${head}\nset -eu\n${lines.join("\n")}\n`;
}

function line(key: string, value: string | undefined): string {
    if (key === "kubeconfig") {
        return `pulumi config set --secret kubeconfig < "\${KUBECONFIG:-$HOME/.kube/config}"`;
    }
    return value === undefined
        ? `pulumi config set --secret ${key}`
        : `printf '%s' '${value.replaceAll("'", `'\\''`)}' | pulumi config set --secret ${key}`;
}
