import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { healApiServer, killApiServer } from "../support/api-server";
import { cluster, DeploymentProgram, sandbox, sandboxArgs, type JsonArgs } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { KilledRun } from "../support/killed-run";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const namespaces = { namespace: "reach", operator: { namespace: "reach-operator" } };

/** The sandbox's kubeconfig with another address or token. */
async function kubeconfigWith(changes: { server?: string; token?: string }): Promise<string> {
    const { controlPlane } = await sandbox();
    const config = JSON.parse(readFileSync(controlPlane.kubeconfigPath, "utf8")) as {
        clusters: { cluster: { server: string } }[];
        users: { user: { token: string } }[];
    };
    const [{ cluster: server }] = config.clusters;
    const [{ user }] = config.users;
    server.server = changes.server ?? server.server;
    user.token = changes.token ?? user.token;
    return JSON.stringify(config);
}

/** A token of a service account that has no rights. */
async function tokenWithoutRights(): Promise<string> {
    const client = await cluster();
    const accounts = "/api/v1/namespaces/default/serviceaccounts";
    await client.create(accounts, { metadata: { name: "without-rights" } });
    const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
    const answer = await client.create(`${accounts}/without-rights/token`, request);
    return (answer.status as { token: string }).token;
}

describe("a chart repository or an API server that cannot be used", function () {
    this.timeout(engineTimeoutMs);
    let deployment: DeploymentProgram;
    let args: JsonArgs;

    /** The arguments for the next run. */
    const use = (changes: Partial<JsonArgs> = {}) =>
        deployment.change({ reach: { ...args, ...changes, operator: { ...args.operator, ...changes.operator } } });
    const failingUp = () => deployment.program.fail("up", "--yes", "--skip-preview");

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        args = await sandboxArgs(namespaces);
        deployment = await DeploymentProgram.create({});
    });

    after(async () => {
        await healApiServer();
        await (await sandbox()).operator.repositoryUp();
        use();
        await deployment.remove();
        await (await cluster()).delete("/api/v1/namespaces/default/serviceaccounts/without-rights");
    });

    it("names address, resource and remedy when the API server is unreachable from the start, then recovers", async () => {
        use({ existing: { kubeconfig: await kubeconfigWith({ server: "https://127.0.0.1:9" }) } });
        const preview = await deployment.program.succeed("preview");
        const warning =
            /warning: what is in the cluster was not looked at beforehand\. Kubernetes API server https:\/\/127\.0\.0\.1:9 does not answer: connect ECONNREFUSED 127\.0\.0\.1:9\. Check the kubeconfig \(address, context\) and the way from this machine to the API server/;
        assert.match(preview, warning);
        const output = await failingUp();
        assert.match(output, warning);
        assert.match(output, /Namespace \(reach-namespace\):\s+error: configured Kubernetes cluster is unreachable/);
    });

    it("names the repository when it is down, at preview and up", async () => {
        const { operator } = await sandbox();
        use();
        await operator.repositoryDown();
        for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
            const output = await deployment.program.fail(...command);
            assert.match(
                output,
                /Release \(reach-operator\):\s+error: .*"http:\/\/127\.0\.0\.1:\d+" is not a valid chart repository or cannot be reached/,
            );
            assert.match(output, /connection refused; check the chart name and repository configuration/);
        }
        await operator.repositoryUp();
    });

    it("names what could not be made when the API server goes away during the installation, and the next up completes", async () => {
        use();
        const run = KilledRun.start(deployment.program, "up", "--yes", "--skip-preview");
        await run.said(/Release reach-operator creating/);
        await killApiServer();
        const { code, output } = await run.end();
        // First of all: the tests that follow need it, whatever is found here.
        await healApiServer();
        assert.notEqual(code, 0, output);
        assert.match(
            output,
            /Release \(reach-operator\):\s+error: .*https:\/\/127\.0\.0\.1:\d+\/.*(?:connection refused|connection reset by peer|EOF|http2: client connection)/,
        );
        await deployment.up();
    });

    it("names the version of the operator's chart when the repository lacks it", async () => {
        use({ operator: { version: "1.9.9" } });
        for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
            const output = await deployment.program.fail(...command);
            assert.match(
                output,
                /Release \(reach-operator\):\s+error: .*chart "operator" version "1\.9\.9" not found in http:\/\/127\.0\.0\.1:\d+ repository; check the chart name/,
            );
        }
    });

    it("keeps what runs when the kubeconfig points to a dead address for a while", async () => {
        use({
            existing: { kubeconfig: await kubeconfigWith({ server: "https://127.0.0.1:9" }) },
            readiness: { timeout: "5s" },
        });
        const output = await failingUp();
        assert.match(
            output,
            /WeightsAndBiases \(reach-instance\):\s+error: W&B is not ready after 5s: Kubernetes API server https:\/\/127\.0\.0\.1:9 does not answer/,
        );
        assert.match(output, /What to do:\s+Check the kubeconfig \(address, context\)/);
        assert.doesNotMatch(output, /error serializing/);
        use();
        assert.deepEqual((await EngineRun.succeed(deployment.program, "up", "--yes", "--skip-preview")).losses(), []);
    });

    it("says that the token is not accepted, and that a new one is needed", async () => {
        use({ existing: { kubeconfig: await kubeconfigWith({ token: "expired" }) } });
        const output = await failingUp();
        assert.match(
            output,
            /WeightsAndBiases \(reach-instance\):\s+error: W&B is not ready: its state cannot be read\. Kubernetes API server https:\/\/\S+ does not accept the credentials of the kubeconfig \(401 at .*Unauthorized\)\. Renew them/,
        );
        assert.equal(output.match(/warning: what is in the cluster was not looked at/g)?.length, 2, output);
        assert.doesNotMatch(output, /expired/);
    });

    it("names the missing right of the service account", async () => {
        use({ existing: { kubeconfig: await kubeconfigWith({ token: await tokenWithoutRights() }) } });
        const output = await failingUp();
        assert.match(
            output,
            /WeightsAndBiases \(reach-instance\):\s+error: W&B is not ready: its state cannot be read\. The identity of the kubeconfig may not (?:get|list) \w+.* in namespace "reach" \(403: .*system:serviceaccount:default:without-rights.*\)\. It is needed to .*: grant the verb on \w+/,
        );
        use();
        assert.deepEqual((await EngineRun.succeed(deployment.program, "up", "--yes", "--skip-preview")).losses(), []);
    });
});
