/** Measures a run of the Pulumi CLI: wall time, CPU of all its processes and who spends it, peak memory of the language process. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import type { EngineOptions } from "../engine";

/** One measured run. */
export interface Measurement {
    /** Seconds from start to end. */
    readonly wall: number;
    /** Seconds of CPU of the CLI and everything it started, the sandbox's own services left out. */
    readonly cpu: number;
    /** The same by who spends them. */
    readonly parts: Readonly<Record<Part, number>>;
    /** Peak resident memory of the process that runs the program, in MB. */
    readonly memory: number;
}

/**
 * Who takes part in a run: the CLI, which holds the engine, with its language hosts; the program, policy packs and packages in another
 * language; the provider for Kubernetes, which is the real one; the simulated clouds, in whose place there are others in real life.
 */
export const Parts = ["engine", "program", "kubernetes", "clouds"] as const;
export type Part = (typeof Parts)[number];

/** `_SC_CLK_TCK` of Linux, the unit of CPU times in /proc. */
const ticksPerSecond = 100;
/**
 * Looking at all processes takes CPU from what is measured, so it is done seldom: peaks of memory are kept by the kernel, and of CPU
 * only what a process does after the last look is missed.
 */
const sampleMs = 100;

/** Runs `pulumi` quietly and measures it. Throws with its output when it fails. */
export function measure(args: readonly string[], options: EngineOptions): Promise<Measurement> {
    return new Promise((resolve, reject) => {
        const started = process.hrtime.bigint();
        const child = spawn(options.program, args, {
            cwd: options.cwd,
            env: options.env,
            stdio: ["ignore", "pipe", "pipe"],
        });
        const output: string[] = [];
        child.stdout.on("data", (text: Buffer) => output.push(text.toString()));
        child.stderr.on("data", (text: Buffer) => output.push(text.toString()));
        const spent = new Map<number, { readonly part: Part; readonly seconds: number }>();
        let memory = 0;
        const sampler = setInterval(() => {
            for (const pid of descendants(child.pid ?? 0)) {
                const known = spent.get(pid);
                // A process that has ended, and is not yet reaped, has no command line any more.
                const commandLine = readProc(pid, "cmdline");
                const part = commandLine === "" ? (known?.part ?? "engine") : partOf(commandLine);
                spent.set(pid, { part, seconds: Math.max(known?.seconds ?? 0, cpuSeconds(pid)) });
                if (part === "program") {
                    memory = Math.max(memory, peakMemory(pid));
                }
            }
        }, sampleMs);
        child.on("error", reject);
        child.on("close", (code) => {
            clearInterval(sampler);
            if (code !== 0) {
                reject(new Error(`pulumi ${args.join(" ")} failed:\n${output.join("")}`));
                return;
            }
            const wall = Number(process.hrtime.bigint() - started) / 1e9;
            const parts = byPart((part) =>
                sum([...spent.values()].map((one) => (one.part === part ? one.seconds : 0))),
            );
            resolve({ wall, cpu: sum(Object.values(parts)), parts, memory });
        });
    });
}

/** The middle one of each figure. */
export function median(runs: readonly Measurement[]): Measurement {
    const middle = (pick: (run: Measurement) => number): number =>
        runs.map(pick).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
    return {
        wall: middle((run) => run.wall),
        cpu: middle((run) => run.cpu),
        parts: byPart((part) => middle((run) => run.parts[part])),
        memory: middle((run) => run.memory),
    };
}

function byPart(value: (part: Part) => number): Record<Part, number> {
    const [engine, program, kubernetes, clouds] = Parts.map(value);
    return { engine, program, kubernetes, clouds };
}

function sum(values: readonly number[]): number {
    return values.reduce((total, value) => total + value, 0);
}

/** Whose process this is, by its command line. A simulated cloud is a Node.js program, unlike the provider that it stands for. */
export function partOf(commandLine: string): Part {
    if (commandLine.includes("@pulumi/pulumi/cmd/run")) {
        return "program";
    }
    const [, provider] = /\/pulumi-resource-([a-z-]+)/.exec(commandLine) ?? [];
    return provider === undefined ? "engine" : provider === "kubernetes" ? "kubernetes" : "clouds";
}

function descendants(root: number): number[] {
    const children = new Map<number, number[]>();
    for (const entry of readdirSync("/proc")) {
        const pid = Number(entry);
        const parent = Number.isInteger(pid) ? Number(statFields(pid)[1]) : Number.NaN;
        if (!Number.isNaN(parent)) {
            children.set(parent, [...(children.get(parent) ?? []), pid]);
        }
    }
    const found: number[] = [];
    for (let open = [root]; open.length > 0;) {
        const pid = open.pop() ?? 0;
        found.push(pid);
        open = [...open, ...(children.get(pid) ?? [])];
    }
    return found;
}

/** Fields of /proc/<pid>/stat from the state on; empty when the process is gone. */
function statFields(pid: number): string[] {
    const text = readProc(pid, "stat");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function cpuSeconds(pid: number): number {
    const fields = statFields(pid);
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
}

function peakMemory(pid: number): number {
    return Number(/VmHWM:\s+(\d+)/.exec(readProc(pid, "status"))?.[1] ?? 0) / 1024;
}

function readProc(pid: number, file: string): string {
    try {
        return readFileSync(`/proc/${pid}/${file}`, "utf8");
    } catch {
        return "";
    }
}
