/** The stand-in operator on a real API server, against what was seen on the real one (sandbox/operator/README.md). */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { after, before, describe, it } from "mocha";
import { waitFor } from "../../sandbox/processes";
import { resourcePath, secretPath } from "../../sandbox/operator/controller/kube";
import { Cluster, encode, fixture, smallValues, timeoutMs } from "../support/operator-cluster";

const digest = (license: string) => createHash("sha256").update(license).digest("hex");

describe("stand-in operator", function () {
    this.timeout(120_000);
    let cluster: Cluster;

    before(async () => {
        cluster = await Cluster.start();
        await cluster.installOperator("wandb-cr");
    });

    after(() => cluster?.stop());

    describe("one deployment", () => {
        const namespace = "one";

        it("installs what the fixture for AWS asks for", async () => {
            await cluster.createNamespace(namespace);
            await cluster.apply(namespace, fixture("aws"));
            await cluster.waitPhase(namespace, "Completed");
            const counts = async () => {
                const deployments = await cluster.client.list(`/apis/apps/v1/namespaces/${namespace}/deployments`);
                return deployments.map(
                    ({ metadata, status }) => `${metadata?.name} ${String(status?.availableReplicas)}`,
                );
            };
            const expected = "wandb-app-bc 1,wandb-console-bc 1,wandb-parquet-bc 2,wandb-weave-bc 2";
            await waitFor("all replicas", async () => (await counts()).join() === expected, { timeoutMs });
            assert.deepEqual(await cluster.names(`/apis/apps/v1/namespaces/${namespace}/daemonsets`), [
                "wandb-otel-daemonset",
            ]);
            assert.deepEqual(await cluster.names(`/apis/apps/v1/namespaces/${namespace}/statefulsets`), []);
            const services = await cluster.names(`/api/v1/namespaces/${namespace}/services`);
            for (const name of ["wandb-app", "wandb-console", "wandb-parquet", "wandb-parquet-grpc", "wandb-weave"]) {
                assert.ok(services.includes(name), `${name} in ${services.join()}`);
            }
        });

        it("leaves the marks that readers rely on", async () => {
            const { labels, annotations, ownerReferences } =
                (await cluster.deployment(namespace, "wandb-app-bc")).metadata ?? {};
            assert.equal(labels?.["app.kubernetes.io/instance"], "wandb");
            assert.equal(labels?.["app.kubernetes.io/managed-by"], "Helm");
            assert.equal(labels?.["app.kubernetes.io/name"], "app");
            assert.ok(labels?.["helm.sh/chart"]);
            assert.equal(annotations?.["meta.helm.sh/release-name"], "wandb");
            assert.equal(annotations?.["meta.helm.sh/release-namespace"], namespace);
            assert.equal(annotations?.["reloader.stakater.com/auto"], "true");
            assert.deepEqual(
                ownerReferences?.map(({ kind, controller }) => ({ kind, controller })),
                [{ kind: "WeightsAndBiases", controller: undefined }],
            );
            const resource = await cluster.client.get(resourcePath(namespace, "wandb"));
            assert.deepEqual(resource.metadata?.finalizers, ["finalizer.app.wandb.com"]);
            assert.equal(resource.status?.version, undefined);
        });

        it("records Reconciling, LoadingConfig, Completed, all of type Normal", async () => {
            const events = await cluster.events(namespace);
            assert.deepEqual(
                events.map(({ reason }) => reason),
                ["Reconciling", "LoadingConfig", "Completed"],
            );
            assert.ok(events.every(({ type }) => type === "Normal"));
        });

        it("stores its three specs under the resource as controlling owner", async () => {
            for (const name of ["wandb-spec-user", "wandb-spec-active", "wandb-latest-cached-release"]) {
                const secret = await cluster.client.get(secretPath(namespace, name));
                assert.deepEqual(Object.keys(secret.data ?? {}).sort(), ["chart", "metadata", "values"]);
                assert.equal(secret.metadata?.ownerReferences?.[0].controller, true);
            }
            const secrets = await cluster.names(secretPath(namespace));
            for (const name of ["sh.helm.release.v1.wandb.v1", "wandb-oidc-secret", "wandb-smtp-secret"]) {
                assert.ok(secrets.includes(name), `${name} in ${secrets.join()}`);
            }
        });

        it("gives the Ingress an address", async () => {
            const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/wandb`;
            const address = async () => JSON.stringify((await cluster.client.get(path)).status?.loadBalancer ?? "");
            await waitFor("an address", async () => (await address()).includes("elb.example.com"), { timeoutMs });
            const ingress = await cluster.client.get(path);
            assert.equal(ingress.spec?.ingressClassName, "alb");
            assert.equal((ingress.spec?.rules as { host: string }[])[0].host, "wandb.aws.example");
        });

        it("sends the license to the channel, by basic authentication", () => {
            const license = (fixture("aws").values?.global as { license: string }).license;
            const [request] = cluster.services.channelRequests();
            assert.equal(request.user, "license");
            assert.equal(request.licenseDigest, digest(license));
        });

        it("reconciles a new generation and nothing else", async () => {
            const reconciled = async () => (await cluster.events(namespace))[0].count;
            const before = await reconciled();
            await cluster.client.patch(resourcePath(namespace, "wandb"), { metadata: { labels: { edited: "true" } } });
            const spec = fixture("aws");
            (spec.values as { global: { extraEnv: Record<string, string> } }).global.extraEnv.ADDED = "yes";
            await cluster.apply(namespace, spec);
            const active = async () => JSON.stringify(await cluster.storedValues(namespace, "wandb-spec-active"));
            await waitFor("the new values", async () => (await active()).includes("ADDED"), { timeoutMs });
            // One for the new generation and one for the changed Secret -spec-active; none for the label.
            await waitFor("the second look", async () => (await reconciled()) >= before + 2, { timeoutMs });
            assert.equal(await reconciled(), before + 2);
            const deployment = await cluster.deployment(namespace, "wandb-app-bc");
            assert.match(JSON.stringify(deployment.spec), /"name":"ADDED","value":"yes"/);
        });

        it("uninstalls and leaves exactly four Secrets", async () => {
            await cluster.remove(namespace);
            await cluster.waitGone(resourcePath(namespace, "wandb"));
            const left = async () => (await cluster.names(secretPath(namespace))).join();
            const kept = "wandb-clickhouse,wandb-gorilla-session-key,wandb-license,wandb-mysql";
            await waitFor("the other Secrets to go", async () => (await left()) === kept, { timeoutMs });
            assert.deepEqual(await cluster.names(`/apis/apps/v1/namespaces/${namespace}/deployments`), []);
            assert.deepEqual(await cluster.names(`/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`), []);
        });
    });

    describe("credentials by reference", () => {
        const namespace = "references";
        const kinds = ["license", "mysql", "redis", "bucket", "oidc", "smtp", "env"];
        const marker = (name: string) => `canary-${name}-5b1f`;
        const reference = (name: string) => ({ valueFrom: { secretKeyRef: { name: `own-${name}`, key: "key" } } });

        before(async () => {
            await cluster.createNamespace(namespace);
            for (const name of kinds) {
                await cluster.client.create(secretPath(namespace), {
                    metadata: { name: `own-${name}` },
                    stringData: { key: marker(name), key2: marker(name) },
                });
            }
            const oidcSecret = { name: "own-oidc", secretKey: "key" };
            const keys = { secretName: "own-bucket", accessKeyName: "key", secretKeyName: "key2" };
            const global = {
                licenseSecret: { name: "own-license", key: "key" },
                mysql: { host: "mysql.example.com", passwordSecret: { name: "own-mysql", passwordKey: "key" } },
                redis: { host: "redis.example.com", secret: { secretName: "own-redis", secretKey: "key" } },
                bucket: { provider: "s3", name: "s3.example.com:9000", path: "wandb", secret: keys },
                auth: { oidc: { clientId: "id", issuer: "https://idp.example.com", oidcSecret } },
                email: { smtp: { host: "smtp.example.com", user: "mailer", password: reference("smtp") } },
                extraEnv: { OWN_TOKEN: reference("env") },
            };
            await cluster.apply(namespace, { values: smallValues({ redis: { install: false }, global }) });
            await cluster.waitPhase(namespace, "Completed");
        });

        it("reach the pods by secretKeyRef", async () => {
            const app = JSON.stringify((await cluster.deployment(namespace, "wandb-app-bc")).spec);
            for (const name of kinds) {
                assert.match(app, new RegExp(`"secretKeyRef":{"name":"own-${name}"`), name);
            }
        });

        it("stand nowhere else", async () => {
            const secrets = await cluster.client.list(secretPath(namespace));
            const release = secrets.find(({ type }) => type === "helm.sh/release.v1");
            const packed = Buffer.from(release?.data?.release ?? "", "base64").toString("utf8");
            const generated = secrets.filter(({ metadata }) => !metadata?.name?.startsWith("own-"));
            const places = [
                await cluster.client.get(resourcePath(namespace, "wandb")),
                await cluster.client.list(`/apis/apps/v1/namespaces/${namespace}/deployments`),
                await cluster.client.list(`/api/v1/namespaces/${namespace}/configmaps`),
                gunzipSync(Buffer.from(packed, "base64")).toString("utf8"),
                generated.map(({ data }) =>
                    Object.values(data ?? {}).map((text) => Buffer.from(text, "base64").toString("utf8")),
                ),
            ];
            for (const place of places) {
                assert.doesNotMatch(JSON.stringify(place), /canary-/);
            }
        });

        it("serve the operator too: the channel gets the license", () => {
            const [request] = cluster.services.channelRequests().slice(-1);
            assert.equal(request.licenseDigest, digest(marker("license")));
        });
    });

    describe("layers", () => {
        const namespace = "layers";

        it("puts the resource over the user's layer over the channel, and joins lists", async () => {
            await cluster.createNamespace(namespace);
            const hosts = (name: string) => ({ additionalHosts: [`${name}.example.com`] });
            const original = cluster.services.channel();
            const channel = { ...original.values, ingress: hosts("channel"), weave: { install: false } };
            cluster.services.setChannel({ ...original, values: channel });
            const ingress = { class: "nginx", ...hosts("resource") };
            await cluster.apply(namespace, { values: smallValues({ ingress }) });
            await cluster.waitPhase(namespace, "Completed");
            const global = { host: "https://user.example.com", size: "medium" };
            const user = { ingress: hosts("user"), weave: { install: true }, global };
            await cluster.client.patch(secretPath(namespace, "wandb-spec-user"), { data: { values: encode(user) } });

            const active = async () =>
                (await cluster.storedValues(namespace, "wandb-spec-active")) as {
                    global: { host: string; size?: string };
                    ingress: { additionalHosts: string[] };
                    weave: { install: boolean };
                };
            await waitFor("the user's layer", async () => (await active()).global.size === "medium", { timeoutMs });
            const values = await active();
            assert.equal(values.global.host, "https://wandb.example.com");
            assert.deepEqual(values.ingress.additionalHosts, [
                "resource.example.com",
                "user.example.com",
                "channel.example.com",
            ]);
            assert.equal(values.weave.install, true);
            cluster.services.setChannel(original);
            await cluster.client.patch(secretPath(namespace, "wandb-spec-user"), { data: { values: encode({}) } });
        });

        const silent: [string, Record<string, unknown>, RegExp][] = [
            ["a kind that differs", { app: { image: { tag: 79 } } }, /^type not match$/m],
            ["null over a value of the channel", { app: null }, /panic: .*nil pointer/],
        ];
        for (const [title, extra, error] of silent) {
            it(`leaves the phase alone at ${title}: only the log tells`, async () => {
                await cluster.waitPhase(namespace, "Completed");
                await cluster.apply(namespace, { values: smallValues(extra) });
                await cluster.waitError("wandb-cr", namespace, error);
                assert.equal(await cluster.phase(namespace), "Completed");
                await cluster.apply(namespace, { values: smallValues({ global: { size: title.slice(0, 4) } }) });
                const active = async () => JSON.stringify(await cluster.storedValues(namespace, "wandb-spec-active"));
                await waitFor("good values", async () => (await active()).includes(`"size":"${title.slice(0, 4)}"`), {
                    timeoutMs,
                });
            });
        }

        it("goes on with the cached release when the channel is down, and stops without a chart where there is none", async () => {
            await cluster.services.channelDown();
            await cluster.apply(namespace, { values: smallValues({ weave: { install: false } }) });
            await cluster.waitGone(`/apis/apps/v1/namespaces/${namespace}/deployments/wandb-weave-bc`);
            await cluster.createNamespace("no-channel");
            await cluster.apply("no-channel", { values: smallValues() });
            await cluster.waitPhase("no-channel", "Invalid Config");
            const [cause] = await cluster.errors("wandb-cr", "no-channel");
            assert.equal(cause.msg, "No release type was found in the spec");
            const resource = await cluster.client.get(resourcePath("no-channel", "wandb"));
            assert.equal(resource.metadata?.finalizers, undefined);
            await cluster.services.channelUp();
        });

        it("asks for a pinned release", async () => {
            const document = cluster.services.channel();
            const pinned = { ...document, chart: { ...document.chart, version: "0.43.7" } };
            cluster.services.setChannel({ ...document, releases: { "r-7": pinned } });
            const values = encode({ _releaseId: "r-7" });
            await cluster.client.patch(secretPath(namespace, "wandb-spec-user"), { data: { values } });
            const chart = async () =>
                (await cluster.deployment(namespace, "wandb-app-bc")).metadata?.labels?.["helm.sh/chart"];
            await waitFor("the older chart", async () => (await chart()) === "app-0.43.7", { timeoutMs });
            cluster.services.setChannel(document);
        });
    });

    describe("faults that tests switch on", () => {
        it("holds a Deployment back in ImagePullBackOff until it is released", async () => {
            const namespace = "held";
            await cluster.createNamespace(namespace);
            await cluster.services.holdDeployment(namespace, "wandb-weave-bc");
            await cluster.apply(namespace, { values: smallValues() });
            await cluster.waitPhase(namespace, "Completed");
            const waiting = async () => {
                const pods = await cluster.client.list(`/api/v1/namespaces/${namespace}/pods`);
                const stuck = pods.filter((pod) => JSON.stringify(pod.status).includes("ImagePullBackOff"));
                return stuck.map((pod) => pod.metadata?.name ?? "");
            };
            await waitFor("both pods to wait", async () => (await waiting()).length === 2, { timeoutMs });
            assert.ok((await waiting()).every((name) => name.startsWith("wandb-weave-bc-")));
            await cluster.services.releaseDeployment(namespace, "wandb-weave-bc");
            const available = async () =>
                (await cluster.deployment(namespace, "wandb-weave-bc")).status?.availableReplicas;
            await waitFor("good pods", async () => (await available()) === 2, { timeoutMs });
        });

        it("does nothing while it is paused and goes on afterwards, the bundled Redis with a volume included", async () => {
            const namespace = "paused";
            await cluster.createNamespace(namespace);
            cluster.services.pauseController();
            await cluster.apply(namespace, { values: smallValues({ redis: { install: true } }) });
            assert.equal(await cluster.client.find(secretPath(namespace, "wandb-spec-user")), undefined);
            cluster.services.resumeController();
            await cluster.waitPhase(namespace, "Completed");
            const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets/wandb-redis-master`;
            const ready = async () => (await cluster.client.get(path)).status?.readyReplicas;
            await waitFor("the bundled Redis", async () => (await ready()) === 1, { timeoutMs });
        });

        it("leaves an Ingress without an address when told so", async () => {
            const namespace = "no-address";
            await cluster.createNamespace(namespace);
            cluster.services.giveIngressAddresses(false);
            await cluster.apply(namespace, { values: smallValues() });
            await cluster.waitPhase(namespace, "Completed");
            const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/wandb`;
            const address = async () => JSON.stringify((await cluster.client.get(path)).status?.loadBalancer ?? {});
            assert.equal(await address(), "{}");
            cluster.services.giveIngressAddresses(true);
            await cluster.client.patch(path, { metadata: { annotations: { touched: "true" } } });
            await waitFor("an address", async () => (await address()) !== "{}", { timeoutMs });
        });
    });
});
