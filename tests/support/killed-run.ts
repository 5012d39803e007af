/** A run of the engine that a test ends by force, or that it takes something away from meanwhile. */
import { execFileSync, type ChildProcess } from "node:child_process";
import type { RunResult, ScratchProgram } from "./scratch-program";

export class KilledRun {
    private output = "";
    private readonly ended: Promise<number | null>;

    private constructor(private readonly child: ChildProcess) {
        for (const stream of [child.stdout, child.stderr]) {
            stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
        }
        this.ended = new Promise((resolve) => child.on("close", resolve));
    }

    static start(program: ScratchProgram, ...args: string[]): KilledRun {
        return new KilledRun(program.start(...args));
    }

    /** Waits until the output matches: at once when it does, since what the engine announces may take milliseconds. */
    said(pattern: RegExp): Promise<void> {
        return this.until(`it said ${pattern}`, (output) => pattern.test(output));
    }

    /** Waits until so many resources are created, or deleted. */
    did(what: "created" | "deleted", count: number): Promise<void> {
        const isDone = (output: string) => output.split(` ${what} (`).length > count;
        return this.until(`${count} resources were ${what}`, isDone);
    }

    private until(what: string, isReached: (output: string) => boolean): Promise<void> {
        return new Promise((resolve, reject) => {
            const look = () => isReached(this.output) && resolve();
            for (const stream of [this.child.stdout, this.child.stderr]) {
                stream?.on("data", look);
            }
            look();
            void this.ended.then(() => reject(new Error(`the run ended before ${what}:\n${this.output}`)));
        });
    }

    /** SIGKILL to the engine and all that it has started: what a power cut or an out-of-memory kill leaves. Gives its output. */
    async kill(): Promise<string> {
        for (const pid of descendants(this.child.pid)) {
            try {
                process.kill(pid, "SIGKILL");
            } catch {
                // It ended by itself, with its parent.
            }
        }
        await this.ended;
        return this.output;
    }

    /** Waits until it ends by itself. */
    async end(): Promise<RunResult> {
        const code = await this.ended;
        return { code, output: this.output };
    }

    /** Ctrl-C: the run ends in good order. Gives its output. */
    async interrupt(): Promise<string> {
        this.child.kill("SIGINT");
        await this.ended;
        return this.output;
    }
}

/** A process and everything below it, the process first. */
function descendants(root: number | undefined): number[] {
    const table = execFileSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" });
    const rows = table
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number));
    const found = root === undefined ? [] : [root];
    for (const parent of found) {
        found.push(...rows.filter(([, ppid]) => ppid === parent).map(([pid]) => pid));
    }
    return found;
}
