/** The environment in which the sandbox runs the Pulumi CLI: everything it reads and writes lies in the instance. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { commandFolder, installAwsCli } from "../aws-cli";
import { installGkeAuthPlugin } from "../gke-auth";
import { installKubelogin } from "../kubelogin";
import type { Toolchain } from "../toolchain";

/** What decides the environment. */
export interface PulumiEnvironmentOptions {
    /** The sandbox instance's folder. */
    dir: string;
    toolchain: Pick<Toolchain, "binDir" | "env">;
    /** Whether a person reads the output; default: whether this process writes to a terminal. */
    terminal?: boolean;
    /** How slow the simulated clouds are: 0 (default) = at once, 1 = as the real ones. */
    timeScale?: number;
}

/** Where the engine of an instance keeps plugins and credentials. */
export function pulumiHome(dir: string): string {
    return join(dir, "pulumi-home");
}

/**
 * Environment for `pulumi` with the instance's own home, state and passphrase, which are made when absent.
 *
 * @throws when stacks exist whose passphrase is lost
 */
export function pulumiEnvironment(options: PulumiEnvironmentOptions): NodeJS.ProcessEnv {
    const { dir, toolchain, terminal = process.stdout.isTTY, timeScale } = options;
    const state = join(dir, "state");
    mkdirSync(state, { recursive: true });
    mkdirSync(pulumiHome(dir), { recursive: true });
    installAwsCli(dir);
    installGkeAuthPlugin(dir);
    installKubelogin(dir);
    const path = [commandFolder(dir), toolchain.binDir, dirname(process.execPath), toolchain.env["PATH"] ?? ""];
    const env: NodeJS.ProcessEnv = {
        ...toolchain.env,
        // Programs and plugins run on the Node.js that runs the sandbox: the one of PATH may be too old. Kubeconfigs
        // of simulated clusters must not meet the real AWS CLI, gcloud's plugin or kubelogin, which know nothing of them.
        PATH: path.join(delimiter),
        PULUMI_HOME: pulumiHome(dir),
        PULUMI_BACKEND_URL: pathToFileURL(state).href,
        PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(dir, state),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        // The Kubernetes provider is in the toolchain's folder too, and from PATH the engine takes it with a warning.
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        SANDBOX_DIR: dir,
    };
    // It would win over the file.
    delete env["PULUMI_CONFIG_PASSPHRASE"];
    if (!terminal) {
        env["NO_COLOR"] = "1";
    }
    if (timeScale !== undefined) {
        env["SANDBOX_TIME_SCALE"] = String(timeScale);
    }
    return env;
}

function passphraseFile(dir: string, state: string): string {
    const file = join(dir, "passphrase");
    if (existsSync(file)) {
        return file;
    }
    const stacks = join(state, ".pulumi", "stacks");
    if (existsSync(stacks) && readdirSync(stacks).length > 0) {
        throw new Error(
            `${file}: missing, but ${stacks} holds stacks that are encrypted with it. ` +
                `Put the file back, or delete ${dir} to start anew.`,
        );
    }
    writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
    return file;
}
