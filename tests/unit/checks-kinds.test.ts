import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { load } from "js-yaml";
import { runChecks, Unknown } from "../../sdk/checks";
import { shapeChecks } from "../../sdk/checks/themes/shape";
import { checkInput } from "../support/check-input";
import { KindIds, type ShapeRow, testCoverage, textsOf, values, Version } from "../support/shape-rows";

const nullRows: readonly ShapeRow[] = [
    [
        "values.null",
        "each null, in lists too",
        values({ global: { host: null, extraEnv: { A: null } }, app: { tolerations: [null, { key: null }] } }),
        [
            ...["global.host", "global.extraEnv.A"].map((path): [string, string, string] => [
                `spec.values.${path}`,
                "is null: the operator's merge panics when a lower layer has the key too",
                "Leave it out; to win over a lower layer give a value, such as false or an empty text.",
            ]),
            ["spec.values.app.tolerations[0]", "is null: a list has no use for it", "Take the member out of the list."],
            [
                "spec.values.app.tolerations[1].key",
                "is null: the operator's merge panics when a lower layer has the key too",
                "Leave it out; to win over a lower layer give a value, such as false or an empty text.",
            ],
        ],
    ],
    [
        "values.null",
        "empty values",
        values({ global: { host: "", extraEnv: {} }, app: { tolerations: [], install: false } }),
        [],
    ],
    [
        "values.null",
        "unknown and absent values",
        values({ global: Unknown, app: { tolerations: Unknown, size: undefined } }),
        [],
    ],
];

function kind(path: string, is: string, has: string, remedy: string): [string, string, string] {
    return [`spec.values.${path}`, `is ${is}, where ${Version} has ${has}`, remedy];
}

const kindRows: readonly ShapeRow[] = [
    [
        "values.kind",
        "texts for numbers and flags",
        values({
            app: { replicaCount: "2" },
            ingress: { create: "false" },
            global: { auth: { sessionLengthHours: "720" }, kafka: { brokerPort: "kafka" } },
        }),
        [
            kind("app.replicaCount", 'a text ("2" given)', "a whole number", "Write the number without quotes."),
            kind("ingress.create", 'a text ("false" given)', "true or false", "Write it without quotes."),
            kind(
                "global.auth.sessionLengthHours",
                'a text ("720" given)',
                "a whole number",
                "Write the number without quotes.",
            ),
            kind("global.kafka.brokerPort", 'a text ("kafka" given)', "a whole number", "Give a whole number."),
        ],
    ],
    [
        "values.kind",
        "the kinds of the chart",
        values({
            app: {
                replicaCount: 2,
                sizing: { small: { replicaCount: 1 } },
                traceRatio: 0.5,
                imagePullSecrets: ["a", { name: "b" }],
            },
            ingress: { create: false, additionalHosts: ["a"] },
            global: {
                mysql: { port: 3306, password: { valueFrom: { secretKeyRef: { name: "a", key: "b" } } } },
                extraEnv: { A: 1, B: true, C: "x", D: { valueFrom: {} } },
            },
        }),
        [],
    ],
    [
        "values.kind",
        "a port in quotes",
        values({ global: { mysql: { port: "3306" } } }),
        [
            [
                "spec.values.global.mysql.port",
                'is a text ("3306" given), where operator-wandb 0.43.8 has a whole number',
                "Write the number without quotes.",
            ],
        ],
    ],
    [
        "values.kind",
        "numbers and flags for texts",
        values({ app: { image: { tag: 0.79 } }, global: { caCertsConfigMap: true } }),
        [
            kind("app.image.tag", "a number (0.79 given)", "a text", "Put it in quotes."),
            kind("global.caCertsConfigMap", "true or false (true given)", "a text", "Put it in quotes."),
        ],
    ],
    [
        "values.kind",
        "maps, lists and scalars in place of each other",
        values({
            ingress: true,
            app: { tolerations: { key: "a" }, nodeSelector: ["a"], imagePullSecrets: [1] },
            global: {
                extraEnv: [{ name: "A", value: "b" }],
                common: { labels: "a=b" },
                bucket: { name: { valueFrom: {} } },
            },
        }),
        [
            kind("ingress", "true or false", "a map", "Give a map."),
            kind("app.tolerations", "a map", "a list", "Give a list."),
            kind("app.nodeSelector", "a list", "a map", "Give a map."),
            kind("app.imagePullSecrets[0]", "a number", "a text or a map", "Put it in quotes."),
            kind("global.extraEnv", "a list", "a map", "Give a map."),
            kind("global.common.labels", "a text", "a map", "Give a map."),
            kind("global.bucket.name", "a map", "a text", "Give a text."),
        ],
    ],
    [
        "values.kind",
        "a variable that is a list",
        values({ global: { extraEnv: { A: ["x"] } } }),
        [
            kind(
                "global.extraEnv.A",
                "a list",
                "a text, a number, true or false or a map with `valueFrom`",
                "Give a text, a number, true or false or a map with `valueFrom`.",
            ),
        ],
    ],
    [
        "values.kind",
        "a known member of a free map",
        values({ console: { extraEnv: { BUCKET_ACCESS_IDENTITY: 1, OTHER: 1 } } }),
        [kind("console.extraEnv.BUCKET_ACCESS_IDENTITY", "a number (1 given)", "a text", "Put it in quotes.")],
    ],
    [
        "values.kind",
        "what other checks judge",
        values({
            global: {
                customCACerts: "pem",
                redis: { host: {}, port: true },
                auth: { sessionLengthHours: "720h", oidc: { clientId: { valueFrom: {} } } },
                mysql: { name: 1 },
            },
            ingress: { tls: "secret" },
        }),
        [],
    ],
    [
        "values.kind",
        "unknown, null and unknown keys",
        values({ ingress: Unknown, app: { replicaCount: Unknown, nonsense: 1 }, console: null }),
        [],
    ],
];

const appended = "is a list, which the operator joins with the lists of the user's settings and the release channel";
const addition = "Give only what shall be added: what the other layers have stays.";

const listRows: readonly ShapeRow[] = [
    [
        "values.list-append",
        "lists, known and inside free maps",
        values({
            global: { imagePullSecrets: ["a"] },
            app: { containers: { app: { args: ["x", ["y"]] } }, tolerations: [] },
        }),
        [
            ["spec.values.global.imagePullSecrets", appended, addition],
            ["spec.values.app.containers.app.args", appended, addition],
            [
                "spec.values.app.tolerations",
                "is an empty list, which removes nothing: the operator joins lists of all layers",
                "Leave it out.",
            ],
        ],
    ],
    [
        "values.list-append",
        "air-gapped",
        { ...values({ global: { imagePullSecrets: ["a"] } }), operator: { values: { airgapped: true } } },
        [],
    ],
    [
        "values.list-append",
        "said not to be air-gapped",
        { ...values({ global: { imagePullSecrets: ["a"] } }), operator: { values: { airgapped: false } } },
        [["spec.values.global.imagePullSecrets", appended, addition]],
    ],
    [
        "values.list-append",
        "perhaps air-gapped",
        { ...values({ global: { imagePullSecrets: ["a"] } }), operator: { values: Unknown } },
        [],
    ],
    [
        "values.list-append",
        "the token issuers emptied for an isolated operator",
        values({ app: { internalJWTMap: [] } }),
        [],
    ],
    [
        "values.list-append",
        "token issuers of one's own",
        values({ app: { internalJWTMap: [{ subject: "a", issuer: "b" }] } }),
        [["spec.values.app.internalJWTMap", appended, addition]],
    ],
    [
        "values.list-append",
        "what other checks report, and unknown",
        values({ nonsense: ["a"], imagePullSecrets: ["b"], app: { nodeSelector: ["c"], volumes: Unknown } }),
        [],
    ],
];

const rows = [...nullRows, ...kindRows, ...listRows];

describe("checks of nulls, kinds and lists", () => {
    for (const [id, title, given, findings] of rows) {
        it(`${id}: ${title}`, () => assert.deepEqual(textsOf(id, given), findings));
    }

    testCoverage(rows, KindIds);
});

describe("checks of the shape on custom resources that people have", () => {
    const folder = resolve(__dirname, "../fixtures");
    /** Lists are all that these checks see there; the older spellings are the business of other checks. */
    const expected: Readonly<Record<string, readonly string[]>> = {
        "cr-airgap.yaml": ["global.imagePullSecrets", "ingress.tls"],
        "cr-aws.yaml": [],
        "cr-azure-current.yaml": ["ingress.tls"],
        "cr-azure.yaml": ["ingress.tls"],
        "cr-gcp.yaml": [],
        "cr-s3-compatible.yaml": ["global.customCACerts", "ingress.tls"],
    };

    readdirSync(folder)
        .filter((file) => /^cr-.*\.yaml$/.test(file))
        .forEach((file) => {
            it(file, () => {
                const { spec } = load(readFileSync(join(folder, file), "utf8")) as { spec: { values: unknown } };
                const found = runChecks(shapeChecks, checkInput({ values: spec.values }));
                assert.deepEqual(
                    found.map(({ id, path }) => [id, path]),
                    expected[file].map((path) => ["values.list-append", `spec.values.${path}`]),
                );
            });
        });
});
