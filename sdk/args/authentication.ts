import type * as pulumi from "@pulumi/pulumi";
import type { SecretKeyArgs } from "./references";

/** OpenID Connect flows that W&B supports (chart value `global.auth.oidc.authMethod`). */
export const OidcAuthMethod = {
    /** Authorisation code with PKCE. */
    Pkce: "pkce",
    /** Implicit flow with form post. */
    Implicit: "implicit",
} as const;
/** OpenID Connect flows that W&B supports. */
export type OidcAuthMethod = (typeof OidcAuthMethod)[keyof typeof OidcAuthMethod];

/** Single sign-on by OpenID Connect. */
export interface OidcArgs {
    /** Client id registered at the identity provider (`global.auth.oidc.clientId`). */
    clientId: pulumi.Input<string>;
    /** Issuer URL, https, without query or trailing slash (`global.auth.oidc.issuer`). */
    issuer: pulumi.Input<string>;
    /**
     * Flow (`global.auth.oidc.authMethod`).
     * @default pkce
     */
    authMethod?: OidcAuthMethod;
    /** Client secret, where the provider wants one. Kept in a Kubernetes Secret made here. */
    clientSecret?: pulumi.Input<string>;
    /** A Secret of your own with the client secret, instead of `clientSecret` (`global.auth.oidc.oidcSecret`). */
    clientSecretRef?: SecretKeyArgs;
}

/**
 * Log-in by LDAP. The chart has no values for it: every field becomes one of W&B's `LDAP_*` environment variables
 * (`global.extraEnv`).
 */
export interface LdapArgs {
    /** `ldap://host[:port]` or `ldaps://host[:port]` (`LDAP_ADDRESS`). */
    address: pulumi.Input<string>;
    /** Base distinguished name (`LDAP_BASE_DN`). */
    baseDn: pulumi.Input<string>;
    /** Base of user searches (`LDAP_USER_BASE_DN`). Default: not set. */
    userBaseDn?: pulumi.Input<string>;
    /** Base of group searches (`LDAP_GROUP_BASE_DN`). Default: not set. */
    groupBaseDn?: pulumi.Input<string>;
    /** Distinguished name to bind with (`LDAP_BIND_DN`). Needs a password; without both W&B binds anonymously. */
    bindDn?: pulumi.Input<string>;
    /** Password of `bindDn` (`LDAP_BIND_PW`). Kept in a Kubernetes Secret made here. */
    bindPassword?: pulumi.Input<string>;
    /** A Secret of your own with the password, instead of `bindPassword`. */
    bindPasswordSecret?: SecretKeyArgs;
    /** Comma separated attributes for mail and name, for example `mail,cn` (`LDAP_ATTRIBUTES`). */
    attributes?: pulumi.Input<string>;
    /**
     * Use TLS (`LDAP_TLS_ENABLE`). A private CA goes into `customCaCerts` or `caCertsConfigMap`.
     * @default true for an `ldaps://` address, else false
     */
    tls?: boolean;
    /** Comma separated groups whose members may log in (`LDAP_GROUP_ALLOW_LIST`). Default: everybody the base finds. */
    groupAllowList?: pulumi.Input<string>;
    /** Object class of users (`LDAP_USER_OBJECT_CLASS`). */
    userObjectClass?: pulumi.Input<string>;
    /** Object class of groups (`LDAP_GROUP_OBJECT_CLASS`). */
    groupObjectClass?: pulumi.Input<string>;
}

/** Mail server for invitations and alerts. Without it W&B's own relay (api.wandb.ai) is used. */
export interface SmtpArgs {
    /** Host name (`global.email.smtp.host`). */
    host: pulumi.Input<string>;
    /**
     * TCP port (`global.email.smtp.port`).
     * @default 587
     */
    port?: pulumi.Input<number>;
    /** User name (`global.email.smtp.user`). */
    username: pulumi.Input<string>;
    /**
     * Password, kept in a Kubernetes Secret made here. W&B pastes it into an `smtp://` URL: the characters
     * `: / ? # [ ] @ %` are refused.
     */
    password?: pulumi.Input<string>;
    /** A Secret of your own with the password, instead of `password`. */
    passwordSecret?: SecretKeyArgs;
    /** Sender address (`global.email.smtp.mailFrom`). Default: W&B's. */
    from?: pulumi.Input<string>;
}
