/** A program with one WandbDeployment, run by the real engine against the sandbox's API server and stand-in operator. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WandbDeploymentArgs } from "../../sdk/index";
import { removeInstance, startInstance, type SandboxInstance } from "../../sandbox/instance";
import { createClient, type KubeClient } from "../../sandbox/operator/controller/kube";
import { sandboxLicense } from "../../sandbox/local-stack";
import { ScratchProgram } from "./scratch-program";

/** Pauses of the stand-in operator: 2 s become 40 ms, a minute 1.2 s. */
const timeScale = 0.02;

/** Strings with this prefix in test arguments reach the component as secrets. */
export const SecretPrefix = "secret:";

let shared: Promise<SandboxInstance> | undefined;

/** The sandbox of this test run, started once for all suites that ask for it. */
export function sandbox(): Promise<SandboxInstance> {
    return (shared ??= startInstance({
        dir: mkdtempSync(join(tmpdir(), "wandb-sandbox-")),
        log: () => undefined,
        timeScale,
    }));
}

/** A client with all rights. */
export async function cluster(): Promise<KubeClient> {
    return createClient((await sandbox()).controlPlane.kubeconfigPath);
}

after("stop the sandbox", async function () {
    this.timeout(60_000);
    if (shared) {
        const { dir } = await shared;
        await removeInstance(dir);
        rmSync(dir, { recursive: true, force: true });
    }
});

/** Marks strings on their way into the component, and exports what tests look at. Plain JavaScript: it starts without compiler. */
const programText = `
const fs = require("node:fs");
const path = require("node:path");
const pulumi = require("@pulumi/pulumi");
const { WandbDeployment } = require("pulumi-wandb");
const mark = (value) =>
    typeof value === "string" && value.startsWith("${SecretPrefix}") ? pulumi.secret(value.slice(${SecretPrefix.length}))
    : Array.isArray(value) ? value.map(mark)
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner)]))
    : value;
const deployments = JSON.parse(fs.readFileSync(path.join(__dirname, "deployments.json"), "utf8"));
for (const [name, args] of Object.entries(deployments)) {
    const existing = { kubeconfig: fs.readFileSync(process.env.KUBECONFIG, "utf8"), ...args.existing };
    const deployment = new WandbDeployment(name, { ...mark(args), existing });
    const { url, consoleUrl, consolePasswordCommand, address, operatorVersion, chartVersion, manifest, namespace } = deployment;
    exports[name] = { url, consoleUrl, consolePasswordCommand, address, operatorVersion, chartVersion, manifest, namespace };
}
`;

/** Arguments as JSON: no Outputs, secrets by prefix. `existing` may be left out. */
export type JsonArgs = Omit<WandbDeploymentArgs, "existing"> & { existing?: { context?: string; kubeconfig?: string } };

/** One stack whose program holds the deployments of a test. */
export class DeploymentProgram {
    private constructor(
        readonly program: ScratchProgram,
        readonly instance: SandboxInstance,
    ) {}

    static async create(deployments: Record<string, JsonArgs>): Promise<DeploymentProgram> {
        const instance = await sandbox();
        const program = await ScratchProgram.create(
            { "Pulumi.yaml": "name: deployments\nruntime: nodejs\nmain: index.js\n", "index.js": programText },
            { KUBECONFIG: instance.controlPlane.kubeconfigPath },
        );
        const created = new DeploymentProgram(program, instance);
        created.change(deployments);
        return created;
    }

    /** Replaces the arguments for the next run. */
    change(deployments: Record<string, JsonArgs>): void {
        this.program.write({ "deployments.json": JSON.stringify(deployments) });
    }

    /** Runs `up` without the preview, as the engine's own confirmation would. */
    up(): Promise<string> {
        return this.program.succeed("up", "--yes", "--skip-preview");
    }

    /** Destroys the stack and forgets it. */
    async remove(): Promise<void> {
        await this.program.succeed("destroy", "--yes", "--skip-preview");
        this.program.remove();
    }
}

/** The least that a sandbox deployment needs, with charts and channel of the sandbox. */
export async function sandboxArgs(changes: Partial<JsonArgs> = {}): Promise<JsonArgs> {
    const { operator } = await sandbox();
    return {
        host: "wandb.sandbox.example",
        license: `${SecretPrefix}${sandboxLicense()}`,
        deletionProtection: false,
        database: { host: "mysql.sandbox.example", password: `${SecretPrefix}database-password` },
        bucket: { provider: "gcs", name: "wandb-files" },
        ingress: { className: "nginx", tls: { enabled: false } },
        readiness: { timeout: "60s" },
        ...changes,
        operator: {
            chart: { repository: operator.repositoryUrl },
            channelUrl: operator.channelUrl,
            ...changes.operator,
        },
    };
}
