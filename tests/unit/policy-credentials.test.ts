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

    it("are found in spec.chart and in the bucket, whose checks have policies of their own", async () => {
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
        const found = await reported(instance(spec));
        assert.deepEqual(
            found.map((one) => one.replace(/chart\.\w+$/, "chart")),
            ["bucket-secret-plain spec.values.global.bucket.accessKey", "chart-credentials spec.chart"],
        );
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
        const written = [
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
