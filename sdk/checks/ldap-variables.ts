/** The server's environment variable for each key of the block `global.ldap` of the vendor's page, which no template reads. */
export const LdapVariables: Readonly<Record<string, string>> = {
    enabled: "LDAP_LOGIN",
    host: "LDAP_ADDRESS",
    baseDN: "LDAP_BASE_DN",
    userBaseDN: "LDAP_USER_BASE_DN",
    groupBaseDN: "LDAP_GROUP_BASE_DN",
    bindDN: "LDAP_BIND_DN",
    bindPW: "LDAP_BIND_PW",
    attributes: "LDAP_ATTRIBUTES",
    groupAllowList: "LDAP_GROUP_ALLOW_LIST",
    userObjectClass: "LDAP_USER_OBJECT_CLASS",
    groupObjectClass: "LDAP_GROUP_OBJECT_CLASS",
    tls: "LDAP_TLS_ENABLE",
};
