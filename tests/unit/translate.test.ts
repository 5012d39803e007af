import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { translateValues } from "../../sdk/values/translate";
import type { ValuesTree } from "../../sdk/values/types";
import { promiseOf, resolveTree } from "../support/resolve";
import { translationRows } from "../support/translation-rows";

describe("translation of older spellings", () => {
    for (const {
        title,
        given,
        ours = {},
        values,
        secretEnv = {},
        credentials = {},
        changes,
        errors = [],
    } of translationRows) {
        it(title, () => {
            const before = structuredClone(given);
            const translated = translateValues(given, ours);
            assert.deepEqual(translated.values, values);
            assert.deepEqual(translated.secretEnv, secretEnv);
            assert.deepEqual(translated.valueCredentials, credentials);
            assert.deepEqual(
                translated.findings.map(({ id, path }) => `${id} ${path}`),
                changes,
            );
            const wrong = translated.findings.filter(({ level }) => level === "error");
            assert.deepEqual(
                wrong.map(({ id }) => id),
                errors,
            );
            assert.doesNotMatch(JSON.stringify(translated.findings), /canary/);
            assert.deepEqual(given, before, "the caller's tree is changed");
        });
    }

    it("takes Outputs as leaves, and makes text of them where a container wants text", async () => {
        const ldap = {
            host: pulumi.output("ldap://ldap.example.com"),
            bindPW: pulumi.secret("bind-canary"),
            tls: pulumi.output(true),
            attributes: [pulumi.output("mail"), "cn"],
        };
        const { secretEnv, values } = translateValues({ global: { ldap } }, {});
        assert.equal(await promiseOf(secretEnv["LDAP_BIND_PW"]), "bind-canary");
        assert.equal(await pulumi.isSecret(pulumi.output(secretEnv["LDAP_BIND_PW"])), true);
        assert.deepEqual(await resolveTree(values), {
            global: {
                extraEnv: {
                    LDAP_ADDRESS: "ldap://ldap.example.com",
                    LDAP_TLS_ENABLE: "true",
                    LDAP_ATTRIBUTES: "mail,cn",
                },
            },
        });
    });

    it("leaves LDAP alone where the variables are an Output as a whole", () => {
        const values = { global: { ldap: { host: "ldap://ldap.example.com" }, extraEnv: pulumi.output({ A: "b" }) } };
        assert.deepEqual(Object.keys(translateValues(values, {}).values["global"] as object), ["ldap", "extraEnv"]);
    });

    it("refuses a map where a password belongs, once it is known", async () => {
        const password = pulumi.output({ valueFrom: { secretKeyRef: { name: "a", key: "b" } } });
        const { valueCredentials } = translateValues({ global: { mysql: { password } } }, {});
        const text = valueCredentials["MYSQL_PASSWORD"] as pulumi.Output<string>;
        await assert.rejects(
            (text as unknown as { promise(): Promise<string> }).promise(),
            /values\.global\.mysql\.password: its Output holds a map, but stands where a password belongs\./,
        );
    });

    it("changes nothing the second time, and throws at nothing", () => {
        const word = fc.constantFrom(
            ...["global", "ldap", "auth", "redis", "mysql", "bucket", "app", "executor", "serviceAccount", "extraEnv"],
            ...[
                "name",
                "secret",
                "key",
                "enabled",
                "secretKey",
                "accessKey",
                "password",
                "create",
                "install",
                "provider",
            ],
            ...["host", "bindPW", "tlsCert", "configMap", "passwordSecret", "secretName", "attributes"],
        );
        const { tree } = fc.letrec<{ tree: ValuesTree; node: unknown }>((tie) => ({
            node: fc.oneof(
                { depthSize: "medium" },
                fc.constantFrom(null, 1, "az", "wandb", "ca.crt", true, false),
                fc.array(tie("node"), { maxLength: 2 }),
                tie("tree"),
            ),
            tree: fc.dictionary(word, tie("node"), { maxKeys: 6, noNullPrototype: true }),
        }));
        // Below their own places, where a random tree would seldom have them.
        const placed = fc.record(
            {
                global: fc.record({ ldap: tree, redis: tree, mysql: tree, bucket: tree, auth: tree }),
                app: tree,
                executor: tree,
            },
            { noNullPrototype: true },
        );
        const azure = { global: { bucket: { provider: "az" } } };
        fc.assert(
            fc.property(fc.oneof(tree, placed), (given) => {
                const once = translateValues(given, azure);
                const twice = translateValues(once.values, azure);
                assert.deepEqual(twice.values, once.values);
                assert.deepEqual(twice.moved, []);
            }),
            { numRuns: 2_000 },
        );
    });
});
