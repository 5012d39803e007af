/**
 * Makes the one API server of a sandbox look like that of a new cluster, for simulated clouds: what their cluster held
 * is gone when they delete it, without a word to anybody inside.
 *
 * The objects are taken out of etcd: through the API, finalizers whose controllers are gone would hold them for ever,
 * and with a real cluster nobody asks them either.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { reservePort } from "../ports";
import { isRunning } from "../processes";

const first = "/registry/";
const behindLast = "/registry0";
/** What etcd takes in one transaction. */
const mostOperations = 128;
const pauseMs = 100;
const timeoutMs = 30_000;
const quietRounds = 3;
/** What comes back more often is written by the control plane for itself, whoever uses the cluster. */
const mostRemovals = 3;

/** Where the objects lie. */
export function dataFolder(dir: string): string {
    return join(dir, "etcd");
}

/** The file that says what a cluster holds that nobody has used yet. */
export function freshClusterFile(dir: string): string {
    return join(dir, "fresh-cluster.json");
}

/** Notes the objects of a control plane that was made just now. */
export async function rememberFreshCluster(dir: string, etcdPort: number): Promise<void> {
    writeFileSync(freshClusterFile(dir), JSON.stringify(await listKeys(etcdPort)));
}

/**
 * Removes everything that a new cluster does not have: namespaces with all they hold, definitions and objects of the
 * whole cluster. Nodes stay. Does nothing in a folder without a control plane.
 */
export async function emptyCluster(dir: string): Promise<void> {
    if (!existsSync(dataFolder(dir))) {
        return;
    }
    if (!isRunning(dir, "etcd")) {
        rmSync(dataFolder(dir), { recursive: true });
        rmSync(freshClusterFile(dir), { force: true });
        return;
    }
    if (!existsSync(freshClusterFile(dir))) {
        throw new Error(`${freshClusterFile(dir)}: missing. Remove the sandbox (npm stop) and start it again.`);
    }
    const fresh = new Set(JSON.parse(readFileSync(freshClusterFile(dir), "utf8")) as string[]);
    const port = await reservePort(dir, "etcd");
    const end = Date.now() + timeoutMs;
    const removals = new Map<string, number>();
    // Controllers still write about what they have just lost, so once is not enough.
    for (let quiet = 0; quiet < quietRounds;) {
        const found = (await listKeys(port)).filter((key) => !fresh.has(key) && !isKept(key));
        await deleteKeys(port, found);
        found.forEach((key) => removals.set(key, (removals.get(key) ?? 0) + 1));
        const left = found.filter((key) => (removals.get(key) ?? 0) <= mostRemovals);
        quiet = left.length === 0 ? quiet + 1 : 0;
        if (Date.now() > end) {
            throw new Error(`the cluster in ${dir} does not get empty: ${left.join(", ")} came last`);
        }
        await sleep(pauseMs);
    }
}

/** What belongs to the sandbox rather than to the cluster, and what the components write all the time. */
function isKept(key: string): boolean {
    return (
        /^\/registry\/(masterleases|leases\/kube-[a-z-]+|csinodes|minions)\//.test(key) ||
        /^\/registry\/(configmaps|serviceaccounts)\/(default|kube-[a-z-]+)\/(kube-root-ca\.crt|default)$/.test(key) ||
        // The sandbox's own, for clusters that are no cloud's (../operator/controller/volumes.ts).
        key === "/registry/storageclasses/standard"
    );
}

async function listKeys(port: number): Promise<string[]> {
    const range = { key: encode(first), range_end: encode(behindLast), keys_only: true };
    const { kvs = [] } = (await callEtcd(port, "range", range)) as { kvs?: { key: string }[] };
    return kvs.map(({ key }) => Buffer.from(key, "base64").toString("utf8"));
}

async function deleteKeys(port: number, keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += mostOperations) {
        const success = keys
            .slice(start, start + mostOperations)
            .map((key) => ({ request_delete_range: { key: encode(key) } }));
        await callEtcd(port, "txn", { success });
    }
}

/** https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway/ */
async function callEtcd(port: number, method: "range" | "txn", body: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${port}/v3/kv/${method}`, {
        method: "POST",
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) {
        throw new Error(`etcd: ${method} ended with ${response.status}: ${await response.text()}`);
    }
    return response.json();
}

function encode(text: string): string {
    return Buffer.from(text).toString("base64");
}
