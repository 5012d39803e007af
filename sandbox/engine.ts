/** Runs the Pulumi CLI as a child: output goes to the terminal, Ctrl-C reaches it, and we wait until it has tidied up. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** Where and how to run it. */
export interface EngineOptions {
    readonly program: string;
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
}

/** Runs `pulumi` with the terminal attached. Returns its exit code, 130 after an interrupt. */
export function runEngine(args: readonly string[], options: EngineOptions): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn(options.program, args, { cwd: options.cwd, env: options.env, stdio: "inherit" });
        // A terminal sends Ctrl-C to the child as well; it ends first, with its state saved. Without one it must be passed on.
        const wait = () => {
            if (!process.stdin.isTTY) {
                child.kill("SIGINT");
            }
        };
        const forward = () => child.kill("SIGINT");
        process.on("SIGINT", wait);
        process.on("SIGTERM", forward);
        child.on("error", reject);
        child.on("exit", (code, signal) => {
            process.off("SIGINT", wait);
            process.off("SIGTERM", forward);
            resolve(code ?? (signal === "SIGINT" ? 130 : 1));
        });
    });
}

/** Runs `pulumi` quietly and returns what it printed. Throws with its error output when it fails. */
export function askEngine(args: readonly string[], options: EngineOptions): string {
    const { status, stdout, stderr, error } = spawnSync(options.program, args, {
        cwd: options.cwd,
        env: options.env,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
    });
    if (error) {
        throw error;
    }
    if (status !== 0) {
        throw new Error(`pulumi ${args[0]} failed (exit code ${status}):\n${stderr.trim()}`);
    }
    return stdout;
}

/**
 * Whether a run that was killed has left the stack locked: the file backend's lock names its process, and that one is gone.
 *
 * @param state folder of the file backend
 */
export function isLeftLocked(state: string, project: string, stack: string): boolean {
    const folder = join(state, ".pulumi", "locks", "organization", project, stack);
    if (!existsSync(folder)) {
        return false;
    }
    const locks = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    return locks.length > 0 && locks.every((lock) => isLeft(lock));
}

/** One that was cut off while it was written names nobody, so nobody holds it. */
function isLeft(lock: string): boolean {
    return lock.trim() === "" || !isAlive((JSON.parse(lock) as { pid: number }).pid);
}

/**
 * Whether a run was killed while it wrote the state: the file backend then leaves an empty file of attributes beside the state, and the
 * engine fails on it (`failed to load checkpoint: EOF`). Removes that file, without which the state is read as it is.
 *
 * @param state folder of the file backend
 */
export function mendState(state: string, project: string, stack: string): boolean {
    const attributes = join(state, ".pulumi", "stacks", project, `${stack}.json.attrs`);
    const isTorn = existsSync(attributes) && statSync(attributes).size === 0;
    if (isTorn) {
        rmSync(attributes);
    }
    return isTorn;
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
