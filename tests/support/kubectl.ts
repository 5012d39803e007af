/** The little of `kubectl` that tests run, for machines without it. Any other command is refused. */
import { parseArgs } from "node:util";
import { createClient, secretPath } from "../../sandbox/operator/controller/kube";

async function main(): Promise<void> {
    const { values, positionals } = parseArgs({
        options: { namespace: { type: "string" }, context: { type: "string" }, output: { type: "string" } },
        allowPositionals: true,
    });
    const client = createClient(process.env["KUBECONFIG"] ?? "");
    const namespace = values.namespace ?? "default";
    const [verb, ...rest] = positionals;
    const field = /^jsonpath=\{\.data\.(\w+)\}$/.exec(values.output ?? "")?.[1];
    const deployment = /^deployment\/(.+)$/.exec(rest[1] ?? "")?.[1];
    if (verb === "get" && rest[0] === "secret" && field !== undefined) {
        const secret = await client.get(secretPath(namespace, rest[1]));
        process.stdout.write(secret.data?.[field] ?? "");
    } else if (verb === "rollout" && rest[0] === "restart" && deployment !== undefined) {
        const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
        await client.patch(`/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`, {
            spec: { template: { metadata: { annotations } } },
        });
    } else {
        throw new Error(`not known to this stand-in: kubectl ${process.argv.slice(2).join(" ")}`);
    }
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
