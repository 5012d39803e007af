/**
 * `npm start`: a whole W&B deployment by one command.
 *
 * Without KUBECONFIG and without `--stack` it starts the sandbox and runs `pulumi up` of the root program on stack `local`; with
 * `--stack aws` it does so on a simulated AWS. With KUBECONFIG, or with a stack of your own, it goes to a real cluster or cloud with the
 * real charts, with your own Pulumi backend.
 */
import { parseArgs } from "node:util";
import { runEngine, type EngineOptions } from "./engine";
import { startInstance } from "./instance";
import { realEngine } from "./real-cluster";
import { sandboxStackNamed } from "./stacks";
import { localStack } from "./stacks/local";
import { prepareStack, sandboxEngine, type SandboxStack } from "./stacks/stack";

const usage = "Usage: npm start [-- [--preview] [--stack NAME]]";

async function main(): Promise<number> {
    const { values } = parseArgs({
        options: { preview: { type: "boolean", default: false }, stack: { type: "string" } },
        allowPositionals: false,
    });
    const log = (line: string) => console.log(line);
    const sandboxed = values.stack ? sandboxStackNamed(values.stack) : localStack;
    if (process.env.KUBECONFIG || sandboxed === undefined) {
        return deploy(await realEngine(log), values.stack, values.preview);
    }
    const instance = await startInstance({ dir: sandboxed.dir, log });
    await prepareStack(sandboxed, instance, log);
    const code = await deploy(sandboxEngine(instance), sandboxed.name, values.preview);
    if (code === 0 && !values.preview) {
        hints(sandboxed, instance.controlPlane.kubeconfigPath).forEach(log);
    }
    return code;
}

function hints({ name }: SandboxStack, kubeconfig: string): string[] {
    const again = name === localStack.name ? "npm start" : `npm start -- --stack ${name}`;
    return [
        "\nW&B is up in the sandbox (its pods are simulated, so there is no page to open).",
        `Look around:  KUBECONFIG=${kubeconfig} kubectl --namespace wandb get all`,
        `Change it:    npm run pulumi -- config set size medium --stack ${name} && ${again}`,
        "Remove it:    npm stop",
    ];
}

function deploy(engine: EngineOptions, stack: string | undefined, preview: boolean): Promise<number> {
    const command = preview ? ["preview"] : ["up", "--yes"];
    return runEngine([...command, ...(stack ? ["--stack", stack] : [])], engine);
}

main().then(
    (code) => {
        process.exitCode = code;
    },
    (error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        console.error(/Unknown option|positional/.test(text) ? `${text}\n${usage}` : `\nnpm start failed: ${text}`);
        process.exitCode = 1;
    },
);
