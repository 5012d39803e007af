/** A stack with planted faults of every theme, made by hand: three custom resources, an operator and what stands around them. */
import { mergeValues } from "../../sdk/values/merge";
import type { Written } from "./policy-stack";

/** One fault: the policy without its prefix, the resource, and the property. */
export interface Planted {
    readonly policy: string;
    readonly resource: string;
    readonly path: string;
    readonly mandatory?: true;
}

const Values = "spec.values";

/** Everything that is wrong with the stack. */
export const planted: readonly Planted[] = [
    // Shape
    { policy: "values-unknown-key", resource: "first", path: `${Values}.global.hots` },
    { policy: "values-kind", resource: "first", path: `${Values}.weave.install` },
    // Operator
    { policy: "operator-image-tag", resource: "wandb-operator", path: "values.image.tag" },
    { policy: "chart-pin-images", resource: "third", path: `${Values}.app.image.tag` },
    { policy: "literal-credentials", resource: "wandb-operator", path: "values.extraEnv[0].value", mandatory: true },
    { policy: "literal-credentials", resource: "second", path: "spec.chart.password", mandatory: true },
    // Host, license, Ingress
    { policy: "host-https", resource: "second", path: `${Values}.global.host`, mandatory: true },
    { policy: "license-jwt", resource: "first", path: `${Values}.global.licenseSecret.name` },
    {
        policy: "ingress-class-both",
        resource: "first",
        path: `${Values}.ingress.annotations["kubernetes.io/ingress.class"]`,
    },
    // Bucket
    { policy: "bucket-provider", resource: "first", path: `${Values}.global.bucket.provider` },
    { policy: "bucket-secret-plain", resource: "second", path: `${Values}.global.bucket.accessKey`, mandatory: true },
    // MySQL, Redis, mail
    { policy: "literal-credentials", resource: "second", path: `${Values}.global.mysql.password`, mandatory: true },
    { policy: "redis-external", resource: "first", path: `${Values}.redis.install` },
    { policy: "smtp-port", resource: "first", path: `${Values}.global.email.smtp.port` },
    // Identity
    { policy: "oidc-method", resource: "first", path: `${Values}.global.auth.oidc.authMethod` },
    // Certificates, accounts
    { policy: "sa-create-name", resource: "first", path: `${Values}.app.serviceAccount.name` },
    { policy: "ca-configmap-key", resource: "first", path: `${Values}.global.caCertsConfigMap` },
    // Sizing, environment
    { policy: "size-name", resource: "first", path: `${Values}.global.size` },
    { policy: "env-secret-literal", resource: "first", path: `${Values}.app.extraEnv.SLACK_TOKEN`, mandatory: true },
    // Protection
    { policy: "instance-unprotected", resource: "third", path: "protect" },
    // Around it
    { policy: "data-store-public", resource: "redis", path: "spec.type", mandatory: true },
    { policy: "service-without-tls", resource: "door", path: "spec.type" },
];

/** Written where a secret stands in clear: no output may have it. */
export const InClear = "CanaryInClear";

type Tree = Record<string, unknown>;

/** A custom resource in which nothing is wrong. */
export function faultless(changes: { namespace?: string; chart?: Tree; values?: Tree } = {}): Tree {
    const values = {
        global: {
            host: "https://wandb.example.com",
            size: "small",
            licenseSecret: { name: "license", key: "license" },
            mysql: {
                host: "mysql.example.com",
                port: 3306,
                database: "wandb_local",
                user: "wandb",
                passwordSecret: { name: "mysql", passwordKey: "password" },
            },
            redis: {
                host: "redis.example.com",
                port: 6379,
                params: { tls: true },
                secret: { secretName: "redis", secretKey: "password" },
            },
            bucket: { provider: "s3", name: "example-files", region: "eu-west-1" },
        },
        app: { image: { tag: "0.79.0" } },
        redis: { install: false },
        ingress: {
            class: "alb",
            annotations: {
                "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
                "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            },
        },
    };
    return {
        metadata: { name: "wandb", namespace: changes.namespace ?? "first" },
        spec: {
            chart: { url: "https://charts.wandb.ai", name: "operator-wandb", version: "0.43.8", ...changes.chart },
            values: mergeValues(values, changes.values ?? {}),
        },
    };
}

/** The resources of the stack. */
export function badStack(repository: string): Written[] {
    return [...badResources(), badOperator(repository), ...badSurroundings()];
}

function badResources(): Written[] {
    const custom = (name: string, props: Tree, protect = true): Written => ({
        type: "kubernetes:apps.wandb.com/v1:WeightsAndBiases",
        name,
        props,
        protect,
    });
    const first = faultless({
        values: {
            global: {
                hots: "https://wandb.example.com",
                size: "tiny",
                caCertsConfigMap: "authorities",
                bucket: { provider: "minio" },
                auth: { oidc: { clientId: "wandb", issuer: "https://login.example.com", authMethod: "code" } },
                email: {
                    smtp: {
                        host: "smtp.example.com",
                        port: 70000,
                        user: "wandb",
                        password: { valueFrom: { secretKeyRef: { name: "smtp", key: "password" } } },
                    },
                },
            },
            app: { serviceAccount: { create: false }, extraEnv: { SLACK_TOKEN: InClear } },
            redis: { install: true },
            weave: { install: "true" },
            ingress: { annotations: { "kubernetes.io/ingress.class": "alb" } },
        },
    });
    const second = faultless({
        namespace: "second",
        chart: { url: "https://charts.example.com", username: "reader", password: InClear },
        values: {
            global: {
                host: "http://wandb.example.com",
                mysql: { password: InClear, passwordSecret: null },
                bucket: { accessKey: InClear, secretKey: InClear },
            },
        },
    });
    const third = faultless({ values: { global: { licenseSecret: { name: "other-license" } }, app: { image: null } } });
    return [custom("first", first), custom("second", second), custom("third", third, false)];
}

function badOperator(repo: string): Written {
    return {
        type: "kubernetes:helm.sh/v3:Release",
        name: "wandb-operator",
        props: {
            chart: "operator",
            version: "1.4.8",
            repositoryOpts: { repo },
            namespace: "first",
            skipAwait: true,
            values: {
                image: { tag: "latest" },
                extraEnv: [{ name: "CHANNEL_TOKEN", value: InClear }],
            },
        },
    };
}

function badSurroundings(): Written[] {
    const core = (kind: string, name: string, content: Tree): Written => ({
        type: `kubernetes:core/v1:${kind}`,
        name,
        props: { metadata: { name, namespace: "first" }, ...content },
    });
    const selector = (name: string) => ({ "app.kubernetes.io/instance": "wandb", "app.kubernetes.io/name": name });
    const ports = [{ port: 8080 }];
    return [
        core("Secret", "license", { stringData: { license: InClear } }),
        core("ConfigMap", "authorities", { data: { "one.crt": "pem", two: "pem" } }),
        core("Service", "redis", { spec: { type: "LoadBalancer", selector: selector("redis"), ports } }),
        core("Service", "door", { spec: { type: "NodePort", selector: selector("app"), ports } }),
        core("Service", "inside", { spec: { type: "ClusterIP", selector: selector("redis"), ports } }),
    ];
}
