/** Runs the engine for a real cluster: the caller's backend and login, the published provider plugins, the real charts. */
import { delimiter, dirname } from "node:path";
import type { EngineOptions } from "./engine";
import { ProjectFolder } from "./stacks/stack";
import { ensureToolchain, type Log } from "./toolchain";
import { engineTools } from "./toolchain/tools";

/** An engine with the caller's own environment; only PATH is extended, for a `pulumi` that was built here. */
export async function realEngine(log: Log): Promise<EngineOptions> {
    // The engine alone: it fetches the published provider plugins itself.
    const toolchain = await ensureToolchain(log, engineTools);
    const path = [toolchain.binDir, dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
    return { program: toolchain.path("pulumi"), cwd: ProjectFolder, env: { ...process.env, PATH: path } };
}
