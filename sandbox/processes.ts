/** Background processes of one sandbox instance: started detached, remembered on disk, stopped by recorded id only. */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
    closeSync,
    existsSync,
    mkdirSync,
    openSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What to run. Two specs are the same when every field is the same. */
export interface ProcessSpec {
    /** Name of the record `<dir>/processes/<name>.json` and of the log `<dir>/logs/<name>.log`. */
    name: string;
    command: string;
    args: string[];
    /** Added to the environment of this process. */
    env?: NodeJS.ProcessEnv;
    cwd?: string;
}

/** Options of {@link waitFor}. */
export interface WaitOptions {
    timeoutMs: number;
    /** Gets a line every 10 seconds. */
    log?: (line: string) => void;
    /** What to look at or do when the time is over. */
    hint?: string;
    /** A reason to stop waiting at once, for example that the process has ended; undefined to go on. */
    giveUp?: () => string | undefined;
}

interface ProcessRecord {
    pid: number;
    /** Tells this process from a later one that got the same id. */
    identity: string;
    specHash: string;
    startedAt: number;
}

const termGraceMs = 10_000;
const killGraceMs = 5_000;
const progressMs = 10_000;

/** Starts `spec` in the background. Does nothing when the same spec runs; a different one of that name is stopped first. */
export async function startProcess(dir: string, spec: ProcessSpec): Promise<void> {
    const specHash = hashSpec(spec);
    if (isRunning(dir, spec.name)) {
        if (readRecord(dir, spec.name)?.specHash === specHash) {
            return;
        }
        await stopProcess(dir, spec.name);
    }
    mkdirSync(join(dir, "logs"), { recursive: true });
    mkdirSync(join(dir, "processes"), { recursive: true });
    const output = openSync(logFile(dir, spec.name), "a", 0o600);
    try {
        const child = spawn(spec.command, spec.args, {
            cwd: spec.cwd,
            env: { ...process.env, ...spec.env },
            detached: true,
            stdio: ["ignore", output, output],
        });
        const spawned = new Promise<void>((resolve, reject) => {
            child.once("spawn", resolve);
            child.once("error", reject);
        });
        // Recorded before anything is awaited: an interrupt must not leave a process nobody knows.
        if (child.pid !== undefined) {
            const identity = processIdentity(child.pid) ?? "ended";
            writeRecord(dir, spec.name, { pid: child.pid, identity, specHash, startedAt: Date.now() });
        }
        await spawned;
        child.unref();
    } catch (error) {
        throw new Error(
            `${spec.name}: cannot start ${spec.command} (${messageOf(error)}). Check that it exists and may be run.`,
        );
    } finally {
        closeSync(output);
    }
}

/**
 * Ends the process recorded under `name` and what it started: SIGTERM, and SIGKILL when it has not ended within `graceMs`.
 * Nothing to do when none runs.
 */
export async function stopProcess(dir: string, name: string, graceMs = termGraceMs): Promise<void> {
    const record = readRecord(dir, name);
    if (record !== undefined && isSameProcess(record)) {
        signalGroup(record.pid, "SIGTERM");
        // A process stopped by SIGSTOP gets SIGTERM only after it is continued.
        signalGroup(record.pid, "SIGCONT");
        if (!(await endsWithin(record, graceMs))) {
            signalGroup(record.pid, "SIGKILL");
            if (!(await endsWithin(record, killGraceMs))) {
                throw new Error(
                    `${name}: process ${record.pid} does not end, not even by SIGKILL. End it by hand and repeat.`,
                );
            }
        }
        signalGroup(record.pid, "SIGKILL");
    }
    rmSync(recordFile(dir, name), { force: true });
}

/** Ends every recorded process of the instance, the last started first, since later ones depend on earlier ones. */
export async function stopAll(dir: string): Promise<void> {
    const records = recordedNames(dir).map((name) => ({ name, startedAt: readRecord(dir, name)?.startedAt ?? 0 }));
    for (const { name } of records.sort((a, b) => b.startedAt - a.startedAt)) {
        await stopProcess(dir, name);
    }
}

/** Whether the process recorded under `name` is alive (a process stopped by SIGSTOP is). */
export function isRunning(dir: string, name: string): boolean {
    const record = readRecord(dir, name);
    return record !== undefined && isSameProcess(record);
}

/** Sends a signal to the process recorded under `name`, for fault tests. Throws when it does not run. */
export function signalProcess(dir: string, name: string, signal: NodeJS.Signals): void {
    const record = readRecord(dir, name);
    if (record === undefined || !isSameProcess(record)) {
        throw new Error(`${name}: no such process runs in ${dir}. Start it before sending ${signal}.`);
    }
    process.kill(record.pid, signal);
}

/** The file that holds standard output and error of `name`. */
export function logFile(dir: string, name: string): string {
    return join(dir, "logs", `${name}.log`);
}

/** The last lines a process wrote, for error messages. */
export function logTail(dir: string, name: string, lines = 10): string {
    if (!existsSync(logFile(dir, name))) {
        return "";
    }
    return readFileSync(logFile(dir, name), "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}

/**
 * Waits until `check` answers true. A check that throws counts as false; its last message becomes part of the time-out
 * error.
 */
export async function waitFor(what: string, check: () => Promise<boolean>, options: WaitOptions): Promise<void> {
    const start = Date.now();
    const elapsed = () => Date.now() - start;
    const hint = options.hint === undefined ? "" : ` ${options.hint}`;
    let lastProblem = "";
    let nextProgress = progressMs;
    let pause = 50;
    for (;;) {
        const patience = new AbortController();
        const silence = sleep(Math.max(1, Math.min(progressMs, options.timeoutMs - elapsed())), "no answer", {
            signal: patience.signal,
        });
        const answer = await Promise.race([check().catch(messageOf), silence.catch(() => "no answer")]);
        patience.abort();
        if (answer === true) {
            return;
        }
        lastProblem = answer === false ? "" : ` (last answer: ${answer})`;
        const reason = options.giveUp?.();
        if (reason !== undefined) {
            throw new Error(`${what}: ${reason}.${hint}`);
        }
        if (elapsed() >= options.timeoutMs) {
            throw new Error(`${what}: not there after ${seconds(options.timeoutMs)} s${lastProblem}.${hint}`);
        }
        if (elapsed() >= nextProgress) {
            options.log?.(`waiting for ${what} (${seconds(elapsed())} s)`);
            nextProgress += progressMs;
        }
        await sleep(Math.min(pause, Math.max(1, options.timeoutMs - elapsed())));
        pause = Math.min(pause * 1.5, 1000);
    }
}

function seconds(milliseconds: number): number {
    return Math.round(milliseconds / 100) / 10;
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}

function hashSpec(spec: ProcessSpec): string {
    const env = Object.entries(spec.env ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    return createHash("sha256")
        .update(JSON.stringify([spec.name, spec.command, spec.args, env, spec.cwd ?? null]))
        .digest("hex");
}

function recordFile(dir: string, name: string): string {
    return join(dir, "processes", `${name}.json`);
}

function recordedNames(dir: string): string[] {
    const folder = join(dir, "processes");
    return existsSync(folder)
        ? readdirSync(folder)
              .filter((file) => file.endsWith(".json"))
              .map((file) => file.slice(0, -".json".length))
        : [];
}

function readRecord(dir: string, name: string): ProcessRecord | undefined {
    try {
        return JSON.parse(readFileSync(recordFile(dir, name), "utf8")) as ProcessRecord;
    } catch {
        return undefined;
    }
}

function writeRecord(dir: string, name: string, record: ProcessRecord): void {
    const partial = `${recordFile(dir, name)}.partial`;
    writeFileSync(partial, JSON.stringify(record) + "\n", { mode: 0o600 });
    renameSync(partial, recordFile(dir, name));
}

function isSameProcess(record: ProcessRecord): boolean {
    return processIdentity(record.pid) === record.identity;
}

/** The start time of a living process in the words of its system; undefined when there is none (or only a zombie). */
export function processIdentity(pid: number): string | undefined {
    try {
        if (process.platform === "linux") {
            // The second field, the name, may hold spaces and brackets: count from the last bracket.
            const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
            const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
            return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
        }
        const [state, ...started] = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
            encoding: "utf8",
        })
            .trim()
            .split(/\s+/);
        return state.startsWith("Z") ? undefined : started.join(" ");
    } catch {
        return undefined;
    }
}

/** Each process is the leader of its own group, so what it started is reached as well. */
function signalGroup(leader: number, signal: NodeJS.Signals): void {
    try {
        process.kill(-leader, signal);
    } catch (error) {
        // EPERM: macOS says so of a group that consists of ended processes only.
        if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) {
            throw error;
        }
    }
}

async function endsWithin(record: ProcessRecord, milliseconds: number): Promise<boolean> {
    const end = Date.now() + milliseconds;
    while (isSameProcess(record)) {
        if (Date.now() >= end) {
            return false;
        }
        await sleep(30);
    }
    return true;
}
