/** What the stand-in charts render, against the behaviour that was read off the real ones. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadAll } from "js-yaml";
import { after, before, describe, it } from "mocha";
import { ensureToolchain } from "../../sandbox/toolchain";

interface Env {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef?: { name: string; key: string } };
}

interface Rendered {
    kind: string;
    metadata: { name: string; annotations?: Record<string, string> };
    data?: Record<string, string>;
    spec: {
        replicas?: number;
        rules: { host: string; http: { paths: { path: string; backend: { service: { name: string } } }[] } }[];
        template: {
            spec: {
                serviceAccountName: string;
                containers: { image: string; args?: string[]; env: Env[]; volumeMounts?: { mountPath: string }[] }[];
            };
        };
    };
}

const run = promisify(execFile);
const chartFolder = (name: string) => join(__dirname, "..", "..", "sandbox", "operator", "charts", name);

describe("stand-in charts", function () {
    this.timeout(60_000);
    let helm: string;
    let dir: string;

    before(async () => {
        helm = (await ensureToolchain((line) => console.log(`    ${line}`))).path("helm");
        dir = mkdtempSync(join(tmpdir(), "operator-charts-"));
    });

    after(() => rmSync(dir, { recursive: true, force: true }));

    async function render(chart: string, values: object, release = "wandb"): Promise<Rendered[]> {
        const file = join(dir, "values.json");
        writeFileSync(file, JSON.stringify(values));
        const { stdout } = await run(helm, ["template", release, chartFolder(chart), "--values", file], {
            maxBuffer: 1 << 24,
        });
        return loadAll(stdout).filter((object) => object !== null) as Rendered[];
    }

    function find(objects: Rendered[], kind: string, name: string): Rendered {
        const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
        assert.ok(found, `${kind} ${name}`);
        return found;
    }

    /** Environment of the app container, by name. */
    async function appEnv(values: object): Promise<Map<string, Env>> {
        const app = find(await render("operator-wandb", values), "Deployment", "wandb-app-bc");
        return new Map(app.spec.template.spec.containers[0].env.map((env) => [env.name, env]));
    }

    const buckets: [string, object, string][] = [
        ["s3", { provider: "s3", name: "b" }, "s3://$(BUCKET_NAME)"],
        ["s3 with one of two keys", { provider: "s3", name: "b", accessKey: "a" }, "s3://$(BUCKET_NAME)"],
        [
            "S3-compatible",
            { provider: "s3", name: "h:9000", path: "b", accessKey: "a", secretKey: "s" },
            "s3://$(BUCKET_ACCESS_KEY):$(BUCKET_SECRET_KEY)@$(BUCKET_NAME)/$(BUCKET_PATH)",
        ],
        ["gcs", { provider: "gcs", name: "b", path: "p" }, "gs://$(BUCKET_NAME)/$(BUCKET_PATH)"],
        ["az", { provider: "az", name: "a", path: "c" }, "az://$(BUCKET_NAME)/$(BUCKET_PATH)"],
        ["a wrong provider", { provider: "gs", name: "b" }, ""],
        ["no provider", { name: "b" }, ""],
        ["no name: the default bucket", { provider: "gcs" }, "s3://$(BUCKET_NAME)"],
    ];
    for (const [title, bucket, url] of buckets) {
        it(`bucket URL of ${title}`, async () => {
            const env = await appEnv({ global: { bucket } });
            assert.equal(env.get("BUCKET")?.value, url);
            assert.equal(env.get("GORILLA_FILE_STORE")?.value, url);
        });
    }

    it("extraEnv.BUCKET replaces BUCKET alone", async () => {
        const env = await appEnv({
            global: { bucket: { provider: "s3", name: "b" }, extraEnv: { BUCKET: "s3://own" } },
        });
        assert.equal(env.get("BUCKET")?.value, "s3://own");
        assert.equal(env.get("GORILLA_FILE_STORE")?.value, "s3://$(BUCKET_NAME)");
    });

    const redis: [string, object, string][] = [
        ["bundled", {}, "redis://$(REDIS_HOST):$(REDIS_PORT)?ttlInSeconds=604800"],
        [
            "params over parameters",
            { params: { tls: true }, parameters: { tls: false } },
            "?tls=true&ttlInSeconds=604800",
        ],
        ["port query over params", { port: "6379?tls=false", params: { tls: true } }, "?tls=false&ttlInSeconds=604800"],
        ["a fixed ttl", { params: { ttlInSeconds: 5 } }, "?ttlInSeconds=604800"],
        ["a CA turns TLS on", { caCert: "pem", params: { tls: false } }, "&tls=true&"],
        ["a Secret", { secret: { secretName: "own" } }, "redis://:$(REDIS_PASSWORD)@"],
    ];
    for (const [title, settings, part] of redis) {
        it(`Redis URL: ${title}`, async () => {
            const url = (await appEnv({ global: { redis: settings } })).get("REDIS")?.value ?? "";
            assert.ok(url.includes(part), url);
        });
    }

    it("precedence of environment: component env, component extraEnv, global.env, global.extraEnv, generated", async () => {
        const env = await appEnv({
            app: { env: { A: "component" }, extraEnv: { A: "old", B: "old" } },
            global: { env: { B: "global", C: "global" }, extraEnv: { C: "extra", D: "extra", LICENSE: "own" } },
        });
        const value = (name: string) => env.get(name)?.value;
        assert.deepEqual(["A", "B", "C", "D"].map(value), ["component", "old", "global", "extra"]);
        assert.deepEqual(env.get("LICENSE"), { name: "LICENSE", value: "own" });
    });

    const refused: [string, object, RegExp][] = [
        ["redis.host by reference", { global: { redis: { host: { valueFrom: {} } } } }, /incompatible types/],
        [
            "oidc.clientId by reference",
            { global: { auth: { oidc: { clientId: { valueFrom: {} } } } } },
            /incompatible types/,
        ],
        ["customCACerts as text", { global: { customCACerts: "pem" } }, /range can't iterate/],
    ];
    for (const [title, values, error] of refused) {
        it(`refuses ${title}`, () => assert.rejects(render("operator-wandb", values), error));
    }

    it("takes references for parts of mysql and smtp, and prints them as text in otel", async () => {
        const reference = (key: string) => ({ valueFrom: { secretKeyRef: { name: "own", key } } });
        const values = {
            global: {
                mysql: { host: reference("host"), password: reference("password") },
                email: { smtp: { host: "smtp", password: reference("smtp") } },
                extraEnv: { OWN: reference("own") },
            },
        };
        const env = await appEnv(values);
        for (const [name, key] of [
            ["MYSQL_HOST", "host"],
            ["MYSQL_PASSWORD", "password"],
            ["SMTP_PASSWORD", "smtp"],
            ["OWN", "own"],
        ]) {
            assert.deepEqual(env.get(name)?.valueFrom?.secretKeyRef, { name: "own", key }, name);
        }
        const otel = find(await render("operator-wandb", values), "DaemonSet", "wandb-otel-daemonset");
        assert.match(otel.spec.template.spec.containers[0].env[0].value ?? "", /^map\[valueFrom/);
    });

    it("routes by the long name, and collapses the Service of a release that contains the component's name", async () => {
        const objects = await render("operator-wandb", {}, "my-app");
        find(objects, "Service", "my-app");
        const [rule] = find(objects, "Ingress", "my-app").spec.rules;
        assert.equal(rule.host, "localhost:8080");
        assert.equal(rule.http.paths[0].backend.service.name, "my-app-app");
    });

    it("adds routes and workloads of what is switched on", async () => {
        const objects = await render("operator-wandb", {
            global: { api: { enabled: true, additionalPaths: { files: true } } },
            frontend: { install: true },
            "weave-trace": { install: true },
            mysql: { install: true },
        });
        const { paths } = find(objects, "Ingress", "wandb").spec.rules[0].http;
        const routes = Object.fromEntries(paths.map(({ path, backend }) => [path, backend.service.name]));
        assert.equal(routes["/"], "wandb-frontend");
        assert.equal(routes["/graphql"], "wandb-api");
        assert.equal(routes["/files"], "wandb-api");
        assert.equal(routes["/traces"], "wandb-weave-trace");
        for (const name of ["wandb-api", "wandb-frontend", "wandb-weave-trace"]) {
            find(objects, "Deployment", name);
        }
        find(objects, "StatefulSet", "wandb-mysql");
    });

    it("sizes by table; an unknown size scales nothing", async () => {
        const scalers = async (size: string) =>
            (await render("operator-wandb", { global: { size } })).filter(({ kind }) => kind.startsWith("Horizontal"));
        assert.equal((await scalers("xxlarge")).length, 2);
        assert.equal((await scalers("huge")).length, 0);
    });

    it("prefixes images, and takes a digest over a tag", async () => {
        const image = { repository: "wandb/local", tag: "1", digest: "sha256:0123456789abcdef" };
        const objects = await render("operator-wandb", {
            global: { repositoryPrefix: "mirror.example.com/", imageRegistry: "bundled.example.com" },
            app: { image },
        });
        const imageOf = (kind: string, name: string) =>
            find(objects, kind, name).spec.template.spec.containers[0].image;
        assert.equal(imageOf("Deployment", "wandb-app-bc"), "mirror.example.com/wandb/local@sha256:0123456789abcdef");
        assert.match(imageOf("DaemonSet", "wandb-otel-daemonset"), /^mirror\.example\.com\//);
        assert.match(imageOf("StatefulSet", "wandb-redis-master"), /^bundled\.example\.com\//);
    });

    it("falls to the account default when none is created or named", async () => {
        const objects = await render("operator-wandb", { app: { serviceAccount: { create: false } } });
        const app = find(objects, "Deployment", "wandb-app-bc");
        assert.equal(app.spec.template.spec.serviceAccountName, "default");
    });

    it("operator: names follow nameOverride, the air-gap mounts charts, isolation lists namespaces", async () => {
        const objects = await render("operator-1.4.8", {
            nameOverride: "second",
            airgapped: true,
            image: { tag: "1.22.0", digest: "sha256:ab" },
            namespaceIsolation: { enabled: true, additionalNamespaces: ["team"] },
            extraEnv: [{ name: "DEPLOYER_CHANNEL_URL", value: "http://channel" }],
        });
        const deployment = find(objects, "Deployment", "second-controller-manager");
        const [container] = deployment.spec.template.spec.containers;
        assert.equal(container.image, "wandb/controller@sha256:ab");
        assert.ok(container.args?.includes("--isolation-namespaces=default,team"));
        assert.deepEqual(
            container.volumeMounts?.map(({ mountPath }) => mountPath),
            ["/charts"],
        );
        const env = new Map(container.env.map(({ name, value }) => [name, value]));
        assert.equal(env.get("AIRGAPPED"), "true");
        assert.equal(env.get("DEPLOYER_CHANNEL_URL"), "http://channel");
        assert.equal(objects.filter(({ kind }) => kind.startsWith("ClusterRole")).length, 0);
        find(objects, "ServiceAccount", "second-manager");
    });
});
