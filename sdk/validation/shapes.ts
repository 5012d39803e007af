import type { WandbDeploymentArgs } from "../args";
import type { ComponentArgs, ImagesArgs, ReadinessArgs, ServiceAccountArgs } from "../args/application";
import { Size } from "../args/application";
import type { ChartReferenceArgs, ChecksArgs } from "../args/checks";
import type { LdapArgs, OidcArgs, SmtpArgs } from "../args/authentication";
import { OidcAuthMethod } from "../args/authentication";
import type { AccessArgs, AddonChartArgs, AddonChartsArgs } from "../args/infrastructure";
import type { IngressArgs, IngressIssuerArgs, IngressTlsArgs, SecondaryIngressArgs } from "../args/ingress";
import type {
    ChartArgs,
    ChartCredentialsArgs,
    ChartCredentialsSecretArgs,
    HelmChartSourceArgs,
    NamespaceIsolationArgs,
    OperatorArgs,
    OperatorImageArgs,
} from "../args/operator";
import type { ConfigMapKeyArgs, EnvSourceArgs, SecretKeyArgs } from "../args/references";
import type { BucketArgs, BucketCredentialsSecretArgs, DatabaseArgs, RedisArgs } from "../args/stores";
import { BucketProvider } from "../args/stores";
import type { ExistingArgs } from "../existing/args";
import { awsShape } from "./aws/shape";
import { azureShape } from "./azure/shape";
import { gcpShape } from "./gcp/shape";
import {
    anySecret,
    anyText,
    choice,
    flag,
    free,
    listOf,
    mapOf,
    needed,
    number,
    object,
    pages,
    plainText,
    secret,
    text,
} from "./shape";

/**
 * The kind of every argument, one table per interface. Callers in other languages and in YAML are not held by our types, so
 * the kinds are checked at run time. A unit test parses the interfaces and fails when the two differ.
 */
const size = choice(Size, { xsmall: "Use small.", "2xlarge": "Use xxlarge." });

const secretKey = object<SecretKeyArgs>("SecretKeyArgs", {
    name: needed(text, "the name of a Secret in the namespace of the custom resource"),
    key: needed(text, "the key inside the Secret"),
});

const envSource = object<EnvSourceArgs>("EnvSourceArgs", {
    secretKeyRef: secretKey,
    configMapKeyRef: object<ConfigMapKeyArgs>("ConfigMapKeyArgs", {
        name: needed(text, "the name of a ConfigMap in the namespace of the custom resource"),
        key: needed(text, "the key inside the ConfigMap"),
    }),
    fieldPath: plainText,
});

const existing = object<ExistingArgs>("ExistingArgs", { kubeconfig: pages, context: plainText, clusterName: text });

const database = object<DatabaseArgs>("DatabaseArgs", {
    install: flag,
    host: text,
    port: number,
    name: text,
    username: text,
    password: secret,
    passwordSecret: secretKey,
    caCertificate: pages,
});

const redis = object<RedisArgs>("RedisArgs", {
    install: flag,
    host: text,
    port: number,
    password: secret,
    passwordSecret: secretKey,
    tls: flag,
    caCertificate: pages,
    parameters: mapOf(text),
});

const providerHints = {
    aws: "Use s3.",
    minio: "Use s3 with `bucket.endpoint`.",
    gs: "Use gcs.",
    gcp: "Use gcs.",
    azure: "Use az.",
    azureblob: "Use az.",
    coreweave: "Use cw.",
};

const bucket = object<BucketArgs>("BucketArgs", {
    provider: needed(choice(BucketProvider, providerHints), "s3, gcs, az or cw"),
    name: needed(text, "the name of the bucket; for Azure that of the container"),
    account: text,
    prefix: text,
    region: text,
    kmsKey: text,
    endpoint: text,
    tls: flag,
    accessKey: secret,
    secretKey: secret,
    credentialsSecret: object<BucketCredentialsSecretArgs>("BucketCredentialsSecretArgs", {
        name: needed(text, "the name of a Secret in the namespace of the custom resource"),
        accessKeyName: text,
        secretKeyName: text,
    }),
});

const ingress = object<IngressArgs>("IngressArgs", {
    create: flag,
    name: text,
    className: text,
    annotations: mapOf(anyText),
    labels: mapOf(anyText),
    additionalHosts: listOf(text),
    tls: object<IngressTlsArgs>("IngressTlsArgs", {
        enabled: flag,
        secretName: text,
        certificate: pages,
        privateKey: pages,
    }),
    issuer: object<IngressIssuerArgs>("IngressIssuerArgs", { provider: needed(plainText, "google") }),
    secondary: object<SecondaryIngressArgs>("SecondaryIngressArgs", {
        name: needed(text, "another name than that of the first Ingress"),
        className: text,
        annotations: mapOf(anyText),
        additionalHosts: listOf(text),
        tlsSecretName: text,
    }),
});

const oidc = object<OidcArgs>("OidcArgs", {
    clientId: needed(text, "the client id registered at the identity provider; without it W&B turns OIDC off silently"),
    issuer: needed(text, "the https URL of the issuer"),
    authMethod: choice(OidcAuthMethod, { code: "Use pkce.", authorization_code: "Use pkce." }),
    clientSecret: secret,
    clientSecretRef: secretKey,
});

const ldap = object<LdapArgs>("LdapArgs", {
    address: needed(text, "ldap://host[:port] or ldaps://host[:port]"),
    baseDn: needed(text, "the base distinguished name, for example dc=example,dc=com"),
    userBaseDn: text,
    groupBaseDn: text,
    bindDn: text,
    bindPassword: secret,
    bindPasswordSecret: secretKey,
    attributes: text,
    tls: flag,
    groupAllowList: text,
    userObjectClass: text,
    groupObjectClass: text,
});

const smtp = object<SmtpArgs>("SmtpArgs", {
    host: needed(text, "the host name of the mail server"),
    port: number,
    username: needed(text, "the user name for the mail server"),
    password: secret,
    passwordSecret: secretKey,
    from: text,
});

const operator = object<OperatorArgs>("OperatorArgs", {
    install: flag,
    namespace: plainText,
    createNamespace: flag,
    releaseName: plainText,
    chart: object<HelmChartSourceArgs>("HelmChartSourceArgs", { repository: text, oci: text, path: plainText }),
    version: plainText,
    image: object<OperatorImageArgs>("OperatorImageArgs", {
        repository: text,
        tag: text,
        digest: text,
        pullPolicy: text,
        pullSecrets: listOf(text),
    }),
    airgapped: flag,
    offlineCharts: mapOf(pages),
    channelUrl: text,
    customCaCerts: listOf(pages),
    caCertsConfigMap: text,
    namespaceIsolation: object<NamespaceIsolationArgs>("NamespaceIsolationArgs", {
        enabled: needed(flag, "true or false"),
        additionalNamespaces: listOf(plainText),
    }),
    nameOverride: plainText,
    resources: free,
    extraEnv: mapOf(anyText),
    values: free,
});

const chart = object<ChartArgs>("ChartArgs", {
    repository: text,
    name: text,
    oci: text,
    path: text,
    version: text,
    credentials: object<ChartCredentialsArgs>("ChartCredentialsArgs", {
        username: needed(secret, "the user name for the registry, or leave `chart.credentials` out"),
        password: needed(secret, "the password for the registry, or leave `chart.credentials` out"),
    }),
    credentialsSecret: object<ChartCredentialsSecretArgs>("ChartCredentialsSecretArgs", {
        name: needed(text, "the name of a Secret in the namespace of the custom resource"),
        usernameKey: text,
        passwordKey: text,
    }),
    plainHttp: flag,
});

const images = object<ImagesArgs>("ImagesArgs", {
    tag: text,
    repositoryPrefix: text,
    registry: text,
    pullSecrets: listOf(text),
});

const serviceAccount = object<ServiceAccountArgs>("ServiceAccountArgs", {
    name: needed(text, "the name of the service account; without it the pods run as `default`"),
    components: needed(listOf(plainText), "the components that run as this account, for example [app, parquet]"),
    create: flag,
    annotations: mapOf(anyText),
});

const component = object<ComponentArgs>("ComponentArgs", {
    install: flag,
    imageRepository: text,
    imageTag: text,
    size,
    replicas: number,
    resources: free,
    env: mapOf(anyText),
    envFrom: mapOf(envSource),
    nodeSelector: mapOf(anyText),
    tolerations: listOf(free),
    podAnnotations: mapOf(anyText),
    podLabels: mapOf(anyText),
});

const readiness = object<ReadinessArgs>("ReadinessArgs", { wait: flag, timeout: plainText, probe: flag });

const checks = object<ChecksArgs>("ChecksArgs", {
    silence: mapOf(plainText),
    reference: object<ChartReferenceArgs>("ChartReferenceArgs", {
        version: needed(plainText, "the version of the application's chart that the values belong to"),
        values: needed(listOf(free), "the rows of the chart's values"),
    }),
});

/** The whole of the arguments. */
const addonChart = object<AddonChartArgs>("AddonChartArgs", { repository: text, version: plainText, values: free });

export const DeploymentShape = object<WandbDeploymentArgs>("WandbDeploymentArgs", {
    existing,
    aws: awsShape,
    gcp: gcpShape,
    azure: azureShape,
    access: object<AccessArgs>("AccessArgs", { cidrs: listOf(plainText), private: flag }),
    host: needed(text, "the public host name of W&B, for example wandb.example.com"),
    license: secret,
    licenseSecret: secretKey,
    size,
    namespace: plainText,
    createNamespace: flag,
    name: plainText,
    deletionProtection: flag,
    retainData: flag,
    tags: mapOf(anyText),
    charts: object<AddonChartsArgs>("AddonChartsArgs", {
        awsLoadBalancerController: addonChart,
        clusterAutoscaler: addonChart,
        externalDns: addonChart,
        certManager: addonChart,
    }),
    createCustomResource: flag,
    operator,
    chart,
    images,
    database,
    redis,
    bucket,
    ingress,
    oidc,
    ldap,
    smtp,
    sessionLengthHours: number,
    customCaCerts: listOf(pages),
    caCertsConfigMap: text,
    serviceAccounts: listOf(serviceAccount),
    components: mapOf(component),
    extraEnv: mapOf(anyText),
    secretEnv: mapOf(anySecret),
    extraEnvFrom: mapOf(envSource),
    values: free,
    checks,
    readiness,
});
