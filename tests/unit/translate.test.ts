import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { translateValues } from "../../sdk/values/translate";
import type { ValuesTree } from "../../sdk/values/types";

interface Row {
    readonly title: string;
    readonly given: ValuesTree;
    readonly provider?: string;
    readonly values: ValuesTree;
    readonly secretEnv?: Record<string, string>;
    /** By key of the Secret that they go to. */
    readonly credentials?: Record<string, string>;
    /** Ids and paths of the changes that are told. */
    readonly changes: readonly string[];
}

const rows: readonly Row[] = [
    {
        title: "LDAP without TLS",
        given: {
            global: {
                ldap: {
                    enabled: true,
                    host: "ldap://ldap.example.com",
                    baseDN: "dc=example,dc=com",
                    bindDN: "cn=reader,dc=example,dc=com",
                    bindPW: "bind-canary",
                    attributes: "mail,cn",
                    groupAllowList: ["ml", "ops"],
                    tls: false,
                },
            },
        },
        values: {
            global: {
                extraEnv: {
                    LDAP_LOGIN: "true",
                    LDAP_ADDRESS: "ldap://ldap.example.com",
                    LDAP_BASE_DN: "dc=example,dc=com",
                    LDAP_BIND_DN: "cn=reader,dc=example,dc=com",
                    LDAP_ATTRIBUTES: "mail,cn",
                    LDAP_GROUP_ALLOW_LIST: "ml,ops",
                    LDAP_TLS_ENABLE: "false",
                },
            },
        },
        secretEnv: { LDAP_BIND_PW: "bind-canary" },
        changes: ["ldap.drift values.global.ldap"],
    },
    {
        title: "LDAP with TLS and a CA of its own",
        given: {
            global: {
                ldap: {
                    enabled: true,
                    host: "ldaps://ldap.example.com",
                    tls: true,
                    tlsCert: { configMap: { name: "ldap-ca", key: "ca.crt" } },
                },
            },
        },
        values: {
            global: {
                extraEnv: { LDAP_LOGIN: "true", LDAP_ADDRESS: "ldaps://ldap.example.com", LDAP_TLS_ENABLE: "true" },
                caCertsConfigMap: "ldap-ca",
            },
        },
        changes: ["ldap.drift values.global.ldap"],
    },
    {
        title: "LDAP below auth, a bind password by reference, a variable that is set by name",
        given: {
            global: {
                extraEnv: { LDAP_ADDRESS: "ldap://mine.example.com" },
                auth: {
                    ldap: {
                        host: "ldap://other.example.com",
                        bindPW: { valueFrom: { secretKeyRef: { name: "ldap", key: "password" } } },
                    },
                },
            },
        },
        values: {
            global: {
                extraEnv: {
                    LDAP_ADDRESS: "ldap://mine.example.com",
                    LDAP_BIND_PW: { valueFrom: { secretKeyRef: { name: "ldap", key: "password" } } },
                },
                auth: {},
            },
        },
        changes: ["ldap.drift values.global.auth.ldap"],
    },
    {
        title: "LDAP that is switched off goes",
        given: { global: { ldap: { enabled: false, host: "ldap://ldap.example.com", bindPW: "bind-canary" } } },
        values: { global: { extraEnv: {} } },
        changes: ["ldap.drift values.global.ldap"],
    },
    {
        title: "what LDAP has no word for stays, for the checks to find",
        given: {
            global: {
                ldap: { host: "ldap://ldap.example.com", tlsCert: { configMap: { name: "ca", key: "ca.pem" } } },
            },
        },
        values: {
            global: {
                ldap: { tlsCert: { configMap: { name: "ca", key: "ca.pem" } } },
                extraEnv: { LDAP_ADDRESS: "ldap://ldap.example.com" },
            },
        },
        changes: ["ldap.drift values.global.ldap"],
    },
    {
        title: "the password of Redis by the older keys",
        given: {
            global: { redis: { host: "redis", auth: { enabled: true, secret: "redis-secret", key: "password" } } },
        },
        values: { global: { redis: { host: "redis", secret: { secretName: "redis-secret", secretKey: "password" } } } },
        changes: ["redis.auth-drift values.global.redis.auth"],
    },
    {
        title: "Redis with both spellings is left to the checks",
        given: { global: { redis: { auth: { secret: "a", key: "b" }, secret: { secretName: "c", secretKey: "d" } } } },
        values: { global: { redis: { auth: { secret: "a", key: "b" }, secret: { secretName: "c", secretKey: "d" } } } },
        changes: [],
    },
    {
        title: "the name of the database by the older key",
        given: { global: { mysql: { name: "wandb_local" } } },
        values: { global: { mysql: { database: "wandb_local" } } },
        changes: ["mysql.name values.global.mysql.name"],
    },
    {
        title: "two different names of the database are left to the checks",
        given: { global: { mysql: { name: "one", database: "two" } } },
        values: { global: { mysql: { name: "one", database: "two" } } },
        changes: [],
    },
    {
        title: "the key of Azure by the older name",
        given: { global: { bucket: { provider: "az", secretKey: "key-canary" } } },
        values: { global: { bucket: { provider: "az" } } },
        credentials: { ACCESS_KEY: "key-canary" },
        changes: ["bucket.az-secretkey values.global.bucket.secretKey"],
    },
    {
        title: "the key of Azure where the argument names the provider",
        given: { global: { bucket: { secretKey: "key-canary" } } },
        provider: "az",
        values: { global: { bucket: {} } },
        credentials: { ACCESS_KEY: "key-canary" },
        changes: ["bucket.az-secretkey values.global.bucket.secretKey"],
    },
    {
        title: "the key pair of S3 goes to a Secret",
        given: { global: { bucket: { provider: "s3", accessKey: "a-canary", secretKey: "b-canary" } } },
        values: { global: { bucket: { provider: "s3" } } },
        credentials: { ACCESS_KEY: "a-canary", SECRET_KEY: "b-canary" },
        changes: [],
    },
    {
        title: "one key of S3 alone stays, for the checks to find",
        given: { global: { bucket: { provider: "s3", accessKey: "a" } } },
        values: { global: { bucket: { provider: "s3", accessKey: "a" } } },
        changes: [],
    },
    {
        title: "credentials go to a Secret, references and empty texts stay",
        given: {
            global: {
                license: "license-canary",
                mysql: { password: "mysql-canary" },
                redis: { password: "" },
                auth: { oidc: { secret: "oidc-canary" } },
                email: { smtp: { password: { valueFrom: { secretKeyRef: { name: "a", key: "b" } } } } },
            },
        },
        values: {
            global: {
                mysql: {},
                redis: { password: "" },
                auth: { oidc: {} },
                email: { smtp: { password: { valueFrom: { secretKeyRef: { name: "a", key: "b" } } } } },
            },
        },
        credentials: { LICENSE: "license-canary", MYSQL_PASSWORD: "mysql-canary", OIDC_SECRET: "oidc-canary" },
        changes: [],
    },
    {
        title: "an account of three components is made by one that is deployed",
        given: {
            executor: { serviceAccount: { name: "wandb" } },
            app: { serviceAccount: { name: "wandb", create: true } },
            parquet: { serviceAccount: { name: "wandb", create: false } },
            weave: { serviceAccount: { name: "other" } },
        },
        values: {
            executor: { serviceAccount: { name: "wandb", create: false } },
            app: { serviceAccount: { name: "wandb", create: true } },
            parquet: { serviceAccount: { name: "wandb", create: false } },
            weave: { serviceAccount: { name: "other" } },
        },
        changes: ["sa.shared-create values.executor.serviceAccount.create"],
    },
    {
        title: "what the chart reads already stays as it is",
        given: { global: { host: "https://wandb.example.com", extraEnv: { A: "b" } }, app: { replicaCount: 2 } },
        values: { global: { host: "https://wandb.example.com", extraEnv: { A: "b" } }, app: { replicaCount: 2 } },
        changes: [],
    },
];

describe("translation of older spellings", () => {
    for (const { title, given, provider, values, secretEnv = {}, credentials = {}, changes } of rows) {
        it(title, () => {
            const before = structuredClone(given);
            const translated = translateValues(given, provider);
            assert.deepEqual(translated.values, values);
            assert.deepEqual(translated.secretEnv, secretEnv);
            assert.deepEqual(translated.valueCredentials, credentials);
            assert.deepEqual(
                translated.changes.map(({ id, path }) => `${id} ${path}`),
                changes,
            );
            assert.ok(translated.changes.every(({ level }) => level === "warning"));
            assert.doesNotMatch(JSON.stringify(translated.changes), /canary/);
            assert.deepEqual(given, before, "the caller's tree is changed");
        });
    }

    it("takes Outputs as leaves", () => {
        const password = pulumi.secret("bind-canary");
        const { secretEnv, values } = translateValues({ global: { ldap: { bindPW: password } } }, undefined);
        assert.equal(secretEnv["LDAP_BIND_PW"], password);
        assert.deepEqual(values, { global: { extraEnv: {} } });
    });

    it("changes nothing the second time, and throws at nothing", () => {
        const word = fc.constantFrom("global", "ldap", "auth", "redis", "mysql", "bucket", "name", "secretKey", "app");
        const { tree } = fc.letrec<{ tree: ValuesTree; node: unknown }>((tie) => ({
            node: fc.oneof(
                { depthSize: "small" },
                fc.constantFrom(null, 1, "az", true),
                fc.array(tie("node")),
                tie("tree"),
            ),
            tree: fc.dictionary(word, tie("node"), { maxKeys: 4, noNullPrototype: true }),
        }));
        fc.assert(
            fc.property(tree, (given) => {
                const once = translateValues(given, "az");
                const twice = translateValues(once.values, "az");
                assert.deepEqual(twice.values, once.values);
            }),
            { numRuns: 10_000 },
        );
    });
});
