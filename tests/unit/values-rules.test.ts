import assert from "node:assert/strict";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { ValuesInput } from "../../sdk/values/types";
import { buildValues } from "../../sdk/values/build";
import { Components } from "../../sdk/values/components";
import { arbitraryArgs, Canary } from "../support/arbitrary-args";
import { at, forbidResources, leavesOf, promiseOf, resolveTree } from "../support/resolve";
import { MinimalArgs, valuesInput } from "../support/values-input";

function valuesOf(
    args: Partial<WandbDeploymentArgs>,
    facts?: Partial<ValuesInput["facts"]>,
): Promise<Record<string, unknown>> {
    return resolveTree(buildValues(valuesInput({ ...MinimalArgs, ...args }, facts)));
}

/** Paths of what must never be emitted. The one list that is meant to be empty is named. */
function unsound(node: unknown, path: string): string[] {
    if (node === null || node === undefined) {
        return [`${path} is ${node}`];
    }
    if (typeof node !== "object") {
        return [];
    }
    const entries = Object.entries(node);
    if (entries.length === 0 && path !== ".app.internalJWTMap") {
        return [`${path} is empty`];
    }
    return entries.flatMap(([key, value]) => unsound(value, `${path}.${key}`));
}

const Kinds: Readonly<Record<string, string>> = {
    "global.host": "string",
    "global.mysql.port": "number",
    "global.redis.port": "number",
    "global.redis.params.tls": "boolean",
    "global.email.smtp.port": "number",
    "global.auth.sessionLengthHours": "number",
    "global.api.enabled": "boolean",
    "global.extraEnv.LDAP_LOGIN": "string",
    "global.extraEnv.LDAP_TLS_ENABLE": "string",
    "mysql.install": "boolean",
    "redis.install": "boolean",
    "ingress.create": "boolean",
    "app.replicaCount": "number",
    "executor.install": "boolean",
    "app.serviceAccount.create": "boolean",
};

describe("values: soundness for any arguments", () => {
    before(forbidResources);

    it("has no null, no undefined, nothing empty, one kind per key, and no secret", async () => {
        await fc.assert(
            fc.asyncProperty(arbitraryArgs, async (args) => {
                const values = await resolveTree(buildValues(valuesInput(args)));
                assert.deepEqual(unsound(values, ""), []);
                for (const [path, kind] of Object.entries(Kinds)) {
                    const value = at(values, path);
                    assert.ok(
                        value === undefined || typeof value === kind,
                        `${path} is a ${typeof value}, not a ${kind}`,
                    );
                }
                assert.ok(!JSON.stringify(values).includes(Canary));
            }),
            { numRuns: 300 },
        );
    });

    it("gives the same tree for the same arguments, keys in the same order", async () => {
        await fc.assert(
            fc.asyncProperty(arbitraryArgs, async (args) => {
                const [one, other] = await Promise.all([0, 1].map(() => resolveTree(buildValues(valuesInput(args)))));
                assert.equal(JSON.stringify(one), JSON.stringify(other));
            }),
            { numRuns: 100 },
        );
    });
});

describe("values: Inputs stay at the leaves", () => {
    after(forbidResources);

    it("keeps plain what is plain, so a minimal deployment has no Output at all", () => {
        const tree = buildValues(valuesInput(MinimalArgs));
        assert.deepEqual(tree, {
            global: { host: "https://wandb.example.com", size: "small", bucket: { provider: "gcs", name: "files" } },
            mysql: { install: true },
            redis: { install: true },
        });
    });

    it("marks no other leaf secret when one is", async () => {
        const args = {
            ...MinimalArgs,
            extraEnv: { HIDDEN: pulumi.secret("x"), SEEN: "y" },
            oidc: { clientId: pulumi.secret("c"), issuer: "i" },
        };
        const leaves = await leavesOf(buildValues(valuesInput(args)));
        assert.deepEqual(
            leaves.filter((leaf) => leaf.secret).map((leaf) => leaf.path),
            ["global.auth.oidc.clientId", "global.extraEnv.HIDDEN"],
        );
    });

    it("hides no other leaf when some are unknown in a preview", async () => {
        await pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }, "p", "s", true);
        const later = new CustomResource("later", { apiVersion: "v1", kind: "ConfigMap" }).id;
        const args: WandbDeploymentArgs = {
            ...MinimalArgs,
            host: later,
            database: { host: later, password: "x" },
            bucket: { provider: "s3", name: later, endpoint: "s3.example", prefix: "p" },
            ingress: { className: "nginx", annotations: { fixed: "a", open: later }, additionalHosts: ["b.example"] },
        };
        const input = valuesInput(args);
        const values = buildValues({ ...input, credentials: { ...input.credentials, ingressTls: "tls" } });
        assert.deepEqual(
            (await leavesOf(values)).filter((leaf) => !leaf.known).map((leaf) => leaf.path),
            [
                "global.host",
                "global.mysql.host",
                "global.bucket.path",
                "ingress.annotations.open",
                "ingress.tls.0.hosts.0",
            ],
        );
        assert.equal(at(values, "global.bucket.name"), "s3.example");
        assert.equal(at(values, ["ingress", "annotations", "fixed"]), "a");
    });
});

describe("values: host", () => {
    before(forbidResources);

    it("gets https without scheme, keeps one that is there, and is not mended otherwise", async () => {
        const hosts = ["a.example", "https://a.example", "HTTP://a.example", "a.example/"];
        const emitted = await Promise.all(hosts.map(async (host) => at(await valuesOf({ host }), "global.host")));
        assert.deepEqual(emitted, ["https://a.example", "https://a.example", "HTTP://a.example", "https://a.example/"]);
    });

    it("loses the scheme in TLS hosts, as an Output too", async () => {
        for (const host of ["https://a.example", pulumi.output("https://a.example")]) {
            const values = await valuesOf({ host, ingress: { tls: { secretName: "t" } } });
            assert.deepEqual(at(values, "ingress.tls"), [{ secretName: "t", hosts: ["a.example"] }]);
        }
    });
});

describe("values: ingress", () => {
    before(forbidResources);
    const size = "nginx.ingress.kubernetes.io/proxy-body-size";
    const byAnnotation = "kubernetes.io/ingress.class";
    const cases: [string, WandbDeploymentArgs["ingress"], ValuesInput["facts"]["ingress"], unknown][] = [
        [
            "facts alone",
            undefined,
            { className: "alb", annotations: { a: "1" } },
            { class: "alb", annotations: { a: "1" } },
        ],
        [
            "arguments win over facts",
            { className: "mine", annotations: { a: "2" } },
            { className: "alb", annotations: { a: "1", b: "1" } },
            { class: "mine", annotations: { a: "2", b: "1" } },
        ],
        [
            "a class by annotation removes the cloud's class",
            { annotations: { [byAnnotation]: "gce" } },
            { className: "alb" },
            { annotations: { [byAnnotation]: "gce" } },
        ],
        [
            "a class removes the cloud's class by annotation",
            { className: "mine" },
            { annotations: { [byAnnotation]: "gce", a: "1" } },
            { class: "mine", annotations: { a: "1" } },
        ],
        [
            "nginx takes uploads of any size",
            { className: "nginx" },
            {},
            { class: "nginx", annotations: { [size]: "0" } },
        ],
        [
            "nginx by annotation too",
            { annotations: { [byAnnotation]: "nginx" } },
            {},
            { annotations: { [size]: "0", [byAnnotation]: "nginx" } },
        ],
        [
            "nginx keeps the size that was set",
            { className: "nginx", annotations: { [size]: "64m" } },
            {},
            { class: "nginx", annotations: { [size]: "64m" } },
        ],
        ["a class known later gets no default", { className: pulumi.output("nginx") }, {}, { class: "nginx" }],
        [
            "the second Ingress too",
            { secondary: { name: "s", className: "nginx" } },
            {},
            { secondary: { create: true, nameOverride: "s", class: "nginx", annotations: { [size]: "0" } } },
        ],
    ];
    cases.forEach(([title, ingress, facts, expected]) => {
        it(title, async () => {
            assert.deepEqual(at(await valuesOf({ ingress }, { ingress: facts }), "ingress"), expected);
        });
    });
});

describe("values: identity and service accounts", () => {
    before(forbidResources);
    const identity = { serviceAccountAnnotations: { role: "arn" }, podLabels: { use: "true" } };

    it("reaches every component's default account and pods", async () => {
        const values = await valuesOf({}, { identity });
        for (const { name } of Components) {
            assert.deepEqual(values[name], {
                podLabels: { use: "true" },
                serviceAccount: { annotations: { role: "arn" } },
            });
        }
    });

    it("goes to the one who creates a shared account, and to no account that exists already", async () => {
        const values = await valuesOf(
            {
                serviceAccounts: [
                    { name: "shared", components: ["app", "parquet"], annotations: { more: "x" } },
                    { name: "there", components: ["weave"], create: false },
                ],
            },
            { identity },
        );
        const accounts = ["app", "parquet", "weave", "api"].map((name) => at(values, [name, "serviceAccount"]));
        assert.deepEqual(accounts, [
            { name: "shared", create: true, annotations: { role: "arn", more: "x" } },
            { name: "shared", create: false },
            { name: "there", create: false },
            { annotations: { role: "arn" } },
        ]);
    });

    it("lets a component's own labels win", async () => {
        const values = await valuesOf({ components: { app: { podLabels: { use: "false", own: "1" } } } }, { identity });
        assert.deepEqual(at(values, "app.podLabels"), { use: "false", own: "1" });
    });
});

describe("values: the rest of the rules", () => {
    before(forbidResources);

    it("tags every image of the server's release and no other", async () => {
        const values = await valuesOf({ images: { tag: "1" } });
        const tagged = Object.keys(values).filter((name) => at(values, [name, "image", "tag"]) === "1");
        const server = Components.filter((info) => info.server).map((info) => info.name);
        assert.deepEqual(tagged, [...server, "clickhouseMigrationJob"]);
        assert.ok(!tagged.includes("console") && !tagged.includes("weave"));
    });

    it("names the cloud only where the chart knows it", async () => {
        for (const cloud of ["aws", "gcp", "azure"] as const) {
            assert.equal(at(await valuesOf({}, { cloud }), "global.cloudProvider"), cloud);
        }
        assert.equal(at(await valuesOf({}), "global.cloudProvider"), undefined);
    });

    it("never passes ttlInSeconds on: the chart's value wins anyway", async () => {
        const values = await valuesOf({ redis: { host: "r", parameters: { ttlInSeconds: "1", poolSize: "5" } } });
        assert.deepEqual(at(values, "global.redis.params"), { poolSize: "5" });
    });

    it("keeps an isolated operator from cluster-scoped objects, below what the user says", async () => {
        const operator = { namespaceIsolation: { enabled: true } };
        const isolated = await valuesOf({ operator });
        assert.deepEqual(
            [isolated["console"], isolated["otel"], isolated["prometheus"], isolated["app"]],
            [{ role: { type: "Role" } }, { install: false }, { install: false }, { internalJWTMap: [] }],
        );
        const mine = await valuesOf({
            operator,
            components: { otel: { install: true } },
            values: { prometheus: { install: true } },
        });
        assert.deepEqual([mine["otel"], mine["prometheus"]], [{ install: true }, { install: true }]);
    });

    it("lets plain environment variables win over those that an argument stands for", async () => {
        const values = await valuesOf({
            ldap: { address: "ldap://a", baseDn: "b" },
            extraEnv: { LDAP_ADDRESS: "ldap://mine" },
        });
        assert.equal(at(values, "global.extraEnv.LDAP_ADDRESS"), "ldap://mine");
    });

    it("merges free values last", async () => {
        const values = await valuesOf({
            size: "large",
            values: { global: { size: "small", extraEnv: { A: "1" } }, redis: { install: null } },
        });
        assert.equal(at(values, "global.size"), "small");
        assert.equal(at(values, "global.extraEnv.A"), "1");
        assert.equal(values["redis"], undefined);
        assert.equal(at(values, "global.host"), "https://wandb.example.com");
    });

    it("resolves with Outputs in free values", async () => {
        const tree = buildValues(
            valuesInput({ ...MinimalArgs, values: { app: { extra: pulumi.output({ deep: 1 }) } } }),
        );
        assert.deepEqual(at(await promiseOf(tree), "app.extra"), { deep: 1 });
    });
});
