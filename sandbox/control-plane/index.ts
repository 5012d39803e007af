/**
 * A real Kubernetes control plane on loopback: etcd, API server, controller manager, scheduler, and kwok in the place of
 * nodes. Data live in `<dir>/etcd` and stay when it is stopped, so that a start after a stop finds the same objects;
 * {@link resetControlPlane} removes them.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { join, resolve } from "node:path";
import { forgetPort, isPortFree, reservePort } from "../ports";
import { isRunning, logFile, logTail, startProcess, stopProcess, waitFor } from "../processes";
import type { Log, Toolchain } from "../toolchain";
import { withLock } from "../toolchain/lock";
import type { ApiAccess } from "./api";
import { answersOk, callApi, createIfAbsent } from "./api";
import type { ComponentContext, ComponentName, ComponentPorts } from "./components";
import { componentNames, componentSpec } from "./components";
import { contextName, credentialPaths, ensureCredentials, readCertificate, writeKubeconfig } from "./credentials";
import { dataFolder, freshClusterFile, rememberFreshCluster } from "./empty";
import { fakeNodes, podLogsDefinition } from "./kwok";

export { emptyCluster } from "./empty";

/** A control plane that answers. */
export interface ControlPlane {
    kubeconfigPath: string;
    /** The text of the kubeconfig, certificate and token included. */
    kubeconfig: string;
    context: string;
    server: string;
}

const authenticator = "eks-authenticator";
const startTimeoutMs = 120_000;
const healthTimeoutMs = 3_000;
/** A component that does not answer is not given long to end in good order; etcd loses nothing by it. */
const silentGraceMs = 1_000;

/**
 * Starts what does not answer, keeps what does, and returns when the nodes are Ready. Two starts of the same directory
 * wait for each other.
 */
export async function startControlPlane(dir: string, toolchain: Toolchain, log: Log): Promise<ControlPlane> {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return withLock(join(dir, "control-plane.lock"), `starting the control plane in ${dir}`, log, () =>
        startAll(resolve(dir), toolchain, log),
    );
}

/** Stops the processes, those that depend on others first. The data stay. */
export async function stopControlPlane(dir: string): Promise<void> {
    await stopProcess(dir, authenticator);
    for (const name of [...componentNames].reverse()) {
        await stopProcess(dir, name);
    }
}

/** Stops the processes and removes every object, key and kubeconfig; ports and logs stay. */
export async function resetControlPlane(dir: string): Promise<void> {
    await stopControlPlane(dir);
    const paths = credentialPaths(dir);
    for (const path of [
        dataFolder(dir),
        freshClusterFile(dir),
        paths.folder,
        paths.kubeconfig,
        join(dir, "kwok.yaml"),
        join(dir, "operator-logs"),
    ]) {
        rmSync(path, { recursive: true, force: true });
    }
}

async function startAll(dir: string, toolchain: Toolchain, log: Log): Promise<ControlPlane> {
    const token = ensureCredentials(dir);
    const ports = await choosePorts(dir, log);
    const context: ComponentContext = { dir, ports, path: (name) => toolchain.path(name) };
    const server = `https://127.0.0.1:${ports["kube-apiserver"]}`;
    const isNew = !existsSync(dataFolder(dir));

    await startComponent(context, "etcd", log, () => etcdAnswers(ports.etcd));
    await startComponent(context, "kube-apiserver", log, async () =>
        answersOk(readAccess(dir, server, token), "/readyz"),
    );
    const access = readAccess(dir, server, token);
    const kubeconfig = writeKubeconfig(dir, server, token);

    await createIfAbsent(access, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", podLogsDefinition());
    for (const node of fakeNodes()) {
        await createIfAbsent(access, "/api/v1/nodes", node);
    }
    await waitFor("the definition of pod logs", () => answersOk(access, "/apis/kwok.x-k8s.io/v1alpha1/logs"), {
        timeoutMs: startTimeoutMs,
        log,
        hint: `See ${logFile(dir, "kube-apiserver")}.`,
    });
    const dependants = ["kube-controller-manager", "kube-scheduler", "kwok"] as const;
    await Promise.all([
        startAuthenticator(dir, ports[authenticator], log),
        ...dependants.map((name) =>
            startComponent(context, name, log, () =>
                answersOk({ ...access, server: `https://127.0.0.1:${ports[name]}` }, "/healthz"),
            ),
        ),
    ]);
    await waitFor("Ready nodes and the default service account", () => isUsable(access), {
        timeoutMs: startTimeoutMs,
        log,
        hint: `See ${logFile(dir, "kwok")} and ${logFile(dir, "kube-controller-manager")}.`,
    });
    if (isNew) {
        await rememberFreshCluster(dir, ports.etcd);
    }
    return { kubeconfigPath: credentialPaths(dir).kubeconfig, kubeconfig, context: contextName, server };
}

/** The remembered ports; a port that a stranger took while we were stopped is replaced. */
async function choosePorts(dir: string, log: Log): Promise<ComponentPorts> {
    const reserve = async (name: string, owner: ComponentName | typeof authenticator): Promise<number> => {
        const port = await reservePort(dir, name);
        if (isRunning(dir, owner) || (await isPortFree(port))) {
            return port;
        }
        log(`port ${port} of ${owner} is used by another program now; taking a new one`);
        forgetPort(dir, name);
        return reservePort(dir, name);
    };
    return {
        etcd: await reserve("etcd", "etcd"),
        "etcd-peer": await reserve("etcd-peer", "etcd"),
        "kube-apiserver": await reserve("kube-apiserver", "kube-apiserver"),
        "kube-controller-manager": await reserve("kube-controller-manager", "kube-controller-manager"),
        "kube-scheduler": await reserve("kube-scheduler", "kube-scheduler"),
        kwok: await reserve("kwok", "kwok"),
        [authenticator]: await reserve(authenticator, authenticator),
    };
}

/** Starts one component and waits for its answer. One that runs and does not answer is stopped first. */
async function startComponent(
    context: ComponentContext,
    name: ComponentName,
    log: Log,
    answers: () => Promise<boolean>,
): Promise<void> {
    const { dir } = context;
    if (isRunning(dir, name) && !(await answersWithin(answers, healthTimeoutMs))) {
        log(`${name} runs but does not answer; starting it again`);
        await stopProcess(dir, name, silentGraceMs);
    }
    await startProcess(dir, componentSpec(context, name));
    await waitFor(`${name} to answer`, answers, {
        timeoutMs: startTimeoutMs,
        log,
        hint: `See ${logFile(dir, name)}.`,
        giveUp: () => (isRunning(dir, name) ? undefined : `it has ended. Its last lines:\n${logTail(dir, name)}\n`),
    });
}

/** Nobody but callers of a simulated EKS cluster needs it. */
async function startAuthenticator(dir: string, port: number, log: Log): Promise<void> {
    const program = join(__dirname, "authenticator-server.ts");
    const flags = [`--dir=${dir}`, `--port=${port}`];
    await startProcess(dir, {
        name: authenticator,
        command: process.execPath,
        args: ["--import", require.resolve("tsx"), program, ...flags],
    });
    const answers = async () => {
        const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(healthTimeoutMs) });
        return ((await response.json()) as { dir?: string }).dir === dir;
    };
    await waitFor(`${authenticator} to answer`, answers, {
        timeoutMs: startTimeoutMs,
        log,
        hint: `See ${logFile(dir, authenticator)}.`,
        giveUp: () => (isRunning(dir, authenticator) ? undefined : `it has ended:\n${logTail(dir, authenticator)}\n`),
    });
}

async function answersWithin(answers: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
    try {
        await waitFor("an answer", answers, { timeoutMs });
        return true;
    } catch {
        return false;
    }
}

function readAccess(dir: string, server: string, token: string): ApiAccess {
    return { server, token, certificateAuthority: readCertificate(dir) };
}

async function isUsable(access: ApiAccess): Promise<boolean> {
    if (!(await answersOk(access, "/api/v1/namespaces/default/serviceaccounts/default"))) {
        return false;
    }
    const reply = await callApi(access, "GET", "/api/v1/nodes");
    const { items } = JSON.parse(reply.body) as { items: NodeSummary[] };
    return (
        items.length >= fakeNodes().length &&
        items.every(
            (node) =>
                (node.spec.taints ?? []).length === 0 &&
                node.status.conditions?.some(({ type, status }) => type === "Ready" && status === "True"),
        )
    );
}

interface NodeSummary {
    spec: { taints?: unknown[] };
    status: { conditions?: { type: string; status: string }[] };
}

function etcdAnswers(port: number): Promise<boolean> {
    return new Promise((settle, reject) => {
        const options = { host: "127.0.0.1", port, path: "/health", signal: AbortSignal.timeout(healthTimeoutMs) };
        const call = request(options, (response) => {
            response.resume();
            settle(response.statusCode === 200);
        });
        call.on("error", reject);
        call.end();
    });
}
