import { bad } from "./row";
import { tlsFixture, validLicense } from "./valid";

const oidc = { clientId: "wandb", issuer: "https://idp.example.com" };
const ldap = { address: "ldap://ldap.example.com", baseDn: "dc=example,dc=com" };
const smtp = { host: "smtp.example.com", username: "mailer@example.com", password: "mail-password" };
const certificate = tlsFixture("test-only-certificate.pem");
const privateKey = tlsFixture("test-only-key.pem");
const other = tlsFixture("test-only-other-certificate.pem");
const onIngress = ["ingress"];

/** Host, license, log-in, mail. */
export const accessRows = [
    bad("host", /ends with a dot/, { host: "wandb.example.com." }, undefined, onIngress),
    bad("host", /is missing\. Give the public host name/, { host: undefined }, undefined, onIngress),
    bad("host", /has the scheme ftp:\/\//, { host: "ftp://wandb.example.com" }, undefined, onIngress),
    bad(
        "host",
        /has a port \("wandb.example.com:8443" given\)/,
        { host: "wandb.example.com:8443" },
        undefined,
        onIngress,
    ),
    bad(
        "host",
        /ends with a slash .* Leave it out: "https:\/\/wandb.example.com"/,
        { host: "https://wandb.example.com/" },
        undefined,
        onIngress,
    ),
    bad("host", /has a path or query/, { host: "https://wandb.example.com/app" }, undefined, onIngress),
    bad("host", /has a path or query/, { host: "wandb.example.com?x=1" }, undefined, onIngress),
    bad("host", /has a user in front/, { host: "https://me:pass@wandb.example.com" }, undefined, onIngress),
    bad("host", /has no host name/, { host: "https://" }, undefined, onIngress),
    bad("host", /is an IP address .* set `ingress.create` to false/, { host: "10.0.0.1" }, undefined, onIngress),
    bad("host", /is localhost/, { host: "localhost" }, undefined, onIngress),
    bad("host", /has a wildcard/, { host: "*.example.com" }, undefined, onIngress),
    bad("host", /upper-case letters/, { host: "WandB.example.com" }, undefined, onIngress),
    bad("host", /a part of 64 characters/, { host: `${"w".repeat(64)}.example.com` }, undefined, onIngress),
    bad("host", /is too long \(254 characters\)/, { host: `${"w.".repeat(125)}last` }, undefined, onIngress),
    bad(
        "host",
        /is not a host name \("wandb_prod.example.com" given\)/,
        { host: "wandb_prod.example.com" },
        undefined,
        onIngress,
    ),
    bad("license", /is missing, .* Give `license`, or `licenseSecret`/, { license: undefined }, undefined, [
        "licenseSecret",
    ]),
    bad("license", /together with `licenseSecret`/, { licenseSecret: { name: "license", key: "license" } }),
    bad("license", /not three dot-separated base64url parts/, { license: "two.parts" }),
    bad("license", /holds no JSON object/, { license: validLicense.replace(/\.[^.]+\./, ".bm90IGpzb24.") }),
    bad("licenseSecret.key", /is missing\. Give the key/, { license: undefined, licenseSecret: { name: "license" } }),
    bad("licenseSecret.name", /not a valid name of a Kubernetes object \("My_Secret" given\)/, {
        license: undefined,
        licenseSecret: { name: "My_Secret", key: "license" },
    }),
    bad("oidc.issuer", /is missing\. Give the https URL/, { oidc: { clientId: "wandb" } }),
    bad("oidc.issuer", /scheme http:\/\/ .* only https:\/\//, { oidc: { ...oidc, issuer: "http://idp.example.com" } }),
    bad("oidc.issuer", /query or fragment/, { oidc: { ...oidc, issuer: "https://idp.example.com?tenant=1" } }),
    bad("oidc.issuer", /is not a URL/, { oidc: { ...oidc, issuer: "idp.example.com" } }),
    bad("oidc.authMethod", /Use one of pkce, implicit\. Use pkce\./, { oidc: { ...oidc, authMethod: "code" } }),
    bad("oidc.clientSecret", /together with `oidc.clientSecretRef`/, {
        oidc: { ...oidc, clientSecret: "x", clientSecretRef: { name: "oidc", key: "secret" } },
    }),
    bad("ldap.address", /not an LDAP address/, { ldap: { ...ldap, address: "ldap.example.com" } }, undefined, [
        "extraEnv",
    ]),
    bad("ldap.address", /no valid port/, { ldap: { ...ldap, address: "ldap://ldap.example.com:70000" } }, undefined, [
        "extraEnv",
    ]),
    bad("ldap.baseDn", /not a distinguished name/, { ldap: { ...ldap, baseDn: "example.com" } }, undefined, [
        "extraEnv",
    ]),
    bad(
        "ldap.bindPassword",
        /is missing, but `ldap.bindDn` is given/,
        { ldap: { ...ldap, bindDn: "cn=reader" } },
        undefined,
        ["extraEnv"],
    ),
    bad("ldap.bindDn", /is missing, but a password is given/, { ldap: { ...ldap, bindPassword: "x" } }, undefined, [
        "extraEnv",
    ]),
    bad(
        "ldap.tls",
        /is false, but `ldap.address` starts with ldaps/,
        {
            ldap: { ...ldap, address: "ldaps://ldap.example.com", tls: false },
        },
        undefined,
        ["extraEnv"],
    ),
    bad("ldap.attributes", /empty part between commas/, { ldap: { ...ldap, attributes: "mail,,cn" } }, undefined, [
        "extraEnv",
    ]),
    bad("smtp.port", /whole number of 1 to 65535 \(70000 given\)/, { smtp: { ...smtp, port: 70000 } }),
    bad("smtp.password", /pastes it into a URL/, { smtp: { ...smtp, password: "a:b" } }),
    bad("smtp.password", /is missing\. Give `smtp.password`, or `smtp.passwordSecret`/, {
        smtp: { ...smtp, password: undefined },
    }),
    bad("smtp.host", /has a port .* `smtp.port`/, { smtp: { ...smtp, host: "smtp.example.com:587" } }),
    bad("smtp.from", /not a mail address/, { smtp: { ...smtp, from: "wandb" } }),
    bad("sessionLengthHours", /whole number of 1 or more \(0 given\)/, { sessionLengthHours: 0 }),
    bad("sessionLengthHours", /\(1.5 given\)/, { sessionLengthHours: 1.5 }),
];

/** Ingress and TLS. */
export const ingressRows = [
    bad(
        "ingress.tls.privateKey",
        /cannot be read as a private key/,
        {
            "ingress.tls": { certificate, privateKey: "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----" },
        },
        "key that is none",
        ["host"],
    ),
    bad(
        "ingress.tls.certificate",
        /no complete block/,
        { "ingress.tls": { certificate: certificate.slice(0, -20), privateKey } },
        "cut certificate",
        ["host"],
    ),
    bad('ingress.labels["a b"]', /not a valid key of a label/, { "ingress.labels": { "a b": "x" } }),
    bad(
        "ingress.tls",
        /is missing: .* Choose one: `ingress.tls.secretName`.*certificate-arn.*`ingress.create`: false/,
        { "ingress.tls": undefined },
        undefined,
        ["host"],
    ),
    bad("ingress.tls", /is missing: /, { ingress: undefined }, undefined, ["host"]),
    bad("ingress.tls", /but not with which certificate/, { "ingress.tls": { enabled: true } }, undefined, ["host"]),
    bad(
        "ingress.tls",
        /asks cert-manager/,
        { ingress: { annotations: { "cert-manager.io/issuer": "ca" } } },
        undefined,
        ["host"],
    ),
    bad("ingress.tls", /says more than once how TLS ends \(`enabled: false` and `secretName`\)/, {
        "ingress.tls.enabled": false,
    }),
    bad("ingress.tls", /`host` says http:\/\//, { host: "http://wandb.example.com" }),
    bad("ingress.issuer", /together with `ingress.tls`/, { "ingress.issuer": { provider: "google" } }),
    bad("ingress.issuer.provider", /is not google \("letsencrypt" given\)/, {
        ingress: { issuer: { provider: "letsencrypt" } },
    }),
    bad(
        "ingress.tls.privateKey",
        /is missing, but `ingress.tls.certificate` is given/,
        { "ingress.tls": { certificate } },
        "certificate without key",
        ["host"],
    ),
    bad(
        "ingress.tls.certificate",
        /looks like|is not PEM: .* not its path/,
        { "ingress.tls": { certificate: "/etc/tls.crt", privateKey } },
        "certificate by path",
        ["host"],
    ),
    bad(
        "ingress.tls.certificate",
        /holds a block PRIVATE KEY/,
        { "ingress.tls": { certificate: privateKey, privateKey } },
        "key as certificate",
        ["host"],
    ),
    bad(
        "ingress.tls.certificate",
        /cannot be read as an X.509/,
        {
            "ingress.tls": { certificate: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", privateKey },
        },
        "certificate that is none",
        ["host"],
    ),
    bad(
        "ingress.tls.privateKey",
        /holds CERTIFICATE instead of a PRIVATE KEY/,
        { "ingress.tls": { certificate, privateKey: certificate } },
        "certificate as key",
        ["host"],
    ),
    bad(
        "ingress.tls.privateKey",
        /encrypted with a passphrase/,
        {
            "ingress.tls": { certificate, privateKey: tlsFixture("test-only-encrypted-key.pem") },
        },
        "encrypted key",
        ["host"],
    ),
    bad(
        "ingress.tls.privateKey",
        /does not belong to the certificate/,
        {
            "ingress.tls": { certificate, privateKey: tlsFixture("test-only-other-key.pem") },
        },
        "key of another certificate",
        ["host"],
    ),
    bad(
        "ingress.tls.privateKey",
        /belongs to a later certificate/,
        {
            "ingress.tls": { certificate: other + certificate, privateKey },
            host: "other.example.net",
        },
        "chain in the wrong order",
    ),
    bad(
        "ingress.tls.certificate",
        /does not cover wandb.example.com: .*DNS:other.example.net/,
        {
            "ingress.tls": { certificate: other, privateKey: tlsFixture("test-only-other-key.pem") },
        },
        "certificate of another host",
        ["host"],
    ),
    bad(
        "ingress.tls.certificate",
        /does not cover wandb.example.com: .*DNS:unrelated.example.net/,
        {
            "ingress.tls": {
                certificate: tlsFixture("test-only-common-name-certificate.pem"),
                privateKey: tlsFixture("test-only-common-name-key.pem"),
            },
        },
        "certificate with the host as common name only",
        ["host"],
    ),
    bad(
        "ingress.tls.certificate",
        /does not cover second.example.com/,
        {
            "ingress.tls": { certificate, privateKey },
            "ingress.additionalHosts": ["a.teams.example.com", "second.example.com"],
        },
        "certificate without an additional host",
        ["host"],
    ),
    bad('ingress.annotations["kubernetes.io/ingress.class"]', /together with `ingress.className`/, {
        "ingress.annotations": { "kubernetes.io/ingress.class": "nginx" },
    }),
    bad('ingress.annotations["a/b/c"]', /not a valid key of a label or annotation/, {
        "ingress.annotations": { "a/b/c": "x" },
    }),
    bad("ingress.labels.team", /not a valid value of a label \("a b" given\)/, { "ingress.labels": { team: "a b" } }),
    bad("ingress.additionalHosts[0]", /has a scheme .* Leave https:\/\/ out/, {
        "ingress.additionalHosts": ["https://a.example.com"],
    }),
    bad("ingress.additionalHosts[0]", /is empty/, { "ingress.additionalHosts": [""] }),
    bad("ingress.additionalHosts[1]", /is there already/, {
        "ingress.additionalHosts": ["a.example.com", "a.example.com"],
    }),
    bad(
        "ingress.additionalHosts[0]",
        /is there already/,
        { "ingress.additionalHosts": ["wandb.example.com"] },
        undefined,
        ["host"],
    ),
    bad("ingress.secondary.name", /is missing\. Give another name/, { "ingress.secondary": { className: "internal" } }),
    bad(
        "ingress.secondary.name",
        /is the name of the first Ingress/,
        { "ingress.secondary": { name: "wandb" } },
        undefined,
        ["name"],
    ),
    bad("ingress.className", /not a valid name of a Kubernetes object/, { "ingress.className": "Nginx Internal" }),
];
