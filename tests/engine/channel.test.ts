/** The release channel under a deployment: which layer wins, and what happens when it fails. One deployment, step by step. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { sandboxLicense } from "../../sandbox/stacks/local";
import type { ChannelDocument } from "../../sandbox/operator";
import { secretPath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { waitFor } from "../../sandbox/processes";
import { cluster, DeploymentProgram, type JsonArgs, sandboxArgs } from "../support/deployment";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";
import { runLine } from "../support/shell";

const namespace = "channel";
const timeoutMs = 30_000;

describe("the release channel", function () {
    this.timeout(engineTimeoutMs);
    let client: KubeClient;
    let live: Live;
    let deployment: DeploymentProgram;
    let args: JsonArgs;
    let original: ChannelDocument;
    /** The original with an older chart, three variables and a host name. */
    let document: ChannelDocument;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        live = new Live(client, namespace);
        args = await sandboxArgs({
            namespace,
            operator: { namespace: "channel-operator" },
            extraEnv: { LEVEL_THREE: "ours" },
            ingress: { className: "nginx", tls: { enabled: false }, additionalHosts: ["ours.sandbox.example"] },
        });
        deployment = await DeploymentProgram.create({ wandb: args });
        original = deployment.instance.operator.channel();
        document = {
            ...original,
            chart: { ...original.chart, version: "0.43.7" },
            values: {
                ...original.values,
                global: { extraEnv: { LEVEL_ONE: "channel", LEVEL_TWO: "channel", LEVEL_THREE: "channel" } },
                ingress: { additionalHosts: ["channel.sandbox.example"] },
            },
        };
    });

    after("destroy", async () => {
        const { operator } = deployment.instance;
        operator.setChannel(original);
        await operator.channelUp();
        await deployment.remove();
    });

    function change(changes: Partial<JsonArgs>): void {
        args = { ...args, ...changes };
        deployment.change({ wandb: args });
    }

    /** Writes settings as the console does: into its own Secret. */
    async function saveInConsole(values: Record<string, unknown>): Promise<void> {
        const data = { values: Buffer.from(JSON.stringify(values)).toString("base64") };
        await client.patch(secretPath(namespace, "wandb-spec-user"), { data });
    }

    async function levels(): Promise<Record<string, string | undefined>> {
        const { env = [] } = await live.container("wandb-app-bc");
        const ours = env.filter(({ name }) => name.startsWith("LEVEL_"));
        return Object.fromEntries(ours.map(({ name, value }) => [name, value]));
    }

    async function waitForLevels(expected: Record<string, string>): Promise<void> {
        const text = JSON.stringify(expected);
        const isThere = async () => {
            const found = await levels();
            return Object.entries(expected).every(([name, value]) => found[name] === value);
        };
        await waitFor(`the variables ${text}`, isThere, { timeoutMs });
    }

    async function chartVersion(): Promise<unknown> {
        return ((await deployment.program.outputs())["wandb"] as Record<string, unknown>)["chartVersion"];
    }

    it("is needed for the first install: without it, and without a chart, `up` says so", async () => {
        await deployment.instance.operator.channelDown();
        const output = await deployment.program.fail("up", "--yes", "--skip-preview");
        assert.match(output, /W&B is not ready: .*No release type was found in the spec/);
        assert.match(output, new RegExp(`Custom resource:\\s+${namespace}/wandb: phase Invalid Config`));

        const restart = /^\s+(kubectl .* rollout restart deployment\/\S+)$/m.exec(output)?.[1];
        assert.ok(restart, "the message names the command that makes the operator try again");
        await deployment.instance.operator.channelUp();
        deployment.instance.operator.setChannel(document);
        await runLine(restart, deployment.instance.controlPlane.kubeconfigPath);
        await deployment.up();
        assert.equal(await live.phase(), "Completed");
    });

    it("decides about chart and images, and is asked with the license", async () => {
        assert.equal(await chartVersion(), "0.43.7");
        assert.match((await live.container("wandb-app-bc")).image, /:0\.79\.0$/);
        assert.equal((await live.resource()).spec?.["chart"], undefined);
        const request = deployment.instance.operator.channelRequests().at(-1);
        assert.equal(request?.path, "/api/v1/operator/channel");
        assert.equal(request.licenseDigest, createHash("sha256").update(sandboxLicense()).digest("hex"));
    });

    it("yields to the console, and the console to us; lists are joined", async () => {
        await saveInConsole({
            global: { extraEnv: { LEVEL_TWO: "console", LEVEL_THREE: "console" } },
            ingress: { additionalHosts: ["console.sandbox.example"] },
        });
        await waitForLevels({ LEVEL_ONE: "channel", LEVEL_TWO: "console", LEVEL_THREE: "ours" });
        const hosts = ["wandb", "ours", "console", "channel"].map((name) => `${name}.sandbox.example`);
        const joined = async () => (await live.ingressHosts()).join() === hosts.join();
        await waitFor(`the hosts ${hosts.join(", ")}`, joined, { timeoutMs });
    });

    it("and the console leave no trace in our plan", async () => {
        await deployment.program.succeed("preview", "--expect-no-changes");
    });

    it("may be down once its release is known; a chart of ours wins over it", async () => {
        await deployment.instance.operator.channelDown();
        change({
            chart: { repository: deployment.instance.operator.repositoryUrl, version: "0.43.8" },
            extraEnv: { LEVEL_THREE: "ours, without a channel" },
            values: { _releaseId: "ours" },
        });
        await deployment.up();
        assert.equal(await chartVersion(), "0.43.8");
        assert.deepEqual(await levels(), {
            LEVEL_ONE: "channel",
            LEVEL_TWO: "console",
            LEVEL_THREE: "ours, without a channel",
        });
        await deployment.instance.operator.channelUp();
    });

    it("gives a pinned release when the console, and only the console, asks for one", async () => {
        const { operator } = deployment.instance;
        const release = (level: string) => ({ ...document, values: { global: { extraEnv: { LEVEL_ONE: level } } } });
        operator.setChannel({ ...document, releases: { ours: release("ours"), theirs: release("pinned") } });
        // Ours is in the custom resource since the step before.
        await saveInConsole({ _releaseId: "theirs" });
        await waitForLevels({ LEVEL_ONE: "pinned" });
        assert.equal(operator.channelRequests().at(-1)?.path, "/api/v1/operator/channel/release/theirs");
        await saveInConsole({});
        await waitForLevels({ LEVEL_ONE: "channel" });
    });

    it("that has another kind of value stops everything without a phase: `up` tells what the log says", async () => {
        const { operator } = deployment.instance;
        const text = { ...document.values, global: { mysql: { port: "3306" } } };
        operator.setChannel({ ...document, values: text });
        change({ extraEnv: { LEVEL_THREE: "number" }, readiness: { timeout: "6s" } });
        const output = await deployment.program.fail("up", "--yes", "--skip-preview");
        assert.match(output, /W&B is not ready after 6s/);
        assert.match(output, /Operator's errors.*\n.*Failed to merge .* into desired spec: type not match/);
        assert.equal(await live.phase(), "Completed");
        assert.equal((await levels())["LEVEL_THREE"], "ours, without a channel");

        operator.setChannel(document);
        change({ readiness: { timeout: "60s" } });
        await deployment.up();
        assert.equal((await levels())["LEVEL_THREE"], "number");
    });
});
