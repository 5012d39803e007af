import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failureOf, FakeServer, kubeconfigFor, listen } from "../support/fake-api";

describe("readiness: kubeconfig", () => {
    const server = new FakeServer();
    let scratch: string;
    let plugins = 0;
    before(async () => {
        scratch = mkdtempSync(join(tmpdir(), "readiness-"));
        await server.start();
    });
    after(async () => {
        rmSync(scratch, { recursive: true });
        await server.stop();
    });
    afterEach(() => server.reset());

    /** A credential plugin that counts its calls and hands out what the script says. */
    function plugin(script: string): { exec: object; calls: () => number } {
        plugins += 1;
        const path = join(scratch, `plugin-${plugins}`);
        writeFileSync(
            path,
            `#!${process.execPath}\nrequire("node:fs").appendFileSync(__filename + ".calls", "x");\n${script}\n`,
        );
        chmodSync(path, 0o700);
        return {
            exec: { apiVersion: "client.authentication.k8s.io/v1", command: path, args: ["get-token"] },
            calls: () => readFileSync(`${path}.calls`, "utf8").length,
        };
    }

    describe("credentials", () => {
        const authorization = async (user: object): Promise<unknown> => {
            await (await server.connect(user)).getNamespace("ml");
            return server.seen.at(-1)?.headers.authorization;
        };

        it("are token, token file, user and password, or none", async () => {
            writeFileSync(join(scratch, "token"), "from-file\n");
            assert.equal(await authorization({ token: "abc" }), "Bearer abc");
            assert.equal(await authorization({ token: "abc", tokenFile: join(scratch, "token") }), "Bearer from-file");
            assert.equal(
                await authorization({ username: "u", password: "p" }),
                `Basic ${Buffer.from("u:p").toString("base64")}`,
            );
            assert.equal(await authorization({}), undefined);
        });

        it("carry impersonation", async () => {
            await (await server.connect({ token: "abc", as: "robot" })).getNamespace("ml");
            assert.equal(server.seen[0]?.headers["impersonate-user"], "robot");
        });

        const hours = "new Date(Date.now() + 3600e3).toISOString()";

        it("of a plugin are asked for once, also by requests side by side", async () => {
            const { exec, calls } = plugin(
                `const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
                 const token = process.argv[2] + "-" + info.kind + "-" + info.spec.interactive;
                 console.log(JSON.stringify({ status: { token, expirationTimestamp: ${hours} } }));`,
            );
            const api = await server.connect({ exec });
            await Promise.all([api.getNamespace("a"), api.getNamespace("b")]);
            await api.getNamespace("c");
            assert.equal(calls(), 1);
            assert.deepEqual(
                new Set(server.seen.map(({ headers }) => headers.authorization)),
                new Set(["Bearer get-token-ExecCredential-false"]),
            );
        });

        it("of a plugin are asked for again when they ran out, and when the server refuses them, once", async () => {
            const expired = plugin(
                'console.log(JSON.stringify({ status: { token: "t", expirationTimestamp: "2020-01-01T00:00:00Z" } }));',
            );
            const api = await server.connect({ exec: expired.exec });
            await api.getNamespace("a");
            await api.getNamespace("b");
            assert.equal(expired.calls(), 2);

            const { exec, calls } = plugin(
                'const n = require("node:fs").readFileSync(__filename + ".calls").length; console.log(JSON.stringify({ status: { token: "t" + n } }));',
            );
            server.respond = ({ headers }) =>
                headers.authorization === "Bearer t2" ? { body: {} } : { status: 401, body: { message: "expired" } };
            assert.deepEqual(await (await server.connect({ exec })).getNamespace("a"), {});
            assert.equal(calls(), 2);

            server.respond = () => ({ status: 401, body: { message: "Unauthorized" } });
            const error = await failureOf((await server.connect({ exec })).getNamespace("a"));
            assert.equal(calls(), 4);
            assert.match(
                error.message,
                /does not accept the credentials of the kubeconfig \(401 .*Renew them.*readiness\.wait: false/,
            );
        });

        it("of a plugin that is missing name it and where to get it", async () => {
            const hint = async (exec: object): Promise<string> =>
                (await failureOf((await server.connect({ exec })).getNamespace("ml"))).message;
            const missing = await hint({ command: join(scratch, "bin/gke-gcloud-auth-plugin") });
            assert.match(
                missing,
                /gke-gcloud-auth-plugin" is not there.*gcloud components install gke-gcloud-auth-plugin/,
            );
            assert.match(missing, /readiness\.wait: false/);
            assert.match(await hint({ command: "/nowhere/kubelogin" }), /az aks install-cli/);
            assert.match(await hint({ command: "/nowhere/aws" }), /Install the AWS command line tool/);
            assert.match(await hint({ command: "/nowhere/x", installHint: "Ask the team." }), /Ask the team\./);
        });

        it("of a plugin that fails tell its words without credentials", async () => {
            const { exec } = plugin('console.error("session ended, token=abcdef-secret"); process.exit(1);');
            const { problem, message } = await failureOf((await server.connect({ exec })).getNamespace("ml"));
            assert.equal(problem, "setup");
            assert.match(message, /failed: session ended, token=\*\*\*\./);
            const silent = plugin("");
            assert.match(
                (await failureOf((await server.connect({ exec: silent.exec })).getNamespace("ml"))).message,
                /printed no credential/,
            );
        });
    });

    describe("text", () => {
        it("gives the context that is asked for, else its current one", async () => {
            const two = JSON.parse(kubeconfigFor(server.url, { token: "main" })) as Record<
                "users" | "contexts",
                object[]
            >;
            two.users.push({ name: "other", user: { token: "other" } });
            two.contexts.push({ name: "second", context: { cluster: "here", user: "other" } });
            for (const [context, token] of [["second", "other"] as const, [undefined, "main"] as const]) {
                const api = await server.connectWith(JSON.stringify(two), { context });
                await api.getNamespace("ml");
                assert.equal(server.seen.at(-1)?.headers.authorization, `Bearer ${token}`);
                assert.equal(api.context, context);
            }
        });

        it("is read as YAML, too", async () => {
            const api = await server.connectWith(
                `current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters:\n  - name: c\n    cluster:\n      server: ${server.url}\n`,
            );
            assert.deepEqual(await api.getNamespace("ml"), {});
        });

        const good = (): Record<string, unknown> =>
            JSON.parse(kubeconfigFor("http://127.0.0.1:1", { token: "s3cr3t" })) as Record<string, unknown>;
        const cases: readonly (readonly [string, string, RegExp, string?])[] = [
            ["a path", "~/.kube/config", /looks like a path\. Give the content/],
            ["no YAML", 'users: [{token: "s3cr3t"\n  x', /is not YAML \(line:column \d+:\d+\)/],
            ["no mapping", "- s3cr3t\n- x", /holds no mapping/],
            ["no such context", JSON.stringify(good()), /no context "nope"\. Name one that is in it: main\./, "nope"],
            [
                "no current context",
                JSON.stringify({ ...good(), "current-context": "" }),
                /no current-context.*Contexts in it: main/,
            ],
            [
                "no cluster",
                JSON.stringify({ ...good(), clusters: [] }),
                /cluster "here" of context "main" has no server/,
            ],
            ["no user", JSON.stringify({ ...good(), users: [] }), /user "me" of context "main" is not in it/],
            ["a server that is none", kubeconfigFor("ftp://x"), /server "ftp:\/\/x" is not an http/],
            [
                "a file that is not there",
                kubeconfigFor("http://x", {}, { "certificate-authority": "/nowhere/ca" }),
                /cannot read certificate-authority "\/nowhere\/ca"/,
            ],
            [
                "an auth-provider",
                kubeconfigFor("http://x", { "auth-provider": { name: "gcp" } }),
                /auth-provider "gcp".*readiness\.wait: false/,
            ],
            ["a plugin without command", kubeconfigFor("http://x", { exec: {} }), /names no command/],
            [
                "a SOCKS proxy",
                kubeconfigFor("http://x", {}, { "proxy-url": "socks5://u:s3cr3t@p:1" }),
                /proxy-url "socks5:\/\/\.\.\." is not an HTTP proxy/,
            ],
        ];
        for (const [title, text, expected, context] of cases) {
            it(`is refused: ${title}`, async () => {
                const error = await failureOf(server.connectWith(text, { context }));
                assert.equal(error.problem, "setup");
                assert.match(error.message, expected);
                assert.ok(!error.message.includes("s3cr3t"), error.message);
            });
        }

        it("may name a proxy, which gets the requests", async () => {
            const asked: string[] = [];
            const proxy = createServer((request, response) => {
                asked.push(String(request.url));
                response.end("{}");
            });
            const port = await listen(proxy);
            try {
                const cluster = { "proxy-url": `http://127.0.0.1:${port}` };
                const api = await server.connectWith(kubeconfigFor("http://cluster.invalid", {}, cluster));
                await api.getNamespace("ml");
                assert.deepEqual(asked, ["http://cluster.invalid/api/v1/namespaces/ml"]);
            } finally {
                proxy.closeAllConnections();
                proxy.close();
            }
        });
    });
});
