import assert from "node:assert/strict";
import type { KubeClient } from "../../sandbox/operator/controller/kube";
import { healApiServer, killApiServer } from "../support/api-server";
import { cluster, DeploymentProgram, sandbox, sandboxArgs, type JsonArgs } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { givenNamespaces, removeNamespaces } from "../support/given-namespaces";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const up = ["up", "--yes", "--skip-preview"];

/** What the engine says about the custom resource. */
function errorOf(output: string): string {
    const [, text = ""] = /WeightsAndBiases \(wait-instance\):\n([\s\S]*?)\n\n/.exec(output) ?? [];
    assert.notEqual(text, "", output);
    return text;
}

describe("faults during the readiness wait", function () {
    this.timeout(engineTimeoutMs);
    let deployment: DeploymentProgram;
    let args: JsonArgs;
    let client: KubeClient;
    let live: Live;

    const use = (changes: Partial<JsonArgs> = {}) => deployment.change({ wait: { ...args, ...changes } });

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        args = await sandboxArgs(await givenNamespaces(client, "wait"));
        deployment = await DeploymentProgram.create({});
        live = new Live(client, "wait");
    });

    after(async () => {
        const { operator } = await sandbox();
        await healApiServer();
        operator.resumeController();
        use();
        await deployment.remove();
        await removeNamespaces(client, "wait");
    });

    it("tells why the operator does not become ready, what it waited for meanwhile, and goes on with the next up", async () => {
        const { operator } = await sandbox();
        await operator.holdDeployment("wait-operator", "wandb-controller-manager");
        use({ readiness: { timeout: "8s" } });
        const output = await deployment.program.fail(...up);
        const name = "Deployment wait-operator/wandb-controller-manager (the operator)";
        const text = errorOf(output);
        assert.ok(text.includes(`error: W&B is not ready after 8s: ${name}: 0 of 1 replicas available`), text);
        assert.match(
            text,
            /Pods that are not ready:\s+wait-operator\/wandb-controller-manager-\S+: container manager: ImagePullBackOff: .*registry\.example\.com\/held/,
        );
        assert.match(
            text,
            /What to do:[\s\S]*kubectl --namespace wait-operator describe pod wandb-controller-manager-/,
        );
        assert.match(text, /Nothing was rolled back.*To wait longer than 8s set readiness\.timeout\./);
        assert.match(
            output,
            /waiting \(\d+s of 8s\): Deployment wait-operator\/wandb-controller-manager \(the operator\): /,
        );
        await operator.releaseDeployment("wait-operator", "wandb-controller-manager");
        use();
        await deployment.up();
    });

    it("names the Deployment that does not become available and its pod's reason, and goes on with the next up", async () => {
        const { operator } = await sandbox();
        await operator.holdDeployment("wait", "wandb-app-bc");
        use({ extraEnv: { STEP: "held" }, readiness: { timeout: "15s" } });
        const text = errorOf(await deployment.program.fail(...up));
        assert.match(text, /error: W&B is not ready after 15s: Deployment wandb-app-bc: /);
        assert.match(text, /Pods that are not ready:\s+wait\/wandb-app-bc-\S+: container app: ImagePullBackOff: /);
        assert.match(text, /kubectl --namespace wait logs wandb-app-bc-\S+ --all-containers --tail 50/);
        assert.doesNotMatch(text, /Deployment wandb-console-bc/);
        await operator.releaseDeployment("wait", "wandb-app-bc");
        use({ extraEnv: { STEP: "held" } });
        await deployment.up();
        assert.deepEqual(await live.unavailable(), []);
    });

    it("waits through a restart of the API server", async () => {
        const { operator } = await sandbox();
        operator.pauseController();
        use({ extraEnv: { STEP: "restart" } });
        const run = EngineRun.start(deployment.program, ...up);
        await run.said(/has not applied the current settings/);
        await killApiServer();
        await run.said(/Kubernetes API server https:\/\/\S+ does not answer/);
        await healApiServer();
        operator.resumeController();
        await run.succeeded();
        assert.equal((await live.container("wandb-app-bc")).env?.find(({ name }) => name === "STEP")?.value, "restart");
    });

    it("says that the API server is gone when it does not come back, and the next up completes", async () => {
        const { operator } = await sandbox();
        operator.pauseController();
        use({ extraEnv: { STEP: "gone" }, readiness: { timeout: "6s" } });
        const run = EngineRun.start(deployment.program, ...up);
        await run.said(/has not applied the current settings/);
        await killApiServer();
        const { code, output } = await run.result;
        assert.notEqual(code, 0);
        const text = errorOf(output);
        assert.match(
            text,
            /error: W&B is not ready after 6s: Kubernetes API server https:\/\/\S+ does not answer: connect ECONNREFUSED/,
        );
        assert.match(text, /What to do:\s+Check the kubeconfig/);
        await healApiServer();
        operator.resumeController();
        use({ extraEnv: { STEP: "gone" } });
        await deployment.up();
        assert.equal((await live.container("wandb-app-bc")).env?.find(({ name }) => name === "STEP")?.value, "gone");
    });
});
