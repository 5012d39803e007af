import type { LdapArgs, OidcArgs, SmtpArgs } from "../args/authentication";
import type { SecretKey } from "../contract/infrastructure";
import { fromSecret, mapText } from "./leaves";
import type { AuthValues, EmailValues, EnvironmentValues, Text } from "./types";

const SmtpPort = 587;

/** `global.auth.oidc`. The secret by reference in the one form that the chart reads; a `valueFrom` map means nothing here. */
export function oidcValues(oidc: OidcArgs | undefined, secret: SecretKey | undefined): AuthValues["oidc"] {
    return (
        oidc && {
            clientId: oidc.clientId,
            issuer: oidc.issuer,
            authMethod: oidc.authMethod ?? "pkce",
            oidcSecret: secret && { name: secret.name, secretKey: secret.key },
        }
    );
}

/** `global.email` */
export function emailValues(smtp: SmtpArgs | undefined, password: SecretKey | undefined): EmailValues | undefined {
    return (
        smtp && {
            smtp: {
                host: smtp.host,
                port: smtp.port ?? SmtpPort,
                user: smtp.username,
                password: password && fromSecret(password),
                mailFrom: smtp.from,
            },
        }
    );
}

function tlsSwitch(ldap: LdapArgs): Text {
    if (ldap.tls !== undefined) {
        return String(ldap.tls);
    }
    return mapText(ldap.address, (address) => String(address.toLowerCase().startsWith("ldaps://")));
}

/** LDAP as environment variables: no template of the chart reads `global.ldap`. */
export function ldapEnvironment(ldap: LdapArgs | undefined, password: SecretKey | undefined): EnvironmentValues {
    if (ldap === undefined) {
        return {};
    }
    const environment: Record<string, EnvironmentValues[string] | undefined> = {
        LDAP_LOGIN: "true",
        LDAP_ADDRESS: ldap.address,
        LDAP_BASE_DN: ldap.baseDn,
        LDAP_USER_BASE_DN: ldap.userBaseDn,
        LDAP_GROUP_BASE_DN: ldap.groupBaseDn,
        LDAP_BIND_DN: ldap.bindDn,
        LDAP_BIND_PW: password && fromSecret(password),
        LDAP_ATTRIBUTES: ldap.attributes,
        LDAP_TLS_ENABLE: tlsSwitch(ldap),
        LDAP_GROUP_ALLOW_LIST: ldap.groupAllowList,
        LDAP_USER_OBJECT_CLASS: ldap.userObjectClass,
        LDAP_GROUP_OBJECT_CLASS: ldap.groupObjectClass,
    };
    const said = Object.entries(environment).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
    );
    return Object.fromEntries(said);
}
