import * as pulumi from "@pulumi/pulumi";
import { Secret } from "@pulumi/kubernetes/core/v1";
import type { BucketSecret, ChartSecret, CredentialReferences } from "../contract/credentials";
import type { BucketCredentials, CacheFacts, Credential, SecretKey } from "../contract/infrastructure";
import { FixedNameAnnotations, ObjectLabels, type Scope } from "./scope";

/** Every credential of a deployment: literals become Secrets here, references pass through. */
export interface CredentialArgs {
    readonly namespace: pulumi.Input<string>;
    /** Keep replaced Secrets: another tool applies the custom resource, and may still point to the old ones. */
    readonly keepReplaced: boolean;
    readonly license?: Credential;
    readonly database?: Credential;
    readonly cache?: CacheFacts;
    readonly bucket?: BucketCredentials;
    readonly oidc?: Credential;
    readonly smtp?: Credential;
    readonly ldapBind?: Credential;
    readonly chart?: {
        readonly literal?: { readonly username: pulumi.Input<string>; readonly password: pulumi.Input<string> };
        readonly secret?: ChartSecret;
    };
    readonly env?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly values?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly ingressTls?: { readonly certificate: pulumi.Input<string>; readonly privateKey: pulumi.Input<string> };
    readonly ingressTlsSecretName?: pulumi.Input<string>;
}

type SecretData = Readonly<Record<string, pulumi.Input<string>>>;
/** Makes a Secret and returns its name. */
export type MakeSecret = (role: string, data: SecretData, type?: string) => pulumi.Input<string>;

/**
 * Makes one Secret per concern, so that a changed value rolls only what reads it. They are autonamed: a changed value makes a new
 * Secret, the custom resource points to it, the workloads roll, and the old one goes last. With fixed names nothing would roll.
 */
export function createCredentials(scope: Scope, args: CredentialArgs): CredentialReferences {
    const make: MakeSecret = (role, data, type) =>
        new Secret(
            `${scope.name}-${role}`,
            {
                metadata: { namespace: args.namespace, labels: ObjectLabels },
                type,
                stringData: secretData(data),
            },
            { parent: scope.parent, provider: scope.provider, retainOnDelete: args.keepReplaced || undefined },
        ).metadata.name;
    return credentialReferences(args, make);
}

/** The Secret that the chart's Weave workers read by this name and key (`weave-trace-worker.env`); none where the cloud gives no token. */
export function createWorkerToken(
    scope: Scope,
    namespace: pulumi.Input<string>,
    token: pulumi.Input<string> | undefined,
): Secret | undefined {
    if (token === undefined) {
        return undefined;
    }
    return new Secret(
        `${scope.name}-weave-worker-auth`,
        {
            metadata: {
                name: "weave-worker-auth",
                namespace,
                labels: ObjectLabels,
                annotations: FixedNameAnnotations,
            },
            stringData: secretData({ key: token }),
        },
        { parent: scope.parent, provider: scope.provider },
    );
}

/** Where each credential stands, literals put into Secrets by `make`. */
export function credentialReferences(args: CredentialArgs, make: MakeSecret): CredentialReferences {
    return {
        license: resolve(make, "license", "license", args.license),
        database: resolve(make, "database-password", "MYSQL_PASSWORD", args.database),
        cache: resolveCache(make, args.cache),
        bucket: resolveBucket(make, args.bucket),
        oidc: resolve(make, "oidc", "OIDC_SECRET", args.oidc),
        smtp: resolve(make, "smtp", "SMTP_PASSWORD", args.smtp),
        ldapBind: resolve(make, "ldap", "LDAP_BIND_PW", args.ldapBind),
        chart: resolveChart(make, args.chart),
        env: resolveKeys(make, "env", args.env),
        values: resolveKeys(make, "values", args.values),
        ingressTls: args.ingressTls
            ? make(
                  "ingress-tls",
                  { "tls.crt": args.ingressTls.certificate, "tls.key": args.ingressTls.privateKey },
                  "kubernetes.io/tls",
              )
            : args.ingressTlsSecretName,
    };
}

/** Marks every value, whatever the caller forgot to mark. */
function secretData(data: SecretData): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, pulumi.secret(value)]));
}

function resolve(make: MakeSecret, role: string, key: string, credential?: Credential): SecretKey | undefined {
    if (credential?.literal !== undefined) {
        return { name: make(role, { [key]: credential.literal }), key };
    }
    return credential?.secret;
}

const CachePasswordKey = "REDIS_PASSWORD";

/** The chart reads a CA only from the Secret with the password, once there is one. */
function resolveCache(make: MakeSecret, cache?: CacheFacts): SecretKey | undefined {
    if (cache?.password?.literal === undefined) {
        return cache?.password?.secret;
    }
    return { name: make("redis", cacheSecret(cache.password.literal, cache.caCertificate)), key: CachePasswordKey };
}

/** The Secret with the cache's password, and its CA where there is one. */
export function cacheSecret(password: pulumi.Input<string>, caCertificate?: pulumi.Input<string>): SecretData {
    const ca: SecretData = caCertificate === undefined ? {} : { REDIS_CA_CERT: caCertificate };
    return { [CachePasswordKey]: password, ...ca };
}

function resolveBucket(make: MakeSecret, credentials?: BucketCredentials): BucketSecret | undefined {
    if (credentials?.accessKey === undefined) {
        return credentials?.secret;
    }
    const accessKeyName = "ACCESS_KEY";
    const secretKeyName = "SECRET_KEY";
    if (credentials.secretKey === undefined) {
        return { name: make("bucket", { [accessKeyName]: credentials.accessKey }), accessKeyName };
    }
    const data = { [accessKeyName]: credentials.accessKey, [secretKeyName]: credentials.secretKey };
    return { name: make("bucket", data), accessKeyName, secretKeyName };
}

function resolveChart(make: MakeSecret, chart: CredentialArgs["chart"]): ChartSecret | undefined {
    if (chart?.literal === undefined) {
        return chart?.secret;
    }
    const usernameKey = "HELM_USERNAME";
    const passwordKey = "HELM_PASSWORD";
    const data = { [usernameKey]: chart.literal.username, [passwordKey]: chart.literal.password };
    return { name: make("chart", data), usernameKey, passwordKey };
}

/** One Secret with many keys; none when there is no key. */
function resolveKeys(make: MakeSecret, role: string, data: SecretData = {}): Readonly<Record<string, SecretKey>> {
    const keys = Object.keys(data);
    if (keys.length === 0) {
        return {};
    }
    const name = make(role, data);
    return Object.fromEntries(keys.map((key) => [key, { name, key }]));
}
