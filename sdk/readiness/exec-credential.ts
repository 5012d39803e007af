import { execFile } from "node:child_process";
import { ApiError, messageOf, WithoutWaiting } from "./api-error";
import { redact } from "./redact";

/** A credential plugin of a kubeconfig. */
export interface ExecPlugin {
    readonly command: string;
    readonly args: readonly string[];
    readonly env: readonly (readonly [string, string])[];
    readonly installHint?: string;
    /** What the plugin is told in KUBERNETES_EXEC_INFO. */
    readonly request: Readonly<Record<string, unknown>>;
}

/** What a plugin hands out. */
export interface ExecCredential {
    readonly token?: string;
    readonly clientCertificateData?: string;
    readonly clientKeyData?: string;
}

interface Cached {
    readonly credential: ExecCredential;
    readonly expires: number;
}

const PluginTimeoutMs = 60_000;
const RenewBeforeExpiryMs = 60_000;
const cache = new WeakMap<ExecPlugin, Promise<Cached>>();

/** Where to get the plugins of the three clouds, when the kubeconfig does not say it. */
const InstallHints: Readonly<Record<string, string>> = {
    aws: "Install the AWS command line tool, version 2.",
    "aws-iam-authenticator":
        "Install aws-iam-authenticator, or write the kubeconfig anew with `aws eks update-kubeconfig`.",
    "gke-gcloud-auth-plugin": "Install it with `gcloud components install gke-gcloud-auth-plugin`.",
    kubelogin: "Install it with `az aks install-cli`.",
};

/**
 * Asks a credential plugin, or takes what it gave before while that is valid. Requests that run side by side share one call.
 *
 * @throws ApiError naming the command and, when it is missing, where to get it.
 */
export async function execCredential(plugin: ExecPlugin, renew: boolean): Promise<ExecCredential> {
    const before = cache.get(plugin);
    if (before && !renew) {
        const { credential, expires } = await before;
        if (expires > Date.now()) {
            return credential;
        }
    }
    const next = run(plugin);
    cache.set(plugin, next);
    try {
        return (await next).credential;
    } catch (error) {
        cache.delete(plugin);
        throw error;
    }
}

async function run(plugin: ExecPlugin): Promise<Cached> {
    const output = await call(plugin);
    let status: (ExecCredential & { expirationTimestamp?: string }) | undefined;
    try {
        status = (JSON.parse(output) as { status?: typeof status }).status;
    } catch {
        status = undefined;
    }
    if (!status || (status.token === undefined && status.clientCertificateData === undefined)) {
        throw failure(plugin, "printed no credential", "Run it by hand and see what it says.");
    }
    const expires = Date.parse(status.expirationTimestamp ?? "");
    return { credential: status, expires: Number.isNaN(expires) ? Infinity : expires - RenewBeforeExpiryMs };
}

function call(plugin: ExecPlugin): Promise<string> {
    const env = {
        ...process.env,
        ...Object.fromEntries(plugin.env),
        KUBERNETES_EXEC_INFO: JSON.stringify(plugin.request),
    };
    return new Promise((resolve, reject) => {
        const child = execFile(
            plugin.command,
            plugin.args,
            { env, timeout: PluginTimeoutMs, maxBuffer: 4 * 1024 * 1024 },
            (error, stdout, stderr) => {
                if (!error) {
                    resolve(stdout);
                } else if (error.code === "ENOENT" || error.code === "EACCES") {
                    const remedy =
                        plugin.installHint ??
                        InstallHints[baseName(plugin.command)] ??
                        "Install it, and put it on PATH.";
                    reject(failure(plugin, "is not there or cannot be run on this machine", remedy));
                } else {
                    const words = redact(
                        stderr.trim().split("\n").slice(-3).join(" ") ||
                            messageOf(error.killed ? "no answer in 60s" : error.message),
                    );
                    reject(failure(plugin, `failed: ${words}`, "Log in with the cloud's command line tool again."));
                }
            },
        );
        // A plugin that asks a question must get an end of input, not a wait for ever.
        child.stdin?.end();
    });
}

function baseName(command: string): string {
    return command.replace(/^.*[\\/]/, "").replace(/\.exe$/, "");
}

function failure(plugin: ExecPlugin, problem: string, remedy: string): ApiError {
    return new ApiError(
        "setup",
        `kubeconfig: the credential plugin "${plugin.command}" ${problem}. ${remedy.trim()} ${WithoutWaiting}`,
    );
}
