import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { mendState } from "../../sandbox/engine";
import { signalProcess } from "../../sandbox/processes";
import { secretPath, type KubeClient, type KubeObject } from "../../sandbox/operator/controller/kube";
import { cluster, DeploymentProgram, sandbox, sandboxArgs, type JsonArgs } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { KilledRun } from "../support/killed-run";
import { givenNamespaces, removeNamespaces } from "../support/given-namespaces";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const up = ["up", "--yes", "--skip-preview"];
const operatorNamespace = "killed-operator";
const record = "sh.helm.release.v1.operator.v1";
const updateRecord = "sh.helm.release.v1.operator.v2";

/** Helm's record of the finished installation, as a kill half-way leaves it: as another revision, in a status `pending-...`. */
async function pendingRecord(client: KubeClient, version: number, status: string): Promise<KubeObject> {
    const { metadata, type, data } = await client.get(secretPath(operatorNamespace, record));
    const packed = Buffer.from(data?.release ?? "", "base64").toString("utf8");
    const release = JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString("utf8")) as {
        version: number;
        info: { status: string };
    };
    release.version = version;
    release.info.status = status;
    const again = gzipSync(JSON.stringify(release)).toString("base64");
    return {
        type,
        metadata: { labels: { ...metadata?.labels, status, version: `${version}` } },
        data: { release: Buffer.from(again).toString("base64") },
    };
}

/** Makes of the finished installation one that was killed half-way. */
async function makePending(client: KubeClient): Promise<void> {
    const pending = await pendingRecord(client, 1, "pending-install");
    await client.patch(secretPath(operatorNamespace, record), pending);
}

/** Leaves what an update leaves that was killed half-way: a second record beside that of the installation. */
async function makeUpdatePending(client: KubeClient): Promise<void> {
    const pending = await pendingRecord(client, 2, "pending-upgrade");
    const metadata = { ...pending.metadata, name: updateRecord };
    await client.create(secretPath(operatorNamespace), { ...pending, metadata });
}

describe("an engine that is killed", function () {
    this.timeout(engineTimeoutMs);
    let deployment: DeploymentProgram;
    let args: JsonArgs;
    let client: KubeClient;
    let live: Live;

    const use = (step: string, changes: Partial<JsonArgs> = {}) =>
        deployment.change({ killed: { ...args, extraEnv: { STEP: step }, ...changes } });
    const applied = async () => (await live.container("wandb-app-bc")).env?.find(({ name }) => name === "STEP")?.value;
    const signalApiServer = async (signal: NodeJS.Signals) =>
        signalProcess((await sandbox()).dir, "kube-apiserver", signal);

    /** Starts `up` and kills it as soon as it says something; the API server stands still meanwhile. */
    async function killAt(pattern: RegExp): Promise<string> {
        const run = KilledRun.start(deployment.program, ...up);
        await run.said(pattern);
        await signalApiServer("SIGSTOP");
        try {
            return await run.kill();
        } finally {
            mendState(join(deployment.program.dir, "state"), "deployments", "dev");
            await signalApiServer("SIGCONT");
        }
    }

    async function unlock(): Promise<void> {
        const refused = await deployment.program.fail(...up);
        assert.match(refused, /the stack is currently locked/);
        assert.match(refused, /pulumi cancel/);
        await deployment.program.succeed("cancel", "--yes");
    }

    async function operatorChart(): Promise<string[]> {
        return ["operator", "--repo", (await sandbox()).operator.repositoryUrl, "--version", "1.4.8"];
    }

    async function helm(...command: string[]): Promise<void> {
        const { toolchain, controlPlane } = await sandbox();
        const place = ["--namespace", operatorNamespace, "--kubeconfig", controlPlane.kubeconfigPath];
        execFileSync(toolchain.path("helm"), [...command, ...place]);
    }

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        args = await sandboxArgs(await givenNamespaces(client, "killed"));
        live = new Live(client, "killed");
        deployment = await DeploymentProgram.create({});
    });

    after(async () => {
        (await sandbox()).operator.resumeController();
        await deployment.remove();
        await removeNamespaces(client, "killed");
    });

    it("says that the name is taken when Helm has the release and Pulumi does not, which an uninstall mends", async () => {
        use("release");
        await killAt(/Release killed-operator creating/);
        await unlock();
        // The kill may have come before Helm's first step or after it.
        if ((await client.find(secretPath(operatorNamespace, record))) !== undefined) {
            await helm("uninstall", "operator");
        }
        await helm("install", "operator", ...(await operatorChart()));
        const output = await deployment.program.fail(...up);
        assert.match(output, /Release \(killed-operator\):\s+error: cannot re-use a name that is still in use/);
        await helm("uninstall", "operator");
    });

    it("clears a half-done release by itself", async () => {
        await helm("install", "operator", ...(await operatorChart()));
        await makePending(client);
        const output = await killAt(/WeightsAndBiases killed-instance creating/);
        assert.match(
            output,
            /warning: Helm release "operator" was left half-done by an interrupted run: removed its record sh\.helm\.release\.v1\.operator\.v1 \(pending-install\)/,
        );
        const secret = await client.get(secretPath(operatorNamespace, record));
        assert.equal(secret.metadata?.labels?.status, "deployed");
    });

    it("goes on after a kill while the custom resource is made", async () => {
        await unlock();
        const output = await deployment.up();
        assert.match(output, /warning: Attempting to deploy or update resources with \d pending operations/);
        assert.equal(await applied(), "release");
        await deployment.program.succeed("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
        const run = await EngineRun.succeed(deployment.program, ...up);
        assert.deepEqual(run.changes(), []);
        assert.doesNotMatch(await run.succeeded(), /pending operations/);
    });

    it("goes on after a kill during the readiness wait", async () => {
        const { operator } = await sandbox();
        operator.pauseController();
        use("wait");
        await killAt(/waiting \(\d+s of 1m\)/);
        operator.resumeController();
        await unlock();
        await deployment.up();
        assert.equal(await applied(), "wait");
    });

    it("ends in good order on Ctrl-C during the readiness wait, and goes on with the next up", async () => {
        const { operator } = await sandbox();
        operator.pauseController();
        use("interrupt");
        const run = KilledRun.start(deployment.program, ...up);
        await run.said(/waiting \(\d+s of 1m\)/);
        assert.match(await run.interrupt(), /error: update canceled/);
        operator.resumeController();
        assert.deepEqual((await EngineRun.succeed(deployment.program, ...up)).losses(), []);
        assert.equal(await applied(), "interrupt");
    });

    it("clears a half-done update of the release by itself", async () => {
        await makeUpdatePending(client);
        use("update", { operator: { ...args.operator, extraEnv: { STEP: "update" } } });
        const run = await EngineRun.succeed(deployment.program, ...up);
        assert.match(
            await run.succeeded(),
            /warning: Helm release "operator" was left half-done by an interrupted run: removed its record sh\.helm\.release\.v1\.operator\.v2 \(pending-upgrade\)/,
        );
        assert.deepEqual(run.changes(), ["update killed-operator", "update killed-instance"]);
        const secret = await client.get(secretPath(operatorNamespace, updateRecord));
        assert.equal(secret.metadata?.labels?.status, "deployed");
        const operator = await new Live(client, operatorNamespace).container("wandb-controller-manager");
        assert.equal(operator.env?.find(({ name }) => name === "STEP")?.value, "update");
        assert.equal(await applied(), "update");
    });
});
