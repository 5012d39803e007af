/** What is not to be removed: a protected deployment, and what belongs to somebody else. */
import assert from "node:assert/strict";
import { resourcePath, secretPath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { waitFor } from "../../sandbox/processes";
import { cluster, DeploymentProgram, type JsonArgs, sandboxArgs, SecretPrefix } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { inventory, leftovers } from "../support/inventory";
import { fixedCounts, Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const namespace = "owned";
const namespacePath = `/api/v1/namespaces/${namespace}`;

/** What stays on purpose (docs/operations.md, "What stays"): volumes, and Secrets of the chart that it keeps. */
const kept = [
    `persistentvolumeclaims ${namespace}/data-wandb-mysql-0`,
    `persistentvolumeclaims ${namespace}/data-wandb-redis-master-0`,
    `persistentvolumes of ${namespace}/data-wandb-mysql-0`,
    `persistentvolumes of ${namespace}/data-wandb-redis-master-0`,
    `secrets ${namespace}/wandb-clickhouse`,
    `secrets ${namespace}/wandb-gorilla-session-key`,
    `secrets ${namespace}/wandb-mysql`,
];
const definition = ["apiservices v1.apps.wandb.com", "customresourcedefinitions weightsandbiases.apps.wandb.com"];

describe("a protected deployment in somebody's namespace", function () {
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
        await client.create("/api/v1/namespaces", { metadata: { name: namespace } });
        await client.create(secretPath(namespace), {
            metadata: { name: "theirs" },
            stringData: { theirs: "untouched" },
        });
        const own = [`serviceaccounts ${namespace}/default`, `configmaps ${namespace}/kube-root-ca.crt`];
        const isComplete = async () => {
            const all = await inventory(client);
            return own.every((object) => all.includes(object));
        };
        await waitFor("the namespace's own objects", isComplete, { timeoutMs: 30_000 });
        args = await sandboxArgs({
            namespace,
            deletionProtection: true,
            database: { install: true },
            values: fixedCounts,
            secretEnv: { TOKEN: `${SecretPrefix}token` },
            operator: { namespace: "owned-operator" },
        });
        initially = await inventory(client);
        deployment = await DeploymentProgram.create({ wandb: args });
    });
    after(async () => {
        deployment.program.remove();
        await client.delete(namespacePath);
    });

    it("is refused when it would take the namespace over", async () => {
        const { metadata } = await client.get(namespacePath);
        for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
            const output = await deployment.program.fail(...command);
            assert.match(output, /namespace "owned" exists already and was not made by this deployment/);
            assert.match(output, /createNamespace: false/);
        }
        assert.deepEqual((await client.get(namespacePath)).metadata, metadata);
        // The operator's own namespace may be made meanwhile; in theirs nothing is.
        const inTheirs = (await inventory(client)).filter((object) => object.includes(` ${namespace}/`));
        assert.deepEqual(
            inTheirs,
            initially.filter((object) => object.includes(` ${namespace}/`)),
        );
    });

    it("comes up there when the namespace stays theirs", async () => {
        args = { ...args, createNamespace: false };
        deployment.change({ wandb: args });
        await deployment.up();
        assert.deepEqual(await live.unavailable(), []);
        const { metadata } = await client.get(namespacePath);
        assert.deepEqual(Object.keys(metadata?.annotations ?? {}), []);
    });

    it("refuses destroy before anything is deleted", async () => {
        const before = { all: await inventory(client), fingerprint: await live.fingerprint() };
        const run = EngineRun.start(deployment.program, "destroy", "--yes");
        const { code, output } = await run.result;
        assert.notEqual(code, 0);
        assert.match(output, /wandb-instance.*cannot be deleted[^]*protected/);
        assert.equal((await live.resource()).metadata?.deletionTimestamp, undefined);
        assert.deepEqual({ all: await inventory(client), fingerprint: await live.fingerprint() }, before);
        await deployment.program.succeed("preview", "--expect-no-changes");
    });

    it("is destroyed once the protection is off, and leaves what the chart keeps and what is theirs", async () => {
        args = { ...args, deletionProtection: false };
        deployment.change({ wandb: args });
        await deployment.up();
        assert.deepEqual(await live.unavailable(), []);
        const theirs = await client.get(secretPath(namespace, "theirs"));
        await deployment.program.succeed("destroy", "--yes");
        const left = await leftovers(client, initially, [...kept, ...definition]);
        assert.deepEqual(
            left.filter((object) => !definition.includes(object)),
            kept,
        );
        assert.deepEqual(await client.get(secretPath(namespace, "theirs")), theirs);
        assert.deepEqual(await client.list(resourcePath(namespace)), []);
    });
});
