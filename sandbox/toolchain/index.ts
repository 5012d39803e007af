/** Finds or builds the programs of the sandbox. */
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { buildTool } from "./build";
import { assembleBinFolder, builtPath, cacheFolder, pruneToolchain, toolchainFolder, toolKey } from "./cache";
import { withLock } from "./lock";
import type { GoState } from "./path";
import { comesWithEngine, findGo, findInstalled, leastGo } from "./path";
import type { Tool, ToolName } from "./tools";
import { tools } from "./tools";
import { formatVersion } from "./versions";

export type { ToolName } from "./tools";

/** Gets progress, line by line. */
export type Log = (line: string) => void;

/** Programs that are ready to run. */
export interface Toolchain {
    /** The folder with the programs we built. */
    binDir: string;
    /** Path of one program. Throws for a language host that came with an installed engine and has no path of its own. */
    path(tool: ToolName): string;
    /** This process's environment with `binDir` first on PATH. */
    env: NodeJS.ProcessEnv;
}

/** Folder of this file, which holds one Go module per kind of tool. */
const moduleFolders = __dirname;

const allTools: readonly ToolName[] = tools.map(({ name }) => name);

/**
 * Takes every tool (or only those named) from PATH where its version is right, else from the cache, else builds it with Go, one at a time.
 * Throws one error that lists what is missing when there is no Go to build with.
 */
export async function ensureToolchain(log: Log, names: readonly ToolName[] = allTools): Promise<Toolchain> {
    const installed = findAllInstalled(process.env);
    const wanted = tools.filter(
        (tool) =>
            names.includes(tool.name) &&
            !installed.has(tool.name) &&
            !(comesWithEngine(tool) && installed.has("pulumi")),
    );
    const plan = wanted.map((tool) => {
        const sources = join(moduleFolders, tool.folder);
        const key = toolKey(tool, sources);
        return { tool, sources, key, target: builtPath(tool, key) };
    });
    const absent = () => plan.filter(({ target }) => !existsSync(target));
    if (absent().length > 0) {
        const go = findGo(process.env);
        if (go.kind !== "usable") {
            throw missingToolsError(
                absent().map(({ tool }) => tool),
                go,
                toolchainFolder(),
            );
        }
        await withLock(join(toolchainFolder(), "lock"), `building tools in ${toolchainFolder()}`, log, async () => {
            // What another start has built while we waited is not absent any more.
            for (const { tool, key, sources } of absent()) {
                await buildTool(tool, key, sources, go.path, log);
            }
        });
    }
    return assemble(new Map(plan.map(({ tool, target }) => [tool.name, target])), installed);
}

/** What is wrong when a tool is neither installed nor built and cannot be built, and both ways out. */
export function missingToolsError(missing: readonly Tool[], go: GoState, folder: string): Error {
    const least = formatVersion(leastGo);
    const found =
        go.kind === "too old"
            ? `Go ${formatVersion(go.version)} (${go.path}) is too old to build them.`
            : "There is no Go to build them with.";
    const list = missing
        .filter((tool) => !comesWithEngine(tool))
        .map(
            ({ name, what, installed }) =>
                `  ${name} (${what})${installed === undefined ? "" : `: ${installed.wanted}`}`,
        );
    return new Error(
        `The sandbox lacks tools. ${found} Install one of the two and start again:\n` +
            `- Go ${least} or newer (https://go.dev/dl): the tools are then built once, into ${folder};\n` +
            `- or the tools themselves, on PATH:\n${list.join("\n")}`,
    );
}

function findAllInstalled(env: NodeJS.ProcessEnv): Map<ToolName, string> {
    const installed = new Map<ToolName, string>();
    for (const tool of tools) {
        const path = findInstalled(tool, env, cacheFolder());
        if (path !== undefined) {
            installed.set(tool.name, path);
        }
    }
    return installed;
}

function assemble(built: ReadonlyMap<ToolName, string>, installed: ReadonlyMap<ToolName, string>): Toolchain {
    mkdirSync(toolchainFolder(), { recursive: true });
    // The engine of a sandbox has a plugin folder of its own, so an installed provider must be on PATH as well.
    const provider = installed.get("pulumi-resource-kubernetes");
    const programs = new Map<string, string>(built);
    if (provider !== undefined) {
        programs.set("pulumi-resource-kubernetes", provider);
    }
    const binDir = assembleBinFolder(programs);
    pruneToolchain([binDir, ...[...built.values()].map((path) => dirname(dirname(path)))]);
    return {
        binDir,
        path: (tool) => {
            const path = built.has(tool) ? join(binDir, tool) : installed.get(tool);
            if (path === undefined) {
                throw new Error(
                    `${tool}: it belongs to the installed engine (${installed.get("pulumi")}); run that one.`,
                );
            }
            return path;
        },
        env: { ...process.env, PATH: [binDir, process.env.PATH ?? ""].join(delimiter) },
    };
}
