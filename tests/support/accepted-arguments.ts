import type { Changes } from "./bad-arguments";
import { tlsFixture } from "./bad-arguments/valid";

const certificate = tlsFixture("test-only-certificate.pem");
const privateKey = tlsFixture("test-only-key.pem");
const archive = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]).toString("base64");
const mirror = { repository: "https://charts.example.com", version: "0.43.8" };
const az = { provider: "az", name: "wandb-files", account: "acmewandb" };

/** Valid variations: the nearest inputs that must not be refused. Together they use every argument. */
export const acceptedArguments: Readonly<Record<string, Changes>> = {
    "https host": { host: "https://wandb.example.com" },
    "http host says outright that nothing ends TLS": {
        host: "http://wandb.example.com",
        ingress: { className: "nginx" },
    },
    "single label": { host: "https://wandb" },
    "IP address without Ingress": { host: "https://10.0.0.1", ingress: { create: false } },
    "license in a Secret": { license: undefined, licenseSecret: { name: "license", key: "license" } },
    "longest name": { name: "w".repeat(53) },
    "namespace default, not made": { namespace: "default" },
    "namespace default, said to be there": { namespace: "default", createNamespace: false },
    "namespace with dashes": { namespace: "wandb-prod" },
    "operator in the deployment's namespace": { operator: { namespace: "wandb" } },
    "MySQL in the cluster": { database: { install: true } },
    "MySQL in the cluster with a password": { database: { install: true, password: "secret" } },
    "highest port": { "database.port": 65535 },
    "database by address": { "database.host": "10.20.0.3" },
    "password Secret": {
        "database.password": undefined,
        "database.passwordSecret": { name: "mysql", key: "password" },
    },
    "punctuation that a URL bears": { "database.password": "a-b_c.d~e!f*" },
    "CA of the database": { "database.caCertificate": certificate },
    "redis in the cluster": { redis: { install: true } },
    "redis without a word": { redis: {} },
    "external redis": {
        redis: { host: "redis.example.com", port: 6380, tls: true, parameters: { master: "gorilla" } },
    },
    "workload identity for S3": { "bucket.accessKey": undefined },
    "keys for S3": { "bucket.accessKey": "AKIA", "bucket.secretKey": "a/b+c" },
    "KMS key": { "bucket.kmsKey": "arn:aws:kms:eu-west-1:111122223333:key/2f6c0f6e" },
    MinIO: { bucket: { provider: "s3", name: "Wandb_Files", endpoint: "minio.example.com:9000", tls: false } },
    "Cloud Storage": { bucket: { provider: "gcs", name: "acme_wandb.files" } },
    "Azure with key": { bucket: { ...az, accessKey: "key" } },
    "Azure with Secret": { bucket: { ...az, credentialsSecret: { name: "azure" } } },
    "Azure with workload identity": {
        bucket: az,
        serviceAccounts: [
            { name: "wandb", components: ["app"], annotations: { "azure.workload.identity/client-id": "1" } },
        ],
    },
    CoreWeave: { bucket: { provider: "cw", name: "wandb-files" } },
    "no Ingress": { ingress: { create: false } },
    "TLS off": { ingress: { tls: { enabled: false } } },
    "certificate of AWS": {
        ingress: { className: "alb", annotations: { "alb.ingress.kubernetes.io/certificate-arn": "arn" } },
    },
    "certificate of Google": {
        ingress: {
            annotations: { "kubernetes.io/ingress.class": "gce", "networking.gke.io/managed-certificates": "c" },
        },
    },
    "certificate of Azure": { ingress: { annotations: { "appgw.ingress.kubernetes.io/appgw-ssl-certificate": "c" } } },
    "issuer of the chart": { ingress: { issuer: { provider: "google" } } },
    "TLS by free values": { ingress: undefined, values: { ingress: { tls: [] } } },
    "certificate and key": { "ingress.tls": { certificate, privateKey } },
    "certificate covers a wildcard": {
        "ingress.tls": { certificate, privateKey },
        "ingress.additionalHosts": ["a.teams.example.com"],
    },
    chain: { "ingress.tls": { certificate: certificate + tlsFixture("test-only-other-certificate.pem"), privateKey } },
    "wildcard as additional host": { "ingress.additionalHosts": ["*.example.com"] },
    "secondary Ingress": {
        "ingress.secondary": { name: "wandb-internal", className: "internal", tlsSecretName: "tls" },
    },
    "empty annotation": { "ingress.annotations": { "nginx.ingress.kubernetes.io/x": "" } },
    "issuer with slash": { oidc: { clientId: "a", issuer: "https://tenant.example.com/" } },
    "LDAP with bind": {
        ldap: {
            address: "ldaps://ldap.example.com:636",
            baseDn: "dc=example,dc=com",
            bindDn: "cn=a",
            bindPassword: "p:w",
        },
    },
    "LDAP and other variables": { ldap: { address: "ldap://l", baseDn: "dc=x" }, extraEnv: { OTHER: "" } },
    "mail user with @": {
        smtp: { host: "smtp.example.com", username: "a@example.com", password: "x", from: "W&B <a@example.com>" },
    },
    "CA list": { customCaCerts: [certificate, certificate + certificate], caCertsConfigMap: "corp-ca" },
    "fake certificate body": {
        customCaCerts: ["-----BEGIN CERTIFICATE-----\nMIIBexampleexampleexampleexample\n-----END CERTIFICATE-----\n"],
    },
    "chart from a repository": { chart: { ...mirror, credentials: { username: "u", password: "p" } } },
    "chart from OCI": {
        chart: { oci: "oci://registry.example.com:5000/charts/operator-wandb", version: "0.43.8", plainHttp: true },
    },
    "old controller by tag, but a digest wins": {
        chart: { oci: "oci://registry.example.com/charts/operator-wandb", version: "0.43.8" },
        operator: { image: { tag: "1.0.0", digest: `sha256:${"a".repeat(64)}` } },
    },
    "latest with digest": { operator: { image: { tag: "latest", digest: `sha256:${"0".repeat(64)}` } } },
    "operator already there": {
        operator: { install: false, namespace: "wandb", nameOverride: "other", airgapped: true },
        chart: { path: "/charts/wandb" },
    },
    "offline charts": {
        operator: { airgapped: true, offlineCharts: { wandb: archive } },
        chart: { path: "/charts/wandb" },
    },
    "air-gap with a mirror": { operator: { airgapped: true }, chart: mirror },
    isolation: { operator: { namespaceIsolation: { enabled: true, additionalNamespaces: ["a", "b"] } } },
    resources: {
        operator: { resources: { requests: { cpu: 1, memory: "512Mi" }, limits: { cpu: "1.5", memory: "1e9" } } },
    },
    "one account for two components": { serviceAccounts: [{ name: "wandb", components: ["app", "parquet"] }] },
    components: {
        components: {
            app: { replicas: 0, size: "large", env: { A: "1" }, podLabels: { team: "" } },
            otel: { install: false },
        },
    },
    "traces with ClickHouse": { components: { "weave-trace": { install: true }, clickhouse: { install: true } } },
    variables: {
        extraEnv: { A: "", _b1: "x" },
        secretEnv: { C: "x" },
        extraEnvFrom: { D: { fieldPath: "metadata.labels['app']" } },
    },
    "bucket by variable": { secretEnv: { BUCKET: "s3://key:secret@minio.example.com/wandb?tls=true" } },
    "null in free values": { values: { app: null } },
    checks: {
        checks: {
            silence: { "host.https": "An internal address." },
            reference: { version: "0.50.0", values: [{ path: "global.host", type: "string" }] },
        },
    },
    timeout: { readiness: { timeout: "1h30m", probe: true } },
    "no waiting": { readiness: { wait: false, timeout: "90s" } },
    GitOps: { createCustomResource: false },
    "undefined is absent": { size: undefined },

    "cluster, size and protection": {
        "existing.context": "other",
        "existing.clusterName": "production",
        size: "large",
        deletionProtection: false,
    },
    "every field of the operator": {
        operator: {
            createNamespace: false,
            releaseName: "wandb-operator",
            chart: { repository: "https://charts.example.com" },
            version: "1.4.8",
            image: {
                repository: "registry.example.com:5000/wandb/controller",
                tag: "1.22.0",
                pullPolicy: "Always",
                pullSecrets: ["pull"],
            },
            channelUrl: "https://deploy.example.com",
            customCaCerts: [certificate],
            caCertsConfigMap: "corp-ca",
            extraEnv: { DEBUG: "true" },
            values: { podAnnotations: null },
        },
    },
    "operator's chart from OCI": { operator: { chart: { oci: "oci://registry.example.com/charts/operator" } } },
    "operator's chart from a file": { operator: { chart: { path: "charts/operator-1.4.8.tgz" } } },
    "chart with a Secret": {
        chart: {
            ...mirror,
            name: "operator-wandb",
            credentialsSecret: { name: "registry", usernameKey: "USER", passwordKey: "PASSWORD" },
        },
    },
    images: {
        images: {
            tag: "0.79.0",
            repositoryPrefix: "registry.example.com/mirror",
            registry: "registry.example.com",
            pullSecrets: ["pull"],
        },
    },
    "names of the database": { "database.name": "wandb-prod_1", "database.username": "wandb@server" },
    "redis with a password": {
        redis: { host: "redis.example.com", password: "token", caCertificate: certificate, tls: true },
    },
    "redis with a Secret": { redis: { host: "10.0.0.7", passwordSecret: { name: "redis", key: "password" } } },
    "prefix and a Secret for S3": {
        "bucket.prefix": "teams/wandb",
        "bucket.credentialsSecret": { name: "bucket", accessKeyName: "ID", secretKeyName: "SECRET" },
    },
    "names around the Ingress": {
        "ingress.name": "wandb-public",
        "ingress.labels": { "example.com/team": "ml" },
        "ingress.secondary": { name: "wandb", annotations: { a: "" }, additionalHosts: ["b.example.com"] },
    },
    "OIDC with a secret": {
        oidc: { clientId: "a", issuer: "https://idp.example.com/realms/x", authMethod: "implicit", clientSecret: "s" },
    },
    "OIDC with a Secret": {
        oidc: { clientId: "a", issuer: "https://idp.example.com", clientSecretRef: { name: "oidc", key: "secret" } },
    },
    "every field of LDAP": {
        ldap: {
            address: "ldap://10.0.0.8:389",
            baseDn: "dc=example,dc=com",
            userBaseDn: "ou=people,dc=example,dc=com",
            groupBaseDn: "ou=groups,dc=example,dc=com",
            bindDn: "cn=reader,dc=example,dc=com",
            bindPasswordSecret: { name: "ldap", key: "password" },
            attributes: "mail,cn",
            tls: true,
            groupAllowList: "ml, research",
            userObjectClass: "person",
            groupObjectClass: "groupOfNames",
        },
    },
    "mail with a Secret": {
        smtp: { host: "10.0.0.9", port: 25, username: "mailer", passwordSecret: { name: "smtp", key: "password" } },
    },
    session: { sessionLengthHours: 24 },
    "account that is there": { serviceAccounts: [{ name: "wandb", components: ["weave-trace"], create: false }] },
    "every field of a component": {
        components: {
            parquet: {
                imageRepository: "registry.example.com/wandb/megabinary",
                imageTag: "0.79.0",
                resources: { limits: { cpu: "250m" } },
                envFrom: {
                    A: { secretKeyRef: { name: "a", key: "A" } },
                    B: { configMapKeyRef: { name: "b", key: "b.txt" } },
                    C: { fieldPath: "status.hostIP" },
                },
                nodeSelector: { "kubernetes.io/arch": "amd64" },
                tolerations: [{ operator: "Exists" }],
                podAnnotations: { "example.com/anything": "a b: c" },
            },
        },
    },
    "variables from objects": {
        extraEnvFrom: {
            A: { secretKeyRef: { name: "a", key: "A" } },
            B: { configMapKeyRef: { name: "b", key: "B" } },
        },
    },
};
