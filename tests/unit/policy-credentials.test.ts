/** Credentials that are written out: each is found once, by this policy or by that of a check, and never printed. */
import assert from "node:assert/strict";
import { type Literal, literalCredentials, literalsOf } from "../../policy/credentials";
import { policies } from "../../policy/policies";
import { fixtureNames, fixtureSpec } from "../support/policy-fixtures";
import { instance, release, resource, UnknownText, violations, type Written } from "../support/policy-stack";

const paths = (written: Written): string[] => literalsOf(resource(written)).map(({ path }: Literal) => path);

/** Policies that refuse secrets in clear. */
const Secrets = ["literal-credentials", "bucket-secret-plain", "env-secret-literal", "chart-credentials"];

/** What they report, all together: policy and path. */
async function reported(...stack: Written[]): Promise<string[]> {
    const found: string[] = [];
    for (const policy of policies.filter(({ name }) => Secrets.includes(name.slice("wandb-".length)))) {
        for (const { message } of await violations(policy, stack)) {
            found.push(`${policy.name.slice("wandb-".length)} ${message.split(": ")[1]}`);
        }
    }
    return found.sort();
}

describe("literal credentials", () => {
    it("are found once each in the fixtures, which the old documentation shows", async () => {
        const global = (key: string) => `literal-credentials spec.values.global.${key}`;
        const expected: Record<string, string[]> = {
            "cr-airgap.yaml": [global("email.smtp.password")],
            "cr-aws.yaml": [
                global("auth.oidc.secret"),
                global("email.smtp.password"),
                global("license"),
                global("mysql.password"),
                global("redis.password"),
            ],
            "cr-azure-current.yaml": [
                "bucket-secret-plain spec.values.global.bucket.accessKey",
                global("license"),
                global("mysql.password"),
            ],
            "cr-azure.yaml": [global("bucket.secretKey"), global("license"), global("mysql.password")],
            "cr-gcp.yaml": [global("license"), global("mysql.password")],
            "cr-s3-compatible.yaml": [
                global("extraEnv.BUCKET"),
                global("ldap.bindPW"),
                global("license"),
                global("mysql.password"),
            ],
        };
        for (const file of fixtureNames()) {
            assert.deepEqual(await reported(instance(fixtureSpec(file))), expected[file], file);
        }
        assert.deepEqual(fixtureNames(), Object.keys(expected));
    });

    it("are found in environment variables of any component, by their name or by a password in their URL", async () => {
        const values = {
            global: { extraEnv: { SLACK_TOKEN: "in-clear", PROXY: "https://user:in-clear@proxy.example.com" } },
            app: {
                env: { STORE_KEY: { value: "in-clear" } },
                extraEnv: { DSN: { value: "mysql://root:in-clear@db/x" } },
            },
        };
        assert.deepEqual(await reported(instance({ values })), [
            "env-secret-literal spec.values.app.env.STORE_KEY",
            "env-secret-literal spec.values.global.extraEnv.SLACK_TOKEN",
            "literal-credentials spec.values.app.extraEnv.DSN",
            "literal-credentials spec.values.global.extraEnv.PROXY",
        ]);
    });

    it("are found in variables that are short for a password, or a license", async () => {
        const extraEnv = { WF_CLICKHOUSE_PASS: "in-clear", LICENSE: "in-clear", GORILLA_LICENSE: "in-clear" };
        const expected = Object.keys(extraEnv).map((name) => `env-secret-literal spec.values.global.extraEnv.${name}`);
        assert.deepEqual(await reported(instance({ values: { global: { extraEnv } } })), expected.sort());
        const list = Object.entries(extraEnv).map(([name, value]) => ({ name, value }));
        assert.equal(paths(release({ values: { extraEnv: list } })).length, 3);
        const others = { HEADERS_PASS_THROUGH: "x-user", LICENSE_FILE: "/license", LOCAL_BYPASS: "some" };
        assert.deepEqual(await reported(instance({ values: { global: { extraEnv: others } } })), []);
    });

    it("are found in the address of the object store, with or without a scheme", async () => {
        const global = {
            bucket: {
                provider: "s3",
                name: "KEY:in-clear@minio.example.com:9000",
                path: "s3://KEY:in/clear@host/files",
            },
            defaultBucket: { provider: "s3", name: "s3://KEY:in-clear@minio.example.com", path: "KEY:in-clear@files" },
        };
        assert.deepEqual(await reported(instance({ values: { global } })), [
            "literal-credentials spec.values.global.bucket.name",
            "literal-credentials spec.values.global.bucket.path",
            "literal-credentials spec.values.global.defaultBucket.name",
            "literal-credentials spec.values.global.defaultBucket.path",
        ]);
        const bucket = { provider: "s3", name: "minio.example.com:9000", path: "files/a@b?tls=true" };
        const joined = { provider: "s3", name: "minio.example.com:9000/files@home", path: "a:b" };
        const filled = { provider: "s3", name: "KEY:$(SECRET)@minio.example.com", path: "KEY:{{ .secret }}@files" };
        for (const one of [bucket, joined, filled]) {
            assert.deepEqual(await reported(instance({ values: { global: { bucket: one } } })), []);
        }
    });

    it("are found in the charts that the application's brings along", async () => {
        const values = {
            redis: { auth: { enabled: true, password: "in-clear" }, usePassword: true },
            mysql: { auth: { rootPassword: "in-clear", password: "" } },
            kafka: {
                sasl: { client: { passwords: ["in-clear", "in-clear"] }, interbroker: { passwords: "{{ .x }}" } },
            },
            clickhouse: { auth: { password: 12345, existingSecret: "keys", existingSecretKey: "admin-password" } },
            etcd: { auth: { rbac: { rootPassword: "in-clear" } }, extraEnv: { ETCD_ROOT_PASSWORD: "in-clear" } },
            prometheus: {
                remoteWrite: [{ basicAuth: { password: "in-clear" } }, { basicAuth: { password: UnknownText } }],
            },
            global: { mysql: { password: "in-clear", passwordSecret: { passwordKey: "password" } } },
        };
        assert.deepEqual(await reported(instance({ values })), [
            "env-secret-literal spec.values.etcd.extraEnv.ETCD_ROOT_PASSWORD",
            "literal-credentials spec.values.clickhouse.auth.password",
            "literal-credentials spec.values.etcd.auth.rbac.rootPassword",
            "literal-credentials spec.values.global.mysql.password",
            "literal-credentials spec.values.kafka.sasl.client.passwords",
            "literal-credentials spec.values.mysql.auth.rootPassword",
            "literal-credentials spec.values.prometheus.remoteWrite[0].basicAuth.password",
            "literal-credentials spec.values.redis.auth.password",
        ]);
        const { redis } = values;
        assert.deepEqual(paths(release({ chart: "operator-wandb", values: { redis } })), [
            "values.redis.auth.password",
        ]);
    });

    it("are found in spec.chart and in the bucket", async () => {
        const spec = {
            chart: {
                url: "https://charts.example.com",
                name: "operator-wandb",
                username: "user",
                password: "in-clear",
            },
            values: {
                global: { bucket: { provider: "s3", name: "files", accessKey: "in-clear", secretKey: "in-clear" } },
            },
        };
        assert.deepEqual(await reported(instance(spec)), [
            "bucket-secret-plain spec.values.global.bucket.accessKey",
            "literal-credentials spec.chart.password",
        ]);
    });

    it("are passwords: of the user name by itself the check only advises, as of one of the two for a registry", async () => {
        const chart = { url: "https://charts.example.com", name: "operator-wandb" };
        const registry = { url: "oci://registry.example.com/operator-wandb", version: "0.43.8" };
        assert.deepEqual(await reported(instance({ chart: { ...chart, username: "reader" } })), [
            "chart-credentials spec.chart.username",
        ]);
        assert.deepEqual(await reported(instance({ chart: { ...registry, username: "reader" } })), [
            "chart-credentials spec.chart.password",
        ]);
        assert.deepEqual(await reported(instance({ chart: { ...registry, password: "in-clear" } })), [
            "chart-credentials spec.chart.username",
            "literal-credentials spec.chart.password",
        ]);
        const both = { username: "reader", password: "in-clear" };
        assert.deepEqual(await reported(instance({ chart: { ...registry, ...both } })), [
            "literal-credentials spec.chart.password",
        ]);
        assert.deepEqual(await reported(instance({ chart: { ...chart, ...both, password: UnknownText } })), [
            "chart-credentials spec.chart.username",
        ]);
    });

    it("are found beside a Secret too: the check of the bucket is silent then", async () => {
        const bucket = { provider: "s3", name: "files", secretKey: "in-clear", secret: { secretName: "keys" } };
        assert.deepEqual(await reported(instance({ values: { global: { bucket } } })), [
            "literal-credentials spec.values.global.bucket.secretKey",
        ]);
    });

    it("are found in the values of the operator's release, and of the charts before it", () => {
        const extraEnv = [
            { name: "CHANNEL_TOKEN", value: "in-clear" },
            { name: "HTTPS_PROXY", value: "http://user:in-clear@proxy.example.com" },
            { name: "OTHER_TOKEN", valueFrom: { secretKeyRef: { name: "token", key: "token" } } },
            { name: "DEBUG", value: "true" },
        ];
        assert.deepEqual(paths(release({ values: { extraEnv } })), [
            "values.extraEnv[0].value",
            "values.extraEnv[1].value",
        ]);
        const values = {
            license: "in-clear",
            mysql: { host: "db", password: "in-clear" },
            bucket: "s3://key:in-clear@minio.example.com/files",
            redis: "redis://cache.example.com:6379",
            sso: { clientSecret: "" },
        };
        assert.deepEqual(paths(release({ chart: "wandb", values })), [
            "values.license",
            "values.mysql.password",
            "values.bucket",
        ]);
        const direct = {
            global: { license: "in-clear", bucket: { secretKey: "in-clear" }, extraEnv: { A_KEY: "in-clear" } },
        };
        assert.deepEqual(paths(release({ chart: "wandb/operator-wandb", values: direct })), [
            "values.global.license",
            "values.global.bucket.secretKey",
            "values.global.extraEnv.A_KEY",
        ]);
        const mirror = { repositoryOpts: { repo: "https://charts.example.com" }, namespace: "tools" };
        assert.equal(paths(release({ ...mirror, values: { extraEnv } }, "mirror")).length, 2);
        const minio = { repositoryOpts: { repo: "https://operator.min.io" }, namespace: "minio" };
        assert.deepEqual(paths(release({ ...minio, values: { extraEnv } })), []);
        assert.deepEqual(paths(release({ chart: "redis", values: { license: "in-clear" } })), []);
    });

    it("are none where a reference, nothing, or something unknown stands", async () => {
        const valueFrom = { secretKeyRef: { name: "smtp", key: "password" } };
        const global = {
            license: "",
            licenseSecret: { name: "license", key: "license" },
            mysql: { password: UnknownText },
            email: { smtp: { password: { valueFrom } } },
            extraEnv: {
                MY_TOKEN: { valueFrom },
                DSN: "mysql://$(USER):$(PASSWORD)@db",
                URL: "https://example.com/a:b@c",
                OTHER_TOKEN: UnknownText,
            },
        };
        assert.deepEqual(await reported(instance({ values: { global } })), []);
        assert.deepEqual(await reported(instance({})), []);
        assert.deepEqual(await reported({ ...instance({}), props: { spec: UnknownText } }), []);
        assert.deepEqual(await reported(release({ values: UnknownText })), []);
    });

    it("are not printed by any policy", async () => {
        const chart = { url: "https://charts.example.com", username: "Canary", password: "Canary" };
        const store = { provider: "s3", name: "KEY:Canary@minio.example.com:9000", kmsKey: "arn:aws:kms" };
        const written = [
            instance({ chart, values: { redis: { auth: { password: "Canary" } } } }),
            instance({
                values: { global: { bucket: store, extraEnv: { LICENSE: "Canary", WF_CLICKHOUSE_PASS: "Canary" } } },
            }),
            instance({ values: { global: { defaultBucket: { name: "s3://KEY:Canary@minio.example.com" } } } }),
            ...fixtureNames().map((file) => instance(fixtureSpec(file))),
            instance({ values: { global: { license: "a.b.Canary", extraEnv: { BUCKET: "s3://key:Canary@host/x" } } } }),
            release({ values: { extraEnv: [{ name: "MY_TOKEN", value: "Canary" }] } }),
            release({
                chart: "wandb",
                values: { license: "Canary", smtpServer: "smtp://user:Canary@mail.example.com" },
            }),
        ];
        const secrets = /Canary|ExamplePw|awsRedisPw|acme-oidc-secret|eyJ/;
        assert.match(JSON.stringify(written), secrets);
        for (const policy of policies) {
            for (const one of written) {
                for (const { message } of await violations(policy, [one])) {
                    assert.doesNotMatch(message, secrets, policy.name);
                }
            }
        }
    });

    it("say where to put them", async () => {
        const values = { global: { license: "in-clear", email: { smtp: { password: "in-clear" } } } };
        assert.deepEqual(
            (await violations(literalCredentials, [instance({ values })])).map(({ message }) => message),
            [
                "wandb: spec.values.global.license: holds a credential in clear. Put it into a Secret and use global.licenseSecret.name and key.",
                "wandb: spec.values.global.email.smtp.password: holds a credential in clear. Put it into a Secret and use password.valueFrom.secretKeyRef.",
            ],
        );
    });
});
