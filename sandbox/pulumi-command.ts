/** `npm run pulumi -- ...`: the Pulumi CLI on the root program, with the sandbox's engine and state. With KUBECONFIG: with your own. */
import { runEngine } from "./engine";
import { defaultInstanceDir, startInstance } from "./instance";
import { localEngine } from "./local-stack";
import { realEngine } from "./real-cluster";

async function main(): Promise<number> {
    const log = (line: string) => console.error(line);
    const engine = process.env.KUBECONFIG
        ? await realEngine(log)
        : localEngine(await startInstance({ dir: defaultInstanceDir(), log }));
    return runEngine(process.argv.slice(2), engine);
}

main().then(
    (code) => {
        process.exitCode = code;
    },
    (error: unknown) => {
        console.error(`\nnpm run pulumi failed: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
    },
);
