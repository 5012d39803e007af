import type { WandbDeploymentArgs } from "../../sdk/args";
import { BucketProvider } from "../../sdk/args/stores";
import type { CredentialReferences } from "../../sdk/contract/credentials";
import type { BucketCredentials, Credential, SecretKey } from "../../sdk/contract/infrastructure";
import { bucketFacts, credential, externalStores } from "../../sdk/external";
import type { TranslatedArgs } from "../../sdk/values/translate";
import type { ValuesInput } from "../../sdk/values/types";

/** The least that a deployment on an existing cluster needs. */
export const MinimalArgs: WandbDeploymentArgs = Object.freeze({
    host: "wandb.example.com",
    bucket: Object.freeze({ provider: BucketProvider.Gcs, name: "files" }),
});

function reference(role: string, key: string, given: Credential | undefined): SecretKey | undefined {
    return given?.literal === undefined ? given?.secret : { name: `made-${role}`, key };
}

function bucketReference(credentials: BucketCredentials | undefined): CredentialReferences["bucket"] {
    return credentials?.accessKey === undefined
        ? credentials?.secret
        : {
              name: "made-bucket",
              accessKeyName: "ACCESS_KEY",
              secretKeyName: credentials.secretKey === undefined ? undefined : "SECRET_KEY",
          };
}

function chartReference(chart: WandbDeploymentArgs["chart"]): CredentialReferences["chart"] {
    const { name = "made-chart", usernameKey, passwordKey } = chart?.credentialsSecret ?? {};
    return chart?.credentials === undefined && chart?.credentialsSecret === undefined
        ? undefined
        : { name, usernameKey: usernameKey ?? "HELM_USERNAME", passwordKey: passwordKey ?? "HELM_PASSWORD" };
}

/** References as the Kubernetes layer would hand them over, with names that say which Secret was made. */
export function referencesOf(args: TranslatedArgs): CredentialReferences {
    const { bucket, database, ingress, ldap, oidc, redis, smtp } = args;
    return {
        license: reference("license", "license", credential(args.license, args.licenseSecret)),
        database: reference("database", "MYSQL_PASSWORD", credential(database?.password, database?.passwordSecret)),
        cache: reference("redis", "REDIS_PASSWORD", credential(redis?.password, redis?.passwordSecret)),
        bucket: bucketReference(bucket && bucketFacts(bucket).credentials),
        oidc: reference("oidc", "OIDC_SECRET", credential(oidc?.clientSecret, oidc?.clientSecretRef)),
        smtp: reference("smtp", "SMTP_PASSWORD", credential(smtp?.password, smtp?.passwordSecret)),
        ldapBind: reference("ldap", "LDAP_BIND_PW", credential(ldap?.bindPassword, ldap?.bindPasswordSecret)),
        chart: chartReference(args.chart),
        env: Object.fromEntries(Object.keys(args.secretEnv ?? {}).map((key) => [key, { name: "made-env", key }])),
        values: Object.fromEntries(
            Object.keys(args.valueCredentials ?? {}).map((key) => [key, { name: "made-values", key }]),
        ),
        ingressTls: ingress?.tls?.certificate === undefined ? ingress?.tls?.secretName : "made-ingress-tls",
    };
}

/** What `buildValues` gets for these arguments on an existing cluster. */
export function valuesInput(args: TranslatedArgs, facts: Partial<ValuesInput["facts"]> = {}): ValuesInput {
    return {
        args,
        facts: {
            cloud: "existing",
            ...externalStores(args),
            ingress: {},
            identity: {},
            ...facts,
        },
        credentials: referencesOf(args),
    };
}
