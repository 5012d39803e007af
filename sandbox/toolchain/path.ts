/** Programs that are installed already. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, sep } from "node:path";
import type { Tool } from "./tools";
import { engineTools, officialHosts } from "./tools";
import type { Version } from "./versions";
import { findVersion, isAtLeast } from "./versions";

/** The oldest Go that the pinned modules build with. */
export const leastGo: Version = [1, 26, 6];

/** The Go that would build, or why none would. */
export type GoState =
    { kind: "usable"; path: string } | { kind: "too old"; path: string; version: Version } | { kind: "absent" };

/** The first executable file of that name on PATH, folders below `exclude` left out. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv, exclude?: string): string | undefined {
    for (const folder of (env.PATH ?? "").split(delimiter).filter((entry) => entry !== "")) {
        const path = join(folder, name);
        if ((exclude === undefined || !path.startsWith(exclude + sep)) && isExecutable(path)) {
            return path;
        }
    }
    return undefined;
}

/** The installed program that replaces `tool`, if its version is right. Programs of our own cache do not count. */
export function findInstalled(tool: Tool, env: NodeJS.ProcessEnv, cache: string): string | undefined {
    if (tool.installed === undefined) {
        return undefined;
    }
    const { from, accepts } = tool.installed;
    if ("plugin" in from) {
        return findPlugin(from.plugin, tool.name, accepts, env);
    }
    const path = findOnPath(tool.name, env, cache);
    const version = path === undefined ? undefined : versionOf(path, from.versionArgs, env);
    if (path === undefined || version === undefined || !accepts(version)) {
        return undefined;
    }
    // An engine without its language hosts would mix with ours, whose versions do not fit.
    return tool.name === "pulumi" && !hasOfficialHosts(path) ? undefined : path;
}

/** Whether this tool comes with an official engine and needs no look-up of its own. */
export function comesWithEngine(tool: Tool): boolean {
    return tool.name !== "pulumi" && engineTools.includes(tool.name);
}

/** Looks for Go on PATH and where its installer puts it. */
export function findGo(env: NodeJS.ProcessEnv): GoState {
    const path = findOnPath("go", env) ?? ["/usr/local/go/bin/go"].find(isExecutable);
    const version = path === undefined ? undefined : versionOf(path, ["version"], { ...env, GOTOOLCHAIN: "local" });
    if (path === undefined || version === undefined) {
        return { kind: "absent" };
    }
    return isAtLeast(version, leastGo) ? { kind: "usable", path } : { kind: "too old", path, version };
}

/** The newest accepted version among the engine's plugins. */
function findPlugin(
    plugin: string,
    program: string,
    accepts: (version: Version) => boolean,
    env: NodeJS.ProcessEnv,
): string | undefined {
    const folder = join(env.PULUMI_HOME || join(homedir(), ".pulumi"), "plugins");
    const prefix = `resource-${plugin}-v`;
    const candidates = (existsSync(folder) ? readdirSync(folder) : [])
        .filter((entry) => entry.startsWith(prefix))
        .flatMap((entry) => {
            const version = findVersion(entry.slice(prefix.length));
            const path = join(folder, entry, program);
            return version !== undefined && accepts(version) && isExecutable(path) ? [{ path, version }] : [];
        });
    return candidates.reduce<(typeof candidates)[number] | undefined>(
        (best, next) => (best === undefined || isAtLeast(next.version, best.version) ? next : best),
        undefined,
    )?.path;
}

function versionOf(path: string, args: readonly string[], env: NodeJS.ProcessEnv): Version | undefined {
    try {
        const output = execFileSync(path, args, {
            encoding: "utf8",
            env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
            stdio: ["ignore", "pipe", "ignore"],
            timeout: 20_000,
        });
        return findVersion(output);
    } catch {
        return undefined;
    }
}

function hasOfficialHosts(pulumi: string): boolean {
    const folder = dirname(realpathSync(pulumi));
    return officialHosts.every((host) => existsSync(join(folder, host)));
}

function isExecutable(path: string): boolean {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
    } catch {
        return false;
    }
}
