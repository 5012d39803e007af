import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { waitFor } from "../../sandbox/processes";
import { resourcePath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { cluster, DeploymentProgram, sandbox, sandboxArgs, type JsonArgs } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { givenNamespaces, removeNamespaces } from "../support/given-namespaces";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const up = ["up", "--yes", "--skip-preview"];
const destroy = ["destroy", "--yes", "--skip-preview"];
/** A destroy that hangs is ended after seconds instead of 15 minutes. */
const hasty = { deleteTimeout: "5s" };
/** What the provider says then. */
const stuck =
    /WeightsAndBiases \(config-instance\):\s+warning: finalizers might be preventing deletion \(.*finalizer\.app\.wandb\.com.*\)\s+error: timed out waiting for the condition/;

describe("settings that the operator refuses, and removal after faults", function () {
    this.timeout(engineTimeoutMs);
    let deployment: DeploymentProgram;
    let args: JsonArgs;
    let badChart: Partial<JsonArgs>;
    let client: KubeClient;
    let live: Live;

    const use = (changes: Partial<JsonArgs> = {}) => deployment.change({ config: { ...args, ...changes } });

    const finalizers = async () => (await live.resource()).metadata?.finalizers ?? [];

    async function helm(...command: string[]): Promise<void> {
        const { toolchain, controlPlane } = await sandbox();
        execFileSync(toolchain.path("helm"), [...command, "--kubeconfig", controlPlane.kubeconfigPath]);
    }

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        args = await sandboxArgs(await givenNamespaces(client, "config"));
        badChart = { chart: { repository: (await sandbox()).operator.repositoryUrl, version: "9.9.9" } };
        live = new Live(client, "config");
        deployment = await DeploymentProgram.create({});
    });

    after(async () => {
        use();
        await deployment.remove();
        await removeNamespaces(client, "config");
    });

    it("shows why the first installation failed, takes the finalizer off, and destroy works", async () => {
        use(badChart);
        const output = await deployment.program.fail(...up);
        assert.match(
            output,
            /WeightsAndBiases \(config-instance\):\s+error: W&B is not ready: the operator could not apply the settings \(phase Invalid Config\): .*chart "operator-wandb" .*9\.9\.9/,
        );
        assert.match(output, /Operator's Events, newest last:[\s\S]*ApplyFailed/);
        assert.match(output, /What to do:\s+Mend what the operator complains about, and run `pulumi up` again\./);
        assert.match(output, /This was the first install .*the operator's finalizer was taken off/);
        assert.deepEqual(await finalizers(), []);
        await deployment.program.succeed(...destroy);
        assert.equal(await client.find(resourcePath("config", "wandb")), undefined);
    });

    it("refuses to destroy a protected deployment and deletes nothing", async () => {
        use({ deletionProtection: true });
        await deployment.up();
        const before = await live.fingerprint();
        for (const command of [["destroy", "--yes"], destroy]) {
            const run = EngineRun.start(deployment.program, ...command);
            const { code, output } = await run.result;
            assert.notEqual(code, 0, output);
            assert.match(output, /config-instance" cannot be deleted\s+because it is protected/);
            assert.match(output, /remove the `protect` flag .* or use the command:\s+`pulumi state unprotect \S+/);
        }
        assert.deepEqual(await live.fingerprint(), before);
        use();
        assert.deepEqual((await EngineRun.succeed(deployment.program, ...up)).losses(), []);
        assert.deepEqual(await live.fingerprint(), before);
    });

    it("shows why an update failed, keeps the finalizer and what runs, and the next up mends it", async () => {
        const before = (await live.resource()).metadata?.uid;
        // Found before anything is applied, unless that check is left out.
        const checks = { silence: { "values.kind": "The operator shall be the one to refuse it." } };
        use({ values: { ingress: { additionalHosts: "not a list" } }, checks });
        const output = await deployment.program.fail(...up);
        assert.match(
            output,
            /WeightsAndBiases \(config-instance\):\s+error: W&B is not ready: the operator could not apply the settings \(phase Invalid Config\): .*templates\/ingress\.yaml.*Cannot concat type string as list/,
        );
        assert.doesNotMatch(output, /first install/);
        assert.notDeepEqual(await finalizers(), []);
        assert.deepEqual(await live.unavailable(), []);
        use();
        await deployment.up();
        assert.equal((await live.resource()).metadata?.uid, before);
    });

    it("destroys after an update that failed for want of the chart, once the chart is mended", async () => {
        use({ ...badChart, ...hasty });
        await deployment.program.fail(...up);
        assert.match(await deployment.program.fail(...destroy), stuck);
        use();
        const refused = await deployment.program.fail(...up);
        assert.match(refused, /error: W&B is not ready: the custom resource config\/wandb is being deleted/);
        assert.match(refused, /What to do:\s+A deletion cannot be taken back\. Finish it with `pulumi destroy`/);
        await deployment.program.succeed(...destroy);
    });

    it("destroys by the documented commands when the operator is gone already", async () => {
        use(hasty);
        await deployment.up();
        await client.delete("/apis/apps/v1/namespaces/config-operator/deployments/wandb-controller-manager");
        assert.match(await deployment.program.fail(...destroy), stuck);
        await helm("uninstall", "wandb", "--namespace", "config");
        await client.patch(resourcePath("config", "wandb"), { metadata: { finalizers: null } });
        await deployment.program.succeed(...destroy);
    });

    it("destroys when the operator is brought back", async () => {
        use(hasty);
        await deployment.up();
        await client.delete("/apis/apps/v1/namespaces/config-operator/deployments/wandb-controller-manager");
        await deployment.program.fail(...destroy);
        await helm("rollback", "operator", "1", "--namespace", "config-operator");
        await waitFor(
            "the operator to finish the deletion",
            async () => !(await client.find(resourcePath("config", "wandb"))),
            { timeoutMs: 60_000 },
        );
        await deployment.program.succeed(...destroy);
    });
});
