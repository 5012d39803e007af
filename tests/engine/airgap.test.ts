/** An operator that never asks the release channel, and all the ways in which charts reach it. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { urlToHttpOptions } from "node:url";
import { packageChart } from "../../sandbox/operator";
import { secretPath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { canaryLicense } from "../support/canary";
import { cluster, DeploymentProgram, type JsonArgs, sandboxArgs, SecretPrefix } from "../support/deployment";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const namespace = "airgap";
const operatorNamespace = "airgap-operator";
const user = { username: "robot", password: "chart-password" };

/** A way to the charts that asks for a log-in, as a private mirror does, and counts who came with the right one. */
class PrivateMirror {
    readonly welcomed: string[] = [];
    private readonly server: Server;

    constructor(origin: string) {
        const login = `Basic ${Buffer.from(`${user.username}:${user.password}`).toString("base64")}`;
        this.server = createServer((request, response) => {
            if (request.headers.authorization !== login) {
                response.writeHead(401, { "www-authenticate": 'Basic realm="charts"' }).end();
                return;
            }
            this.welcomed.push(request.url ?? "");
            const forwarded = get({ ...urlToHttpOptions(new URL(request.url ?? "/", origin)), method: request.method });
            forwarded.on("response", (answer) => {
                response.writeHead(answer.statusCode ?? 502, answer.headers);
                answer.pipe(response);
            });
            forwarded.on("error", () => response.destroy());
        });
    }

    async start(): Promise<string> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    stop(): void {
        this.server.close();
        this.server.closeAllConnections();
    }
}

describe("an air-gapped deployment", function () {
    this.timeout(engineTimeoutMs);
    const license = canaryLicense();
    let client: KubeClient;
    let live: Live;
    let deployment: DeploymentProgram;
    let args: JsonArgs;
    let archive: string;
    let mirror: PrivateMirror;
    let mirrorAddress: string;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        live = new Live(client, namespace);
        const sandboxed = await sandboxArgs({ namespace, license: `${SecretPrefix}${license}` });
        deployment = await DeploymentProgram.create({});
        const { toolchain, operator: services } = deployment.instance;
        const pack = (name: "operator" | "operator-wandb", version: string) =>
            packageChart(toolchain.path("helm"), name, version, deployment.program.folder);
        archive = readFileSync(await pack("operator-wandb", "0.43.7")).toString("base64");
        args = {
            ...sandboxed,
            operator: {
                namespace: operatorNamespace,
                chart: { path: await pack("operator", "1.4.8") },
                airgapped: true,
                offlineCharts: { "operator-wandb-0.43.7": archive },
            },
            chart: { path: "/charts/operator-wandb-0.43.7" },
        };
        mirror = new PrivateMirror(services.repositoryUrl);
        mirrorAddress = await mirror.start();
    });

    after("destroy", async () => {
        try {
            await deployment.remove();
        } finally {
            mirror.stop();
        }
    });

    async function upWith(changes: Partial<JsonArgs>): Promise<void> {
        args = { ...args, ...changes };
        deployment.change({ wandb: args });
        await deployment.up();
        assert.equal(await live.phase(), "Completed");
        assert.deepEqual(await live.unavailable(), []);
    }

    async function chartVersion(): Promise<unknown> {
        return ((await deployment.program.outputs())["wandb"] as Record<string, unknown>)["chartVersion"];
    }

    it("takes both charts from files: the operator's from this machine, the application's from a ConfigMap", async () => {
        await upWith({});
        assert.equal(await chartVersion(), "0.43.7");
        const map = await client.get(`/api/v1/namespaces/${operatorNamespace}/configmaps/wandb-charts`);
        assert.deepEqual(map.binaryData, { "operator-wandb-0.43.7": archive });
        assert.deepEqual((await live.resource()).spec?.["chart"], { path: "/charts/operator-wandb-0.43.7" });
        const operator = new Live(client, operatorNamespace);
        const { env } = await operator.container("wandb-controller-manager");
        assert.equal(env?.find(({ name }) => name === "AIRGAPPED")?.value, "true");
        assert.equal(
            env?.find(({ name }) => name === "DEPLOYER_CHANNEL_URL"),
            undefined,
        );
    });

    it("takes the application's chart from a private repository, with a Secret of the user", async () => {
        await client.create(secretPath(namespace), {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "mirror-login", namespace },
            stringData: { who: user.username, word: user.password },
        });
        await upWith({
            chart: {
                repository: `http://${mirrorAddress}`,
                version: "0.43.8",
                credentialsSecret: { name: "mirror-login", usernameKey: "who", passwordKey: "word" },
            },
        });
        assert.equal(await chartVersion(), "0.43.8");
        assert.ok(mirror.welcomed.includes("/index.yaml"));
    });

    it("takes charts from registries: the operator's, and the application's from a private one with a log-in of ours", async () => {
        await upWith({
            operator: { ...args.operator, chart: { oci: `${deployment.instance.operator.ociUrl}/operator` } },
            chart: {
                oci: `oci://${mirrorAddress}/charts/operator-wandb`,
                version: "0.43.7",
                plainHttp: true,
                credentials: { username: user.username, password: `${SecretPrefix}${user.password}` },
            },
        });
        assert.equal(await chartVersion(), "0.43.7");
        assert.ok(mirror.welcomed.some((path) => /^\/v2\/charts\/operator-wandb\/blobs\//.test(path)));
        const [secret] = await live.secrets("wandb-chart");
        assert.deepEqual((await live.resource()).spec?.["chart"], {
            url: `oci://${mirrorAddress}/charts/operator-wandb`,
            version: "0.43.7",
            plainHTTP: true,
            credentialSecret: { name: secret, usernameKey: "HELM_USERNAME", passwordKey: "HELM_PASSWORD" },
        });
    });

    it("never asks the release channel", () => {
        const digest = createHash("sha256").update(license).digest("hex");
        const asked = deployment.instance.operator.channelRequests();
        assert.deepEqual(
            asked.filter(({ licenseDigest }) => licenseDigest === digest),
            [],
        );
    });
});
