/** What the tests of the stand-in operator share: a cluster with it, and short ways to look at it. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { load } from "js-yaml";
import type { ControlPlane } from "../../sandbox/control-plane";
import { startControlPlane } from "../../sandbox/control-plane";
import { stopAll, waitFor } from "../../sandbox/processes";
import type { Toolchain } from "../../sandbox/toolchain";
import { ensureToolchain } from "../../sandbox/toolchain";
import type { OperatorServices } from "../../sandbox/operator";
import { startOperatorServices } from "../../sandbox/operator";
import type { KubeClient, KubeObject } from "../../sandbox/operator/controller/kube";
import { createClient, resourcePath, secretPath } from "../../sandbox/operator/controller/kube";

const run = promisify(execFile);

/** Longest wait for one thing to happen. */
export const timeoutMs = 60_000;

/** 2 s become 40 ms, a minute 1.2 s, an hour 72 s. */
const timeScale = 0.02;

/** Chart and values of a custom resource. */
export interface Resource {
    chart?: Record<string, unknown>;
    values?: Record<string, unknown>;
}

/** An Event on a custom resource. */
export interface ResourceEvent {
    reason: string;
    message: string;
    type: string;
    count: number;
}

/** The spec of a committed example resource. */
export function fixture(name: string): Resource {
    const file = readFileSync(join(__dirname, "..", "fixtures", `cr-${name}.yaml`), "utf8");
    return (load(file) as { spec: Resource }).spec;
}

/** The smallest values that give valid objects. Components come with cluster-wide ones, and one is always theirs. */
export function loudValues(extra: Record<string, unknown> = {}): Record<string, unknown> {
    const global = { host: "https://wandb.example.com", ...((extra.global as object | undefined) ?? {}) };
    return { ingress: { class: "nginx" }, ...extra, global };
}

/** The same without cluster-wide objects, so that resources of one name can live in many namespaces. */
export function smallValues(extra: Record<string, unknown> = {}): Record<string, unknown> {
    const app = extra.app === null ? null : { internalJWTMap: [], ...(extra.app ?? {}) };
    return loudValues({ console: { role: { type: "Role" } }, otel: { install: false }, ...extra, app });
}

/** The text of data in a Secret. */
export function encode(value: unknown): string {
    return Buffer.from(JSON.stringify(value)).toString("base64");
}

/** A control plane with the operator's services in a folder of its own. */
export class Cluster {
    private constructor(
        readonly dir: string,
        readonly toolchain: Toolchain,
        readonly controlPlane: ControlPlane,
        readonly services: OperatorServices,
        readonly client: KubeClient,
    ) {}

    static async start(): Promise<Cluster> {
        const log = (line: string) => console.log(`    ${line}`);
        const toolchain = await ensureToolchain(log);
        const dir = mkdtempSync(join(tmpdir(), "operator-standin-"));
        const controlPlane = await startControlPlane(dir, toolchain, log);
        const services = await startOperatorServices({ dir, controlPlane, toolchain, log, timeScale });
        return new Cluster(dir, toolchain, controlPlane, services, createClient(controlPlane.kubeconfigPath));
    }

    async stop(): Promise<void> {
        await stopAll(this.dir);
        rmSync(this.dir, { recursive: true, force: true });
    }

    async helm(...args: string[]): Promise<void> {
        await run(this.toolchain.path("helm"), [...args, "--kubeconfig", this.controlPlane.kubeconfigPath]);
    }

    async createNamespace(name: string): Promise<void> {
        await this.client.create("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }

    async installOperator(namespace: string, ...settings: string[]): Promise<void> {
        const chart = ["operator", "--repo", this.services.repositoryUrl, "--version", "1.4.8"];
        const flags = ["image.tag=1.22.0", ...settings].flatMap((setting) => ["--set", setting]);
        const target = ["--namespace", namespace, "--create-namespace"];
        await this.helm("upgrade", "--install", "operator", ...chart, ...target, ...flags);
    }

    /** Creates the resource `wandb`, or replaces its spec. */
    async apply(namespace: string, spec: Resource): Promise<void> {
        const metadata = { name: "wandb", namespace };
        const current = await this.client.find(resourcePath(namespace, "wandb"));
        if (current === undefined) {
            const kind = { apiVersion: "apps.wandb.com/v1", kind: "WeightsAndBiases" };
            await this.client.create(resourcePath(namespace), { ...kind, metadata, spec });
            return;
        }
        await this.client.replace(resourcePath(namespace, "wandb"), { ...current, spec });
    }

    async phase(namespace: string): Promise<unknown> {
        return (await this.client.get(resourcePath(namespace, "wandb"))).status?.phase;
    }

    async waitPhase(namespace: string, phase: string): Promise<void> {
        const isThere = async () => (await this.phase(namespace)) === phase;
        await waitFor(`phase ${phase} in ${namespace}`, isThere, { timeoutMs });
    }

    /** Deletes the resource; the finalizer may keep it. */
    async remove(namespace: string): Promise<void> {
        await this.client.delete(resourcePath(namespace, "wandb"));
    }

    async takeFinalizerOff(namespace: string): Promise<void> {
        await this.client.patch(resourcePath(namespace, "wandb"), { metadata: { finalizers: [] } });
    }

    async waitGone(path: string): Promise<void> {
        await waitFor(`${path} to be gone`, async () => (await this.client.find(path)) === undefined, { timeoutMs });
    }

    async names(path: string): Promise<string[]> {
        return (await this.client.list(path)).map((object) => object.metadata?.name ?? "").sort();
    }

    deployment(namespace: string, name: string): Promise<KubeObject> {
        return this.client.get(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`);
    }

    /** Events of the resource in the order in which each came first. */
    async events(namespace: string): Promise<ResourceEvent[]> {
        type Event = KubeObject & ResourceEvent & { involvedObject: { kind: string } };
        const events = (await this.client.list(`/api/v1/namespaces/${namespace}/events`)) as Event[];
        return events
            .filter(({ involvedObject }) => involvedObject.kind === "WeightsAndBiases")
            .sort((a, b) => ((a.metadata?.name ?? "") < (b.metadata?.name ?? "") ? -1 : 1))
            .map(({ reason, message, type, count }) => ({ reason, message, type, count }));
    }

    /** Values in one of the operator's Secrets. */
    async storedValues(namespace: string, name: string): Promise<Record<string, unknown>> {
        const secret = await this.client.get(secretPath(namespace, name));
        const text = Buffer.from(secret.data?.values ?? "", "base64").toString("utf8");
        return JSON.parse(text) as Record<string, unknown>;
    }

    /** Error lines about the resource in `namespace`, read from the pod's log the way a user reads them. */
    async errors(operatorNamespace: string, namespace: string): Promise<{ msg: string; error: string }[]> {
        const pods = `/api/v1/namespaces/${operatorNamespace}/pods`;
        const [pod] = await this.names(`${pods}?labelSelector=control-plane%3Dcontroller-manager`);
        assert.ok(pod, `no operator pod in ${operatorNamespace}`);
        const text = await this.client.text(`${pods}/${pod}/log?container=manager`);
        return text
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line) as { level: string; msg: string; error: string; namespace?: string })
            .filter((line) => line.level === "ERROR" && line.namespace === namespace);
    }

    /** Waits until the text of all error lines about the resource matches. */
    async waitError(operatorNamespace: string, namespace: string, pattern: RegExp): Promise<void> {
        const text = async () => (await this.errors(operatorNamespace, namespace)).map(({ error }) => error).join("\n");
        const isThere = async () => {
            const found = await text();
            if (!pattern.test(found)) {
                throw new Error(`log: ${found.slice(-300)}`);
            }
            return true;
        };
        await waitFor(`${pattern} in the log of ${operatorNamespace}`, isThere, { timeoutMs });
    }
}
