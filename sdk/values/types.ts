import type * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../args";
import type { CredentialReferences } from "../contract/credentials";
import type { Infrastructure } from "../contract/infrastructure";

/**
 * A tree of chart values: maps, lists and scalars, with Inputs at the leaves. Open on purpose, since the chart has no schema and
 * users add what they like; what we write ourselves is typed below.
 */
export type ValuesTree = Record<string, any>;

/** Text that is known now or later. */
export type Text = pulumi.Input<string>;

/** A map of texts such as annotations or labels. */
export type TextMap = Readonly<Record<string, Text>>;

/** A value that Kubernetes reads from elsewhere, where the chart takes one. */
export interface ValueFrom {
    valueFrom:
        | { secretKeyRef: { name: Text; key: Text } }
        | { configMapKeyRef: { name: Text; key: Text } }
        | { fieldRef: { fieldPath: Text } };
}

/** Environment variables as the chart takes them: a map, not a list. */
export type EnvironmentValues = Record<string, Text | ValueFrom>;

/** `global.mysql` */
export interface MysqlValues {
    host?: Text;
    port?: pulumi.Input<number>;
    database?: Text;
    user?: Text;
    passwordSecret?: { name: Text; passwordKey: Text; rootPasswordKey?: Text };
    caCert?: Text;
}

/** `global.redis` */
export interface RedisValues {
    host: Text;
    port: pulumi.Input<number>;
    secret?: { secretName: Text; secretKey: Text };
    caCert?: Text;
    params: Record<string, Text | boolean | undefined>;
}

/** `global.bucket` */
export interface BucketValues {
    provider: string;
    name: Text;
    path?: Text;
    region?: Text;
    kmsKey?: Text;
    secret?: { secretName: Text; accessKeyName: Text; secretKeyName?: Text };
}

/** `global.auth` */
export interface AuthValues {
    sessionLengthHours?: pulumi.Input<number>;
    oidc?: {
        clientId: Text;
        issuer: Text;
        authMethod: string;
        oidcSecret?: { name: Text; secretKey: Text };
    };
}

/** `global.email` */
export interface EmailValues {
    smtp: {
        host: Text;
        port: pulumi.Input<number>;
        user: Text;
        password?: ValueFrom;
        mailFrom?: Text;
    };
}

/** One entry of `ingress.tls`. */
export interface IngressTlsValues {
    secretName: Text;
    hosts: Text[];
}

/** `ingress` */
export interface IngressValues {
    create?: boolean;
    nameOverride?: Text;
    class?: Text;
    annotations: TextMap;
    labels?: TextMap;
    additionalHosts?: Text[];
    tls?: IngressTlsValues[];
    issuer?: { create: boolean; provider: string };
    secondary?: {
        create: boolean;
        nameOverride: Text;
        class?: Text;
        annotations: TextMap;
        additionalHosts?: Text[];
        tls?: IngressTlsValues[];
    };
}

/** Values of one component, the same for all that the chart builds from its base chart. */
export interface ComponentValues {
    install?: boolean;
    image?: { repository?: Text; tag?: Text };
    size?: string;
    replicaCount?: pulumi.Input<number>;
    resources?: ValuesTree;
    containers?: Record<string, { resources?: ValuesTree }>;
    env?: EnvironmentValues;
    nodeSelector?: TextMap;
    tolerations?: ValuesTree[];
    podAnnotations?: TextMap;
    podLabels?: TextMap;
    serviceAccount?: { name?: Text; create?: boolean; annotations?: TextMap };
}

/** The arguments that become chart values, apart from what the facts and the credentials already say. */
export type ValuesArgs = Pick<
    WandbDeploymentArgs,
    | "host"
    | "name"
    | "namespace"
    | "size"
    | "operator"
    | "images"
    | "ingress"
    | "oidc"
    | "ldap"
    | "smtp"
    | "sessionLengthHours"
    | "customCaCerts"
    | "caCertsConfigMap"
    | "serviceAccounts"
    | "components"
    | "extraEnv"
    | "extraEnvFrom"
    | "values"
>;

/** The facts that become chart values. */
export type ValuesFacts = Pick<
    Infrastructure,
    | "cloud"
    | "database"
    | "bucket"
    | "cache"
    | "ingress"
    | "identity"
    | "cloudMetrics"
    | "googleMetrics"
    | "azureMetrics"
    | "queues"
    | "historyStore"
>;

/** All that the values are made of. */
export interface ValuesInput {
    readonly args: ValuesArgs;
    readonly facts: ValuesFacts;
    readonly credentials: CredentialReferences;
}
