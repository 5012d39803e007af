import assert from "node:assert/strict";
import { runChecks, Unknown } from "../../sdk/checks";
import { chartReference } from "../../sdk/checks/reference";
import { shapeChecks } from "../../sdk/checks/themes/shape";
import { checkInput } from "../support/check-input";
import { KindIds, type ShapeRow, testCoverage, textsOf, values, Version } from "../support/shape-rows";

function unknownKey(path: string, remedy = "Leave it out: the chart ignores it."): [string, string, string] {
    return [`spec.values.${path}`, `${Version} has no such value`, remedy];
}

function meant(path: string, key: string): [string, string, string] {
    return unknownKey(path, `Did you mean \`${key}\`?`);
}

function unread(path: string, remedy: string): [string, string, string] {
    return [`spec.values.${path}`, `${Version} never reads it`, remedy];
}

const unknownKeyRows: readonly ShapeRow[] = [
    ["values.unknown-key", "a typing error", values({ global: { hots: "x" } }), [meant("global.hots", "global.host")]],
    ["values.unknown-key", "the right word", values({ global: { host: "x" } }), []],
    [
        "values.unknown-key",
        "a whole tree is one finding",
        values({ nonsense: { a: { b: 1, c: [{ d: 2 }] }, e: true } }),
        [unknownKey("nonsense")],
    ],
    [
        "values.unknown-key",
        "a wrong switch of a component",
        values({ api: { install: true } }),
        [meant("api.install", "global.api.enabled")],
    ],
    [
        "values.unknown-key",
        "a global value at the top",
        values({ license: "secret-token", mysql: { install: true, host: "db" } }),
        [meant("license", "global.license"), meant("mysql.host", "global.mysql.host")],
    ],
    [
        "values.unknown-key",
        "a component's value below global",
        values({ global: { console: { proxy: {}, image: {} }, reconcileFrequency: "1h" } }),
        [meant("global.console.proxy", "console.proxy"), meant("global.reconcileFrequency", "reconcileFrequency")],
    ],
    [
        "values.unknown-key",
        "a value one level too high",
        values({ global: { smtp: { host: "x" } } }),
        [meant("global.smtp", "global.email.smtp")],
    ],
    [
        "values.unknown-key",
        "the Ingress below global, which has a check of its own",
        values({ global: { ingress: { class: "x" } } }),
        [],
    ],
    [
        "values.unknown-key",
        "LDAP, which has checks of its own",
        values({ global: { ldap: { host: "x" }, auth: { ldap: {} } } }),
        [],
    ],
    [
        "values.unknown-key",
        "free maps",
        values({
            global: { extraEnv: { ANY: "1" }, bucket: {}, common: { labels: { any: "x" } } },
            app: { resources: { limits: { "nvidia.com/gpu": 1 } }, sizing: { small: { resources: {} } } },
            console: { extraEnv: { BUCKET_ACCESS_IDENTITY: "x", OTHER: "y" } },
        }),
        [],
    ],
    [
        "values.unknown-key",
        "what the common template of components reads",
        values({
            console: { containers: { console: { resources: {} } }, role: { type: "Role" } },
            app: { podDisruptionBudget: { maxUnavailable: 1 }, initContainers: {}, service: { type: "NodePort" } },
        }),
        [],
    ],
    [
        "values.unknown-key",
        "a typing error among these",
        values({ app: { conatiners: {}, podDisruptionBudget: { enabeld: true } } }),
        [
            meant("app.conatiners", "app.containers"),
            meant("app.podDisruptionBudget.enabeld", "app.podDisruptionBudget.enabled"),
        ],
    ],
    [
        "values.unknown-key",
        "charts of others, of which not every value is listed",
        values({
            redis: {
                instal: true,
                master: { resources: {}, persistence: { size: "8Gi" } },
                metrics: { enabled: true },
            },
        }),
        [meant("redis.instal", "redis.install")],
    ],
    [
        "values.unknown-key",
        "our stamp and the operator's period",
        values({ pulumiWandb: { revision: "1" }, reconcileFrequency: "1h" }),
        [],
    ],
    [
        "values.unknown-key",
        "a pinned release",
        values({ _releaseId: "abc" }),
        [
            [
                "spec.values._releaseId",
                "is not read in the custom resource: the operator looks for it only in the values that the system console keeps",
                "Pin the chart by `spec.chart`, or the release in the system console (Settings, Advanced, Disable auto upgrades).",
            ],
        ],
    ],
    ["values.unknown-key", "null, and below what is not known yet", values({ other: null, global: Unknown }), []],
    [
        "values.unknown-key",
        "a key whose value is not known yet",
        values({ nonsense: Unknown }),
        [["spec.values.nonsense", `${Version} has no such value`, "Leave it out: the chart ignores it."]],
    ],
    [
        "values.unknown-key",
        "paths for keys",
        values({ "global.host": "x", global: { "ldap.host": "x", "no.such": 1 }, "global.ldap": {} }),
        [
            [
                'spec.values["global.host"]',
                `${Version} has no such value`,
                "Nest the keys as maps: with dots it is one key, not a path.",
            ],
            ...['spec.values.global["ldap.host"]', 'spec.values.global["no.such"]', 'spec.values["global.ldap"]'].map(
                (path): [string, string, string] => [
                    path,
                    `${Version} has no such value`,
                    "Leave it out: the chart ignores it.",
                ],
            ),
        ],
    ],
    ["values.unknown-key", "values that are none", values(["a"]), []],
    [
        "values.unknown-key",
        "keys that every object has",
        values(JSON.parse('{"constructor": {"a": 1}, "__proto__": {"b": 1}}')),
        [unknownKey("constructor"), unknownKey("__proto__")],
    ],
];

const unreadKeyRows: readonly ShapeRow[] = [
    [
        "values.unread-key",
        "what to use instead",
        values({ imagePullSecrets: ["a"], ingress: { enabled: false }, kafka: { resources: { limits: {} } } }),
        [
            unread("imagePullSecrets", "Use `global.imagePullSecrets` instead."),
            unread("ingress.enabled", "Use `ingress.create` instead."),
            unread("kafka.resources", "Use `kafka.controller.resources` and `kafka.broker.resources` instead."),
        ],
    ],
    [
        "values.unread-key",
        "the key that is read",
        values({ global: { imagePullSecrets: ["a"] }, ingress: { create: false } }),
        [],
    ],
    [
        "values.unread-key",
        "why, when there is nothing instead",
        values({ route: { enabled: true }, app: { serviceAccount: { labels: { a: "b" } } } }),
        [
            unread("route", "Leave it out (the chart has no Route template)."),
            unread("app.serviceAccount.labels", "Leave it out (set by the vendor's Azure module, never read)."),
        ],
    ],
    [
        "values.unread-key",
        "a part of which nothing is read is one finding",
        values({
            otel: { image: { repository: "r", tag: "t" } },
            weave: { persistence: { provider: "efs", efs: { fileSystemId: "fs-1" } } },
        }),
        [
            unread("otel.image", "Use `otel.daemonset.image` instead."),
            unread(
                "weave.persistence",
                "Leave it out (set by the vendor's AWS module, never read; the size of the cache is weave.cache.size).",
            ),
        ],
    ],
    [
        "values.unread-key",
        "spellings that are set for any component",
        values({ parquet: { pod: { securityContext: { fsGroup: 0 }, labels: { a: "b" } }, extraEnvs: { A: "b" } } }),
        [
            unread("parquet.pod.securityContext", "Use `parquet.podSecurityContext` instead."),
            unread("parquet.extraEnvs", "Use `parquet.extraEnv` instead."),
        ],
    ],
    [
        "values.unread-key",
        "what has checks of its own",
        values({
            global: { mysql: { name: "a" }, redis: { auth: { enabled: true } } },
            console: { resources: { limits: {} } },
        }),
        [],
    ],
    [
        "values.unread-key",
        "conditional, unknown, empty and absent",
        values({
            global: { otel: { traces: { port: 1 } } },
            route: Unknown,
            otel: { image: {} },
            ingress: { enabled: null },
        }),
        [],
    ],
];

const nestedRows: readonly ShapeRow[] = [
    [
        "ingress.nested",
        "below global",
        values({ global: { ingress: { class: "nginx" } } }),
        [
            [
                "spec.values.global.ingress",
                "is ignored: the Ingress is configured beside `global`, not in it",
                "Move it to `ingress`.",
            ],
        ],
    ],
    ["ingress.nested", "beside global", values({ global: {}, ingress: { class: "nginx" } }), []],
    ["ingress.nested", "empty or unknown", values({ global: { ingress: Unknown } }), []],
    [
        "component.nested",
        "below global",
        values({
            global: {
                app: { image: { tag: "1" }, serviceAccount: { name: "a" } },
                "weave-trace": { resources: { limits: {} } },
            },
        }),
        ["app.image", "app.serviceAccount", "weave-trace.resources"].map((path) => [
            `spec.values.global.${path}`,
            "is ignored: components are configured beside `global`, not in it",
            `Move it to \`${path}\`.`,
        ]),
    ],
    [
        "component.nested",
        "what stands below global rightly",
        values({
            global: { service: { annotations: { a: "b" } }, api: { enabled: true }, redis: { host: "a" } },
            app: { image: {} },
        }),
        [],
    ],
    [
        "component.nested",
        "empty or unknown",
        values({ global: { app: { image: {}, resources: Unknown }, api: Unknown } }),
        [],
    ],
];

const metadataRows: readonly ShapeRow[] = [
    [
        "cr.name",
        "a component's name",
        { name: "my-app" },
        [
            [
                "metadata.name",
                'contains "app", the name of a component ("my-app" given): the chart would shorten its Service\'s name and the Ingress would not find it',
                "Choose another, for example wandb.",
            ],
        ],
    ],
    ["cr.name", "another name", { name: "wandb" }, []],
    [
        "cr.name-length",
        "54 characters",
        { name: "w".repeat(54) },
        [["metadata.name", `is too long (54 characters in "${"w".repeat(54)}")`, "Use at most 53 characters."]],
    ],
    ["cr.name-length", "53 characters", { name: "w".repeat(53) }, []],
    [
        "cr.name-length",
        "no DNS label",
        { name: "W. & B" },
        [
            [
                "metadata.name",
                'is not a DNS label ("W. & B" given)',
                "Use lower-case letters, digits and hyphens, with a letter or digit at both ends.",
            ],
        ],
    ],
    [
        "cr.operator-namespace",
        "set",
        values({ global: { operator: { namespace: "wandb-cr" } } }),
        [
            [
                "spec.values.global.operator.namespace",
                'is set ("wandb-cr" given), and wins over what the operator puts there',
                "Leave it out: the operator knows its own namespace.",
            ],
        ],
    ],
    ["cr.operator-namespace", "not set, or not known", values({ global: { operator: { namespace: Unknown } } }), []],
];

const rows = [...unknownKeyRows, ...unreadKeyRows, ...nestedRows, ...metadataRows];

describe("checks of the shape", () => {
    for (const [id, title, given, findings] of rows) {
        it(`${id}: ${title}`, () => assert.deepEqual(textsOf(id, given), findings));
    }

    testCoverage(
        rows,
        shapeChecks.map(({ id }) => id).filter((id) => !KindIds.includes(id)),
    );

    it("have the levels of the documentation", () => {
        const warnings = ["values.unknown-key", "values.unread-key", "values.list-append", "cr.operator-namespace"];
        assert.deepEqual(
            shapeChecks.filter(({ level }) => level === "warning").map(({ id }) => id),
            warnings,
        );
        assert.equal(shapeChecks.length, 10);
    });

    it("show no secret", () => {
        const secret = "s3cret-value";
        const tree = {
            license: secret,
            global: {
                license: { a: secret },
                extraEnv: secret,
                bucket: `s3://key:${secret}@host`,
                ldap: { bindPW: secret },
            },
            app: { env: { PASSWORD: [secret] }, image: secret },
        };
        const found = runChecks(shapeChecks, checkInput({ values: tree }));
        assert.ok(found.length >= 5, JSON.stringify(found));
        const shown = found.filter((finding) => JSON.stringify(finding).includes(secret));
        assert.deepEqual(
            shown.map(({ path }) => path),
            [],
        );
    });

    it("say by which version they judge", () => {
        const other = chartReference("0.99.0", [{ path: "global.fresh", type: "string" }]);
        const input = checkInput({ values: { global: { fresh: 1, host: "x" } } });
        const found = runChecks(shapeChecks, { ...input, reference: () => other });
        assert.deepEqual(
            found.map(({ path, message }) => `${path}: ${message}`),
            [
                "spec.values.global.host: operator-wandb 0.99.0 has no such value",
                "spec.values.global.fresh: is a number (1 given), where operator-wandb 0.99.0 has a text",
            ],
        );
    });
});
