import type * as pulumi from "@pulumi/pulumi";
import type { WandbDeploymentArgs } from "../args";
import type { CredentialReferences } from "../contract/credentials";
import type { Infrastructure } from "../contract/infrastructure";
import { credential } from "../external";
import type { TranslatedArgs } from "../values/translate";
import type { CredentialArgs } from "./secrets";

/** Every credential among arguments and facts, literals and references. */
export function credentialArgs(
    args: TranslatedArgs,
    infrastructure: Pick<Infrastructure, "database" | "cache" | "bucket" | "ingress">,
    namespace: pulumi.Input<string>,
): CredentialArgs {
    const { chart, database, ingress, ldap, oidc, smtp } = args;
    const tls = ingress?.tls;
    return {
        namespace,
        keepReplaced: args.createCustomResource === false,
        license: credential(args.license, args.licenseSecret),
        // With the chart's own MySQL a password is optional: the chart makes one.
        database: infrastructure.database?.password ?? credential(database?.password, database?.passwordSecret),
        cache: infrastructure.cache,
        bucket: infrastructure.bucket.credentials,
        oidc: credential(oidc?.clientSecret, oidc?.clientSecretRef),
        smtp: credential(smtp?.password, smtp?.passwordSecret),
        ldapBind: credential(ldap?.bindPassword, ldap?.bindPasswordSecret),
        chart: { literal: chart?.credentials, secret: chartSecret(chart) },
        env: args.secretEnv,
        values: args.valueCredentials,
        ingressTls:
            tls?.certificate === undefined || tls.privateKey === undefined
                ? undefined
                : { certificate: tls.certificate, privateKey: tls.privateKey },
        ingressTlsSecretName: tls?.secretName ?? infrastructure.ingress.tlsSecretName,
    };
}

function chartSecret(chart: WandbDeploymentArgs["chart"]): CredentialReferences["chart"] {
    if (chart?.credentialsSecret === undefined) {
        return undefined;
    }
    const { name, usernameKey = "HELM_USERNAME", passwordKey = "HELM_PASSWORD" } = chart.credentialsSecret;
    return { name, usernameKey, passwordKey };
}

/** The literals among them: what no log and no message may show. */
export function literalsOf(credentials: CredentialArgs): pulumi.Input<string>[] {
    const {
        license,
        database,
        cache,
        bucket,
        oidc,
        smtp,
        ldapBind,
        chart,
        env = {},
        values = {},
        ingressTls,
    } = credentials;
    return [
        license?.literal,
        database?.literal,
        cache?.password?.literal,
        bucket?.accessKey,
        bucket?.secretKey,
        oidc?.literal,
        smtp?.literal,
        ldapBind?.literal,
        chart?.literal?.password,
        ...Object.values(env),
        ...Object.values(values),
        ingressTls?.privateKey,
    ].filter((value) => value !== undefined);
}
