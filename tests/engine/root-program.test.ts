/** The program at the root: every argument comes from the stack's config, as `pulumi config set` writes it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { sandboxLicense } from "../../sandbox/stacks/local";
import { Inventory } from "../../sandbox/clouds/inventory";
import { plantZone, Zone } from "../support/aws-account";
import { tlsFixture } from "../support/bad-arguments/valid";
import { Canary, findCanary } from "../support/canary";
import { sandbox } from "../support/deployment";
import { configure } from "../support/example";
import { engineTimeoutMs, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

const root = join(__dirname, "..", "..");

/** One resource of `pulumi preview --json`. */
interface Step {
    readonly newState: { readonly type: string; readonly urn: string; readonly inputs: Record<string, unknown> };
}

/** Everything that can be said without --secret, by `config set --path`. */
const plain: Record<string, string> = {
    "existing.clusterName": "my-cluster",
    host: "wandb.example.com",
    size: "medium",
    namespace: "root",
    createNamespace: "false",
    name: "prod",
    deletionProtection: "false",
    createCustomResource: "true",
    "operator.namespace": "root-operator",
    "operator.resources.limits.cpu": "2",
    "operator.extraEnv.DEBUG": "true",
    "operator.image.pullSecrets[0]": "pull-secret",
    "chart.oci": "oci://registry.example.com/charts/operator-wandb",
    "chart.version": "0.43.8",
    "images.tag": "1.10",
    "images.pullSecrets[0]": "pull-secret",
    "database.host": "mysql.example.com",
    "database.port": "3307",
    "redis.host": "redis.example.com",
    "redis.parameters.poolSize": "10",
    "bucket.provider": "s3",
    "bucket.name": "1234567890",
    "bucket.region": "eu-west-1",
    "ingress.className": "nginx",
    'ingress.annotations["example.com/on"]': "true",
    "ingress.tls.certificate": tlsFixture("test-only-certificate.pem"),
    "oidc.clientId": "123",
    "oidc.issuer": "https://idp.example.com",
    "ldap.address": "ldaps://ldap.example.com",
    "ldap.baseDn": "dc=example,dc=com",
    "ldap.bindDn": "cn=reader",
    "smtp.host": "smtp.example.com",
    "smtp.username": "mailer",
    sessionLengthHours: "24",
    "customCaCerts[0]": tlsFixture("test-only-certificate.pem"),
    caCertsConfigMap: "ca-certificates",
    "serviceAccounts[0].name": "wandb-app",
    "serviceAccounts[0].components[0]": "app",
    "serviceAccounts[0].annotations.number": "7",
    "components.app.replicas": "3",
    "components.app.env.LEVEL": "5",
    "extraEnv.ANSWER": "42",
    "extraEnv.FLAG": "true",
    "extraEnvFrom.TOKEN.secretKeyRef.name": "tokens",
    "extraEnvFrom.TOKEN.secretKeyRef.key": "token",
    "values.app.custom": "9",
    'checks.silence["host.https"]': "Not needed here.",
    "checks.reference.version": "0.43.8",
    "checks.reference.values": join(root, "sdk/checks/data/operator-wandb-0.43.8.json"),
    "readiness.timeout": "5m",
};

const secret: Record<string, string> = {
    license: sandboxLicense(),
    "database.password": `${Canary}Database`,
    "redis.password": `${Canary}Redis`,
    "bucket.accessKey": `${Canary}AccessKey`,
    "bucket.secretKey": `${Canary}SecretKey`,
    "oidc.clientSecret": `${Canary}Oidc`,
    "ldap.bindPassword": "12345678",
    "smtp.password": `${Canary}Smtp`,
    "chart.credentials.username": `${Canary}User`,
    "chart.credentials.password": `${Canary}Password`,
    "ingress.tls.privateKey": tlsFixture("test-only-key.pem"),
    "secretEnv.SECRET": `${Canary}Env`,
    "values.app.hidden": `${Canary}Value`,
};

/** What becomes of it in the custom resource. */
const expectedResource = {
    metadata: { name: "prod", namespace: "root" },
    spec: {
        chart: { url: plain["chart.oci"], version: "0.43.8" },
        values: {
            app: {
                custom: 9,
                hidden: "[secret]",
                env: { LEVEL: "5" },
                image: { tag: "1.10" },
                replicaCount: 3,
                serviceAccount: { name: "wandb-app", annotations: { number: "7" } },
            },
            global: {
                auth: { oidc: { clientId: "123", issuer: "https://idp.example.com" }, sessionLengthHours: 24 },
                bucket: { provider: "s3", name: "1234567890", region: "eu-west-1" },
                caCertsConfigMap: "ca-certificates",
                customCACerts: [plain["customCaCerts[0]"]],
                email: { smtp: { host: "smtp.example.com", user: "mailer" } },
                extraEnv: {
                    ANSWER: "42",
                    FLAG: "true",
                    LDAP_ADDRESS: "ldaps://ldap.example.com",
                    TOKEN: { valueFrom: { secretKeyRef: { name: "tokens", key: "token" } } },
                },
                host: "https://wandb.example.com",
                imagePullSecrets: ["pull-secret"],
                mysql: { host: "mysql.example.com", port: 3307 },
                redis: { host: "redis.example.com", params: { poolSize: "10" } },
                size: "medium",
            },
            ingress: { class: "nginx", annotations: { "example.com/on": "true" } },
        },
    },
};

/** What is said of a cloud, where the database and all else is made. */
const cloud: Record<string, string> = {
    "access.cidrs[0]": "203.0.113.0/24",
    "aws.dns.zoneId": Zone.id,
    "aws.network.zoneCount": "2",
    "aws.cluster.nodes.labels.dedicated": "true",
    "aws.cluster.nodes.diskSizeGb": "200",
    "charts.clusterAutoscaler.values.replicaCount": "2",
    retainData: "true",
    "tags.cost-center": "4711",
    host: "wandb.example.com",
    deletionProtection: "false",
};

/** The same on Google Cloud. */
const googleCloud: Record<string, string> = {
    "access.cidrs[0]": "203.0.113.0/24",
    "gcp.network.flowLogs.sampling": "0.25",
    "gcp.cluster.nodes.labels.dedicated": "true",
    "gcp.cluster.nodes.diskSizeGb": "200",
    "tags.cost-center": "4711",
    host: "wandb.example.com",
    deletionProtection: "false",
};

/** The same on Azure. */
const azureCloud: Record<string, string> = {
    "access.cidrs[0]": "203.0.113.0/24",
    "azure.location": "westeurope",
    "azure.dns.acme.challenge": "http-01",
    "azure.cluster.nodes.labels.dedicated": "true",
    "azure.cluster.nodes.osDiskSizeGb": "200",
    "tags.cost-center": "4711",
    host: "wandb.example.com",
    deletionProtection: "false",
};

const expectedRelease = {
    namespace: "root-operator",
    values: { resources: { limits: { cpu: 2 } }, image: { pullSecrets: ["pull-secret"] } },
};

describe("the root program", function () {
    this.timeout(engineTimeoutMs);
    let program: ScratchProgram;

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        const { controlPlane, operator } = await sandbox();
        const read = (file: string) => readFileSync(join(root, file), "utf8");
        const files = ["Pulumi.yaml", "index.ts", "config-shape.ts", "tsconfig.json"];
        program = await ScratchProgram.create(Object.fromEntries(files.map((file) => [file, read(file)])), {
            KUBECONFIG: controlPlane.kubeconfigPath,
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        });
        const services = {
            "existing.context": controlPlane.context,
            "operator.chart.repository": operator.repositoryUrl,
            "operator.channelUrl": operator.channelUrl,
        };
        await configure(program, { plain: { ...services, ...plain }, secret });
    });
    after(() => program.remove());

    it("is told every argument by this test", () => {
        const { config } = load(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { config: object };
        const told = new Set([...Object.keys(plain), ...Object.keys(secret)].map((path) => path.split(/[.[]/)[0]));
        const ofClouds = Object.keys({ ...cloud, ...googleCloud, ...azureCloud }).map((path) => path.split(/[.[]/)[0]);
        assert.deepEqual([...new Set([...told, "licenseSecret", ...ofClouds])].sort(), Object.keys(config).sort());
    });

    it("hands the config to the component, numbers and words where the argument has them, secrets hidden", async () => {
        const output = await program.succeed("preview", "--json");
        assert.deepEqual(findCanary(output), []);
        assert.match(output, /values\.app\.hidden: is secret here, but stored in the cluster in plain text/);
        const { steps } = JSON.parse(output.slice(output.indexOf("{\n"))) as { steps: Step[] };
        const inputsOf = (type: string) =>
            steps.filter(({ newState }) => newState.type === type).map(({ newState }) => newState.inputs);
        const [resource, ...others] = inputsOf("kubernetes:apps.wandb.com/v1:WeightsAndBiases");
        assert.deepEqual(others, []);
        assert.partialDeepStrictEqual(resource, expectedResource);
        const [release] = inputsOf("kubernetes:helm.sh/v3:Release");
        assert.partialDeepStrictEqual(release, expectedRelease);
        const namespaces = inputsOf("kubernetes:core/v1:Namespace").map(
            ({ metadata }) => (metadata as { name: string }).name,
        );
        assert.deepEqual(namespaces, ["root-operator"]);
        const secrets = inputsOf("kubernetes:core/v1:Secret");
        assert.equal(secrets.length, 10);
        secrets.forEach(({ data }) => assert.equal(data, "[secret]"));
        assert.equal(
            steps.find(({ newState }) => newState.type.startsWith("pulumi:providers:"))?.newState.inputs.kubeconfig,
            "[secret]",
        );
    });

    it("refuses unknown keys with a suggestion, two licenses, and a number whose last zero may be lost", async () => {
        await configure(program, {
            plain: { hots: "x", "redis.pasword": "7", "licenseSecret.name": "a", "licenseSecret.key": "b" },
            secret: {},
        });
        await program.succeed("config", "set", "--path", "images.registry", "1.1", "--type", "float");
        const output = await program.fail("preview");
        assert.match(output, /wandb: 4 problems in the arguments, nothing was created\./);
        assert.match(output, /- hots: is not an argument\. Did you mean `host`\?/);
        assert.match(output, /- redis\.pasword: is not an argument\. Did you mean `redis\.password`\?/);
        assert.match(output, /- license: .*licenseSecret/);
        assert.match(output, /- images\.registry: is a number \(1\.1 given\), but must be text\. Quote it: "1\.1"\./);
        assert.doesNotMatch(output, /\n\s+at |unhandled/);
        await program.succeed(
            "config",
            "rm-all",
            "--path",
            "hots",
            "redis.pasword",
            "licenseSecret",
            "images.registry",
        );
    });

    it("refuses a number that has lost digits, and a flag that is neither true nor false", async () => {
        await configure(program, { plain: { "oidc.clientId": "9007199254740993" }, secret: {} });
        const lost = await program.fail("preview");
        assert.match(
            lost,
            /oidc\.clientId: has more digits than a number keeps.*config set --path oidc\.clientId --type string/,
        );
        await program.succeed("config", "set", "--path", "oidc.clientId", "9007199254740993", "--type", "string");
        await program.succeed("config", "set", "deletionProtection", "ture");
        const flag = await program.fail("preview");
        assert.match(flag, /deletionProtection.*boolean/);
        assert.doesNotMatch(flag, /more digits/);
        await program.succeed("config", "set", "deletionProtection", "false");
    });

    it("goes to a cloud when that is said, without looking for a kubeconfig", async () => {
        await program.succeed("stack", "init", "cloud");
        await plantZone(new Inventory(program.dir, "aws"));
        await program.succeed("config", "set", "aws:region", "us-east-1");
        await configure(program, { plain: cloud, secret: { license: sandboxLicense() } });
        const shown = await program.succeed("preview", "--json");
        const { steps } = JSON.parse(shown.slice(shown.indexOf("{\n"))) as { steps: Step[] };
        const inputsOf = (name: string) =>
            steps.find(({ newState }) => newState.urn.endsWith(`::${name}`))?.newState.inputs;
        assert.partialDeepStrictEqual(inputsOf("wandb-nodes-b"), { labels: { dedicated: "true" } });
        assert.partialDeepStrictEqual(inputsOf("wandb-nodes-template"), {
            blockDeviceMappings: [{ ebs: { volumeSize: 200 } }],
        });
        assert.partialDeepStrictEqual(inputsOf("wandb-cluster-autoscaler"), { values: { replicaCount: 2 } });
        assert.partialDeepStrictEqual(inputsOf("wandb-vpc"), { tags: { "cost-center": "4711" } });
        assert.equal(inputsOf("wandb-nodes-c"), undefined);
        await program.succeed("config", "rm", "aws");
        const least = await program.fail("preview");
        assert.match(least, /- ingress\.tls: .*`aws\.dns\.zoneId`/, "access alone means a cloud");
        await program.succeed("stack", "select", "dev");
    });

    it("goes to Google Cloud when that is said", async () => {
        await program.succeed("stack", "init", "google-cloud");
        await program.succeed("config", "set", "gcp:project", "example-project");
        await program.succeed("config", "set", "gcp:region", "europe-west4");
        await configure(program, { plain: googleCloud, secret: { license: sandboxLicense() } });
        const shown = await program.succeed("preview", "--json");
        const { steps } = JSON.parse(shown.slice(shown.indexOf("{\n"))) as { steps: Step[] };
        const inputsOf = (name: string) =>
            steps.find(({ newState }) => newState.urn.endsWith(`::${name}`))?.newState.inputs;
        assert.partialDeepStrictEqual(inputsOf("wandb-nodes"), {
            nodeConfig: { diskSizeGb: 200, labels: { dedicated: "true" } },
        });
        assert.partialDeepStrictEqual(inputsOf("wandb-subnet"), { logConfig: { flowSampling: 0.25 } });
        assert.partialDeepStrictEqual(inputsOf("wandb-bucket"), { labels: { "cost-center": "4711" } });
        await program.succeed("stack", "select", "dev");
    });

    it("goes to Azure when that is said", async () => {
        await program.succeed("stack", "init", "azure-cloud");
        await configure(program, { plain: azureCloud, secret: { license: sandboxLicense() } });
        const shown = await program.succeed("preview", "--json");
        const { steps } = JSON.parse(shown.slice(shown.indexOf("{\n"))) as { steps: Step[] };
        const inputsOf = (name: string) =>
            steps.find(({ newState }) => newState.urn.endsWith(`::${name}`))?.newState.inputs;
        assert.partialDeepStrictEqual(inputsOf("wandb-nodes"), {
            osDiskSizeGB: 200,
            nodeLabels: { dedicated: "true" },
        });
        assert.partialDeepStrictEqual(inputsOf("wandb-bucket-account"), { tags: { "cost-center": "4711" } });
        await program.succeed("stack", "select", "dev");
    });

    it("says where it looked for a kubeconfig", async () => {
        program.env.KUBECONFIG = join(program.dir, "no-such-file");
        const output = await program.fail("preview");
        assert.match(output, /existing\.kubeconfig: no kubeconfig found \(looked at .*no-such-file\)\. Set KUBECONFIG/);
        assert.doesNotMatch(output, /\n\s+at |unhandled/);
    });
});
