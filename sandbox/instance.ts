/** One sandbox: control plane, stand-in operator and an environment for the Pulumi CLI, all in one folder. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { resetControlPlane, startControlPlane, type ControlPlane } from "./control-plane";
import { startOperatorServices, type OperatorServices } from "./operator";
import { stopAll } from "./processes";
import { installPlugins, pulumiEnvironment } from "./pulumi";
import { ensureToolchain, type Log, type Toolchain } from "./toolchain";
import { withLock } from "./toolchain/lock";

/** A sandbox that runs. */
export interface SandboxInstance {
    readonly dir: string;
    readonly toolchain: Toolchain;
    readonly controlPlane: ControlPlane;
    readonly operator: OperatorServices;
    /** Environment for `pulumi` and for programs that read KUBECONFIG. */
    readonly env: NodeJS.ProcessEnv;
}

/** How to start one. */
export interface InstanceOptions {
    readonly dir: string;
    readonly log: Log;
    /** How slow waits of the stand-ins are: 1 as the real ones, less in tests. */
    readonly timeScale?: number;
}

/** Starts what does not run yet and reuses what does: safe to repeat and to interrupt. */
export async function startInstance({ dir, log, timeScale }: InstanceOptions): Promise<SandboxInstance> {
    const toolchain = await ensureToolchain(log);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return withLock(join(dir, "instance.lock"), `starting the sandbox in ${dir}`, log, () =>
        startServices({ dir, log, timeScale }, toolchain),
    );
}

async function startServices({ dir, log, timeScale }: InstanceOptions, toolchain: Toolchain): Promise<SandboxInstance> {
    const controlPlane = await startControlPlane(dir, toolchain, log);
    const operator = await startOperatorServices({ dir, controlPlane, toolchain, log, timeScale });
    installPlugins(dir, toolchain);
    const env = { ...pulumiEnvironment({ dir, toolchain, timeScale }), KUBECONFIG: controlPlane.kubeconfigPath };
    return { dir, toolchain, controlPlane, operator, env };
}

/** Stops every process and removes all objects and state. */
export async function removeInstance(dir: string): Promise<void> {
    await stopAll(dir);
    await resetControlPlane(dir);
    rmSync(dir, { recursive: true, force: true });
}
