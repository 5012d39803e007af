import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";
import type { ApiProblem } from "../../sdk/readiness/api-error";
import type { ClusterApi } from "../../sdk/readiness/cluster-api";
import { httpProbe } from "../../sdk/readiness/probe";
import { failureOf, FakeServer, kubeconfigFor, listen } from "../support/fake-api";

describe("readiness: API client", () => {
    const server = new FakeServer();
    before(() => server.start());
    after(() => server.stop());
    afterEach(() => server.reset());

    describe("requests", () => {
        const cases: readonly (readonly [string, (api: ClusterApi) => Promise<unknown>, string])[] = [
            ["a namespace", (api) => api.getNamespace("ml"), "GET /api/v1/namespaces/ml"],
            [
                "the custom resource",
                (api) => api.getInstance("ml", "wandb"),
                "GET /apis/apps.wandb.com/v1/namespaces/ml/weightsandbiases/wandb",
            ],
            ["a Secret", (api) => api.getSecret("ml", "s"), "GET /api/v1/namespaces/ml/secrets/s"],
            [
                "Secrets",
                (api) => api.listSecrets("ml", "owner=helm,name=x"),
                "GET /api/v1/namespaces/ml/secrets?labelSelector=owner%3Dhelm%2Cname%3Dx",
            ],
            ["a Deployment", (api) => api.getDeployment("ml", "d"), "GET /apis/apps/v1/namespaces/ml/deployments/d"],
            [
                "Deployments",
                (api) => api.listDeployments("ml", "a=b"),
                "GET /apis/apps/v1/namespaces/ml/deployments?labelSelector=a%3Db",
            ],
            [
                "StatefulSets",
                (api) => api.listStatefulSets("ml", "a=b"),
                "GET /apis/apps/v1/namespaces/ml/statefulsets?labelSelector=a%3Db",
            ],
            [
                "an Ingress",
                (api) => api.getIngress("ml", "i"),
                "GET /apis/networking.k8s.io/v1/namespaces/ml/ingresses/i",
            ],
            ["pods", (api) => api.listPods("ml", "a=b"), "GET /api/v1/namespaces/ml/pods?labelSelector=a%3Db"],
            [
                "Events",
                (api) => api.listEvents("ml", "Pod", "p"),
                "GET /api/v1/namespaces/ml/events?fieldSelector=involvedObject.kind%3DPod%2CinvolvedObject.name%3Dp",
            ],
            [
                "a log",
                (api) => api.podLog("ml", "p", 50),
                "GET /api/v1/namespaces/ml/pods/p/log?tailLines=50&limitBytes=1048576",
            ],
        ];
        for (const [title, call, expected] of cases) {
            it(`read ${title}`, async () => {
                await call(await server.connect());
                assert.deepEqual(
                    server.seen.map(({ method, url }) => `${method} ${url}`),
                    [expected],
                );
            });
        }

        it("keep a path that the server's address has", async () => {
            const api = await server.connectWith(kubeconfigFor(`${server.url}/k8s/clusters/c-1/`));
            await api.getNamespace("ml");
            assert.equal(server.seen[0]?.url, "/k8s/clusters/c-1/api/v1/namespaces/ml");
        });

        it("ask for the metadata of Secrets only, so that their values never travel", async () => {
            await (await server.connect()).listSecrets("ml", "a=b");
            assert.match(String(server.seen[0]?.headers.accept), /^application\/json;as=PartialObjectMetadataList/);
        });

        it("replace finalizers of exactly the object that was read", async () => {
            const subject = { metadata: { namespace: "ml", name: "wandb", resourceVersion: "12" } };
            await (await server.connect()).setFinalizers(subject, ["a"]);
            const [request] = server.seen;
            assert.equal(request?.method, "PATCH");
            assert.equal(request.headers["content-type"], "application/merge-patch+json");
            assert.deepEqual(JSON.parse(request.body), { metadata: { resourceVersion: "12", finalizers: ["a"] } });
        });

        it("delete exactly the Secret that was read; one that is gone is no error", async () => {
            server.respond = () => ({ status: 404, body: { message: "gone" } });
            await (
                await server.connect()
            ).deleteSecret({ metadata: { namespace: "ml", name: "s", resourceVersion: "9" } });
            const [request] = server.seen;
            assert.equal(`${request?.method} ${request?.url}`, "DELETE /api/v1/namespaces/ml/secrets/s");
            assert.deepEqual(JSON.parse(request?.body ?? ""), {
                kind: "DeleteOptions",
                apiVersion: "v1",
                preconditions: { resourceVersion: "9" },
            });
        });

        it("give objects, lists and text", async () => {
            server.respond = ({ url }) => ({
                body: url.includes("/log") ? "line" : { items: [{ a: 1 }], status: { phase: "x" } },
            });
            const api = await server.connect();
            assert.deepEqual((await api.getInstance("ml", "w"))?.status, { phase: "x" });
            assert.deepEqual(await api.listPods("ml", "a=b"), [{ a: 1 }]);
            assert.equal(await api.podLog("ml", "p", 1), "line");
        });

        it("give nothing for an object that is not there", async () => {
            server.respond = () => ({ status: 404, body: { message: "not found" } });
            assert.equal(await (await server.connect()).getSecret("ml", "s"), undefined);
        });
    });

    describe("troubles", () => {
        const statuses: readonly (readonly [number, ApiProblem])[] = [
            [400, "rejected"],
            [401, "denied"],
            [403, "denied"],
            [409, "conflict"],
            [429, "transient"],
            [500, "transient"],
            [503, "transient"],
        ];
        for (const [status, problem] of statuses) {
            it(`${status} is ${problem}`, async () => {
                server.respond = () => ({ status, body: { message: "because" } });
                const error = await failureOf((await server.connect()).listPods("ml", "a=b"));
                assert.equal(error.problem, problem);
                assert.match(error.message, new RegExp(`${status}.*because`));
            });
        }

        it("403 says verb, resource, namespace, purpose and the way around", async () => {
            server.respond = () => ({ status: 403, body: { message: 'secrets "s" is forbidden' } });
            const { message } = await failureOf((await server.connect()).getSecret("ml", "s"));
            assert.equal(
                message,
                'The identity of the kubeconfig may not get secrets "s" in namespace "ml" (403: secrets "s" is forbidden). ' +
                    "It is needed to see which settings the operator has applied, and the state of Helm releases: grant the verb on secrets. " +
                    "Or set readiness.wait: false, and `up` finishes when the custom resource is accepted, without looking at the cluster.",
            );
        });

        it("the server's words are shown without credentials", async () => {
            server.respond = () => ({
                status: 500,
                body: { message: "webhook https://me:s3cr3t@hook.example failed" },
            });
            const { message } = await failureOf((await server.connect()).listPods("ml", "a=b"));
            assert.match(message, /webhook https:\/\/\*\*\*@hook\.example failed/);
        });

        it("an answer cut off is transient", async () => {
            server.respond = () => ({ body: '{"items": [' });
            assert.equal((await failureOf((await server.connect()).listPods("ml", "a=b"))).problem, "transient");
        });

        it("no answer in time is transient", async () => {
            server.respond = () => undefined;
            const error = await failureOf((await server.connect({}, { requestTimeoutMs: 50 })).getNamespace("ml"));
            assert.equal(error.problem, "transient");
            assert.match(error.message, /does not answer: no answer in 0\.05s/);
        });

        it("a connection that breaks is transient, and so is one that is refused", async () => {
            server.respond = () => "drop";
            assert.equal((await failureOf((await server.connect()).getNamespace("ml"))).problem, "transient");
            const refused = await server.connectWith(kubeconfigFor("http://127.0.0.1:1"));
            const error = await failureOf(refused.getNamespace("ml"));
            assert.equal(error.problem, "transient");
            assert.match(error.message, /http:\/\/127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/);
        });

        it("a kept connection that the server has closed is replaced without notice", async () => {
            const api = await server.connect();
            await api.getNamespace("one");
            let dropped = false;
            server.respond = () => (dropped ? { body: {} } : ((dropped = true), "drop"));
            assert.deepEqual(await api.getNamespace("two"), {});
            assert.equal(server.seen.length, 3);
        });

        it("a certificate that is not trusted is no matter of waiting; the right CA makes it good", async () => {
            const read = (file: string): string => readFileSync(join(__dirname, "../fixtures/tls", file), "utf8");
            const secure = createTlsServer(
                { cert: read("test-only-certificate.pem"), key: read("test-only-key.pem") },
                (_, response) => response.end("{}"),
            );
            const url = `https://127.0.0.1:${await listen(secure)}`;
            try {
                const untrusted = await server.connectWith(kubeconfigFor(url));
                const error = await failureOf(untrusted.getNamespace("ml"));
                assert.equal(error.problem, "setup");
                assert.match(error.message, /TLS failed: self-signed certificate.*certificate-authority-data/);
                assert.match(
                    String(await httpProbe(`${url}/healthz`)),
                    /TLS certificate not accepted.*NODE_EXTRA_CA_CERTS/,
                );
                const ca = {
                    "certificate-authority-data": Buffer.from(read("test-only-certificate.pem")).toString("base64"),
                };
                for (const cluster of [
                    { ...ca, "tls-server-name": "wandb.example.com" },
                    { "insecure-skip-tls-verify": true },
                ]) {
                    const api = await server.connectWith(kubeconfigFor(url, {}, cluster));
                    assert.deepEqual(await api.getNamespace("ml"), {});
                }
            } finally {
                secure.closeAllConnections();
                secure.close();
            }
        });
    });

    describe("probe", () => {
        it("is content with success, and tells anything else", async () => {
            server.respond = ({ url }) => ({ status: url === "/healthz" ? 200 : 503, body: "" });
            assert.equal(await httpProbe(`${server.url}/healthz`), undefined);
            assert.match(String(await httpProbe(`${server.url}/x`)), /\/x answers 503 Service Unavailable$/);
            const closed = createServer();
            const port = await listen(closed);
            closed.close();
            assert.match(
                String(await httpProbe(`http://127.0.0.1:${port}/healthz`)),
                /does not answer: .*ECONNREFUSED/,
            );
            assert.match(String(await httpProbe("http://wandb.invalid/healthz")), /not in DNS yet/);
        });
    });
});
