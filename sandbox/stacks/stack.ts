/** A stack of the root program that runs in a sandbox of its own: what it needs to be told, and how to make it ready. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { askEngine, isLeftLocked, mendState, type EngineOptions } from "../engine";
import type { SandboxInstance } from "../instance";
import type { Log } from "../toolchain";

/** The root of the checkout. */
export const ProjectFolder = join(__dirname, "../..");

/** Settings by path; a value that is secret is encrypted in the stack's config. */
export interface Setting {
    readonly path: string;
    readonly value: string;
    readonly secret?: boolean;
}

/** One stack and its sandbox. */
export interface SandboxStack {
    readonly name: string;
    /** The folder of its sandbox. */
    readonly dir: string;
    /** What the simulated cloud has before anybody comes; called at every start. */
    readonly plant?: (instance: SandboxInstance) => Promise<void>;
    /** A small deployment to begin with; the user's to change with `npm run pulumi -- config set`. */
    readonly firstSettings: readonly Setting[];
    /** Where things are in this sandbox. Set at every start, though ports rarely change. */
    readonly serviceSettings: (instance: SandboxInstance) => readonly Setting[];
}

/** The folder of the sandbox of a stack. Test runs keep theirs beside it. */
export function sandboxDir(stack: string): string {
    return join(ProjectFolder, ".sandbox", stack);
}

/** How to run the engine on the root program against a sandbox. */
export function sandboxEngine(instance: SandboxInstance): EngineOptions {
    return { program: instance.toolchain.path("pulumi"), cwd: ProjectFolder, env: instance.env };
}

/** Whether the stack was made in its sandbox. */
export function hasStack({ name, dir }: SandboxStack): boolean {
    return existsSync(join(dir, "state", ".pulumi", "stacks", "wandb", `${name}.json`));
}

/** Makes the stack when there is none, frees it from a killed run, and tells it where the sandbox's services are. */
export async function prepareStack(stack: SandboxStack, instance: SandboxInstance, log: Log): Promise<void> {
    const { name } = stack;
    const engine = sandboxEngine(instance);
    const state = join(instance.dir, "state");
    if (!hasStack(stack)) {
        // It was encrypted for a sandbox that is gone.
        rmSync(join(ProjectFolder, `Pulumi.${name}.yaml`), { force: true });
    }
    if (mendState(state, "wandb", name)) {
        log("An earlier run was killed while it wrote the state: removed the empty file beside it.");
    }
    askEngine(["stack", "select", name, "--create"], engine);
    if (isLeftLocked(state, "wandb", name)) {
        log("An earlier run was killed and left the stack locked: unlocking it.");
        askEngine(["cancel", "--yes", "--stack", name], engine);
    }
    await stack.plant?.(instance);
    const present = JSON.parse(askEngine(["config", "--json", "--stack", name], engine)) as Record<
        string,
        { value?: string }
    >;
    const services = stack.serviceSettings(instance);
    // Defaults of Pulumi.yaml are listed too: an empty host is one.
    const settings = !present["wandb:host"]?.value ? [...stack.firstSettings, ...services] : services;
    const flags = settings.flatMap(({ path, value, secret }) => [
        secret ? "--secret" : "--plaintext",
        `${path}=${value}`,
    ]);
    askEngine(["config", "set-all", "--path", "--stack", name, ...flags], engine);
}
