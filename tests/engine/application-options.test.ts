/** Settings of the application on their way into the cluster, everything inside it, and the way to the system console. */
import assert from "node:assert/strict";
import { secretPath, type KubeClient, type KubeObject } from "../../sandbox/operator/controller/kube";
import { tlsFixture } from "../support/bad-arguments/valid";
import { cluster, DeploymentProgram, sandboxArgs, SecretPrefix } from "../support/deployment";
import { Live } from "../support/live";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";
import { runLine } from "../support/shell";

const namespace = "application";
const certificate = tlsFixture("test-only-certificate.pem");
const privateKey = tlsFixture("test-only-key.pem");
const otherCertificate = tlsFixture("test-only-other-certificate.pem");

interface IngressSpec {
    readonly ingressClassName?: string;
    readonly tls?: { hosts: string[]; secretName: string }[];
    readonly rules: { host: string }[];
}

describe("a deployment with MySQL and Redis in the cluster and many settings", function () {
    this.timeout(engineTimeoutMs);
    let client: KubeClient;
    let live: Live;
    let deployment: DeploymentProgram;
    let output: string;

    before("up", async function () {
        this.timeout(toolchainTimeoutMs);
        client = await cluster();
        live = new Live(client, namespace);
        const args = await sandboxArgs({
            namespace,
            host: "wandb.example.com",
            operator: { namespace },
            database: { install: true },
            serviceAccounts: [
                {
                    name: "wandb-shared",
                    components: ["app", "parquet", "weave"],
                    annotations: { "example.com/role": "reader" },
                },
            ],
            ingress: {
                className: "nginx",
                tls: { certificate, privateKey: `${SecretPrefix}${privateKey}` },
                additionalHosts: ["one.teams.example.com"],
                secondary: {
                    name: "wandb-internal",
                    className: "nginx",
                    annotations: { "example.com/scheme": "internal" },
                    additionalHosts: ["wandb.internal.example"],
                    tlsSecretName: "internal-tls",
                },
            },
            customCaCerts: [certificate, otherCertificate],
        });
        deployment = await DeploymentProgram.create({ wandb: args });
        output = await deployment.up();
    });

    after("destroy", () => deployment.remove());

    function read(kind: string, name: string, group = "/api/v1"): Promise<KubeObject> {
        return client.get(`${group}/namespaces/${namespace}/${kind}/${name}`);
    }

    async function ingress(name: string): Promise<IngressSpec> {
        return (await read("ingresses", name, "/apis/networking.k8s.io/v1")).spec as unknown as IngressSpec;
    }

    it("ends Ready, with the stores among what it waited for, and warns of them", async () => {
        assert.equal(await live.phase(), "Completed");
        const sets = await client.list(`/apis/apps/v1/namespaces/${namespace}/statefulsets`);
        const ready = sets.map(({ metadata, status }) => [metadata?.name, status?.["readyReplicas"]]);
        assert.deepEqual(ready.sort(), [
            ["wandb-mysql", 1],
            ["wandb-redis-master", 1],
        ]);
        assert.match(output, /warning: database\.install: .*not for production/);
    });

    it("makes the account of several components once, and all of them run as it", async () => {
        const accounts = await client.list(`/api/v1/namespaces/${namespace}/serviceaccounts`);
        const names = accounts.map(({ metadata }) => metadata?.name);
        for (const component of ["wandb-app", "wandb-parquet", "wandb-weave"]) {
            assert.ok(!names.includes(component), `${component} is made although nothing runs as it`);
            const { spec } = await read("deployments", `${component}-bc`, "/apis/apps/v1");
            const { template } = spec as { template: { spec: { serviceAccountName: string } } };
            assert.equal(template.spec.serviceAccountName, "wandb-shared");
        }
        assert.ok(names.includes("wandb-console"));
        const shared = await read("serviceaccounts", "wandb-shared");
        assert.equal(shared.metadata?.annotations?.["example.com/role"], "reader");
    });

    it("makes the Ingress's Secret of PEM, for all host names", async () => {
        const { tls = [], rules } = await ingress("wandb");
        const hosts = ["wandb.example.com", "one.teams.example.com"];
        const [{ secretName }] = tls;
        assert.deepEqual(tls, [{ hosts, secretName }]);
        assert.deepEqual(
            rules.map(({ host }) => host),
            hosts,
        );
        const secret = await read("secrets", secretName);
        assert.equal(secret.type, "kubernetes.io/tls");
        const decoded = (key: string) => Buffer.from(secret.data?.[key] ?? "", "base64").toString("utf8");
        assert.equal(decoded("tls.crt"), certificate);
        assert.equal(decoded("tls.key"), privateKey);
    });

    it("makes a second Ingress beside it", async () => {
        const { tls, rules, ingressClassName } = await ingress("wandb-internal");
        const hosts = ["wandb.example.com", "wandb.internal.example"];
        assert.equal(ingressClassName, "nginx");
        assert.deepEqual(tls, [{ hosts, secretName: "internal-tls" }]);
        assert.deepEqual(
            rules.map(({ host }) => host),
            hosts,
        );
        const { metadata } = await read("ingresses", "wandb-internal", "/apis/networking.k8s.io/v1");
        assert.equal(metadata?.annotations?.["example.com/scheme"], "internal");
        assert.equal(metadata?.annotations?.["nginx.ingress.kubernetes.io/proxy-body-size"], "0");
    });

    it("gives the application the CAs to trust", async () => {
        const { data = {} } = await read("configmaps", "wandb-ca-certs");
        const found = Object.entries(data).map(([name, text]) => [name, text.trim()]);
        assert.deepEqual(found.sort(), [
            ["customCA0.crt", certificate.trim()],
            ["customCA1.crt", otherCertificate.trim()],
        ]);
    });

    it("tells where the console is and how to get its password", async () => {
        const outputs = (await deployment.program.outputs())["wandb"] as Record<string, string>;
        assert.equal(outputs["consoleUrl"], "https://wandb.example.com/console");
        const kubeconfig = deployment.instance.controlPlane.kubeconfigPath;
        const command = outputs["consolePasswordCommand"];
        await assert.rejects(runLine(command, kubeconfig), /wandb-password.*not found/);

        // The console makes this Secret itself some time after its first start.
        const password = `$("it's a 'password'")`;
        await client.create(secretPath(namespace), {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "wandb-password", namespace },
            stringData: { password },
        });
        assert.equal(await runLine(command, kubeconfig), password);
    });
});
