/** Builds one tool with Go into the cache. An interrupted build leaves nothing that looks finished. */
import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { builtPath, linkerFlags, toolchainFolder } from "./cache";
import type { Tool } from "./tools";

const progressMs = 30_000;
const shownLines = 30;

/** Builds `tool` from the module folder `sources` and returns the path of the program. */
export async function buildTool(
    tool: Tool,
    key: string,
    sources: string,
    go: string,
    log: (line: string) => void,
): Promise<string> {
    const target = builtPath(tool, key);
    const partial = `${target}.partial`;
    const scratch = join(toolchainFolder(), `scratch-${tool.name}`);
    mkdirSync(dirname(target), { recursive: true });
    log(`building ${tool.name} (${tool.what}), once; about ${minutes(tool.minutes)} on two cores`);
    try {
        const folder = tool.embeds === undefined ? sources : prepareSources(tool, sources, scratch, go);
        // Without -buildvcs=false a checkout that belongs to another user fails, as mounted ones do.
        const args = ["build", "-buildvcs=false", "-ldflags", linkerFlags(tool, sources), "-o", partial, tool.package];
        const started = Date.now();
        const timer = setInterval(() => {
            log(
                `building ${tool.name}: ${Math.round((Date.now() - started) / 1000)} s of about ${minutes(tool.minutes)}`,
            );
        }, progressMs);
        try {
            await run(tool, go, args, folder);
        } finally {
            clearInterval(timer);
        }
        chmodSync(partial, 0o755);
        renameSync(partial, target);
        log(`built ${tool.name} in ${Math.round((Date.now() - started) / 1000)} s`);
        return target;
    } finally {
        rmSync(scratch, { recursive: true, force: true });
        rmSync(partial, { force: true });
    }
}

/** A copy of the module folder with the files it embeds. */
function prepareSources(tool: Tool, sources: string, scratch: string, go: string): string {
    rmSync(scratch, { recursive: true, force: true });
    cpSync(sources, scratch, { recursive: true });
    const { module, folder, files } = tool.embeds ?? { module: "", folder: "", files: [] };
    const args = ["mod", "download", "-json", module];
    let origin: { Dir: string };
    try {
        origin = JSON.parse(
            execFileSync(go, args, {
                cwd: scratch,
                env: goEnvironment(),
                encoding: "utf8",
                stdio: ["ignore", "pipe", "pipe"],
            }),
        ) as { Dir: string };
    } catch (error) {
        throw buildError(tool, go, args, sources, String((error as { stderr?: unknown }).stderr ?? error));
    }
    for (const file of files) {
        copyFileSync(join(origin.Dir, folder, file), join(scratch, file));
        // The module cache is read-only; a copy must be removable.
        chmodSync(join(scratch, file), 0o644);
    }
    return scratch;
}

async function run(tool: Tool, go: string, args: string[], cwd: string): Promise<void> {
    const child = spawn(go, args, { cwd, env: goEnvironment(), stdio: ["ignore", "pipe", "pipe"], detached: true });
    const lines: string[] = [];
    const keep = (chunk: Buffer) => {
        lines.push(...chunk.toString("utf8").split("\n").filter(Boolean));
        lines.splice(0, lines.length - shownLines);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const release = endWithUs(child);
    try {
        const outcome = await new Promise<string | undefined>((resolve, reject) => {
            child.once("error", reject);
            child.once("close", (code, signal) => {
                resolve(code === 0 ? undefined : signal !== null ? `ended by ${signal}` : `exit code ${code}`);
            });
        });
        if (outcome !== undefined) {
            throw buildError(tool, go, args, cwd, `${lines.join("\n")}\n(${outcome})`);
        }
    } finally {
        release();
    }
}

/** Passes an interrupt on to the whole compiler group, so that no compiler works on behind a stopped start. */
function endWithUs(child: ChildProcess): () => void {
    const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
    const end = (signal: NodeJS.Signals) => {
        release();
        if (child.pid !== undefined) {
            try {
                process.kill(-child.pid, "SIGKILL");
            } catch {
                // It has ended by itself.
            }
        }
        process.kill(process.pid, signal);
    };
    const release = () => signals.forEach((signal) => process.removeListener(signal, end));
    signals.forEach((signal) => process.on(signal, end));
    return release;
}

/** A workspace or flags of the user must not change what is built. */
function goEnvironment(): NodeJS.ProcessEnv {
    return { ...process.env, GOWORK: "off", GOFLAGS: "", GOOS: "", GOARCH: "" };
}

function buildError(tool: Tool, go: string, args: string[], cwd: string, output: string): Error {
    const words = [go, ...args].map((word) => (word.includes(" ") ? `'${word}'` : word)).join(" ");
    const memory =
        tool.gigabytes === undefined
            ? ""
            : ` The build needs about ${tool.gigabytes} GB of memory; a compiler that was killed ran out of it.`;
    return new Error(
        `${tool.name} could not be built.${memory} The modules come over the network: check that it can be reached. ` +
            `Then start again; finished tools are not built twice.\nCommand, in ${cwd}:\n  ${words}\nLast lines:\n${output}`,
    );
}

function minutes(count: number): string {
    return count === 1 ? "a minute" : `${count} minutes`;
}
