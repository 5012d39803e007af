import type { ValuesTree } from "../../sdk/values/types";

/** Free values, and what the translation makes of them. */
export interface TranslationRow {
    readonly title: string;
    readonly given: ValuesTree;
    /** What the arguments make. */
    readonly ours?: ValuesTree;
    readonly values: ValuesTree;
    readonly secretEnv?: Record<string, string>;
    /** By key of the Secret that they go to. */
    readonly credentials?: Record<string, string>;
    /** Ids and paths of the changes that are told. */
    readonly changes: readonly string[];
    /** Ids of those that are errors. */
    readonly errors?: readonly string[];
}

/** What is translated, and what is not. */
export const translationRows: readonly TranslationRow[] = [
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
            },
        },
        changes: ["ldap.drift values.global.auth.ldap"],
    },
    {
        title: "LDAP that is switched off goes",
        given: { global: { ldap: { enabled: false, host: "ldap://ldap.example.com", bindPW: "bind-canary" } } },
        values: {},
        changes: ["ldap.drift values.global.ldap"],
    },
    {
        title: "what LDAP has no word for is told, and a certificate that the chart would not mount is an error",
        given: {
            global: {
                ldap: {
                    host: "ldap://ldap.example.com",
                    userBaseDN: "ou=people,dc=example,dc=com",
                    nonsense: 1,
                    tlsCert: { configMap: { name: "ca", key: "ca.pem" } },
                },
            },
        },
        values: {
            global: {
                extraEnv: {
                    LDAP_ADDRESS: "ldap://ldap.example.com",
                    LDAP_USER_BASE_DN: "ou=people,dc=example,dc=com",
                },
            },
        },
        changes: [
            "ldap.tls-cert values.global.ldap.tlsCert",
            "values.unknown-key values.global.ldap.nonsense",
            "ldap.drift values.global.ldap",
        ],
        errors: ["ldap.tls-cert"],
    },
    {
        title: "a second ConfigMap of CAs is not taken",
        given: {
            global: {
                caCertsConfigMap: "corp-ca",
                ldap: { host: "ldap://ldap.example.com", tlsCert: { configMap: { name: "ldap-ca", key: "ca.crt" } } },
            },
        },
        values: { global: { caCertsConfigMap: "corp-ca", extraEnv: { LDAP_ADDRESS: "ldap://ldap.example.com" } } },
        changes: ["ldap.tls-cert values.global.ldap.tlsCert", "ldap.drift values.global.ldap"],
        errors: ["ldap.tls-cert"],
    },
    {
        title: "nor beside that of the argument",
        given: {
            global: {
                ldap: { host: "ldap://ldap.example.com", tlsCert: { configMap: { name: "ldap-ca", key: "ca.crt" } } },
            },
        },
        ours: { global: { caCertsConfigMap: "corp-ca" } },
        values: { global: { extraEnv: { LDAP_ADDRESS: "ldap://ldap.example.com" } } },
        changes: ["ldap.tls-cert values.global.ldap.tlsCert", "ldap.drift values.global.ldap"],
        errors: ["ldap.tls-cert"],
    },
    {
        title: "beside the argument ldap nothing is translated",
        given: { global: { ldap: { host: "ldap://other.example.com" } } },
        ours: { global: { extraEnv: { LDAP_ADDRESS: "ldap://ldap.example.com" } } },
        values: { global: { ldap: { host: "ldap://other.example.com" } } },
        changes: [],
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
        title: "a password of Redis that is switched off, or null, is none",
        given: { global: { redis: { host: "redis", auth: { enabled: false, secret: "a", key: "b" } } } },
        values: { global: { redis: { host: "redis" } } },
        changes: ["redis.auth-drift values.global.redis.auth"],
    },
    {
        title: "null in older spellings says nothing",
        given: { global: { redis: { auth: { secret: null, key: null } }, mysql: { name: null } } },
        values: { global: { redis: { auth: { secret: null, key: null } }, mysql: { name: null } } },
        changes: [],
    },
    {
        title: "another name of the database than the argument's is left to the checks",
        given: { global: { mysql: { name: "wandb_local" } } },
        ours: { global: { mysql: { database: "prod" } } },
        values: { global: { mysql: { name: "wandb_local" } } },
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
        ours: { global: { bucket: { provider: "az" } } },
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
        title: "a credential beside a named Secret is left out, as the chart ignores it",
        given: {
            global: {
                license: "license-canary",
                mysql: { password: "mysql-canary", passwordSecret: { name: "mine", passwordKey: "pw" } },
                bucket: { secretKey: "bucket-canary" },
            },
        },
        ours: {
            global: {
                licenseSecret: { name: "ours", key: "license" },
                bucket: { provider: "s3", secret: { secretName: "ours" } },
            },
        },
        values: { global: { mysql: { passwordSecret: { name: "mine", passwordKey: "pw" } }, bucket: {} } },
        changes: [],
    },
    {
        title: "the password of Redis takes its CA along",
        given: { global: { redis: { password: "redis-canary", caCert: "PEM" } } },
        values: { global: { redis: { caCert: "PEM" } } },
        credentials: { REDIS_PASSWORD: "redis-canary", REDIS_CA_CERT: "PEM" },
        changes: [],
    },
    {
        title: "passwords of ClickHouse go to a Secret",
        given: { global: { clickhouse: { password: "a-canary" }, olap: { default: { password: "b-canary" } } } },
        values: { global: { clickhouse: {}, olap: { default: {} } } },
        credentials: { CLICKHOUSE_PASSWORD: "a-canary", OLAP_PASSWORD: "b-canary" },
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
        title: "an account of several components is made by one that is deployed",
        given: {
            executor: { install: true, serviceAccount: { name: "wandb" } },
            app: { serviceAccount: { name: "wandb", create: true } },
            parquet: { serviceAccount: { name: "wandb", create: false } },
            weave: { serviceAccount: { name: "other" } },
        },
        values: {
            executor: { install: true, serviceAccount: { name: "wandb" } },
            app: { serviceAccount: { name: "wandb", create: false } },
            parquet: { serviceAccount: { name: "wandb", create: false } },
            weave: { serviceAccount: { name: "other" } },
        },
        changes: ["sa.shared-create values.app.serviceAccount.create"],
    },
    {
        title: "a component that is not deployed makes no account and takes none away",
        given: {
            glue: { serviceAccount: { name: "wandb" } },
            app: { install: false, serviceAccount: { name: "wandb" } },
            executor: { install: true, serviceAccount: { name: "wandb" } },
        },
        values: {
            glue: { serviceAccount: { name: "wandb" } },
            app: { install: false, serviceAccount: { name: "wandb" } },
            executor: { install: true, serviceAccount: { name: "wandb" } },
        },
        changes: [],
    },
    {
        title: "what the chart reads already stays as it is",
        given: { global: { host: "https://wandb.example.com", extraEnv: { A: "b" } }, app: { replicaCount: 2 } },
        values: { global: { host: "https://wandb.example.com", extraEnv: { A: "b" } }, app: { replicaCount: 2 } },
        changes: [],
    },
];
