import assert from "node:assert/strict";
import fc from "fast-check";
import { Checks, runChecks, Unknown, View } from "../../sdk/checks";
import { knownReference } from "../../sdk/checks/reference";
import { checkInput } from "../support/check-input";

const Runs = 10_000;

/** Words that checks look for, so that random trees reach them. */
const words = [...new Set(knownReference().values.flatMap(({ path }) => path.split(".")))];
const key = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...words) },
    {
        weight: 2,
        arbitrary: fc.constantFrom("BUCKET", "LDAP_ADDRESS", "GORILLA_X_STORE", "DB_PASSWORD", "ldap", "_releaseId"),
    },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.constantFrom("__proto__", "constructor", "toString", "a.b", "0", "") },
);

const texts = fc.oneof(
    fc.string(),
    fc.constantFrom(
        "",
        "true",
        "3306",
        "720h",
        "s3",
        "az",
        "latest",
        "1.22.0",
        "https://",
        "https://a.b/c?d#e",
        "http://[::1]:1",
    ),
    fc.constantFrom(
        "s3://k:s@h/b?tls=true",
        "oci://r/c",
        "a.b.c",
        "ldaps://x",
        "-----BEGIN CERTIFICATE-----",
        "x".repeat(100_000),
    ),
    fc.constantFrom("://@:@", "%zz", "{{ .Values }}", "e30.e30.e30", "\u0000", "\ud800"),
);

const scalar = fc.oneof(
    texts,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, undefined, Unknown, NaN, new Date(0)),
);

const { tree } = fc.letrec<{ tree: unknown; map: unknown }>((tie) => ({
    tree: fc.oneof(
        { depthSize: "medium", withCrossShrink: true },
        scalar,
        tie("map"),
        fc.array(tie("tree"), { maxLength: 3 }),
    ),
    map: fc.array(fc.tuple(key, tie("tree")), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
}));

/** A value at a path of the chart, so that most runs set something that a check reads. */
const atKnownPath = fc
    .tuple(fc.constantFrom(...knownReference().values.map(({ path }) => path)), tree)
    .map(([path, value]) => path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value));

/** Maps of the chart's paths merged at the top, two levels deep. */
const values = fc.oneof(
    tree,
    fc.array(atKnownPath, { maxLength: 12 }).map((trees) =>
        trees.reduce<Record<string, unknown>>((all, one) => {
            for (const [name, inner] of Object.entries(one as Record<string, Record<string, unknown>>)) {
                const before = all[name];
                const isMap = typeof before === "object" && before !== null && typeof inner === "object";
                all[name] = isMap ? { ...before, ...inner } : inner;
            }
            return all;
        }, {}),
    ),
);

const version = fc.constantFrom(undefined, "", "8.0.32", "8.0", "3.05.2", "x", "1.22.0", "9".repeat(400));

const context = fc.record(
    {
        license: texts,
        database: fc.record(
            {
                engine: fc.constantFrom("mysql" as const, "aurora-mysql" as const),
                version,
                parameters: fc.dictionary(
                    fc.constantFrom("binlog_format", "sync_binlog", "sort_buffer_size"),
                    fc.oneof(texts, fc.integer()),
                ),
                charset: texts,
                collation: texts,
            },
            { requiredKeys: ["engine"] },
        ),
        redisVersion: version,
        redisSecretKeys: fc.array(texts, { maxLength: 3 }),
        caConfigMapKeys: fc.array(texts, { maxLength: 3 }),
        kubernetes: fc.record({ version, architectures: fc.array(texts, { maxLength: 3 }) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
);

const operator = fc.option(fc.record({ version: tree, source: tree, namespace: tree, values: tree }), {
    nil: undefined,
});

describe("checks on random configurations", () => {
    it(`never throw, and every finding says where, what and what to do (${Runs} runs)`, () => {
        let found = 0;
        fc.assert(
            fc.property(tree, tree, values, operator, context, (metadata, chart, tree, release, known) => {
                const input = {
                    ...checkInput({ values: tree, chart, operator: release, context: known }),
                    metadata: new View("metadata", metadata),
                };
                for (const finding of runChecks(Checks, input)) {
                    found++;
                    const { path, message, remedy } = finding;
                    assert.ok(path !== "" && message !== "" && !message.endsWith("."), JSON.stringify(finding));
                    assert.match(remedy, /^[A-Z`][^]*[.?]$/, JSON.stringify(finding));
                }
            }),
            { numRuns: Runs },
        );
        assert.ok(found > Runs, `only ${found} findings: the trees reach nothing`);
    }).timeout(180_000);
});
