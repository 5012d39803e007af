/** `npm run pulumi -- ...`: the Pulumi CLI on the root program, with the sandbox's engine and state. With KUBECONFIG: with your own. */
import { runCommand } from "./command";
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

runCommand("npm run pulumi", main);
