/**
 * States that an earlier version has left (tests/recorded) under the program of today: a preview may change things in place
 * or add some, but replaces and deletes nothing. `UPDATE_RECORDED=1` makes new records with the version of today. Those of the
 * examples on a cloud are tried where it has an account (aws-examples.test.ts, azure-examples.test.ts, gcp-examples.test.ts).
 */
import { readFileSync } from "node:fs";
import type { SandboxInstance } from "../../sandbox/instance";
import { resourcePath } from "../../sandbox/operator/controller/kube";
import { waitFor } from "../../sandbox/processes";
import { tlsFixture } from "../support/bad-arguments/valid";
import { cluster, DeploymentProgram, type JsonArgs, sandbox, sandboxArgs, SecretPrefix } from "../support/deployment";
import { EngineRun } from "../support/engine-run";
import { configure, createExample, ExistingSettings, GitopsSettings, YamlSettings } from "../support/example";
import { assertKept } from "../support/recorded-run";
import { record, restore } from "../support/recorded-state";
import { ConnectorProgram } from "../support/storage-connector";
import { engineTimeoutMs, type ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

const secret = (name: string) => `${SecretPrefix}recorded-${name}`;

/** examples/existing, configured as its README tells. */
function existingExample(): Promise<ScratchProgram> {
    return createExample("existing", {
        plain: ExistingSettings,
        secret: {
            databasePassword: "recorded-database",
            redisPassword: "recorded-redis",
            bucketAccessKey: "recorded-access-key",
            bucketSecretKey: "recorded-secret-key",
            smtpPassword: "recorded-smtp",
        },
    });
}

/** examples/existing-gitops, with the charts of the sandbox. */
async function gitopsExample(): Promise<ScratchProgram> {
    const { operator } = await sandbox();
    const plain = { ...GitopsSettings, chartRepository: operator.repositoryUrl };
    return createExample("existing-gitops", { plain, secret: {} });
}

/** examples/existing-yaml, which gets the component from the package's source. */
async function yamlExample(): Promise<ScratchProgram> {
    const { controlPlane } = await sandbox();
    return createExample("existing-yaml", {
        plain: YamlSettings,
        secret: {
            kubeconfig: readFileSync(controlPlane.kubeconfigPath, "utf8"),
            databasePassword: "recorded-database",
            bucketAccessKey: "recorded-access-key",
            bucketSecretKey: "recorded-secret-key",
        },
    });
}

/** examples/aws-storage-connector. */
async function storageExample(): Promise<ScratchProgram> {
    const { program } = await ConnectorProgram.example("aws-storage-connector");
    const plain = {
        "principalArns[0]": "arn:aws:iam::123456789012:role/wandb",
        "hosts[0]": "wandb.example.com",
        deletionProtection: "false",
    };
    await configure(program, { plain, secret: {} });
    return program;
}

/** Everything that makes a resource, and most of what fills one. */
async function fullArgs(): Promise<JsonArgs> {
    const certificate = tlsFixture("test-only-certificate.pem");
    return sandboxArgs({
        host: "https://wandb.example.com",
        size: "medium",
        namespace: "recorded",
        name: "full",
        operator: {
            namespace: "recorded-operator",
            releaseName: "recorded-operator",
            nameOverride: "recorded",
            airgapped: true,
            channelUrl: undefined,
            offlineCharts: { chart: "H4sIAAAAAAAAAwMAAAAAAAAAAAA=" },
            customCaCerts: [certificate],
            resources: { requests: { cpu: "100m" } },
            extraEnv: { DEBUG: "true" },
        },
        chart: {
            repository: "https://charts.example.com",
            version: "0.43.8",
            credentials: { username: "reader", password: secret("chart") },
        },
        images: { tag: "0.79.0" },
        database: { host: "mysql.example.com", password: secret("database"), caCertificate: certificate },
        redis: { host: "redis.example.com", password: secret("redis"), caCertificate: certificate },
        bucket: {
            provider: "s3",
            name: "wandb",
            endpoint: "minio.example.com:9000",
            accessKey: secret("access-key"),
            secretKey: secret("secret-key"),
        },
        ingress: {
            className: "nginx",
            annotations: { "example.com/team": "research" },
            additionalHosts: ["a.teams.example.com"],
            tls: { certificate, privateKey: SecretPrefix + tlsFixture("test-only-key.pem") },
        },
        oidc: { clientId: "wandb", issuer: "https://idp.example.com", clientSecret: secret("oidc") },
        ldap: {
            address: "ldaps://ldap.example.com",
            baseDn: "dc=example,dc=com",
            bindDn: "cn=reader,dc=example,dc=com",
            bindPassword: secret("ldap"),
        },
        smtp: { host: "smtp.example.com", username: "mailer", password: secret("smtp") },
        customCaCerts: [certificate],
        serviceAccounts: [{ name: "wandb-app", components: ["app", "parquet"] }],
        components: { weave: { env: { LEVEL: "debug" } } },
        extraEnv: { FLAVOUR: "plain" },
        secretEnv: { TOKEN: secret("token") },
        values: { app: { podLabels: { team: "research" } } },
        // The chart's address goes into the settings' stamp, so it must be the same in every sandbox, and answers in none.
        readiness: { wait: false },
    });
}

/** Without the chart the operator never installs, and could not uninstall either. */
async function freeUninstalled(): Promise<void> {
    const client = await cluster();
    const path = resourcePath("recorded", "full");
    if ((await client.find(path)) === undefined) {
        return;
    }
    const phase = async () => (await client.get(path)).status?.phase;
    await waitFor("the operator to give up", async () => (await phase()) === "Invalid Config", { timeoutMs: 60_000 });
    await client.patch(path, { metadata: { finalizers: [] } });
}

const records: Readonly<Record<string, () => Promise<ScratchProgram>>> = {
    existing: existingExample,
    "existing-gitops": gitopsExample,
    "existing-yaml": yamlExample,
    "aws-storage-connector": storageExample,
    "existing-full": async () => (await DeploymentProgram.create({ wandb: await fullArgs() })).program,
};

describe("recorded states", function () {
    this.timeout(engineTimeoutMs);
    let instance: SandboxInstance;
    const namespaces: string[] = [];

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        instance = await sandbox();
    });
    after(() => removeNamespaces());

    async function removeNamespaces(): Promise<void> {
        const client = await cluster();
        const paths = namespaces.splice(0).map((namespace) => `/api/v1/namespaces/${namespace}`);
        await Promise.all(paths.map((path) => client.delete(path)));
        for (const path of paths) {
            const isGone = async () => (await client.find(path)) === undefined;
            await waitFor(`${path} to be gone`, isGone, { timeoutMs: 60_000 });
        }
    }

    for (const [name, create] of Object.entries(records)) {
        it(`${name}: a preview keeps every resource`, async () => {
            const program = await create();
            if (process.env.UPDATE_RECORDED === "1") {
                // The examples share their namespaces.
                await removeNamespaces();
                await program.succeed("up", "--yes", "--skip-preview");
                await record(name, program, instance);
                await freeUninstalled();
                await program.succeed("destroy", "--yes", "--skip-preview");
            }
            const recorded = await restore(name, program, instance);
            namespaces.push(...recorded.namespaces);
            const run = await EngineRun.succeed(program, "preview");
            assertKept(run, recorded.urns);
            program.remove();
        });
    }
});
