import type { WandbDeploymentArgs } from "../../sdk/args";

/** One place where what we make is not what the fixture has, and why that is better. */
export interface Difference {
    /** Path below `spec`. */
    readonly path: string;
    /** Left out: the fixture has no such key. */
    readonly fixture?: unknown;
    /** Left out: we emit no such key. */
    readonly ours?: unknown;
    readonly reason: string;
}

/** A fixture, the arguments that reproduce it, and what remains. */
export interface Reproduction {
    readonly file: string;
    readonly args: WandbDeploymentArgs;
    readonly differences: readonly Difference[];
}

const BySecret = "credentials never stand in the custom resource: the literal goes to a Secret, the value refers to it";
const SizeSaid = "the size is always said, so that a change of the channel's default moves nothing";
const RedisSaid = "the bundled Redis is always said, as the release channel may turn it off";
const ClassDefault = "an empty class is the chart's default; the class stands in the annotation";
const NeverRead = "no template reads it";

const size: Difference = { path: "values.global.size", ours: "small", reason: SizeSaid };
const redisOn: Difference = { path: "values.redis.install", ours: true, reason: RedisSaid };

function literalToSecret(path: string, literal: string, to: string, reference: Record<string, string>): Difference[] {
    const references = Object.entries(reference).map(([key, ours]) => ({
        path: `values.global.${to}.${key}`,
        ours,
        reason: BySecret,
    }));
    return [{ path: `values.global.${path}`, fixture: literal, reason: BySecret }, ...references];
}

const license = literalToSecret("license", "LICENSE", "licenseSecret", { name: "made-license", key: "license" });
const mysql = (password: string) =>
    literalToSecret("mysql.password", password, "mysql.passwordSecret", {
        name: "made-database",
        passwordKey: "MYSQL_PASSWORD",
    });
const smtp = (password: string): Difference[] => [
    {
        path: "values.global.email.smtp.password",
        fixture: password,
        ours: { valueFrom: { secretKeyRef: { name: "made-smtp", key: "SMTP_PASSWORD" } } },
        reason: BySecret,
    },
];
const azureKey: Difference[] = [
    { path: "values.global.bucket.secret.secretName", ours: "made-bucket", reason: BySecret },
    { path: "values.global.bucket.secret.accessKeyName", ours: "ACCESS_KEY", reason: BySecret },
];

const aws: Reproduction = {
    file: "cr-aws.yaml",
    args: {
        host: "https://wandb.aws.example",
        license: "LICENSE",
        database: { host: "acme.cluster-example.eu-west-1.rds.amazonaws.com", password: "awsExamplePw1" },
        redis: { host: "master.acme.example.cache.amazonaws.com", password: "awsRedisPw1", tls: true },
        bucket: {
            provider: "s3",
            name: "acme-wandb-s3",
            region: "eu-west-1",
            kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/2f6c0f6e-0000-4000-8000-000000000004",
        },
        oidc: { clientId: "acme-client", issuer: "https://idp.acme.example", clientSecret: "acme-oidc-secret" },
        smtp: { host: "smtp.acme.example", username: "mailer", password: "mailExamplePw1" },
        sessionLengthHours: 720,
        extraEnv: { GORILLA_ALLOW_USER_TEAM_CREATION: "true" },
        serviceAccounts: [{ name: "custom-service-account", components: ["app", "parquet"] }],
        ingress: {
            className: "alb",
            annotations: {
                "alb.ingress.kubernetes.io/scheme": "internet-facing",
                "alb.ingress.kubernetes.io/target-type": "ip",
                "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
                "alb.ingress.kubernetes.io/certificate-arn":
                    "arn:aws:acm:eu-west-1:111122223333:certificate/2f6c0f6e-0000-4000-8000-000000000005",
            },
        },
    },
    differences: [
        size,
        ...license,
        ...mysql("awsExamplePw1"),
        ...literalToSecret("redis.password", "awsRedisPw1", "redis.secret", {
            secretName: "made-redis",
            secretKey: "REDIS_PASSWORD",
        }),
        {
            path: "values.global.redis.parameters.tls",
            fixture: true,
            reason: "`parameters` is the old name of `params`",
        },
        { path: "values.global.redis.params.tls", ours: true, reason: "`parameters` is the old name of `params`" },
        ...literalToSecret("auth.oidc.secret", "acme-oidc-secret", "auth.oidc.oidcSecret", {
            name: "made-oidc",
            secretKey: "OIDC_SECRET",
        }),
        ...smtp("mailExamplePw1"),
    ],
};

const gcp: Reproduction = {
    file: "cr-gcp.yaml",
    args: {
        host: "https://wandb.gcp.example",
        license: "LICENSE",
        database: { host: "10.20.0.3", password: "gcpExamplePw1" },
        bucket: { provider: "gcs", name: "acme-wandb-gcs" },
        ingress: {
            annotations: {
                "kubernetes.io/ingress.class": "gce",
                "kubernetes.io/ingress.global-static-ip-name": "acme-wandb-address",
                "ingress.gcp.kubernetes.io/pre-shared-cert": "acme-wandb-cert",
            },
        },
    },
    differences: [
        size,
        redisOn,
        ...license,
        ...mysql("gcpExamplePw1"),
        { path: "values.global.mysql.name", fixture: "wandb_local", reason: NeverRead },
    ],
};

const azureArgs: WandbDeploymentArgs = {
    host: "https://wandb.azure.example",
    license: "LICENSE",
    database: { host: "acme-wandb.mysql.database.azure.com", password: "azExamplePw1" },
    redis: {
        host: "acme-wandb.redis.cache.windows.net",
        port: 6380,
        tls: true,
        passwordSecret: { name: "redis-secret", key: "redis-password" },
    },
    bucket: { provider: "az", name: "wandb-files", account: "acmewandb", accessKey: "QXp1cmVFeGFtcGxlS2V5" },
    ingress: {
        annotations: {
            "kubernetes.io/ingress.class": "azure/application-gateway",
            "cert-manager.io/cluster-issuer": "cert-issuer",
        },
        tls: { secretName: "wandb-ssl-cert" },
    },
};

const azureCommon: readonly Difference[] = [
    size,
    ...license,
    ...mysql("azExamplePw1"),
    ...azureKey,
    { path: "values.ingress.class", fixture: "", reason: ClassDefault },
];

const azureCurrent: Reproduction = {
    file: "cr-azure-current.yaml",
    args: azureArgs,
    differences: [
        ...azureCommon,
        { path: "values.global.bucket.accessKey", fixture: "QXp1cmVFeGFtcGxlS2V5", reason: BySecret },
    ],
};

const SeedBucket = "account and container in their own fields: a name with a slash makes no URL of the container";
const SeedRedis = "`redis.auth` is not read: W&B would connect without password. `redis.secret` is";

const azureSeed: Reproduction = {
    file: "cr-azure.yaml",
    args: azureArgs,
    differences: [
        ...azureCommon,
        { path: "values.global.bucket.secretKey", fixture: "QXp1cmVFeGFtcGxlS2V5", reason: BySecret },
        { path: "values.global.bucket.name", fixture: "acmewandb/wandb-files", ours: "acmewandb", reason: SeedBucket },
        { path: "values.global.bucket.path", ours: "wandb-files", reason: SeedBucket },
        { path: "values.global.redis.auth.enabled", fixture: true, reason: SeedRedis },
        { path: "values.global.redis.auth.secret", fixture: "redis-secret", reason: SeedRedis },
        { path: "values.global.redis.auth.key", fixture: "redis-password", reason: SeedRedis },
        { path: "values.global.redis.secret.secretName", ours: "redis-secret", reason: SeedRedis },
        { path: "values.global.redis.secret.secretKey", ours: "redis-password", reason: SeedRedis },
        {
            path: "values.global.redis.params.tls",
            ours: true,
            reason: "port 6380 speaks TLS only; the seed forgot to say so",
        },
    ],
};

const BucketFields = "`extraEnv.BUCKET` reaches only some services; the bucket's own fields reach all";
const LdapByEnv = "no template reads `global.ldap`; W&B reads environment variables";

const ldapSeed: Record<string, unknown> = {
    enabled: true,
    host: "ldaps://ldap.onprem.example",
    baseDN: "dc=onprem,dc=example",
    bindDN: "cn=reader,dc=onprem,dc=example",
    bindPW: "ldapExamplePw1",
    attributes: "mail,cn",
    groupAllowList: "ml",
    tls: true,
    "tlsCert.configMap.name": "ldap-tls-cert",
    "tlsCert.configMap.key": "certificate.crt",
};

const ldapEnvironment: Record<string, unknown> = {
    LDAP_LOGIN: "true",
    LDAP_ADDRESS: "ldaps://ldap.onprem.example",
    LDAP_BASE_DN: "dc=onprem,dc=example",
    LDAP_BIND_DN: "cn=reader,dc=onprem,dc=example",
    "LDAP_BIND_PW.valueFrom.secretKeyRef.name": "made-ldap",
    "LDAP_BIND_PW.valueFrom.secretKeyRef.key": "LDAP_BIND_PW",
    LDAP_ATTRIBUTES: "mail,cn",
    LDAP_GROUP_ALLOW_LIST: "ml",
    LDAP_TLS_ENABLE: "true",
};

const s3Compatible: Reproduction = {
    file: "cr-s3-compatible.yaml",
    args: {
        host: "https://wandb.onprem.example",
        license: "LICENSE",
        database: { host: "mysql.onprem.example", password: "onpremExamplePw1" },
        bucket: {
            provider: "s3",
            name: "wandb",
            endpoint: "minio.onprem.example",
            accessKey: "wandb",
            secretKey: "changeme",
        },
        ldap: {
            address: "ldaps://ldap.onprem.example",
            baseDn: "dc=onprem,dc=example",
            bindDn: "cn=reader,dc=onprem,dc=example",
            bindPassword: "ldapExamplePw1",
            attributes: "mail,cn",
            groupAllowList: "ml",
            tls: true,
        },
        customCaCerts: ["-----BEGIN CERTIFICATE-----\nMIIBexampleexampleexampleexample\n-----END CERTIFICATE-----\n"],
        caCertsConfigMap: "ldap-tls-cert",
        ingress: {
            className: "nginx",
            annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "64m" },
            tls: { secretName: "wandb-ingress-tls" },
        },
    },
    differences: [
        size,
        redisOn,
        ...license,
        ...mysql("onpremExamplePw1"),
        {
            path: "values.global.extraEnv.BUCKET",
            fixture: "s3://wandb:changeme@minio.onprem.example/wandb?tls=true",
            reason: BucketFields,
        },
        { path: "values.global.bucket.provider", ours: "s3", reason: BucketFields },
        { path: "values.global.bucket.name", ours: "minio.onprem.example", reason: BucketFields },
        { path: "values.global.bucket.path", ours: "wandb?tls=true", reason: BucketFields },
        { path: "values.global.bucket.secret.secretName", ours: "made-bucket", reason: BySecret },
        { path: "values.global.bucket.secret.accessKeyName", ours: "ACCESS_KEY", reason: BySecret },
        { path: "values.global.bucket.secret.secretKeyName", ours: "SECRET_KEY", reason: BySecret },
        ...Object.entries(ldapSeed).map(([key, fixture]) => ({
            path: `values.global.ldap.${key}`,
            fixture,
            reason: LdapByEnv,
        })),
        ...Object.entries(ldapEnvironment).map(([key, ours]) => ({
            path: `values.global.extraEnv.${key}`,
            ours,
            reason: LdapByEnv,
        })),
        {
            path: "values.global.caCertsConfigMap",
            ours: "ldap-tls-cert",
            reason: "one ConfigMap of CAs for everything, LDAP included",
        },
    ],
};

const ServerTag =
    "the parts of one server release carry one tag, deployed now or turned on later by the release channel";
const KeysSaid = "the keys are said outright, as the defaults of the operator and of the chart may differ";

/** Parts of the server's release besides app and parquet. */
const untagged = [
    "api",
    "executor",
    "filemeta",
    "filestream",
    "flat-run-fields-updater",
    "glue",
    "history-updater",
    "internalSignerPreHook",
    "metric-observer",
    "parquet-metadata-cache",
    "settingsMigrationJob",
    "clickhouseMigrationJob",
];

const airgap: Reproduction = {
    file: "cr-airgap.yaml",
    args: {
        host: "wandb.corp.example",
        licenseSecret: { name: "wandb-license-src", key: "license" },
        operator: { airgapped: true },
        chart: {
            oci: "oci://registry.corp.example/charts/operator-wandb",
            version: "0.43.8",
            credentialsSecret: { name: "registry-creds" },
        },
        images: {
            tag: "0.79.0",
            repositoryPrefix: "registry.corp.example",
            registry: "registry.corp.example",
            pullSecrets: ["registry-pull"],
        },
        database: { host: "mysql.corp.example", passwordSecret: { name: "mysql-creds", key: "MYSQL_PASSWORD" } },
        redis: { host: "redis.corp.example", passwordSecret: { name: "redis-creds", key: "REDIS_PASSWORD" } },
        bucket: {
            provider: "s3",
            name: "wandb",
            endpoint: "s3.corp.example:9000",
            region: "us-east-1",
            credentialsSecret: { name: "bucket-creds" },
        },
        smtp: { host: "smtp.corp.example", port: 25, username: "wandb", password: "smtpExamplePw1" },
        ldap: {
            address: "ldaps://ldap.corp.example",
            baseDn: "dc=corp,dc=example",
            bindDn: "cn=reader,dc=corp,dc=example",
            bindPasswordSecret: { name: "ldap-creds", key: "password" },
        },
        caCertsConfigMap: "corp-ca",
        ingress: { className: "nginx", tls: { secretName: "wandb-ingress-tls" } },
    },
    differences: [
        { path: "chart.credentialSecret.usernameKey", ours: "HELM_USERNAME", reason: KeysSaid },
        { path: "chart.credentialSecret.passwordKey", ours: "HELM_PASSWORD", reason: KeysSaid },
        ...smtp("smtpExamplePw1"),
        ...untagged.map((name) => ({ path: `values.${name}.image.tag`, ours: "0.79.0", reason: ServerTag })),
    ],
};

/** All custom resources that people have today. */
export const Reproductions: readonly Reproduction[] = [aws, gcp, azureCurrent, azureSeed, s3Compatible, airgap];
