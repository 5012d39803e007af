/** `npm run pulumi -- ...`: the Pulumi CLI on the root program, with the sandbox's engine and state. With KUBECONFIG: with your own. */
import { runCommand } from "./command";
import { runEngine, type EngineOptions } from "./engine";
import { startInstance } from "./instance";
import { realEngine } from "./real-cluster";
import { sandboxStackNamed } from "./stacks";
import { localStack } from "./stacks/local";
import { sandboxEngine } from "./stacks/stack";

async function main(): Promise<number> {
    const args = process.argv.slice(2);
    const log = (line: string) => console.error(line);
    return runEngine(args, process.env.KUBECONFIG ? await realEngine(log) : await sandboxOf(args, log));
}

/** The sandbox of the stack that is named, else that of `local`. */
async function sandboxOf(args: readonly string[], log: (line: string) => void): Promise<EngineOptions> {
    const named = args.findIndex((arg) => arg === "--stack" || arg === "-s");
    const { dir } = (named < 0 ? undefined : sandboxStackNamed(args[named + 1] ?? "")) ?? localStack;
    return sandboxEngine(await startInstance({ dir, log }));
}

runCommand("npm run pulumi", main);
