import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import fc from "fast-check";
import { migrate, run } from "../../sdk/migrate/command";
import { recognise } from "../../sdk/migrate/recognise";
import { Unreadable } from "../../sdk/migrate/found";

const release = { release: "wandb", namespace: "default" };
const Minimal =
    "host: https://wandb.example.com\nlicense: sEcReT\nmysql: {managed: false, host: db, password: pw}\nbucket: gs://files\n";

describe("migrate: the command", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "migrate-"))));
    afterEach(() => rmSync(folder, { recursive: true }));

    function command(text: string, ...args: string[]): { code: number; out: string; err: string } {
        let out = "";
        let err = "";
        const code = run(args, {
            readInput: () => text,
            print: (line) => (out += line),
            printError: (line) => (err += line),
        });
        return { code, out, err };
    }

    it("writes all files, for their owner only", () => {
        const target = join(folder, "new");
        assert.equal(command(Minimal, "migrate", "--out", target).code, 0);
        const files = ["MIGRATION.md", "Pulumi.yaml", "config.sh", "index.ts", "package.json", "tsconfig.json"];
        assert.deepEqual(readdirSync(target).sort(), files.sort());
        files.forEach((file) => assert.equal(statSync(join(target, file)).mode & 0o77, 0, file));
        assert.deepEqual(readdirSync(folder), ["new"]);
    });

    it("leaves a folder alone that is not empty, unless forced", () => {
        writeFileSync(join(folder, "index.ts"), "mine");
        const refused = command(Minimal, "migrate", "--out", folder);
        assert.equal(refused.code, 1);
        assert.match(refused.err, /not empty.*--force/);
        assert.deepEqual(readdirSync(folder), ["index.ts"]);
        assert.equal(command(Minimal, "migrate", "--out", folder, "--force").code, 0);
        assert.match(readFileSync(join(folder, "index.ts"), "utf8"), /WandbDeployment/);
    });

    it("writes nothing when the input is bad", () => {
        const target = join(folder, "new");
        const { code, err } = command("license: [sEcReT", "migrate", "--out", target);
        assert.equal(code, 1);
        assert.match(err, /line \d+, column \d+/);
        assert.ok(!err.includes("sEcReT"));
        assert.ok(!existsSync(target));
    });

    for (const args of [
        [],
        ["deploy"],
        ["migrate", "a", "b"],
        ["migrate", "--language", "go"],
        ["migrate", "--x"],
        ["migrate", "--release", "$(id)"],
    ]) {
        it(`refuses ${JSON.stringify(args)}`, () => {
            const { code, err } = command(Minimal, ...args);
            assert.equal(code, 2);
            assert.match(err, /^pulumi-wandb migrate: /);
        });
    }

    it("helps", () => assert.match(command("", "--help").out, /--show-secrets/));
});

describe("migrate: what cannot be read", () => {
    const resource =
        "apiVersion: apps.wandb.com/v1\nkind: WeightsAndBiases\nmetadata: {name: wandb}\nspec: {values: {}}\n";
    const cases: [string, string, RegExp][] = [
        ["nothing", " \n", /nothing in it/],
        ["a word", "wandb", /no settings/],
        ["truncated JSON", '{"license": "sEcReT', /cannot be read at line/],
        ["another chart", "replicaCount: 1\nservice: {}\n", /not values of the chart/],
        ["two instances", `${resource}---\n${resource}`, /2 WeightsAndBiases objects/],
        ["another version", resource.replace("/v1", "/v2"), /apps\.wandb\.com\/v2/],
        ["manifests of something else", "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n", /no Deployment/],
        ["a ring of aliases", "host: &a\n  b: *a\n", /nested too deeply/],
    ];
    for (const [title, text, message] of cases) {
        it(`is ${title}`, () => {
            assert.throws(
                () => recognise(text, release),
                (error) => {
                    assert.ok(error instanceof Unreadable);
                    assert.match(error.message, message);
                    assert.ok(!error.message.includes("sEcReT"));
                    return true;
                },
            );
        });
    }
});

describe("migrate: random values", () => {
    const name = fc.constantFrom(
        "host",
        "license",
        "bucket",
        "redis",
        "smtpServer",
        "mysql",
        "sso",
        "ldap",
        "ingress",
        "extraEnv",
        "serviceAccount",
        "image",
        "enabled",
        "tls",
        "hosts",
        "__proto__",
        "constructor",
        "a.b",
        "global",
        "extraCors",
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
        value: fc.oneof(
            { depthSize: "small" },
            fc.string(),
            fc.constantFrom("s3://a:b@c/d", "redis://:%zz@h", "true", "${x}", "mysql://", null),
            fc.integer(),
            fc.boolean(),
            fc.array(tie("value"), { maxLength: 3 }),
            fc.dictionary(name, tie("value"), { maxKeys: 5 }),
        ),
    }));

    it("never crash it: files, or a clear refusal", () => {
        fc.assert(
            fc.property(fc.dictionary(name, value, { minKeys: 1, maxKeys: 8 }), (values) => {
                try {
                    migrate(dump(values), { ...release, language: "typescript", showSecrets: false });
                    migrate(dump(values), { ...release, language: "yaml", showSecrets: true });
                } catch (error) {
                    assert.ok(error instanceof Unreadable, (error as Error).stack);
                }
            }),
            { numRuns: 1000 },
        );
    });
});
