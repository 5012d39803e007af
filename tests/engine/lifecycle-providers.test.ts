/** Programs that hand a Kubernetes provider over, and leave the custom resource to a GitOps tool. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resourcePath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { waitFor } from "../../sandbox/processes";
import { findCanary, Canary } from "../support/canary";
import { cluster, DeploymentProgram, sandboxArgs, SecretPrefix } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { fixedCounts, Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const timeoutMs = 60_000;

describe("a provider object in opts.providers", function () {
    this.timeout(engineTimeoutMs);
    const namespace = "handed";
    let client: KubeClient;
    let live: Live;
    let deployment: DeploymentProgram;
    const extraEnv = { FLAVOUR: "new" };
    const args = () =>
        sandboxArgs({
            namespace,
            license: undefined,
            licenseSecret: { name: "own-license", key: "key" },
            database: { host: "mysql.sandbox.example", password: `${SecretPrefix}${Canary}` },
            secretEnv: { TOKEN: `${SecretPrefix}${Canary}` },
            values: fixedCounts,
            readiness: { wait: false },
            ownProvider: true,
            operator: { namespace: "handed-operator" },
        });

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        live = new Live(client, namespace);
        deployment = await DeploymentProgram.create({ wandb: { ...(await args()), createCustomResource: false } });
    });
    after(() => deployment.remove());

    async function outputs(): Promise<Record<string, unknown>> {
        return (await deployment.program.outputs())["wandb"] as Record<string, unknown>;
    }

    it("needs no kubeconfig, and for GitOps gives a manifest without secrets that brings W&B up", async () => {
        await deployment.up();
        // The API server needs a moment to serve a new kind.
        const isServed = async () => (await client.list(resourcePath(namespace))).length === 0;
        await waitFor("the kind, without a custom resource", isServed, { timeoutMs });
        const { manifest, url, address } = await outputs();
        assert.equal(url, "https://wandb.sandbox.example");
        assert.equal(address, undefined);
        assert.deepEqual(findCanary(String(manifest)), []);
        await live.createFrom(String(manifest));
        const isUp = async () =>
            (await live.phase()) === "Completed" &&
            (await live.deployments()).length > 0 &&
            (await live.unavailable()).length === 0;
        await waitFor("W&B", isUp, { timeoutMs });
        await deployment.program.succeed("preview", "--expect-no-changes");
    });

    it("takes the custom resource over without waiting, when told so", async () => {
        const { operator } = deployment.instance;
        await operator.holdDeployment(namespace, "wandb-app-bc");
        deployment.change({ wandb: { ...(await args()), extraEnv } });
        const run = await EngineRun.succeed(deployment.program, "up", "--yes", "--skip-preview");
        assert.deepEqual(run.changes(), ["create wandb-instance"]);
        assert.equal((await outputs())["chartVersion"], undefined);
    });

    it("waits with a kubeconfig beside it, and changes nothing else", async () => {
        const kubeconfig = readFileSync(deployment.instance.controlPlane.kubeconfigPath, "utf8");
        deployment.change({
            wandb: { ...(await args()), extraEnv, existing: { kubeconfig }, readiness: { timeout: "60s" } },
        });
        const run = EngineRun.start(deployment.program, "up", "--yes", "--skip-preview");
        await run.said(/^waiting .*Deployment wandb-app-bc/);
        assert.equal(run.isOver, false);
        await deployment.instance.operator.releaseDeployment(namespace, "wandb-app-bc");
        await run.succeeded();
        assert.deepEqual(run.changes(), []);
        assert.deepEqual(await live.unavailable(), []);
        const { env } = await live.container("wandb-app-bc");
        assert.equal(env?.find(({ name }) => name === "FLAVOUR")?.value, "new");
        const { chartVersion, operatorVersion, address } = await outputs();
        assert.deepEqual({ chartVersion, operatorVersion }, { chartVersion: "0.43.8", operatorVersion: "1.22.0" });
        assert.match(String(address), /\S/);
    });
});
