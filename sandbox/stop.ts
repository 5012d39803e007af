/** `npm stop`: destroys the sandbox's stacks and stops everything that `npm start` has started. */
import { existsSync } from "node:fs";
import { runCommand } from "./command";
import { runEngine } from "./engine";
import { removeInstance, startInstance } from "./instance";
import { sandboxStacks } from "./stacks";
import { hasStack, prepareStack, sandboxEngine, type SandboxStack } from "./stacks/stack";

const log = (line: string): void => console.log(line);

async function main(): Promise<number> {
    const there = sandboxStacks.filter(({ dir }) => existsSync(dir));
    if (there.length === 0) {
        log("There is no sandbox: nothing to stop.");
    }
    for (const stack of there) {
        const code = await remove(stack);
        if (code !== 0) {
            return code;
        }
    }
    return 0;
}

async function remove(stack: SandboxStack): Promise<number> {
    const { name, dir } = stack;
    if (hasStack(stack)) {
        // The stack can be destroyed only while its cluster answers.
        const instance = await startInstance({ dir, log });
        await prepareStack(stack, instance, log);
        const engine = sandboxEngine(instance);
        const code = await runEngine(["destroy", "--yes", "--stack", name], engine);
        if (code !== 0) {
            log(
                "The sandbox still runs. Mend what destroy complains of and run npm stop again, or delete it whole: npm stop -- --force",
            );
            return code;
        }
        await runEngine(["stack", "rm", "--yes", "--stack", name], engine);
    }
    await removeInstance(dir);
    log(`The sandbox of stack ${name} is stopped and removed. The built tools stay in the cache for the next start.`);
    return 0;
}

async function force(): Promise<number> {
    for (const { name, dir } of sandboxStacks.filter(({ dir }) => existsSync(dir))) {
        await removeInstance(dir);
        log(`The sandbox of stack ${name} is stopped and removed, its stack forgotten.`);
    }
    return 0;
}

runCommand("npm stop", process.argv.includes("--force") ? force : main);
