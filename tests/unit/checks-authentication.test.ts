import { authenticationChecks } from "../../sdk/checks/themes/authentication";
import { Unknown } from "../../sdk/checks/view";
import { type CheckCase, testCases } from "../support/check-cases";
import type { Configuration } from "../support/check-input";

function oidc(settings: unknown): Configuration {
    return { values: { global: { auth: { oidc: settings } } } };
}

function hours(sessionLengthHours: unknown): Configuration {
    return { values: { global: { auth: { sessionLengthHours } } } };
}

function ldap(block: unknown, rest?: object): Configuration {
    return { values: { global: { ldap: block, ...rest } } };
}

function env(extraEnv: unknown, rest?: object): Configuration {
    return { values: { global: { extraEnv, ...rest } } };
}

const Reference = { valueFrom: { secretKeyRef: { name: "ldap", key: "password" } } };
const Complete = { clientId: "id", issuer: "https://idp.example.com", authMethod: "pkce", secret: "hush" };
const Oidc = "spec.values.global.auth.oidc";
const Ldap = "spec.values.global.ldap";
const Variables = "spec.values.global.extraEnv";

const oidcCases: readonly CheckCase[] = [
    {
        id: "oidc.complete",
        when: "no clientId",
        given: oidc({ ...Complete, clientId: "" }),
        finds: [
            `error ${Oidc}.clientId: is empty, while \`issuer\`, \`authMethod\` and \`secret\` of \`global.auth.oidc\` are set: OIDC stays off without a message. Set \`global.auth.oidc.clientId\`, or take \`global.auth.oidc\` out.`,
        ],
    },
    {
        id: "oidc.complete",
        when: "no issuer",
        given: oidc({ clientId: "id" }),
        finds: [
            `error ${Oidc}.issuer: is empty, while \`clientId\` of \`global.auth.oidc\` is set. Set \`global.auth.oidc.issuer\`, or take \`global.auth.oidc\` out.`,
        ],
    },
    {
        id: "oidc.complete",
        when: "a Secret and nothing else",
        given: oidc({ oidcSecret: { name: "oidc" } }),
        finds: [/^error .*oidc\.clientId: /, /^error .*oidc\.issuer: /],
    },
    { id: "oidc.complete", when: "all there", given: oidc(Complete) },
    { id: "oidc.complete", when: "all empty", given: oidc({ clientId: "", issuer: "", authMethod: "", secret: "" }) },
    { id: "oidc.complete", when: "the issuer is not known yet", given: oidc({ clientId: "id", issuer: Unknown }) },
    {
        id: "oidc.method",
        when: "a near word",
        given: oidc({ ...Complete, authMethod: "PKCE" }),
        finds: [
            `error ${Oidc}.authMethod: is not a flow that W&B knows ("PKCE" given). Use pkce or implicit (did you mean pkce?).`,
        ],
    },
    {
        id: "oidc.method",
        when: "another word",
        given: oidc({ ...Complete, authMethod: "code" }),
        finds: [/\("code" given\)\. Use pkce or implicit\.$/],
    },
    { id: "oidc.method", when: "implicit", given: oidc({ ...Complete, authMethod: "implicit" }) },
    { id: "oidc.method", when: "empty", given: oidc({ ...Complete, authMethod: "" }) },
    {
        id: "oidc.issuer",
        when: "http",
        given: oidc({ issuer: "http://idp.example.com" }),
        finds: [
            `error ${Oidc}.issuer: is not a plain https URL ("http://idp.example.com" given). Give the issuer with https:// and without user and spaces, for example https://idp.example.com.`,
        ],
    },
    {
        id: "oidc.issuer",
        when: "no scheme",
        given: oidc({ issuer: "idp.example.com" }),
        finds: [/is not a plain https URL \("idp\.example\.com" given\)/],
    },
    {
        id: "oidc.issuer",
        when: "a user, whose password is not shown",
        given: oidc({ issuer: "https://me:hush@idp.example.com" }),
        finds: [/is not a plain https URL \("https:\/\/\*\*\*@idp\.example\.com" given\)/],
    },
    {
        id: "oidc.issuer",
        when: "a query",
        given: oidc({ issuer: "https://idp.example.com?tenant=1" }),
        finds: [
            `error ${Oidc}.issuer: has a query or fragment ("https://idp.example.com?tenant=1" given). Give the issuer alone, for example https://idp.example.com.`,
        ],
    },
    {
        id: "oidc.issuer",
        when: "a slash at the end",
        given: oidc({ issuer: "https://idp.example.com/" }),
        finds: [
            `warning ${Oidc}.issuer: ends with a slash ("https://idp.example.com/" given), and tokens must name exactly this issuer. Leave the slash out, unless the provider's discovery document writes \`issuer\` with it.`,
        ],
    },
    { id: "oidc.issuer", when: "a path", given: oidc({ issuer: "https://login.example.com/tenant/v2.0" }) },
    {
        id: "oidc.secret-two",
        when: "both forms; the literal is not shown",
        given: oidc({ ...Complete, oidcSecret: { name: "oidc" } }),
        finds: [
            `warning ${Oidc}.secret: is ignored, since \`global.auth.oidc.oidcSecret.name\` is set, and stands in clear for nothing. Take \`global.auth.oidc.secret\` out; keep \`global.auth.oidc.oidcSecret\`.`,
        ],
    },
    { id: "oidc.secret-two", when: "the literal alone", given: oidc({ ...Complete, oidcSecret: { name: "" } }) },
    {
        id: "oidc.secret-two",
        when: "the name is not known yet",
        given: oidc({ ...Complete, oidcSecret: { name: Unknown } }),
    },
    {
        id: "session.hours",
        when: "a unit",
        given: hours("720h"),
        finds: [
            'error spec.values.global.auth.sessionLengthHours: is not a whole number of 1 or more ("720h" given); the chart appends the unit h. Give the number of hours alone, for example 720.',
        ],
    },
    { id: "session.hours", when: "zero", given: hours(0), finds: [/\(0 given\)/] },
    { id: "session.hours", when: "a fraction", given: hours(1.5), finds: [/\(1\.5 given\)/] },
    { id: "session.hours", when: "a list", given: hours([720]), finds: [/is not a whole number of 1 or more;/] },
    { id: "session.hours", when: "a number", given: hours(720) },
    { id: "session.hours", when: "a number in quotes, which works", given: hours("720") },
];

const Block = { enabled: true, host: "ldaps://ldap.example.com", baseDN: "dc=example" };
const Certificate = { configMap: { name: "ca", key: "ca.crt" } };

const ldapCases: readonly CheckCase[] = [
    {
        id: "ldap.drift",
        when: "the block of the vendor's page; its password is not shown",
        given: ldap({ ...Block, bindPW: "hush", tls: true, tlsCert: Certificate }),
        finds: [
            `error ${Ldap}: is read by no template of the chart: LDAP stays off. Move it to \`global.extraEnv\`: enabled to LDAP_LOGIN, host to LDAP_ADDRESS, baseDN to LDAP_BASE_DN, bindPW to LDAP_BIND_PW (from a Secret), tls to LDAP_TLS_ENABLE. Name the ConfigMap of \`tlsCert\` in \`global.caCertsConfigMap\` (keys ending in .crt).`,
        ],
    },
    {
        id: "ldap.drift",
        when: "below auth",
        given: { values: { global: { auth: { ldap: { host: "ldap://a" } } } } },
        finds: [
            "error spec.values.global.auth.ldap: is read by no template of the chart: LDAP stays off. Move it to `global.extraEnv`: host to LDAP_ADDRESS.",
        ],
    },
    {
        id: "ldap.drift",
        when: "switched off",
        given: ldap({ ...Block, enabled: false }),
        finds: [`warning ${Ldap}: is read by no template of the chart. Take it out.`],
    },
    { id: "ldap.drift", when: "an empty block", given: ldap({}) },
    { id: "ldap.drift", when: "a block that is not known yet", given: ldap(Unknown) },
    { id: "ldap.drift", when: "variables instead", given: env({ LDAP_LOGIN: "true" }) },
    {
        id: "ldap.scheme",
        when: "a bare host in a variable",
        given: env({ LDAP_ADDRESS: "ldap.example.com" }),
        finds: [
            `error ${Variables}.LDAP_ADDRESS: does not start with ldap:// or ldaps:// ("ldap.example.com" given). Give ldap://host[:port] or ldaps://host[:port].`,
        ],
    },
    {
        id: "ldap.scheme",
        when: "by the name of the vendor's page",
        given: env({ LOCAL_LDAP_ADDRESS: "ldap.example.com" }),
        finds: [/^error spec\.values\.global\.extraEnv\.LOCAL_LDAP_ADDRESS: /],
    },
    {
        id: "ldap.scheme",
        when: "in the variables of one container, as a map with a value",
        given: { values: { app: { containers: { app: { env: { LDAP_ADDRESS: { value: "https://a" } } } } } } },
        finds: [/^error spec\.values\.app\.containers\.app\.env\.LDAP_ADDRESS: .*\("https:\/\/a" given\)/],
    },
    {
        id: "ldap.scheme",
        when: "a bare host in the block",
        given: ldap({ host: "ldap.example.com" }),
        finds: [/^error spec\.values\.global\.ldap\.host: /],
    },
    { id: "ldap.scheme", when: "ldaps", given: env({ LDAP_ADDRESS: "ldaps://ldap.example.com:636" }) },
    { id: "ldap.scheme", when: "a reference", given: env({ LDAP_ADDRESS: Reference }) },
    { id: "ldap.scheme", when: "another variable", given: env({ LDAP_ADDRESS: "$(DIRECTORY)" }) },
    { id: "ldap.scheme", when: "a block that is switched off", given: ldap({ enabled: false, host: "a" }) },
    {
        id: "ldap.tls",
        when: "ldaps without TLS",
        given: env({ LDAP_ADDRESS: "ldaps://a.example.com", LDAP_TLS_ENABLE: "false" }),
        finds: [
            `warning ${Variables}.LDAP_TLS_ENABLE: is false, while the address ("ldaps://a.example.com" given) wants TLS. Set \`LDAP_TLS_ENABLE\` to true, or use ldap://.`,
        ],
    },
    {
        id: "ldap.tls",
        when: "TLS without a CA",
        given: env({ LDAP_ADDRESS: "ldaps://a.example.com", LDAP_TLS_ENABLE: "true" }),
        finds: [
            `warning ${Variables}.LDAP_TLS_ENABLE: is true, but no CA certificate is given: only certificates of public authorities are trusted. Give the CA of the LDAP server by \`global.customCACerts\` or \`global.caCertsConfigMap\`; silence this check if its certificate comes from a public authority.`,
        ],
    },
    {
        id: "ldap.tls",
        when: "the same in a block",
        given: ldap({ host: "ldaps://a", tls: false }),
        finds: [/^warning spec\.values\.global\.ldap\.tls: is false, .* Set `tls` to true, or use ldap:\/\/\.$/],
    },
    {
        id: "ldap.tls",
        when: "a block with TLS and no CA",
        given: ldap({ host: "ldaps://a", tls: true }),
        finds: [/^warning spec\.values\.global\.ldap\.tls: is true, but no CA/],
    },
    {
        id: "ldap.tls",
        when: "a block with its CA",
        given: ldap({ host: "ldaps://a", tls: true, tlsCert: Certificate }),
    },
    { id: "ldap.tls", when: "TLS and a ConfigMap", given: env({ LDAP_TLS_ENABLE: true }, { caCertsConfigMap: "ca" }) },
    {
        id: "ldap.tls",
        when: "TLS and a CA that is not known yet",
        given: env({ LDAP_TLS_ENABLE: "true" }, { customCACerts: Unknown }),
    },
    {
        id: "ldap.tls",
        when: "plain ldap without TLS",
        given: env({ LDAP_ADDRESS: "ldap://a", LDAP_TLS_ENABLE: "false" }),
    },
    {
        id: "ldap.tls-cert",
        when: "no key",
        given: ldap({ tls: true, tlsCert: { configMap: { name: "ca" } } }),
        finds: [
            `error ${Ldap}.tlsCert.configMap.key: is missing, while \`tlsCert.configMap.name\` is given. Give both \`tlsCert.configMap.name\` and \`tlsCert.configMap.key\`, or name the ConfigMap in \`global.caCertsConfigMap\`, which the chart reads.`,
        ],
    },
    {
        id: "ldap.tls-cert",
        when: "no name",
        given: ldap({ tls: "true", tlsCert: { configMap: { key: "ca.crt" } } }),
        finds: [/^error .*tlsCert\.configMap\.name: is missing, while `tlsCert\.configMap\.key` is given/],
    },
    { id: "ldap.tls-cert", when: "both", given: ldap({ tls: true, tlsCert: Certificate }) },
    { id: "ldap.tls-cert", when: "no TLS", given: ldap({ tls: false, tlsCert: { configMap: { name: "ca" } } }) },
    {
        id: "ldap.tls-cert",
        when: "a key that is not known yet",
        given: ldap({ tls: true, tlsCert: { configMap: { name: "ca", key: Unknown } } }),
    },
    {
        id: "ldap.bind",
        when: "no password",
        given: env({ LDAP_BIND_DN: "cn=reader" }),
        finds: [
            `warning ${Variables}.LDAP_BIND_PW: is missing, while \`LDAP_BIND_DN\` is set. Set both, or take \`LDAP_BIND_DN\` out for an anonymous bind.`,
        ],
    },
    {
        id: "ldap.bind",
        when: "no name; the password is not shown",
        given: env({ LDAP_BIND_PW: "hush", LDAP_BIND_DN: "" }),
        finds: [
            `warning ${Variables}.LDAP_BIND_DN: is missing, while \`LDAP_BIND_PW\` is set. Set both, or take \`LDAP_BIND_PW\` out for an anonymous bind.`,
        ],
    },
    {
        id: "ldap.bind",
        when: "the names of the vendor's page",
        given: env({ LOCAL_LDAP_BIND_DN: "cn=reader" }),
        finds: [/LOCAL_LDAP_BIND_PW: is missing, while `LOCAL_LDAP_BIND_DN` is set/],
    },
    {
        id: "ldap.bind",
        when: "half a block",
        given: ldap({ bindDN: "cn=reader" }),
        finds: [/^warning spec\.values\.global\.ldap\.bindPW: is missing, while `bindDN` is set/],
    },
    { id: "ldap.bind", when: "both", given: env({ LDAP_BIND_DN: "cn=reader", LDAP_BIND_PW: Reference }) },
    { id: "ldap.bind", when: "neither", given: env({ LDAP_LOGIN: "true" }) },
    {
        id: "ldap.bind",
        when: "the password at one component",
        given: {
            values: { global: { env: { LDAP_BIND_DN: "cn=reader" } }, app: { extraEnv: { LDAP_BIND_PW: Reference } } },
        },
    },
    {
        id: "ldap.bind",
        when: "a component that is not known yet",
        given: { values: { global: { env: { LDAP_BIND_DN: "cn=reader" } }, app: Unknown } },
    },
];

describe("checks: authentication", () => {
    testCases(authenticationChecks, [...oidcCases, ...ldapCases], ["ldap.drift"]);
});
