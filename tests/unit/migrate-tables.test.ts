/** The rows of the migration tables, to the values of the chart. */
import assert from "node:assert/strict";
import { dump } from "js-yaml";
import { recognise } from "../../sdk/migrate/recognise";
import type { Found } from "../../sdk/migrate/found";
import { at } from "../support/resolve";

const release = { release: "wandb", namespace: "default" };
const Base = {
    host: "https://wandb.example.com",
    mysql: { managed: false, host: "db", password: "pw" },
    bucket: "s3://files",
};

type Row = [title: string, given: Record<string, unknown>, path: string, expected: unknown];

const helmRows: Row[] = [
    ["host", {}, "global.host", "https://wandb.example.com"],
    ["license", { license: "a.b.c" }, "global.license", "a.b.c"],
    ["image.repository", { image: { repository: "r/local" } }, "app.image.repository", "r/local"],
    ["image.tag", { image: { tag: "0.60.0" } }, "app.image.tag", "0.60.0"],
    ["image.pullPolicy", { image: { pullPolicy: "Always" } }, "app.image.pullPolicy", "Always"],
    ["imagePullSecrets", { imagePullSecrets: [{ name: "pull" }] }, "global.imagePullSecrets", [{ name: "pull" }]],
    ["bucket", {}, "global.bucket.name", "files"],
    ["bucketRegion by default", {}, "global.bucket.region", "us-east-1"],
    ["bucketRegion not for gs", { bucket: "gs://files", bucketRegion: "x" }, "global.bucket.region", undefined],
    ["bucketKmsKeyArn", { bucketKmsKeyArn: "arn:k" }, "global.bucket.kmsKey", "arn:k"],
    ["bucketQueue", { bucketQueue: "internal://" }, "global.extraEnv", undefined],
    ["smtpServer host", { smtpServer: "smtp://u%40x:p%2F@mail:25" }, "global.email.smtp.host", "mail"],
    ["smtpServer user, decoded", { smtpServer: "smtp://u%40x:p%2F@mail:25" }, "global.email.smtp.user", "u@x"],
    [
        "smtpServer password, as it stands",
        { smtpServer: "smtp://u:p%2F@mail:25" },
        "global.email.smtp.password",
        "p%2F",
    ],
    ["smtpServer of another kind", { smtpServer: "https://x" }, "global.extraEnv.GORILLA_EMAIL_SINK", "https://x"],
    ["redis by default", {}, "redis.install", true],
    [
        "redis",
        { redis: "redis://:pw@r:6380?tls=true&ttlInSeconds=1" },
        "global.redis",
        { host: "r", port: 6380, password: "pw", params: { tls: "true" } },
    ],
    ["mysql.managed", { mysql: {} }, "mysql.install", true],
    ["mysql.persistence", { mysql: { persistence: { size: "9Gi" } } }, "mysql.persistence.size", "9Gi"],
    ["mysql.user by default", {}, "global.mysql.user", "wandb_local"],
    ["mysql.database by default", {}, "global.mysql.database", "wandb_local"],
    ["sso, off", { sso: { enabled: false, clientId: "c" } }, "global.auth", undefined],
    [
        "sso",
        { sso: { enabled: true, issuer: "https://i", clientId: "c", clientSecret: "s" } },
        "global.auth.oidc",
        { issuer: "https://i", clientId: "c", secret: "s", authMethod: "implicit" },
    ],
    [
        "sso.autoProvision",
        { sso: { enabled: true, autoProvision: false } },
        "global.extraEnv.GORILLA_DISABLE_SSO_PROVISIONING",
        "true",
    ],
    ["sso.autoProvision, as it is", { sso: { enabled: true, autoProvision: true } }, "global.extraEnv", undefined],
    ["ldap, off", { ldap: { host: "ldap://x" } }, "global.extraEnv", undefined],
    [
        "ldap",
        {
            ldap: {
                enabled: true,
                host: "ldap://x",
                baseDN: "dc=a",
                bindDN: "cn=b",
                bindPW: "p",
                attributes: "mail",
                groupAllowList: "g",
                tls: true,
            },
        },
        "global.extraEnv",
        {
            LDAP_LOGIN: "true",
            LDAP_ADDRESS: "ldap://x",
            LDAP_BASE_DN: "dc=a",
            LDAP_BIND_DN: "cn=b",
            LDAP_BIND_PW: "p",
            LDAP_ATTRIBUTES: "mail",
            LDAP_GROUP_ALLOW_LIST: "g",
            LDAP_TLS_ENABLE: "true",
        },
    ],
    [
        "ldap.tlsCert",
        { ldap: { enabled: true, tlsCert: { configMap: { name: "m", key: "a.crt" } } } },
        "global.caCertsConfigMap",
        "m",
    ],
    ["customCACerts", { customCACerts: ["pem"] }, "global.customCACerts", ["pem"]],
    ["extraCors", { extraCors: "a, b" }, "app.extraCors", ["a", "b"]],
    ["enableAdminApi", { enableAdminApi: true }, "global.extraEnv.GORILLA_INSECURE_ALLOW_API_KEY_ADMIN_ACCESS", "true"],
    [
        "extraEnv, the last wins",
        {
            extraEnv: [
                { name: "A", value: "1" },
                { name: "A", value: "2" },
            ],
        },
        "global.extraEnv.A",
        "2",
    ],
    [
        "extraEnv of a known name",
        { extraEnv: [{ name: "GORILLA_SESSION_LENGTH", value: "168h" }] },
        "global.auth.sessionLengthHours",
        168,
    ],
    ["ingress, off", {}, "ingress.create", false],
    ["ingress.className", { ingress: { enabled: true, className: "nginx" } }, "ingress.class", "nginx"],
    [
        "ingress class and annotation",
        { ingress: { enabled: true, className: "nginx", annotations: { "kubernetes.io/ingress.class": "gce" } } },
        "ingress.class",
        undefined,
    ],
    [
        "ingress.hosts",
        { ingress: { enabled: true, hosts: [{ host: "wandb.example.com" }, { host: "b.example" }] } },
        "ingress.additionalHosts",
        ["b.example"],
    ],
    ["service.type", { service: { type: "NodePort" } }, "app.service.type", "NodePort"],
    ["service.type by default", { service: { type: "ClusterIP", port: 8080 } }, "app", undefined],
    [
        "serviceAccount is made once",
        { serviceAccount: { name: "sa", create: true } },
        "parquet.serviceAccount",
        { name: "sa", create: false },
    ],
    [
        "serviceAccount",
        { serviceAccount: { name: "sa", annotations: { a: "b" } } },
        "app.serviceAccount",
        { name: "sa", create: true, annotations: { a: "b" } },
    ],
    ["podAnnotations", { podAnnotations: { a: "b" } }, "app.podAnnotations", { a: "b" }],
    ["nodeSelector", { nodeSelector: { a: "b" } }, "global.nodeSelector", { a: "b" }],
    ["tolerations", { tolerations: [{ key: "x" }] }, "global.tolerations", [{ key: "x" }]],
    ["affinity", { affinity: { a: {}, b: 1 } }, "app.affinity.b", 1],
    ["resources", { resources: { limits: { cpu: 1 } } }, "app.resources.limits.cpu", 1],
    ["podSecurityContext", { podSecurityContext: { fsGroup: 0 } }, "app.podSecurityContext.fsGroup", 0],
    ["securityContext", { securityContext: { runAsUser: 999 } }, "app.securityContext.runAsUser", 999],
];

/** Settings that nothing takes up, or that a person must settle. */
const toldRows: [given: Record<string, unknown>, from: string, fate: string][] = [
    [{ bucket: "" }, "bucket", "decide"],
    [{ bucketQueue: "sqs://q" }, "bucketQueue", "decide"],
    [{ mysql: {} }, "mysql.managed", "decide"],
    [{ createSecrets: false }, "createSecrets", "decide"],
    [{ image: { tag: "0.50.0" } }, "image.tag", "decide"],
    [{ hostAliases: [{ ip: "10.0.0.1" }] }, "hostAliases", "lost"],
    [{ existingClaim: "files" }, "existingClaim", "lost"],
    [{ subPath: "a" }, "subPath", "lost"],
    [{ fullnameOverride: "a" }, "fullnameOverride", "lost"],
    [{ replicas: 1 }, "replicas", "lost"],
    [{ unheardOf: { deep: 1 } }, "unheardOf.deep", "lost"],
    [
        { ldap: { enabled: true, tlsCert: { configMap: { name: "m", key: "a.pem" } } } },
        "ldap.tlsCert.configMap.key",
        "decide",
    ],
];

function fromHelm(given: Record<string, unknown>): Found {
    return recognise(dump({ ...Base, ...given }), release);
}

function fromEnvironment(...env: Record<string, unknown>[]): Found {
    const containers = [{ name: "wandb", env: [{ name: "HOST", value: "https://h" }, ...env] }];
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "wandb" } };
    return recognise(dump({ ...deployment, spec: { template: { spec: { containers } } } }), release);
}

const secret = (name: string) => ({ valueFrom: { secretKeyRef: { name: "s", key: name } } });

const environmentRows: [env: Record<string, unknown>[], path: string, expected: unknown][] = [
    [[], "global.host", "https://h"],
    [[{ name: "LICENSE", value: "a.b.c" }], "global.license", "a.b.c"],
    [[{ name: "LICENSE", ...secret("l") }], "global.licenseSecret", { name: "s", key: "l" }],
    [
        [{ name: "MYSQL", value: "mysql://u:p%40@db:3307/w?tls=true" }],
        "global.mysql",
        { host: "db", port: 3307, user: "u", password: "p%40", database: "w" },
    ],
    [
        [
            { name: "MYSQL", value: "mysql://$(DB_USER):$(DB_PASSWORD)@$(DB_HOST)/$(DB)" },
            { name: "DB_HOST", value: "db" },
            { name: "DB_USER", value: "u" },
            { name: "DB", value: "w" },
            { name: "DB_PASSWORD", ...secret("p") },
        ],
        "global.mysql",
        { host: "db", user: "u", database: "w", passwordSecret: { name: "s", passwordKey: "p" } },
    ],
    [
        [
            { name: "BUCKET", value: "az://acc/box/pre" },
            { name: "AZURE_STORAGE_KEY", value: "k" },
        ],
        "global.bucket",
        { provider: "az", name: "acc", path: "box/pre", accessKey: "k" },
    ],
    [
        [
            { name: "AWS_REGION", value: "r" },
            { name: "AWS_S3_KMS_ID", value: "k" },
        ],
        "global.bucket",
        { region: "r", kmsKey: "k" },
    ],
    [
        [
            { name: "BUCKET_QUEUE", value: "internal://" },
            { name: "NOTIFICATIONS_QUEUE", value: "internal://" },
        ],
        "global.extraEnv",
        undefined,
    ],
    [[{ name: "REDIS", value: "redis://u:p@r" }], "global.redis", { host: "r", port: 6379, password: "p" }],
    [
        [
            { name: "OIDC_ISSUER", value: "https://i" },
            { name: "OIDC_CLIENT_ID", value: "" },
        ],
        "global.auth",
        undefined,
    ],
    [
        [
            { name: "OIDC_CLIENT_ID", value: "c" },
            { name: "OIDC_CLIENT_SECRET", ...secret("o") },
        ],
        "global.auth.oidc",
        { clientId: "c", oidcSecret: { name: "s", secretKey: "o" } },
    ],
    [
        [
            { name: "AUTH0_DOMAIN", value: "a.example" },
            { name: "AUTH0_CLIENT_ID", value: "c" },
        ],
        "global.auth.oidc",
        { issuer: "https://a.example/", clientId: "c" },
    ],
    [[{ name: "GORILLA_SESSION_LENGTH", value: "120m" }], "global.auth.sessionLengthHours", 2],
    [[{ name: "GORILLA_SESSION_LENGTH", value: "90m" }], "global.auth", undefined],
    [
        [{ name: "GORILLA_EMAIL_SINK", value: "smtp://u:p@m:25" }],
        "global.email.smtp",
        { host: "m", port: 25, user: "u", password: "p" },
    ],
    [[{ name: "GORILLA_CORS_ORIGINS", value: "a,b" }], "app.extraCors", ["a", "b"]],
    [
        [
            { name: "SLACK_CLIENT_ID", value: "c" },
            { name: "SLACK_SECRET", value: "s" },
        ],
        "global.slack",
        { clientId: "c", secret: "s" },
    ],
    [[{ name: "LOCAL_LDAP_BASE_DN", value: "dc=a" }], "global.extraEnv", { LDAP_BASE_DN: "dc=a" }],
    [[{ name: "GORILLA_STATSIG_KEY", value: "k" }], "global.statsig.apiKey", "k"],
    [
        [
            "WEAVE_SERVICE",
            "WEAVE_ENABLED",
            "PARQUET_HOST",
            "PARQUET_ENABLED",
            "LOGGING_ENABLED",
            "OPERATOR_ENABLED",
            "WANDB_HELM_CHART",
        ].map((name) => ({ name, value: "x" })),
        "global.extraEnv",
        undefined,
    ],
    [[{ name: "GORILLA_CUSTOM_METRICS_PROVIDER", value: "noop://" }], "global.extraEnv", undefined],
    [
        [{ name: "GORILLA_CUSTOM_METRICS_PROVIDER", value: "x://" }],
        "global.extraEnv",
        { GORILLA_CUSTOM_METRICS_PROVIDER: "x://" },
    ],
    [[{ name: "LOCAL_RESTORE", value: "false" }], "global.extraEnv", undefined],
    [[{ name: "LOCAL_RESTORE", value: "true" }], "global.extraEnv", { LOCAL_RESTORE: "true" }],
    [[{ name: "ENABLE_REGISTRY_UI", value: "true" }], "global.extraEnv", { ENABLE_REGISTRY_UI: "true" }],
    [
        [{ name: "X", valueFrom: { configMapKeyRef: { name: "m", key: "k" } } }],
        "global.extraEnv.X.valueFrom.configMapKeyRef",
        { name: "m", key: "k" },
    ],
];

describe("migrate: the tables", () => {
    helmRows.forEach(([title, given, path, expected]) => {
        it(`Helm: ${title}`, () => assert.deepEqual(at(fromHelm(given).values, path), expected));
    });
    toldRows.forEach(([given, from, fate]) => {
        it(`Helm: ${JSON.stringify(given)} is told: ${fate}`, () => {
            const { notes } = fromHelm(given);
            assert.ok(notes.some((note) => note.from === from && note.fate === fate && note.text));
        });
    });
    environmentRows.forEach(([env, path, expected]) => {
        const title = env.map(
            ({ name, value }) => `${String(name)}=${value === undefined ? "(from)" : JSON.stringify(value)}`,
        );
        it(`environment: ${title.join(" ") || "HOST"}`, () => {
            assert.deepEqual(at(fromEnvironment(...env).values, path), expected);
        });
    });
});
