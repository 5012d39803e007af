/** One deployment from nothing to nothing, on the real engine and a real API server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resourcePath, secretPath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { waitFor } from "../../sandbox/processes";
import {
    cluster,
    DeploymentProgram,
    type JsonArgs,
    LaterPrefix,
    sandbox,
    sandboxArgs,
    SecretPrefix,
} from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { inventory, leftovers } from "../support/inventory";
import { fixedCounts, Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const namespace = "life";
const operatorNamespace = "life-operator";
const crd = "customresourcedefinitions weightsandbiases.apps.wandb.com";
/** The cluster serves a kind by an object of its own, which goes with the definition. */
const withCrd = [crd, "apiservices v1.apps.wandb.com"];

/** What the first preview shows; `other` is the resource that unknown values wait for. */
const everything = [
    "other",
    "wandb",
    "wandb-bucket",
    "wandb-database-password",
    "wandb-env",
    "wandb-instance",
    "wandb-kubernetes",
    "wandb-license",
    "wandb-namespace",
    "wandb-operator",
    "wandb-operator-namespace",
];

describe("a deployment's life", function () {
    this.timeout(engineTimeoutMs);
    let client: KubeClient;
    let live: Live;
    let deployment: DeploymentProgram;
    let args: JsonArgs;
    let initially: string[];

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        live = new Live(client, namespace);
        const { controlPlane } = await sandbox();
        args = await sandboxArgs({
            namespace,
            host: `${LaterPrefix}https://wandb.sandbox.example`,
            existing: { kubeconfig: LaterPrefix + readFileSync(controlPlane.kubeconfigPath, "utf8") },
            size: "small",
            values: fixedCounts,
            bucket: {
                provider: "s3",
                name: "wandb",
                endpoint: "minio.sandbox.example:9000",
                accessKey: `${SecretPrefix}access-key`,
                secretKey: `${SecretPrefix}secret-key`,
            },
            secretEnv: { TOKEN: `${SecretPrefix}first-token` },
            operator: { namespace: operatorNamespace, version: "1.4.7", image: { tag: "1.21.0" } },
        });
        deployment = await DeploymentProgram.create({ wandb: args });
        initially = await inventory(client);
    });
    after(() => deployment.program.remove());

    /** Changes arguments and runs `up` to its end. */
    async function upWith(changes: Partial<JsonArgs>): Promise<EngineRun> {
        change(changes);
        return EngineRun.succeed(deployment.program, "up", "--yes", "--skip-preview");
    }

    function change(changes: Partial<JsonArgs>): void {
        args = { ...args, ...changes };
        deployment.change({ wandb: args });
    }

    /** Runs `up` with one Deployment whose new pods cannot start, and looks while it waits for it. */
    async function upWhileHeld(
        held: { namespace: string; name: string },
        look: () => Promise<void>,
    ): Promise<EngineRun> {
        const { operator } = deployment.instance;
        await operator.holdDeployment(held.namespace, held.name);
        const run = EngineRun.start(deployment.program, "up", "--yes", "--skip-preview");
        try {
            await run.said(new RegExp(`^waiting .*Deployment (${held.namespace}/)?${held.name}\\b`));
            await look();
            assert.equal(run.isOver, false);
        } finally {
            await operator.releaseDeployment(held.namespace, held.name);
            await run.result;
        }
        await run.succeeded();
        return run;
    }

    async function outputs(): Promise<Record<string, unknown>> {
        return (await deployment.program.outputs())["wandb"] as Record<string, unknown>;
    }

    async function env(name: string): Promise<string | undefined> {
        return (await live.container("wandb-app-bc")).env?.find((entry) => entry.name === name)?.value;
    }

    for (const [what, existing] of [
        ["the host is", undefined],
        ["host and kubeconfig are", "later"],
    ] as const) {
        it(`previews every resource from nothing, and makes none, when ${what} unknown`, async () => {
            deployment.change({ wandb: existing ? args : { ...args, existing: undefined } });
            const run = await EngineRun.succeed(deployment.program, "preview");
            assert.deepEqual(
                run.changes().sort(),
                everything.map((name) => `create ${name}`),
            );
            assert.deepEqual(await leftovers(client, initially, []), []);
        });
    }

    it("comes up in one pass and ends Ready, with everything known", async () => {
        await upWith({});
        assert.equal(await live.phase(), "Completed");
        assert.deepEqual(await live.unavailable(), []);
        assert.ok((await live.deployments()).length >= 4);
        const { url, address, chartVersion, operatorVersion } = await outputs();
        assert.equal(url, "https://wandb.sandbox.example");
        assert.equal(chartVersion, "0.43.8");
        assert.equal(operatorVersion, "1.21.0");
        assert.match(String(address), /\S/);
    });

    it("shows no change afterwards, neither to preview and up nor to refresh", async () => {
        const first = await outputs();
        const untouched = await live.fingerprint();
        await deployment.program.succeed("preview", "--expect-no-changes");
        await deployment.program.succeed("up", "--yes", "--skip-preview", "--expect-no-changes");
        await deployment.program.succeed("refresh", "--yes", "--skip-preview", "--expect-no-changes");
        assert.deepEqual(await outputs(), first);
        assert.deepEqual(await live.fingerprint(), untouched);
    });

    it("changes the size in place", async () => {
        const small = (await live.container("wandb-app-bc")).resources?.requests;
        const run = await upWith({ size: "large" });
        assert.deepEqual(run.changes(), ["update wandb", "update wandb-instance"]);
        assert.deepEqual(small, { cpu: "1", memory: "2Gi" });
        assert.deepEqual((await live.container("wandb-app-bc")).resources?.requests, { cpu: "4", memory: "8Gi" });
        assert.deepEqual(await live.unavailable(), []);
    });

    it("changes the host in place", async () => {
        const run = await upWith({ host: "https://new.sandbox.example" });
        assert.deepEqual(run.changes(), ["update wandb", "update wandb-instance"]);
        assert.deepEqual(await live.ingressHosts(), ["new.sandbox.example"]);
        assert.equal(await live.setting("global", "HOST"), "https://new.sandbox.example");
        assert.equal((await outputs())["url"], "https://new.sandbox.example");
        assert.deepEqual(await live.unavailable(), []);
    });

    it("changes an environment variable in place and waits for the new pods, not the old ones", async () => {
        change({ extraEnv: { FLAVOUR: "new" } });
        const run = await upWhileHeld({ namespace, name: "wandb-app-bc" }, async () => {
            assert.equal(await env("FLAVOUR"), "new");
        });
        assert.deepEqual(run.changes(), ["update wandb-instance"]);
        assert.deepEqual(await live.unavailable(), []);
    });

    it("updates the operator in place and waits for it", async () => {
        const operator = new Live(client, operatorNamespace);
        assert.equal(await operator.chartVersion("operator"), "1.4.7");
        change({ operator: { ...args.operator, version: "1.4.8" } });
        const chart = await EngineRun.succeed(deployment.program, "up", "--yes", "--skip-preview");
        assert.deepEqual(chart.changes(), ["update wandb-operator"]);
        assert.equal(await operator.chartVersion("operator"), "1.4.8");

        change({ operator: { ...args.operator, image: { tag: "1.22.0" } } });
        const held = { namespace: operatorNamespace, name: "wandb-controller-manager" };
        const image = await upWhileHeld(held, () => Promise.resolve());
        assert.deepEqual(image.changes(), ["update wandb-operator"]);
        assert.equal((await outputs())["operatorVersion"], "1.22.0");
        assert.deepEqual(await operator.unavailable(), []);
    });

    it("replaces the Secret of a changed secret, rolls the workloads, and drops the old one last", async () => {
        const [old, ...others] = await live.secrets("wandb-env");
        assert.deepEqual(others, []);
        const oldPods = await live.fingerprint();
        change({ secretEnv: { TOKEN: `${SecretPrefix}second-token` } });
        const run = await upWhileHeld({ namespace, name: "wandb-app-bc" }, async () => {
            assert.ok(await client.find(secretPath(namespace, old)), "pods that run still need the old one");
        });
        const [fresh, ...rest] = await live.secrets("wandb-env");
        assert.deepEqual(rest, []);
        assert.notEqual(fresh, old);
        assert.deepEqual(run.changes(), [
            "create-replacement wandb-env",
            "replace wandb-env",
            "update wandb-instance",
            "delete-replaced wandb-env",
        ]);
        const reference = (await live.container("wandb-app-bc")).env?.find(({ name }) => name === "TOKEN");
        assert.deepEqual(reference?.valueFrom?.secretKeyRef, { name: fresh, key: "TOKEN" });
        assert.notDeepEqual(await live.fingerprint(), oldPods);
        assert.deepEqual(await live.unavailable(), []);
    });

    it("is destroyed without a rest, apart from the definition of its kind", async () => {
        await deployment.program.succeed("destroy", "--yes", "--skip-preview");
        assert.deepEqual(
            await leftovers(client, initially, withCrd),
            initially.includes(crd) ? [] : [...withCrd].sort(),
        );
        await waitFor("no custom resource", async () => (await client.list(resourcePath(namespace))).length === 0, {
            timeoutMs: 10_000,
        });
        const state = JSON.parse(await deployment.program.succeed("stack", "export")) as {
            deployment: { resources?: unknown[] };
        };
        assert.deepEqual(state.deployment.resources ?? [], []);
    });
});
