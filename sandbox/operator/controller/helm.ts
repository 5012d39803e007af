/** The helm binary, as the service account of the operator. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OciChart, RepositoryChart } from "./charts";
import type { Values } from "./merge";

/** How to run helm for one operator. */
export interface HelmSettings {
    binary: string;
    kubeconfigPath: string;
    /** The service account, as the API server names it. */
    actAs: string;
    /** Folder for caches and downloads; made when missing. */
    workDir: string;
    /** Kills a running helm, as the end of the pod would. */
    until: AbortSignal;
}

/** User name and password of a chart source; empty for none. */
export interface ChartCredentials {
    username: string;
    password: string;
}

/** Installs, upgrades and removes releases. Errors carry what helm said. */
export class Helm {
    constructor(private readonly settings: HelmSettings) {}

    /** Installs the release, or upgrades what has its name, whoever made it. Waits for hooks only. */
    async apply(name: string, namespace: string, chartPath: string, values: Values): Promise<void> {
        await this.inFolder(async (folder) => {
            const file = join(folder, "values.json");
            // Values may hold passwords: never on the command line, and readable by the owner only.
            writeFileSync(file, JSON.stringify(values), { mode: 0o600 });
            const release = ["upgrade", "--install", name, chartPath, "--values", file, "--history-max", "10"];
            await this.run([...release, ...this.target(namespace)], {});
        });
    }

    /** Removes the release and waits until its objects are gone. Fails when there is none. */
    async uninstall(name: string, namespace: string): Promise<void> {
        await this.run(["uninstall", name, "--wait", "--timeout", "10m", ...this.target(namespace)], {});
    }

    /** Downloads a chart and hands the file to `use`, after which it is removed. */
    async withChart<T>(
        chart: OciChart | RepositoryChart,
        credentials: ChartCredentials,
        use: (path: string) => Promise<T>,
    ): Promise<T> {
        return this.inFolder(async (folder) => {
            const env = { HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder };
            const version = chart.version === "" ? [] : ["--version", chart.version];
            const target = join(folder, "pulled");
            mkdirSync(target);
            if (chart.kind === "oci") {
                const config = join(folder, "registry.json");
                writeFileSync(config, registryConfig(chart.url, credentials), { mode: 0o600 });
                const plain = chart.plainHTTP ? ["--plain-http"] : [];
                const oci = { ...env, HELM_REGISTRY_CONFIG: config };
                await this.run(["pull", chart.url, ...version, ...plain, "--destination", target], oci);
            } else {
                const login =
                    credentials.username === "" ? [] : ["--username", credentials.username, "--password-stdin"];
                await this.run(["repo", "add", "source", chart.url, ...login], env, credentials.password);
                await this.run(["pull", `source/${chart.name}`, ...version, "--destination", target], env);
            }
            const [file] = readdirSync(target);
            return use(join(target, file));
        });
    }

    private target(namespace: string): string[] {
        const { kubeconfigPath, actAs } = this.settings;
        return ["--namespace", namespace, "--kubeconfig", kubeconfigPath, "--kube-as-user", actAs];
    }

    private async inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
        mkdirSync(this.settings.workDir, { recursive: true, mode: 0o700 });
        const folder = mkdtempSync(join(this.settings.workDir, "helm-"));
        try {
            return await use(folder);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    }

    private run(args: string[], env: NodeJS.ProcessEnv, input = ""): Promise<void> {
        return new Promise((resolve, reject) => {
            const child = spawn(this.settings.binary, args, {
                env: { ...process.env, HELM_CACHE_HOME: this.settings.workDir, ...env, HELM_DRIVER: "secret" },
                stdio: ["pipe", "ignore", "pipe"],
                signal: this.settings.until,
                killSignal: "SIGKILL",
            });
            const errors: Buffer[] = [];
            child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
            child.on("error", reject);
            // A helm that ends before it read its input is reported by its exit code.
            child.stdin.on("error", () => undefined);
            child.stdin.end(input);
            child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(errorText(errors, code)))));
        });
    }
}

/** What helm printed, without its warnings and its "Error: ". */
function errorText(chunks: Buffer[], code: number | null): string {
    const lines = Buffer.concat(chunks).toString("utf8").trim().split("\n");
    const useful = lines.filter((line) => !/^(WARNING|W\d{4}|I\d{4}|level=WARN)/.test(line)).join("\n");
    return useful.replace(/^Error: /m, "") || `helm ended with code ${code}`;
}

function registryConfig(url: string, { username, password }: ChartCredentials): string {
    // Only both together are used.
    if (username === "" || password === "") {
        return "{}";
    }
    const auth = Buffer.from(`${username}:${password}`).toString("base64");
    return JSON.stringify({ auths: { [new URL(url.replace(/^oci:/, "http:")).host]: { auth } } });
}
