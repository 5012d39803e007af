import { type Args, fromSecret, row, secret, type ValueRow } from "./row";

const oidc = (more: Partial<NonNullable<Args["oidc"]>>): Args => ({
    oidc: { clientId: "client", issuer: "https://idp.example", ...more },
});
const ldap = (more: Partial<NonNullable<Args["ldap"]>>): Args => ({
    ldap: { address: "ldap://ldap.example", baseDn: "dc=example", ...more },
});
const smtp = (more: Partial<NonNullable<Args["smtp"]>>): Args => ({ smtp: { host: "mail", username: "u", ...more } });

export const authentication: ValueRow[] = [
    row("oidc.clientId", oidc({}), "values.global.auth.oidc.clientId", "client"),
    row("oidc.issuer", oidc({}), "values.global.auth.oidc.issuer", "https://idp.example"),
    row("oidc.authMethod", oidc({}), "values.global.auth.oidc.authMethod", "pkce"),
    row("oidc.authMethod", oidc({ authMethod: "implicit" }), "values.global.auth.oidc.authMethod", "implicit"),
    row("oidc.clientSecret", oidc({ clientSecret: "x" }), "values.global.auth.oidc.oidcSecret", {
        name: "made-oidc",
        secretKey: "OIDC_SECRET",
    }),
    row("oidc.clientSecretRef", oidc({ clientSecretRef: secret }), "values.global.auth.oidc.oidcSecret", {
        name: "mine",
        secretKey: "k",
    }),
    row("ldap.address", ldap({}), "values.global.extraEnv", {
        LDAP_LOGIN: "true",
        LDAP_ADDRESS: "ldap://ldap.example",
        LDAP_BASE_DN: "dc=example",
        LDAP_TLS_ENABLE: "false",
    }),
    row("ldap.baseDn", ldap({ baseDn: "dc=b" }), "values.global.extraEnv.LDAP_BASE_DN", "dc=b"),
    row("ldap.userBaseDn", ldap({ userBaseDn: "ou=u" }), "values.global.extraEnv.LDAP_USER_BASE_DN", "ou=u"),
    row("ldap.groupBaseDn", ldap({ groupBaseDn: "ou=g" }), "values.global.extraEnv.LDAP_GROUP_BASE_DN", "ou=g"),
    row("ldap.bindDn", ldap({ bindDn: "cn=r" }), "values.global.extraEnv.LDAP_BIND_DN", "cn=r"),
    row("ldap.bindPassword", ldap({ bindPassword: "x" }), "values.global.extraEnv.LDAP_BIND_PW", {
        valueFrom: { secretKeyRef: { name: "made-ldap", key: "LDAP_BIND_PW" } },
    }),
    row(
        "ldap.bindPasswordSecret",
        ldap({ bindPasswordSecret: secret }),
        "values.global.extraEnv.LDAP_BIND_PW",
        fromSecret,
    ),
    row("ldap.attributes", ldap({ attributes: "mail,cn" }), "values.global.extraEnv.LDAP_ATTRIBUTES", "mail,cn"),
    row("ldap.tls", ldap({ tls: true }), "values.global.extraEnv.LDAP_TLS_ENABLE", "true"),
    row("ldap.tls", ldap({ address: "ldaps://l" }), "values.global.extraEnv.LDAP_TLS_ENABLE", "true"),
    row("ldap.tls", ldap({ address: "ldaps://l", tls: false }), "values.global.extraEnv.LDAP_TLS_ENABLE", "false"),
    row("ldap.groupAllowList", ldap({ groupAllowList: "ml" }), "values.global.extraEnv.LDAP_GROUP_ALLOW_LIST", "ml"),
    row("ldap.userObjectClass", ldap({ userObjectClass: "p" }), "values.global.extraEnv.LDAP_USER_OBJECT_CLASS", "p"),
    row(
        "ldap.groupObjectClass",
        ldap({ groupObjectClass: "g" }),
        "values.global.extraEnv.LDAP_GROUP_OBJECT_CLASS",
        "g",
    ),
    row("smtp.host", smtp({ host: "smtp.example" }), "values.global.email.smtp.host", "smtp.example"),
    row("smtp.port", smtp({}), "values.global.email.smtp.port", 587),
    row("smtp.port", smtp({ port: 25 }), "values.global.email.smtp.port", 25),
    row("smtp.username", smtp({ username: "mailer" }), "values.global.email.smtp.user", "mailer"),
    row("smtp.password", smtp({ password: "x" }), "values.global.email.smtp.password", {
        valueFrom: { secretKeyRef: { name: "made-smtp", key: "SMTP_PASSWORD" } },
    }),
    row("smtp.passwordSecret", smtp({ passwordSecret: secret }), "values.global.email.smtp.password", fromSecret),
    row("smtp.from", smtp({ from: "a@b.example" }), "values.global.email.smtp.mailFrom", "a@b.example"),
];
