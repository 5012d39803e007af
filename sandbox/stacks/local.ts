/** The stack `local` of the root program: what it needs to be told about the sandbox. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { askEngine, isLeftLocked, mendState, type EngineOptions } from "./engine";
import type { SandboxInstance } from "./instance";
import type { Log } from "./toolchain";

/** Name of the sandbox's stack. */
export const LocalStack = "local";

/** The root of the checkout. */
export const ProjectFolder = join(__dirname, "..");

/** Settings by path; a value that is secret is encrypted in the stack's config. */
interface Setting {
    readonly path: string;
    readonly value: string;
    readonly secret?: boolean;
}

/** How to run the engine on the root program against a sandbox. */
export function localEngine(instance: SandboxInstance): EngineOptions {
    return { program: instance.toolchain.path("pulumi"), cwd: ProjectFolder, env: instance.env };
}

/** Makes the stack when there is none, frees it from a killed run, and tells it where the sandbox's services are. */
export function prepareLocalStack(instance: SandboxInstance, log: Log): void {
    const engine = localEngine(instance);
    const state = join(instance.dir, "state");
    const configFile = join(ProjectFolder, `Pulumi.${LocalStack}.yaml`);
    if (!existsSync(join(state, ".pulumi", "stacks", "wandb", `${LocalStack}.json`))) {
        // It was encrypted for a sandbox that is gone.
        rmSync(configFile, { force: true });
    }
    if (mendState(state, "wandb", LocalStack)) {
        log("An earlier run was killed while it wrote the state: removed the empty file beside it.");
    }
    askEngine(["stack", "select", LocalStack, "--create"], engine);
    if (isLeftLocked(state, "wandb", LocalStack)) {
        log("An earlier run was killed and left the stack locked: unlocking it.");
        askEngine(["cancel", "--yes", "--stack", LocalStack], engine);
    }
    const present = JSON.parse(askEngine(["config", "--json", "--stack", LocalStack], engine)) as Record<
        string,
        { value?: string }
    >;
    // Defaults of Pulumi.yaml are listed too: an empty host is one.
    const settings = !present["wandb:host"]?.value
        ? [...firstSettings(), ...serviceSettings(instance)]
        : serviceSettings(instance);
    const flags = settings.flatMap(({ path, value, secret }) => [
        secret ? "--secret" : "--plaintext",
        `${path}=${value}`,
    ]);
    askEngine(["config", "set-all", "--path", "--stack", LocalStack, ...flags], engine);
}

/** Where things are in this sandbox. Set at every start, though ports rarely change. */
function serviceSettings({ controlPlane, operator }: SandboxInstance): Setting[] {
    return [
        { path: "existing.context", value: controlPlane.context },
        { path: "operator.chart.repository", value: operator.repositoryUrl },
        { path: "operator.channelUrl", value: operator.channelUrl },
    ];
}

/** A small deployment to begin with; yours to change with `npm run pulumi -- config set`. */
function firstSettings(): Setting[] {
    return [
        { path: "host", value: "https://wandb.sandbox.example" },
        { path: "license", value: sandboxLicense(), secret: true },
        { path: "database.install", value: "true" },
        { path: "bucket.provider", value: "s3" },
        { path: "bucket.name", value: "wandb" },
        { path: "bucket.endpoint", value: "minio.sandbox.example:9000" },
        { path: "bucket.accessKey", value: "example-access-key", secret: true },
        { path: "bucket.secretKey", value: "example-secret-key", secret: true },
        { path: "ingress.className", value: "nginx" },
        { path: "ingress.tls.enabled", value: "false" },
        // So that `npm stop` can remove everything.
        { path: "deletionProtection", value: "false" },
    ];
}

/** A token of the form of a license. It licenses nothing: the stand-in operator reads no more than its form. */
export function sandboxLicense(): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    return [
        part({ alg: "RS256", kid: "sandbox" }),
        part({ deploymentId: "00000000-0000-0000-0000-000000000000", maxUsers: 1, exp: 4102444800 }),
        Buffer.from("not a signature").toString("base64url"),
    ].join(".");
}
