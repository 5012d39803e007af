/** For each policy of a check one stack in which it finds one thing: a faultless custom resource, changed, and what stands beside it. */
import { faultless } from "./policy-bad-stack";
import { InstanceType, release, type Written } from "./policy-stack";

type Tree = Record<string, unknown>;

export interface Trigger {
    /** Changes by path, below `spec.values` or from `spec` or `metadata` on. Undefined takes out what stands there. */
    readonly set?: Tree;
    /** Properties of the operator's release; without them there is none. */
    readonly operator?: Tree;
    readonly others?: readonly Written[];
    /** Path of what is found. Default: the only path of `set`. */
    readonly at?: string;
}

/** The stack of a trigger; the custom resource is the first. */
export function stackOf({ set = {}, operator, others = [] }: Trigger): Written[] {
    const props = Object.entries(set).reduce((tree, [path, value]) => put(tree, keysOf(path), value), faultless());
    const instance = { type: InstanceType, name: "wandb", props };
    return [instance, ...(operator === undefined ? [] : [release(operator)]), ...others];
}

/** Resource and path of what is found in it. */
export function placeOf({ set = {}, at = Object.keys(set)[0] }: Trigger): string {
    const ofOperator = /^(?:version|values\.)/.test(at);
    return ofOperator ? `operator: ${at}` : `wandb: ${wholePath(at)}`;
}

function wholePath(path: string): string {
    return /^(?:kubernetes|metadata|spec)\b/.test(path) ? path : `spec.values.${path}`;
}

const keysOf = (path: string): string[] => wholePath(path).split(".");

function put(tree: Tree, [key, ...below]: readonly string[], value: unknown): Tree {
    return { ...tree, [key]: below.length === 0 ? value : put((tree[key] ?? {}) as Tree, below, value) };
}

const airgapped = { values: { airgapped: true, image: { tag: "1.22.0" } } };
const confined = { image: { tag: "1.22.0" }, namespaceIsolation: { enabled: true } };
const Host = "https://wandb.example.com";
const tls = [{ secretName: "wandb-tls", hosts: ["wandb.example.com"] }];
const Oci = { url: "oci://registry.example.com/charts/operator-wandb", version: "0.43.8" };
const Authority = "-----BEGIN CERTIFICATE-----\nMIIBexampleexampleexampleexample\n-----END CERTIFICATE-----\n";
const s3 = { provider: "s3", name: "s3.example.com:9000", path: "wandb?tls=true" };
const az = { provider: "az", name: "example", path: "files", accessKey: "key" };
const smtp = { host: "smtp.example.com", user: "wandb", password: "password" };
const oidc = { clientId: "wandb", issuer: "https://login.example.com", authMethod: "pkce", secret: "secret" };
const valueFrom = { secretKeyRef: { name: "some", key: "key" } };

const object = (kind: string, name: string, content: Tree): Written => ({
    type: `kubernetes:core/v1:${kind}`,
    name,
    props: { metadata: { name, namespace: "first" }, ...content },
});

function token(claims: object): string {
    const parts = [{ alg: "RS256" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    return [...parts, "c2lnbmF0dXJl"].join(".");
}

const license = (text: string): Trigger => ({
    others: [object("Secret", "license", { stringData: { license: text } })],
    at: "global.licenseSecret.name",
});

const shape: Readonly<Record<string, Trigger>> = {
    "values.unknown-key": { set: { "global.hots": Host } },
    "values.unread-key": { set: { "redis.resources": { limits: { cpu: 1 } } } },
    "values.kind": { set: { "weave.install": "true" } },
    "values.list-append": { set: { "global.imagePullSecrets": ["registry"] } },
    "values.null": { set: { "global.size": null } },
    "ingress.nested": { set: { "global.ingress": { class: "nginx" } } },
    "component.nested": { set: { "global.app.image": { tag: "0.79.0" } } },
    "cr.name": { set: { "metadata.name": "my-app" } },
    "cr.name-length": { set: { "metadata.name": "W. & B" } },
    "cr.operator-namespace": { set: { "global.operator.namespace": "wandb-cr" } },
};

const operator: Readonly<Record<string, Trigger>> = {
    "operator.version": { operator: { version: "latest" }, at: "version" },
    "operator.image-tag": { operator: { values: { image: { tag: "latest" } } }, at: "values.image.tag" },
    "operator.isolation-ns": {
        operator: { namespace: "operators", values: confined },
        at: "values.namespaceIsolation.additionalNamespaces",
    },
    "operator.isolation-cluster": {
        set: {
            "console.role.type": "ClusterRole",
            "otel.install": false,
            "prometheus.install": false,
            "app.internalJWTMap": [],
        },
        operator: { namespace: "first", values: confined },
    },
    "airgap.chart": { set: { "spec.chart": undefined }, operator: airgapped },
    "airgap.repo-public": { operator: airgapped, at: "spec.chart.url" },
    "airgap.images": {
        set: { "redis.install": true, "global.repositoryPrefix": "registry.example.com" },
        operator: airgapped,
        at: "global.imageRegistry",
    },
    "airgap.smtp": { operator: airgapped, at: "global.email.smtp.host" },
    "chart.shape": { set: { "spec.chart.name": undefined } },
    "chart.oci-controller": {
        set: { "spec.chart": Oci },
        operator: { values: { image: { tag: "1.21.3" } } },
        at: "spec.chart.url",
    },
    "chart.version": { set: { "spec.chart.version": undefined } },
    "chart.credentials": { set: { "spec.chart.username": "reader" } },
    "chart.http": { set: { "spec.chart.url": "http://charts.example.com" } },
    "chart.pin-images": { set: { "app.image": undefined }, at: "app.image.tag" },
    "images.same-tag": { set: { "parquet.image.tag": "0.78.0" } },
};

const host: Readonly<Record<string, Trigger>> = {
    "host.required": { set: { "global.host": undefined } },
    "host.scheme": { set: { "global.host": "wandb.example.com" } },
    "host.bare": { set: { "global.host": `${Host}/` } },
    "host.https": { set: { "global.host": "http://wandb.example.com" } },
    "license.required": { set: { "global.licenseSecret": undefined }, at: "global.license" },
    "license.jwt": license("none"),
    "license.expired": license(token({ exp: Date.UTC(2020, 0) / 1000 })),
    "license.both": { set: { "global.license": token({ exp: Date.UTC(2100, 0) / 1000 }) } },
    "license.secret-key": { set: { "global.licenseSecret.key": undefined } },
    "ingress.class-both": {
        set: { "ingress.annotations": { "kubernetes.io/ingress.class": "alb" } },
        at: 'ingress.annotations["kubernetes.io/ingress.class"]',
    },
    "ingress.class-none": { set: { "ingress.class": undefined } },
    "ingress.tls-shape": { set: { "ingress.tls": "wandb-tls" } },
    "ingress.tls-host": { set: { "ingress.tls": [{ secretName: "wandb-tls", hosts: ["www.example.com"] }] } },
    "ingress.tls-scheme": {
        set: { "ingress.additionalHosts": ["ml.example.com:8443"] },
        at: "ingress.additionalHosts[0]",
    },
    "ingress.tls-issuer": {
        set: { ingress: { class: "nginx", tls, issuer: { create: true, provider: "google" } } },
        at: "ingress.tls",
    },
    "ingress.issuer": { set: { "ingress.issuer": { create: true } }, at: "ingress.issuer.provider" },
    "ingress.https-notls": { set: { ingress: { class: "nginx" } }, at: "ingress.tls" },
    "ingress.nginx-body": {
        set: { ingress: { class: "nginx", tls } },
        at: 'ingress.annotations["nginx.ingress.kubernetes.io/proxy-body-size"]',
    },
    "ingress.secondary-name": { set: { "ingress.secondary": { create: true } }, at: "ingress.secondary.nameOverride" },
};

const bucket = (fields: Tree, key: string): Trigger => ({
    set: { "global.bucket": fields },
    at: `global.bucket.${key}`,
});

const bucketUrl = (value: string): Trigger => ({ set: { "global.extraEnv.BUCKET": value } });

const stores: Readonly<Record<string, Trigger>> = {
    "bucket.required": { set: { "global.bucket.name": undefined } },
    "bucket.provider": { set: { "global.bucket.provider": "minio" } },
    "bucket.s3-region": { set: { "global.bucket.region": undefined } },
    "bucket.s3-keys": bucket({ ...s3, accessKey: "key" }, "secretKey"),
    "bucket.s3-compat": bucket({ ...s3, path: "" }, "path"),
    "bucket.s3-compat-kms": { set: { "global.bucket.kmsKey": "alias/wandb" } },
    "bucket.az-key": bucket({ ...az, accessKey: "" }, "accessKey"),
    "bucket.az-secretkey": bucket({ ...az, secretKey: "key" }, "secretKey"),
    "bucket.az-container": bucket({ ...az, path: "" }, "path"),
    "bucket.gcs-fields": bucket({ provider: "gcs", name: "files", region: "europe-west1" }, "region"),
    "bucket.env": bucketUrl("s3://key:secret@s3.example.com/wandb?tls=true"),
    "bucket.env-url": bucketUrl("http://key:secret@s3.example.com/wandb"),
    "bucket.tls": bucket({ ...s3, path: "wandb" }, "path"),
    "bucket.secret-plain": bucket({ ...s3, accessKey: "key", secretKey: "secret" }, "accessKey"),
    "mysql.required": { set: { "global.mysql": undefined }, at: "global.mysql.host" },
    "mysql.internal": { set: { "mysql.install": true } },
    "mysql.name": { set: { "global.mysql.name": "wandb" } },
    "mysql.port": { set: { "global.mysql.port": 0 } },
    "mysql.password-url": { set: { "global.mysql.password": "a:b", "global.mysql.passwordSecret": undefined } },
    "mysql.password-two": { set: { "global.mysql.password": "password" } },
    "redis.external": { set: { "redis.install": true } },
    "redis.missing": { set: { "global.redis": undefined }, at: "global.redis.host" },
    "redis.auth-drift": { set: { "global.redis.auth": { enabled: true, secret: "redis", key: "password" } } },
    "redis.password-two": { set: { "global.redis.password": "password" } },
    "redis.valuefrom": { set: { "global.redis.host": { valueFrom } } },
    "redis.ca-secret": {
        set: { "global.redis.caCert": Authority },
        others: [object("Secret", "redis", { stringData: { password: "password" } })],
        at: "global.redis.secret.secretName",
    },
    "redis.ca-tls-off": { set: { "global.redis.params.tls": false, "global.redis.caCert": Authority } },
    "redis.ttl": { set: { "global.redis.params.ttlInSeconds": 3600 } },
    "redis.params-keys": { set: { "global.redis.params.TLS": true } },
};

const identity: Readonly<Record<string, Trigger>> = {
    "smtp.complete": { set: { "global.email.smtp": { ...smtp, user: "" } }, at: "global.email.smtp.user" },
    "smtp.port": { set: { "global.email.smtp.port": 70000, "global.email.smtp.host": "smtp.example.com" } },
    "smtp.password-url": {
        set: { "global.email.smtp": { ...smtp, password: "a@b" } },
        at: "global.email.smtp.password",
    },
    "oidc.complete": { set: { "global.auth.oidc": { ...oidc, clientId: "" } }, at: "global.auth.oidc.clientId" },
    "oidc.method": { set: { "global.auth.oidc": { ...oidc, authMethod: "code" } }, at: "global.auth.oidc.authMethod" },
    "oidc.issuer": { set: { "global.auth.oidc": { ...oidc, issuer: "login" } }, at: "global.auth.oidc.issuer" },
    "oidc.secret-two": {
        set: { "global.auth.oidc": { ...oidc, oidcSecret: { name: "oidc" } } },
        at: "global.auth.oidc.secret",
    },
    "session.hours": { set: { "global.auth.sessionLengthHours": "720h" } },
    "ldap.drift": { set: { "global.auth.ldap": { host: "ldap://ldap.example.com" } } },
    "ldap.scheme": { set: { "global.extraEnv.LDAP_ADDRESS": "ldap.example.com" } },
    "ldap.tls": {
        set: { "global.extraEnv.LDAP_TLS_ENABLE": "false", "global.extraEnv.LDAP_ADDRESS": "ldaps://ldap.example.com" },
    },
    "ldap.tls-cert": {
        set: { "global.ldap": { tls: true, tlsCert: { configMap: { name: "ca" } } } },
        at: "global.ldap.tlsCert.configMap.key",
    },
    "ldap.bind": {
        set: { "global.extraEnv.LDAP_BIND_DN": "cn=reader" },
        at: "global.extraEnv.LDAP_BIND_PW",
    },
    "ca.list": { set: { "global.customCACerts": Authority } },
    "ca.place": {
        set: { "global.bucket": s3 },
        operator: { values: { image: { tag: "1.22.0" }, caCertsConfigMap: "ca" } },
        at: "global.customCACerts",
    },
    "ca.configmap-key": {
        set: { "global.caCertsConfigMap": "ca" },
        others: [object("ConfigMap", "ca", { data: { "one.crt": "pem", two: "pem" } })],
    },
    "sa.create-name": { set: { "app.serviceAccount.create": false }, at: "app.serviceAccount.name" },
    "sa.shared-create": {
        set: { "parquet.serviceAccount": { name: "wandb", create: true }, "app.serviceAccount": { name: "wandb" } },
        at: "parquet.serviceAccount.create",
    },
};

const sizing: Readonly<Record<string, Trigger>> = {
    "size.name": { set: { "global.size": "tiny" } },
    "pair.executor": { set: { "global.executor.enabled": true }, at: "executor.install" },
    "pair.weave-trace": { set: { "global.weave-trace.enabled": true }, at: "weave-trace.install" },
    "pair.bufstream": { set: { "global.bufstream.enabled": true }, at: "bufstream.install" },
    "pair.history": { set: { "global.historyStore.historyReaderEnabled": true } },
    "mcp.weave": { set: { "mcp-server": { install: true, weave: { tools: "yes" } } }, at: "mcp-server.weave.tools" },
    "resources.console": { set: { "console.resources": { limits: { cpu: 1 } } } },
    "env.secret-literal": { set: { "global.extraEnv.API_TOKEN": "token" } },
    "env.generated": { set: { "global.extraEnv.HOST": Host } },
};

const aws = (module: string, kind: string, props: Tree): Written => ({
    type: `aws:${module}/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
    name: kind,
    props,
});

/** The database that the custom resource names. */
const database = (changes: Tree, parameters: Tree = {}): Trigger => ({
    others: [
        aws("rds", "Cluster", {
            engine: "aurora-mysql",
            engineVersion: "8.0.mysql_aurora.3.08.0",
            endpoint: "mysql.example.com",
            dbClusterParameterGroupName: "group",
            ...changes,
        }),
        aws("rds", "ClusterParameterGroup", {
            name: "group",
            parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
        }),
    ],
    at: "global.mysql.host",
});

/** Servers and clusters that a cloud makes in the same stack. */
const clouds: Readonly<Record<string, Trigger>> = {
    "mysql.version": database({ engineVersion: "8.0.mysql_aurora.3.04.3" }),
    "mysql.params": database({}, { binlog_format: "MIXED" }),
    "mysql.params-size": database({}, { sort_buffer_size: "262144" }),
    "mysql.charset": { ...database({}, { character_set_server: "latin1" }), at: "global.mysql.database" },
    "redis.version": {
        others: [
            aws("elasticache", "ReplicationGroup", {
                engineVersion: "6.2",
                primaryEndpointAddress: "redis.example.com",
            }),
        ],
        at: "global.redis.host",
    },
    "k8s.version": { others: [aws("eks", "Cluster", { version: "1.28" })], at: "kubernetes.version" },
    "k8s.arch": {
        others: [aws("eks", "Cluster", {}), aws("eks", "NodeGroup", { amiType: "AL2023_ARM_64_STANDARD" })],
        at: "kubernetes.architectures",
    },
};

/** By id of the check. */
export const triggers: Readonly<Record<string, Trigger>> = {
    ...shape,
    ...operator,
    ...host,
    ...stores,
    ...identity,
    ...sizing,
    ...clouds,
};
