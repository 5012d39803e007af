/** Where secrets are after preview, up, change and refresh: in the Secrets that hold them, and nowhere else in plain text. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { resourcePath, secretPath, type KubeClient } from "../../sandbox/operator/controller/kube";
import { tlsFixture } from "../support/bad-arguments/valid";
import { Canary, canarySettings, findCanary, findWords } from "../support/canary";
import { cluster, DeploymentProgram, type JsonArgs, sandbox, sandboxArgs } from "../support/deployment";
import { engineTimeoutMs, toolchainTimeoutMs } from "../support/scratch-program";

const namespace = "canary";
const operatorNamespace = "canary-operator";

/** A credential among the free values begins so. */
const FreeCanary = `${Canary}Free`;

/** Every secret that stands in a text, in every form. */
type Find = (text: string) => string[];

/** The kubeconfig is a secret input, too, with its token for a canary. */
async function tokenOfKubeconfig(): Promise<string> {
    const { controlPlane } = await sandbox();
    const config = JSON.parse(readFileSync(controlPlane.kubeconfigPath, "utf8")) as {
        users: { user: { token: string } }[];
    };
    return config.users[0].user.token;
}

/** Kinds whose objects must not hold a secret in any form. */
const kinds = [
    ...["configmaps", "services", "pods", "events", "serviceaccounts", "persistentvolumeclaims"].map(
        (kind) => `v1/${kind}`,
    ),
    ...["deployments", "replicasets", "statefulsets", "daemonsets", "controllerrevisions"].map(
        (kind) => `apps/v1/${kind}`,
    ),
    "networking.k8s.io/v1/ingresses",
    "rbac.authorization.k8s.io/v1/roles",
    "rbac.authorization.k8s.io/v1/rolebindings",
    "coordination.k8s.io/v1/leases",
    "batch/v1/jobs",
    "apps.wandb.com/v1/weightsandbiases",
];

/** A canary in every secret input, unmarked: the component marks them. `suffix` makes every value another one. */
async function canaryArgs(suffix: string, changes: Partial<JsonArgs> = {}): Promise<JsonArgs> {
    const { operator } = await sandbox();
    const { ingress, ...settings } = canarySettings((value) => `${value}${suffix}`);
    const tls = { certificate: tlsFixture("test-only-certificate.pem"), privateKey: tlsFixture("test-only-key.pem") };
    return sandboxArgs({
        ...settings,
        host: "wandb.example.com",
        namespace,
        operator: { namespace: operatorNamespace },
        chart: {
            repository: operator.repositoryUrl,
            version: "0.43.8",
            credentials: { username: `${Canary}ChartUser${suffix}`, password: `${Canary}ChartPassword${suffix}` },
        },
        ingress: { ...ingress, tls },
        values: { global: { email: { smtp: { password: `${FreeCanary}${suffix}` } } } },
        ...changes,
    });
}

/** `apps/v1/deployments` in a namespace as one text, managed fields and all. */
function textOf(client: KubeClient, kind: string, where: string): Promise<string> {
    const [version, plural] = [kind.slice(0, kind.lastIndexOf("/")), kind.slice(kind.lastIndexOf("/") + 1)];
    return client.text(`/${version === "v1" ? "api" : "apis"}/${version}/namespaces/${where}/${plural}`);
}

/** What a Secret's value says: a Helm release is unpacked. */
function clear(type: unknown, value: string): string {
    const bytes = Buffer.from(value, "base64");
    return type === "helm.sh/release.v1"
        ? gunzipSync(Buffer.from(bytes.toString(), "base64")).toString()
        : bytes.toString();
}

/** `<where>: <form>` of each canary in the cluster outside Secrets, and `role/key` of each inside. */
async function searchCluster(find: Find): Promise<{ leaks: string[]; held: string[] }> {
    const client = await cluster();
    const leaks: string[] = [];
    const held: string[] = [];
    for (const where of [namespace, operatorNamespace]) {
        const texts = await Promise.all(kinds.map((kind) => textOf(client, kind, where)));
        texts.push(await client.text(`/api/v1/namespaces/${where}`));
        texts.forEach((text, index) => leaks.push(...find(text).map((form) => `${where} ${kinds[index]}: ${form}`)));
        for (const { metadata, type, data, ...rest } of await client.list(secretPath(where))) {
            leaks.push(...find(JSON.stringify([metadata, rest])).map((form) => `Secret ${metadata?.name}: ${form}`));
            const keys = Object.entries(data ?? {}).filter(([, value]) => find(clear(type, value)).length > 0);
            held.push(...keys.map(([key]) => `${metadata?.name?.replace(/-[0-9a-f]{8}$/, "")}/${key}`));
        }
    }
    return { leaks, held: held.sort() };
}

/** Every Secret with the key that holds a secret input. */
const belongs = [
    "wandb-bucket/ACCESS_KEY",
    "wandb-bucket/SECRET_KEY",
    "wandb-chart/HELM_PASSWORD",
    "wandb-chart/HELM_USERNAME",
    "wandb-database-password/MYSQL_PASSWORD",
    "wandb-env/EXTRA_TOKEN",
    "wandb-ingress-tls/tls.key",
    "wandb-ldap/LDAP_BIND_PW",
    "wandb-license/license",
    "wandb-oidc/OIDC_SECRET",
    "wandb-redis/REDIS_PASSWORD",
    "wandb-smtp/SMTP_PASSWORD",
    "wandb-values/SMTP_PASSWORD",
];

/** Files of the instance that hold a secret: state, its history and backups, logs of the engine. */
function searchFiles(folder: string, find: Find): string[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .map((name) => join(folder, name))
        .filter((file) => statSync(file).isFile() && find(readFileSync(file, "utf8")).length > 0);
}

/**
 * An event log without one kind of debug message: Pulumi's Node.js SDK writes the engine's answer to each registration, with the
 * secrets in it, and no program can keep it from that. The engine shows such messages with --debug only.
 */
function withoutSdkDebugging(events: string): string {
    return events
        .split("\n")
        .filter((line) => !/"message":"RegisterResource RPC finished: .*"severity":"debug"/.test(line))
        .join("\n");
}

describe("secrets on the real engine", function () {
    this.timeout(engineTimeoutMs);
    let deployment: DeploymentProgram;
    let token: string;

    const find: Find = (text) => [...findCanary(text), ...findWords(text, [token])];

    /** Runs the engine and returns output and event log together. */
    async function run(command: string, ...options: string[]): Promise<string> {
        const { program } = deployment;
        const events = join(program.dir, "events.json");
        const output = await program.succeed(command, "--diff", "--event-log", events, ...options);
        return output + withoutSdkDebugging(readFileSync(events, "utf8"));
    }

    before(async function () {
        this.timeout(toolchainTimeoutMs);
        token = await tokenOfKubeconfig();
        assert.match(token, /^[0-9a-f]{48}$/);
        deployment = await DeploymentProgram.create({ wandb: await canaryArgs("One") });
    });
    after(() => deployment.remove());

    it("shows none in a preview", async () => {
        const shown = await run("preview");
        assert.match(shown, /stringData|data +: \[secret\]/);
        assert.deepEqual(find(shown), []);
    });

    it("shows none during up, and puts each into the Secret that holds it", async () => {
        const shown = await run("up", "--yes", "--skip-preview");
        assert.match(shown, /wandb-ingress-tls/);
        assert.deepEqual(find(shown), []);
        assert.deepEqual(await searchCluster(find), { leaks: [], held: belongs });
        const free = await searchCluster((text) => findWords(text, [FreeCanary]));
        assert.deepEqual(free, { leaks: [], held: ["wandb-values/SMTP_PASSWORD"] });
    });

    it("shows none when every value changes", async () => {
        deployment.change({ wandb: await canaryArgs("Two") });
        const shown = (await run("preview")) + (await run("up", "--yes", "--skip-preview"));
        assert.match(shown, /wandb-database-password/);
        assert.deepEqual(find(shown), []);
        assert.deepEqual(await searchCluster(find), { leaks: [], held: belongs });
    });

    it("shows none in a refresh, in stack outputs and in the state", async () => {
        const { program } = deployment;
        const shown = [
            await run("refresh", "--yes", "--skip-preview"),
            await program.succeed("stack", "output", "--json"),
            await program.succeed("stack", "export"),
        ];
        assert.match(shown[2], /wandb-database-password/);
        assert.deepEqual(shown.flatMap(find), []);
        assert.deepEqual(searchFiles(program.dir, find), []);
    });

    it("warns of a secret in an argument that is stored in plain text, and such a canary is found everywhere", async () => {
        const extraEnv = { HIDDEN: "secret:not-so-secret", PLAIN: `${Canary}Plain ${token}` };
        deployment.change({ wandb: await canaryArgs("Two", { extraEnv }) });
        const shown = await run("up", "--yes", "--skip-preview");
        assert.match(
            shown,
            /extraEnv\.HIDDEN: is secret here, but stored in the cluster in plain text\. Move it to `secretEnv`/,
        );
        assert.doesNotMatch(shown, /extraEnv\.PLAIN: is secret/);
        assert.doesNotMatch(shown, /not-so-secret/);
        assert.deepEqual(find(shown), [Canary, token]);
        const state = await deployment.program.succeed("stack", "export");
        assert.doesNotMatch(state, /not-so-secret/);
        assert.deepEqual(find(state), [Canary, token]);
        const { leaks, held } = await searchCluster(find);
        for (const kind of ["apps.wandb.com/v1/weightsandbiases", "apps/v1/deployments", "v1/pods"]) {
            for (const word of [Canary, token]) {
                assert.ok(leaks.includes(`${namespace} ${kind}: ${word}`), `${kind}: ${leaks.join(", ")}`);
            }
        }
        assert.ok(
            held.some((key) => key.startsWith("wandb-spec-active/")),
            held.join(", "),
        );
        assert.ok(
            held.some((key) => key.startsWith("sh.helm.release.v1.wandb.")),
            held.join(", "),
        );
        const stored = JSON.stringify(await (await cluster()).get(resourcePath(namespace, "wandb")));
        assert.match(stored, /not-so-secret/);
    });
});
