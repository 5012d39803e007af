/**
 * The configuration snippets of the vendor's page on the operator, as free values. What the page leaves to fill in is filled in.
 */
import { operatorValues } from "../../sdk/kubernetes/operator";
import { checkArgs, type CheckedArgs } from "../../sdk/static-checks";
import { buildValues } from "../../sdk/values/build";
import type { ValuesTree } from "../../sdk/values/types";
import { resolveTree } from "./resolve";
import { SoundArgs } from "./sound-args";
import { valuesInput } from "./values-input";

export interface Snippet {
    readonly title: string;
    readonly values?: ValuesTree;
    /** Values of the operator's chart, for the snippet that belongs there. */
    readonly operatorValues?: ValuesTree;
    /** What the custom resource holds then, among other things; for the operator's snippet, its values. */
    readonly holds?: ValuesTree;
    /** Variables that go to a Secret of ours. */
    readonly secretEnv?: readonly string[];
    /** Credentials that go to a Secret of ours. */
    readonly moved?: readonly string[];
    /** Ids of what is found, one for each finding. An error means that nothing is created. */
    readonly findings: readonly string[];
    /** Object store in the application's environment: of BUCKET, and of the services with variables of their own. */
    readonly stores?: readonly [bucket: string, others: string];
}

const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const account = { serviceAccount: { name: "custom-service-account", create: false } };

export const snippets: readonly Snippet[] = [
    {
        title: "host",
        values: { global: { host: "https://other.example.com" } },
        holds: { global: { host: "https://other.example.com" } },
        // The certificate of the argument `ingress.tls` is for the argument `host`.
        findings: ["ingress.tls-host"],
    },
    {
        title: "bucket on AWS",
        values: {
            global: {
                bucket: {
                    provider: "s3",
                    name: "data",
                    kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/a",
                    region: "eu-west-1",
                },
            },
        },
        holds: { global: { bucket: { provider: "s3", name: "data", region: "eu-west-1" } } },
        findings: [],
        stores: ["s3://data", "s3://data"],
    },
    {
        title: "bucket on Google Cloud",
        values: { global: { bucket: { provider: "gcs", name: "data", region: null, path: null, secret: null } } },
        holds: { global: { bucket: { provider: "gcs", name: "data" } } },
        findings: ["values.null"],
        stores: ["gs://data", "gs://data"],
    },
    {
        title: "container on Azure, its key in secretKey",
        values: {
            global: {
                bucket: {
                    provider: "az",
                    name: "account/container",
                    secretKey: "azure-canary",
                    region: null,
                    secret: null,
                },
            },
        },
        holds: {
            global: {
                bucket: {
                    provider: "az",
                    name: "account/container",
                    secret: { secretName: "made-values", accessKeyName: "ACCESS_KEY" },
                },
            },
        },
        moved: ["global.bucket.accessKey"],
        findings: ["bucket.az-secretkey", "values.null"],
        stores: ["az://account/container", "az://account/container"],
    },
    {
        title: "other providers of S3, by a variable",
        values: { global: { extraEnv: { BUCKET: "s3://key:canary@minio.example.com:9000/data?tls=true" } } },
        holds: { global: { extraEnv: { BUCKET: "s3://key:canary@minio.example.com:9000/data?tls=true" } } },
        findings: ["bucket.env"],
        stores: ["s3://key:canary@minio.example.com:9000/data?tls=true", "s3://files"],
    },
    {
        title: "MySQL",
        values: {
            global: {
                mysql: {
                    host: "db.example.com",
                    port: 3306,
                    database: "wandb_local",
                    user: "wandb",
                    password: "db-canary",
                },
            },
        },
        holds: {
            global: {
                mysql: {
                    host: "db.example.com",
                    port: 3306,
                    database: "wandb_local",
                    user: "wandb",
                    passwordSecret: { name: "made-database", passwordKey: "MYSQL_PASSWORD" },
                },
            },
        },
        moved: ["global.mysql.password"],
        findings: [],
    },
    {
        title: "MySQL with the name of the database once more",
        values: { global: { mysql: { name: "wandb_local" } } },
        holds: { global: { mysql: { database: "wandb_local" } } },
        findings: ["mysql.name"],
    },
    {
        title: "license",
        values: { global: { license: "eyJh.eyJzZWF0cyI6MX0.canary" } },
        holds: { global: { licenseSecret: { name: "made-license", key: "license" } } },
        moved: ["global.license"],
        findings: [],
    },
    {
        title: "license from a Secret",
        values: { global: { licenseSecret: { name: "license-secret", key: "CUSTOMER_WANDB_LICENSE" } } },
        holds: { global: { licenseSecret: { name: "license-secret", key: "CUSTOMER_WANDB_LICENSE" } } },
        findings: [],
    },
    {
        title: "Ingress",
        values: { ingress: { class: "nginx" } },
        holds: { ingress: { class: "nginx" } },
        findings: [],
    },
    {
        title: "Ingress with TLS",
        values: {
            ingress: {
                class: "nginx",
                annotations: {},
                tls: [{ secretName: "wandb-ingress-tls", hosts: ["wandb.example.com"] }],
            },
        },
        holds: { ingress: { tls: [{ secretName: "wandb-ingress-tls", hosts: ["wandb.example.com"] }] } },
        findings: ["values.list-append"],
    },
    {
        title: "service accounts of one's own, made by the chart",
        values: {
            app: { serviceAccount: { name: "custom-app", create: true } },
            parquet: { serviceAccount: { name: "custom-parquet", create: true } },
        },
        holds: { app: { serviceAccount: { name: "custom-app", create: true } } },
        findings: [],
    },
    {
        title: "one service account for several components",
        values: {
            app: { serviceAccount: { name: "custom-service-account", create: true } },
            parquet: { serviceAccount: { name: "custom-service-account", create: true } },
        },
        holds: {
            app: { serviceAccount: { name: "custom-service-account", create: true } },
            parquet: { serviceAccount: { name: "custom-service-account", create: false } },
        },
        findings: ["sa.shared-create"],
    },
    {
        title: "service accounts that exist",
        values: { app: account, console: account, parquet: account, weave: account },
        holds: { app: account, weave: account },
        findings: [],
    },
    {
        title: "external Redis",
        values: {
            redis: { install: false },
            global: {
                redis: { host: "redis.example.com", port: 6379, password: "redis-canary", parameters: {}, caCert: "" },
            },
        },
        holds: {
            redis: { install: false },
            global: {
                redis: {
                    host: "redis.example.com",
                    port: 6379,
                    secret: { secretName: "made-values", secretKey: "REDIS_PASSWORD" },
                },
            },
        },
        moved: ["global.redis.password"],
        findings: [],
    },
    {
        title: "external Redis, its password in a Secret, by the older keys",
        values: {
            redis: { install: false },
            global: {
                redis: {
                    host: "redis.example.com",
                    port: 9001,
                    auth: { enabled: true, secret: "redis-secret", key: "redis-password" },
                },
            },
        },
        holds: {
            global: { redis: { port: 9001, secret: { secretName: "redis-secret", secretKey: "redis-password" } } },
        },
        findings: ["redis.auth-drift"],
    },
    {
        title: "LDAP without TLS",
        values: {
            global: {
                ldap: {
                    enabled: true,
                    host: "ldap://ldap.example.com",
                    baseDN: "dc=example,dc=com",
                    bindDN: "cn=reader,dc=example,dc=com",
                    bindPW: "ldap-canary",
                    attributes: "mail,cn",
                    groupAllowList: "ml",
                    tls: false,
                },
            },
        },
        holds: { global: { extraEnv: { LDAP_LOGIN: "true", LDAP_ADDRESS: "ldap://ldap.example.com" } } },
        secretEnv: ["LDAP_BIND_PW"],
        findings: ["ldap.drift"],
    },
    {
        title: "LDAP with TLS",
        values: {
            global: {
                ldap: {
                    enabled: true,
                    host: "ldaps://ldap.example.com",
                    baseDN: "dc=example,dc=com",
                    bindDN: "cn=reader,dc=example,dc=com",
                    bindPW: "ldap-canary",
                    attributes: "mail,cn",
                    groupAllowList: "ml",
                    tls: true,
                    tlsCert: { configMap: { name: "ldap-tls-cert", key: "certificate.crt" } },
                },
            },
        },
        holds: {
            global: {
                extraEnv: { LDAP_TLS_ENABLE: "true", LDAP_ADDRESS: "ldaps://ldap.example.com" },
                caCertsConfigMap: "ldap-tls-cert",
            },
        },
        secretEnv: ["LDAP_BIND_PW"],
        findings: ["ldap.drift"],
    },
    {
        title: "OIDC",
        values: {
            global: {
                auth: {
                    sessionLengthHours: 720,
                    oidc: {
                        clientId: "wandb",
                        secret: "oidc-canary",
                        authMethod: "pkce",
                        issuer: "https://idp.example.com",
                    },
                },
            },
        },
        holds: {
            global: {
                auth: {
                    sessionLengthHours: 720,
                    oidc: {
                        clientId: "wandb",
                        authMethod: "pkce",
                        oidcSecret: { name: "made-values", secretKey: "OIDC_SECRET" },
                    },
                },
            },
        },
        moved: ["global.auth.oidc.secret"],
        findings: [],
    },
    {
        title: "SMTP",
        values: {
            global: {
                email: { smtp: { host: "smtp.example.com", port: 587, user: "wandb", password: "smtp-canary" } },
            },
        },
        holds: {
            global: {
                email: {
                    smtp: {
                        host: "smtp.example.com",
                        port: 587,
                        user: "wandb",
                        password: { valueFrom: { secretKeyRef: { name: "made-values", key: "SMTP_PASSWORD" } } },
                    },
                },
            },
        },
        moved: ["global.email.smtp.password"],
        findings: [],
    },
    {
        title: "environment variables",
        values: { global: { extraEnv: { GLOBAL_ENV: "example" } } },
        holds: { global: { extraEnv: { GLOBAL_ENV: "example" } } },
        findings: [],
    },
    {
        title: "custom CAs of the application",
        values: { global: { customCACerts: [pem] } },
        holds: { global: { customCACerts: [pem] } },
        findings: ["values.list-append"],
    },
    {
        title: "custom CAs of the application by a ConfigMap",
        values: { global: { caCertsConfigMap: "ca-certs" } },
        holds: { global: { caCertsConfigMap: "ca-certs" } },
        findings: [],
    },
    {
        title: "custom CAs of the operator",
        operatorValues: { customCACerts: [pem] },
        holds: { customCACerts: [pem] },
        findings: [],
    },
    {
        title: "Ingress below global, where nothing reads it",
        values: { global: { ingress: { class: "nginx" } } },
        findings: ["ingress.nested"],
    },
];

/** What the component finds in a snippet among sound arguments. */
export function checkSnippet({ values, operatorValues: operator }: Snippet): CheckedArgs {
    return checkArgs({ ...SoundArgs, values, operator: { values: operator } });
}

/** The values that are made of a snippet: those of the operator's chart when it is one for them, else of the custom resource. */
export function valuesMade({ operatorValues: operator }: Snippet, { args }: CheckedArgs): Promise<object> {
    return resolveTree(operator ? operatorValues(args.operator ?? {}, "wandb") : buildValues(valuesInput(args)));
}
