/**
 * `npm start`: a whole W&B deployment by one command.
 *
 * Without KUBECONFIG and without `--stack` it starts the sandbox and runs `pulumi up` of the root program on stack `local`.
 * With one of them it goes to a real cluster with the real charts, with your own Pulumi backend.
 */
import { parseArgs } from "node:util";
import { runEngine, type EngineOptions } from "./engine";
import { defaultInstanceDir, startInstance } from "./instance";
import { LocalStack, localEngine, prepareLocalStack } from "./local-stack";
import { realEngine } from "./real-cluster";

const usage = "Usage: npm start [-- [--preview] [--stack NAME]]";

async function main(): Promise<number> {
    const { values } = parseArgs({
        options: { preview: { type: "boolean", default: false }, stack: { type: "string" } },
        allowPositionals: false,
    });
    const log = (line: string) => console.log(line);
    if (process.env.KUBECONFIG || values.stack) {
        return deploy(await realEngine(log), values.stack, values.preview);
    }
    const instance = await startInstance({ dir: defaultInstanceDir(), log });
    prepareLocalStack(instance, log);
    const code = await deploy(localEngine(instance), LocalStack, values.preview);
    if (code === 0 && !values.preview) {
        log("\nW&B is up in the sandbox (its pods are simulated, so there is no page to open).");
        log(`Look around:  KUBECONFIG=${instance.controlPlane.kubeconfigPath} kubectl --namespace wandb get all`);
        log("Change it:    npm run pulumi -- config set size medium --stack local && npm start");
        log("Remove it:    npm stop");
    }
    return code;
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
