/** `npm stop`: destroys the sandbox's stack and stops everything that `npm start` has started. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./command";
import { runEngine } from "./engine";
import { defaultInstanceDir, removeInstance, startInstance } from "./instance";
import { LocalStack, localEngine, prepareLocalStack } from "./local-stack";

async function main(): Promise<number> {
    const dir = defaultInstanceDir();
    const log = (line: string) => console.log(line);
    if (!existsSync(dir)) {
        log("There is no sandbox: nothing to stop.");
        return 0;
    }
    if (existsSync(join(dir, "state", ".pulumi", "stacks", "wandb", `${LocalStack}.json`))) {
        // The stack can be destroyed only while its cluster answers.
        const instance = await startInstance({ dir, log });
        prepareLocalStack(instance, log);
        const engine = localEngine(instance);
        const code = await runEngine(["destroy", "--yes", "--stack", LocalStack], engine);
        if (code !== 0) {
            log(
                "The sandbox still runs. Mend what destroy complains of and run npm stop again, or delete it whole: npm stop -- --force",
            );
            return code;
        }
        await runEngine(["stack", "rm", "--yes", "--stack", LocalStack], engine);
    }
    await removeInstance(dir);
    log("The sandbox is stopped and removed. The built tools stay in the cache for the next start.");
    return 0;
}

async function force(): Promise<number> {
    await removeInstance(defaultInstanceDir());
    console.log("The sandbox is stopped and removed, its stack forgotten.");
    return 0;
}

runCommand("npm stop", process.argv.includes("--force") ? force : main);
