/** The cache folder outside the checkout: built tools by key, and one folder of links that goes on PATH. */
import { createHash } from "node:crypto";
import {
    copyFileSync,
    existsSync,
    linkSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    utimesSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Tool } from "./tools";

const unusedDays = 30;

/** `$PULUMI_WANDB_CACHE`, else `pulumi-wandb` in the user's cache folder. sandbox/bootstrap.mjs has the same rule. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
    return env.PULUMI_WANDB_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-wandb");
}

/** The part of the cache that holds Go builds. */
export function toolchainFolder(): string {
    return join(cacheFolder(), "toolchain");
}

/** Changes when the sources or the recipe of this one tool change. */
export function toolKey(tool: Tool, sources: string): string {
    const hash = createHash("sha256");
    hash.update(
        JSON.stringify([tool.package, linkerFlags(tool, sources), tool.embeds ?? null, process.platform, process.arch]),
    );
    for (const file of sourceFiles(sources)) {
        hash.update(`\0${file}\0`).update(readFileSync(join(sources, file)));
    }
    return hash.digest("hex");
}

/** Where the built program of this key lies, or will lie. */
export function builtPath(tool: Tool, key: string): string {
    return join(toolchainFolder(), `${tool.name}-${key.slice(0, 16)}`, "bin", tool.name);
}

/** The value of `-ldflags`: no symbol tables, and the pinned version in the variables the program prints. */
export function linkerFlags(tool: Tool, sources: string): string {
    const flags = ["-s", "-w"];
    if (tool.stamp !== undefined) {
        const version = pinnedVersion(readFileSync(join(sources, "go.mod"), "utf8"), tool.stamp.module);
        for (const [variable, value] of Object.entries(tool.stamp.variables(version))) {
            flags.push("-X", `${variable}=${value}`);
        }
    }
    return flags.join(" ");
}

/** The version of a module in the text of a go.mod file. */
export function pinnedVersion(goMod: string, module: string): string {
    for (const line of goMod.split("\n")) {
        const [name, version] = line
            .trim()
            .replace(/^require\s+/, "")
            .split(/\s+/);
        if (name === module && version.startsWith("v")) {
            return version;
        }
    }
    throw new Error(`go.mod does not pin ${module}. Add it with "go get ${module}@<version>" in that folder.`);
}

/**
 * A folder with exactly these programs. They are hard links: the engine warns about a language host that does not lie
 * beside its own real path, which a symbolic link would not give it.
 */
export function assembleBinFolder(programs: ReadonlyMap<string, string>): string {
    const hash = createHash("sha256")
        .update(JSON.stringify([...programs].sort()))
        .digest("hex");
    const folder = join(toolchainFolder(), `path-${hash.slice(0, 16)}`);
    if (!existsSync(folder)) {
        const partial = `${folder}.${process.pid}`;
        mkdirSync(partial, { recursive: true });
        for (const [name, path] of programs) {
            linkOrCopy(path, join(partial, name));
        }
        try {
            renameSync(partial, folder);
        } catch (error) {
            rmSync(partial, { recursive: true, force: true });
            // Another start may have made the same folder meanwhile.
            if (!existsSync(folder)) {
                throw error;
            }
        }
    }
    return folder;
}

/** Marks what this start uses and removes what no start has used for a month. */
export function pruneToolchain(used: readonly string[], now = Date.now()): void {
    const root = toolchainFolder();
    for (const entry of readdirSync(root)) {
        const path = join(root, entry);
        if (used.includes(path)) {
            utimesSync(path, now / 1000, now / 1000);
        } else if (statSync(path).isDirectory() && now - statSync(path).mtimeMs > unusedDays * 24 * 60 * 60 * 1000) {
            rmSync(path, { recursive: true, force: true });
        }
    }
}

function linkOrCopy(from: string, to: string): void {
    try {
        linkSync(from, to);
    } catch {
        copyFileSync(from, to);
    }
}

function sourceFiles(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => /(^|[\\/])go\.(mod|sum)$|(?<!_test)\.go$|\.json$/.test(file))
        .sort();
}
