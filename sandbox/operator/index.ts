/** The W&B side of the sandbox: chart repository, release channel and the stand-in operator's controller. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ControlPlane } from "../control-plane";
import { reservePort } from "../ports";
import { isRunning, logFile, logTail, signalProcess, startProcess, stopProcess, waitFor } from "../processes";
import type { ProcessSpec } from "../processes";
import type { Log, Toolchain } from "../toolchain";
import type { ChannelDocument, ChannelRequestRecord } from "./channel-document";
import { defaultChannel } from "./channel-document";
import { createClient } from "./controller/kube";
import { holdDeployment, releaseDeployment } from "./holds";
import { buildRepository } from "./packages";
import type { ExtraChart } from "./packages";

export type { ChannelDocument, ChannelRequestRecord } from "./channel-document";
export { packageChart } from "./packages";

/** What {@link startOperatorServices} needs. */
export interface OperatorServicesOptions {
    dir: string;
    controlPlane: ControlPlane;
    toolchain: Toolchain;
    log: Log;
    /** Factor on the operator's pauses (2 s, 1 min, 1 h); 1 when absent. */
    timeScale?: number;
    /** More charts for the repository. */
    extraCharts?: ExtraChart[];
}

/** The running services and their fault switches. */
export interface OperatorServices {
    /** Helm repository with `operator` and `operator-wandb`. */
    repositoryUrl: string;
    /** The same charts over OCI: `<ociUrl>/<chart>`, plain HTTP. */
    ociUrl: string;
    /** For the operator's DEPLOYER_CHANNEL_URL; without one the operator asks here too, never the vendor. */
    channelUrl: string;
    channel(): ChannelDocument;
    setChannel(document: ChannelDocument): void;
    /** What the channel was asked, the oldest first. */
    channelRequests(): ChannelRequestRecord[];
    channelDown(): Promise<void>;
    channelUp(): Promise<void>;
    repositoryDown(): Promise<void>;
    repositoryUp(): Promise<void>;
    /** New pods of this Deployment wait in ImagePullBackOff until it is released. It need not exist yet. */
    holdDeployment(namespace: string, name: string): Promise<void>;
    releaseDeployment(namespace: string, name: string): Promise<void>;
    /** Whether Ingresses that have no address yet get one. */
    giveIngressAddresses(enabled: boolean): void;
    /** Freezes the controller process (all operators of the cluster), as a node that hangs. */
    pauseController(): void;
    resumeController(): void;
}

const startTimeoutMs = 60_000;
const names = { repository: "chart-repository", channel: "release-channel", controller: "operator-controller" };

/** Starts what does not run yet and returns when all of it answers. */
export async function startOperatorServices(options: OperatorServicesOptions): Promise<OperatorServices> {
    const { dir, controlPlane, toolchain, log } = options;
    const [repositoryPort, channelPort] = [
        await reservePort(dir, names.repository),
        await reservePort(dir, names.channel),
    ];
    const repositoryUrl = `http://127.0.0.1:${repositoryPort}`;
    const channelUrl = `http://127.0.0.1:${channelPort}`;
    const helm = toolchain.path("helm");
    const folder = await buildRepository(dir, { helm, url: repositoryUrl, extraCharts: options.extraCharts });
    const channelFile = join(dir, "channel.json");
    const setChannel = (document: ChannelDocument) =>
        writeFileSync(channelFile, JSON.stringify(document, undefined, 4));
    if (!existsSync(channelFile)) {
        setChannel(defaultChannel(repositoryUrl));
    }
    const repository = program(names.repository, "repository-server.ts", { folder, port: repositoryPort });
    const channel = program(names.channel, "channel-server.ts", { dir, port: channelPort });
    const controller = program(names.controller, join("controller", "main.ts"), {
        dir,
        kubeconfig: controlPlane.kubeconfigPath,
        helm,
        "channel-url": channelUrl,
        "time-scale": options.timeScale ?? 1,
    });
    await startServer(dir, repository, `${repositoryUrl}/index.yaml`, log);
    await startServer(dir, channel, `${channelUrl}/`, log);
    await startController(dir, controller, log);
    const client = createClient(controlPlane.kubeconfigPath);
    return {
        repositoryUrl,
        ociUrl: `oci://127.0.0.1:${repositoryPort}/charts`,
        channelUrl,
        channel: () => JSON.parse(readFileSync(channelFile, "utf8")) as ChannelDocument,
        setChannel,
        channelRequests: () => readRequests(dir),
        channelDown: () => stopProcess(dir, names.channel),
        channelUp: () => startServer(dir, channel, `${channelUrl}/`, log),
        repositoryDown: () => stopProcess(dir, names.repository),
        repositoryUp: () => startServer(dir, repository, `${repositoryUrl}/index.yaml`, log),
        holdDeployment: (namespace, name) => holdDeployment(client, namespace, name),
        releaseDeployment: (namespace, name) => releaseDeployment(client, namespace, name),
        giveIngressAddresses: (enabled) => writeSwitches(dir, { ingressAddresses: enabled }),
        pauseController: () => signalProcess(dir, names.controller, "SIGSTOP"),
        resumeController: () => signalProcess(dir, names.controller, "SIGCONT"),
    };
}

/** Stops the three processes; charts, channel document and logs stay. */
export async function stopOperatorServices(dir: string): Promise<void> {
    for (const name of [names.controller, names.channel, names.repository]) {
        await stopProcess(dir, name);
    }
}

function program(name: string, file: string, args: Record<string, string | number>): ProcessSpec {
    const flags = Object.entries(args).map(([key, value]) => `--${key}=${value}`);
    const loader = require.resolve("tsx");
    return { name, command: process.execPath, args: ["--import", loader, join(__dirname, file), ...flags] };
}

async function startServer(dir: string, spec: ProcessSpec, url: string, log: Log): Promise<void> {
    await startProcess(dir, spec);
    const answers = async () => {
        // Any status will do: a channel that is told to fail is up as well.
        const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
        await response.body?.cancel();
        if (!response.headers.get("x-sandbox")?.startsWith(dir)) {
            throw new Error(`${url} is answered by another program; stop it, or remove ${join(dir, "ports.json")}`);
        }
        return true;
    };
    await waitUntilUp(dir, spec.name, answers, log);
}

async function startController(dir: string, spec: ProcessSpec, log: Log): Promise<void> {
    const ready = join(dir, "operator", "ready");
    mkdirSync(join(dir, "operator"), { recursive: true });
    if (!isRunning(dir, spec.name)) {
        rmSync(ready, { force: true });
    }
    await startProcess(dir, spec);
    const ownArgs = spec.args.slice(spec.args.findIndex((arg) => arg.startsWith("--dir="))).join("\n");
    const isReady = () => existsSync(ready) && readFileSync(ready, "utf8") === ownArgs;
    await waitUntilUp(dir, spec.name, () => Promise.resolve(isReady()), log);
}

function waitUntilUp(dir: string, name: string, check: () => Promise<boolean>, log: Log): Promise<void> {
    return waitFor(`${name} to start`, check, {
        timeoutMs: startTimeoutMs,
        log,
        hint: `See ${logFile(dir, name)}.`,
        giveUp: () => (isRunning(dir, name) ? undefined : `it has ended. Its last lines:\n${logTail(dir, name)}\n`),
    });
}

function readRequests(dir: string): ChannelRequestRecord[] {
    const file = join(dir, "channel-requests.jsonl");
    if (!existsSync(file)) {
        return [];
    }
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ChannelRequestRecord);
}

function writeSwitches(dir: string, switches: { ingressAddresses: boolean }): void {
    writeFileSync(join(dir, "operator", "switches.json"), JSON.stringify(switches));
}
