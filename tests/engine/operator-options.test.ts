/** Settings of the operator on their way into the cluster, and an operator that is there already. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { KubeClient, KubeObject } from "../../sandbox/operator/controller/kube";
import { resourcePath } from "../../sandbox/operator/controller/kube";
import { tlsFixture } from "../support/bad-arguments/valid";
import { cluster, DeploymentProgram, sandboxArgs } from "../support/deployment";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const run = promisify(execFile);

interface PodSpec {
    readonly imagePullSecrets?: { name: string }[];
    readonly tolerations?: { key?: string }[];
    readonly volumes: { name: string; projected?: { sources: { configMap?: { name: string } }[] } }[];
    readonly containers: {
        readonly image: string;
        readonly imagePullPolicy: string;
        readonly env: { name: string; value?: string }[];
        readonly resources: Record<string, Record<string, string>>;
    }[];
}

function podSpec({ spec }: KubeObject): PodSpec {
    return (spec as { template: { spec: PodSpec } }).template.spec;
}

describe("settings of the operator", function () {
    this.timeout(engineTimeoutMs);
    const namespace = "options";
    const operatorNamespace = "options-operator";
    const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
    const certificate = tlsFixture("test-only-certificate.pem");
    let client: KubeClient;
    let deployment: DeploymentProgram;
    let pod: PodSpec;

    before("up", async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        const args = await sandboxArgs({
            namespace,
            operator: {
                namespace: operatorNamespace,
                releaseName: "wandb-controller",
                nameOverride: "acme",
                image: {
                    repository: "registry.corp.example:5000/wandb/controller",
                    tag: "1.22.0",
                    digest,
                    pullPolicy: "Always",
                    pullSecrets: ["registry-one", "registry-two"],
                },
                resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "100m" } },
                extraEnv: { HTTPS_PROXY: "http://proxy.corp.example:3128", DEBUG: "true" },
                customCaCerts: [certificate],
                caCertsConfigMap: "corp-cas",
                values: {
                    resources: { requests: { cpu: "75m" } },
                    image: { pullPolicy: "IfNotPresent", pullSecrets: ["registry"] },
                    tolerations: [{ key: "dedicated", operator: "Exists" }],
                },
            },
        });
        deployment = await DeploymentProgram.create({ wandb: args });
        await deployment.up();
        const path = `/apis/apps/v1/namespaces/${operatorNamespace}/deployments/acme-controller-manager`;
        pod = podSpec(await client.get(path));
    });

    after("destroy", () => deployment.remove());

    it("name it, and W&B becomes Ready under it", async () => {
        assert.equal(await new Live(client, namespace).phase(), "Completed");
        const secrets = await new Live(client, operatorNamespace).secrets("sh.helm.release.v1.");
        assert.deepEqual(secrets, ["sh.helm.release.v1.wandb-controller.v1"]);
    });

    it("choose its image, which the output names", async () => {
        assert.equal(pod.containers[0].image, `registry.corp.example:5000/wandb/controller@${digest}`);
        const outputs = (await deployment.program.outputs())["wandb"] as Record<string, unknown>;
        assert.equal(outputs["operatorVersion"], digest);
    });

    it("give it resources and environment, the channel's address among it", () => {
        const { env, resources } = pod.containers[0];
        assert.equal(resources["requests"]["memory"], "64Mi");
        assert.equal(resources["limits"]["cpu"], "100m");
        const values = Object.fromEntries(env.map(({ name, value }) => [name, value]));
        assert.equal(values["HTTPS_PROXY"], "http://proxy.corp.example:3128");
        assert.equal(values["DEBUG"], "true");
        assert.equal(values["DEPLOYER_CHANNEL_URL"], deployment.instance.operator.channelUrl);
    });

    it("make it trust CAs, given as text and by a ConfigMap", async () => {
        const name = "wandb-controller-acme-ca-certs";
        const sources = pod.volumes.flatMap(({ projected }) => projected?.sources ?? []);
        assert.deepEqual(
            sources.map(({ configMap }) => configMap?.name),
            ["corp-cas", name],
        );
        const map = await client.get(`/api/v1/namespaces/${operatorNamespace}/configmaps/${name}`);
        assert.equal(map.data?.["customCA0.crt"].trim(), certificate.trim());
        const value = pod.containers[0].env.find((entry) => entry.name === "SSL_CERT_DIR")?.value;
        assert.equal(value, "/certs/");
    });

    it("end with free values: objects deep, lists whole", () => {
        assert.equal(pod.containers[0].resources["requests"]["cpu"], "75m");
        assert.equal(pod.containers[0].imagePullPolicy, "IfNotPresent");
        assert.deepEqual(pod.imagePullSecrets, [{ name: "registry" }]);
        assert.ok(pod.tolerations?.some(({ key }) => key === "dedicated"));
    });
});

describe("an operator that Helm has installed", function () {
    this.timeout(engineTimeoutMs);
    const namespace = "by-helm";
    const operatorNamespace = "helm-operator";
    const deploymentPath = `/apis/apps/v1/namespaces/${operatorNamespace}/deployments/helm-controller-manager`;
    let client: KubeClient;
    let deployment: DeploymentProgram;

    async function helm(...args: string[]): Promise<void> {
        const { toolchain, controlPlane } = deployment.instance;
        const where = ["--namespace", operatorNamespace, "--kubeconfig", controlPlane.kubeconfigPath];
        await run(toolchain.path("helm"), [...args, ...where]);
    }

    before("install it", async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        const args = await sandboxArgs({ namespace });
        const operator = { install: false, namespace: operatorNamespace, nameOverride: "helm" };
        deployment = await DeploymentProgram.create({ wandb: { ...args, operator } });
        const { repositoryUrl, channelUrl } = deployment.instance.operator;
        const settings = ["image.tag=1.22.0", "nameOverride=helm", "extraEnv[0].name=DEPLOYER_CHANNEL_URL"];
        const flags = [...settings, `extraEnv[0].value=${channelUrl}`].flatMap((setting) => ["--set", setting]);
        const chart = ["operator", "--repo", repositoryUrl, "--version", "1.4.8", "--create-namespace"];
        await helm("install", "theirs", ...chart, ...flags);
    });

    after("remove it", async () => {
        await helm("uninstall", "theirs");
        await client.delete(`/api/v1/namespaces/${operatorNamespace}`);
        deployment.program.remove();
    });

    it("serves a deployment that installs none", async () => {
        const output = await deployment.up();
        assert.doesNotMatch(output, /kubernetes:helm/);
        assert.equal(await new Live(client, namespace).phase(), "Completed");
        const outputs = (await deployment.program.outputs())["wandb"] as Record<string, unknown>;
        assert.equal(outputs["operatorVersion"], "1.22.0");
    });

    it("outlives it", async () => {
        const before = await client.get(deploymentPath);
        await deployment.program.succeed("destroy", "--yes", "--skip-preview");
        assert.deepEqual(await client.list(resourcePath(namespace)), []);
        const { metadata } = await client.get(deploymentPath);
        assert.equal(metadata?.uid, before.metadata?.uid);
        assert.equal(metadata?.generation, before.metadata?.generation);
    });
});
