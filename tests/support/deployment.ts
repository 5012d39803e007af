/** A program with one WandbDeployment, run by the real engine against the sandbox's API server and stand-in operator. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WandbDeploymentArgs } from "../../sdk/index";
import { removeInstance, startInstance, type SandboxInstance } from "../../sandbox/instance";
import { createClient, type KubeClient } from "../../sandbox/operator/controller/kube";
import { sandboxLicense } from "../../sandbox/stacks/local";
import { ScratchProgram } from "./scratch-program";

/** Pauses of the stand-in operator: 2 s become 40 ms, a minute 1.2 s. */
const timeScale = 0.02;

/** Strings with this prefix in test arguments reach the component as secrets. */
export const SecretPrefix = "secret:";

/** Strings with this prefix become known only once another resource of the program is made. */
export const LaterPrefix = "later:";

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
let other;
const later = (value) => {
    other ??= new (require("@pulumi/random/randomPet").RandomPet)("other");
    return other.id.apply(() => value);
};
const mark = (value) =>
    typeof value === "string" && value.startsWith("${SecretPrefix}") ? pulumi.secret(value.slice(${SecretPrefix.length}))
    : typeof value === "string" && value.startsWith("${LaterPrefix}") ? later(value.slice(${LaterPrefix.length}))
    : Array.isArray(value) ? value.map(mark)
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner)]))
    : value;
const deployments = JSON.parse(fs.readFileSync(path.join(__dirname, "deployments.json"), "utf8"));
const kubeconfig = fs.readFileSync(process.env.KUBECONFIG, "utf8");
const ownProvider = (name) => {
    const { Provider } = require("@pulumi/kubernetes/provider");
    return new Provider(name, { kubeconfig, upsertExistingObjects: true });
};
const hasty = (timeout) => ({ type, props, opts }) =>
    type.endsWith("WeightsAndBiases") ? { props, opts: { ...opts, customTimeouts: { delete: timeout } } } : undefined;
for (const [name, { ownProvider: provided, deleteTimeout, ...args }] of Object.entries(deployments)) {
    const existing = { ...(provided ? {} : { kubeconfig }), ...args.existing };
    const opts = provided ? { providers: [ownProvider(name + "-own")] } : {};
    if (deleteTimeout) opts.transforms = [hasty(deleteTimeout)];
    const deployment = new WandbDeployment(name, mark({ ...args, existing }), opts);
    const { url, consoleUrl, consolePasswordCommand, address, operatorVersion, chartVersion, manifest, namespace } = deployment;
    exports[name] = { url, consoleUrl, consolePasswordCommand, address, operatorVersion, chartVersion, manifest, namespace };
}
`;

/** Arguments as JSON: no Outputs, secrets and unknown values by prefix. `existing` may be left out. */
export type JsonArgs = Omit<WandbDeploymentArgs, "existing"> & {
    existing?: { context?: string; kubeconfig?: string };
    /** Hands a provider object over in `opts.providers`; then there is no kubeconfig but the one of `existing`. */
    ownProvider?: boolean;
    /** How long destroy waits for the custom resource, by a transform: 15 minutes are too long for a test. */
    deleteTimeout?: string;
};

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
