import { certificatesChecks } from "../../sdk/checks/themes/certificates";
import { Unknown } from "../../sdk/checks/view";
import { type CheckCase, testCases } from "../support/check-cases";
import type { Configuration } from "../support/check-input";

const Pem = "-----BEGIN CERTIFICATE-----\nMIIBexampleexampleexampleexample\n-----END CERTIFICATE-----\n";
const Key = "-----BEGIN PRIVATE KEY-----\nMIIBexampleexampleexampleexample\n-----END PRIVATE KEY-----\n";

function trusting(customCACerts: unknown): Configuration {
    return { values: { global: { customCACerts } } };
}

const Global = "spec.values.global";
const PrivateCharts = { url: "oci://registry.corp.example/charts/operator-wandb", version: "0.43.8" };

const trustCases: readonly CheckCase[] = [
    {
        id: "ca.list",
        when: "a text",
        given: trusting(Pem),
        finds: [
            `error ${Global}.customCACerts: is not a list, and the chart fails to render anything else. Give a list with the content of one PEM file per member.`,
        ],
    },
    {
        id: "ca.list",
        when: "a path",
        given: trusting([Pem, "/etc/ca.pem"]),
        finds: [
            `error ${Global}.customCACerts[1]: is not PEM: no complete block -----BEGIN CERTIFICATE----- is in it. Give the content of a PEM file with CERTIFICATE blocks, line breaks included.`,
        ],
    },
    {
        id: "ca.list",
        when: "a private key, which is not shown",
        given: trusting([Key]),
        finds: [
            `error ${Global}.customCACerts[0]: holds a block PRIVATE KEY, but must hold CERTIFICATE blocks only. Give the content of a PEM file with CERTIFICATE blocks, line breaks included.`,
        ],
    },
    { id: "ca.list", when: "a number", given: trusting([1]), finds: [/customCACerts\[0\]: is not a text\. /] },
    {
        id: "ca.list",
        when: "at the operator",
        given: { operator: { values: { customCACerts: "x" } } },
        finds: [/^error operator\.values\.customCACerts: is not a list/],
    },
    { id: "ca.list", when: "certificates, two in one member", given: trusting([Pem + Pem, Pem]) },
    { id: "ca.list", when: "an empty list", given: trusting([]) },
    { id: "ca.list", when: "a member that is not known yet", given: trusting([Unknown]) },
    {
        id: "ca.place",
        when: "only the application trusts, charts come from a registry of one's own",
        given: { ...trusting([Pem]), chart: PrivateCharts, operator: { values: {} } },
        finds: [
            'warning operator.values.customCACerts: is empty, while the application has CA certificates of its own and the operator fetches charts from "registry.corp.example". Give the CA to the operator\'s chart too (`customCACerts` or `caCertsConfigMap`), unless that server has a certificate of a public authority.',
        ],
    },
    {
        id: "ca.place",
        when: "only the operator trusts, the store is one's own",
        given: {
            values: { global: { bucket: { provider: "s3", name: "minio.corp.example:9000", path: "wandb?tls=true" } } },
            operator: { values: { caCertsConfigMap: "ca" } },
        },
        finds: [
            `warning ${Global}.customCACerts: is empty, while the operator has CA certificates of its own and \`global.bucket.name\` names a server with TLS. Give the CA to the application too (\`global.customCACerts\` or \`global.caCertsConfigMap\`), unless that server has a certificate of a public authority.`,
        ],
    },
    {
        id: "ca.place",
        when: "only the operator trusts, the directory speaks TLS",
        given: {
            values: { global: { extraEnv: { LDAP_ADDRESS: "ldaps://ldap.corp.example" } } },
            operator: { values: { customCACerts: [Pem] } },
        },
        finds: [/`LDAP_ADDRESS` names a server with TLS/],
    },
    { id: "ca.place", when: "nobody knows the operator", given: { ...trusting([Pem]), chart: PrivateCharts } },
    {
        id: "ca.place",
        when: "both trust",
        given: { ...trusting([Pem]), chart: PrivateCharts, operator: { values: { customCACerts: [Pem] } } },
    },
    {
        id: "ca.place",
        when: "the operator's trust is not known yet",
        given: { ...trusting([Pem]), chart: PrivateCharts, operator: { values: { caCertsConfigMap: Unknown } } },
    },
    {
        id: "ca.place",
        when: "charts come from the vendor",
        given: { ...trusting([Pem]), chart: { url: "https://charts.wandb.ai" }, operator: { values: {} } },
    },
    {
        id: "ca.place",
        when: "charts come from a file",
        given: { ...trusting([Pem]), chart: { ...PrivateCharts, path: "/charts/wandb" }, operator: { values: {} } },
    },
    {
        id: "ca.place",
        when: "charts come without TLS",
        given: { ...trusting([Pem]), chart: { ...PrivateCharts, plainHTTP: true }, operator: { values: {} } },
    },
    {
        id: "ca.place",
        when: "the store is that of a cloud",
        given: {
            values: { global: { bucket: { provider: "s3", name: "acme-wandb" } } },
            operator: { values: { customCACerts: [Pem] } },
        },
    },
    {
        id: "ca.configmap-key",
        when: "one key",
        given: { values: { global: { caCertsConfigMap: "ca" } }, context: { caConfigMapKeys: ["a.crt", "b.pem"] } },
        finds: [
            `error ${Global}.caCertsConfigMap: names a ConfigMap ("ca" given) whose key "b.pem" does not end with .crt: such files are not trusted. Rename the keys of the ConfigMap so that they end with .crt.`,
        ],
    },
    {
        id: "ca.configmap-key",
        when: "two keys",
        given: { values: { global: { caCertsConfigMap: "ca" } }, context: { caConfigMapKeys: ["a", "b.pem"] } },
        finds: [/whose keys "a" and "b\.pem" do not end with \.crt/],
    },
    {
        id: "ca.configmap-key",
        when: "good keys",
        given: { values: { global: { caCertsConfigMap: "ca" } }, context: { caConfigMapKeys: ["a.crt"] } },
    },
    {
        id: "ca.configmap-key",
        when: "nobody knows the keys",
        given: { values: { global: { caCertsConfigMap: "ca" } } },
    },
    {
        id: "ca.configmap-key",
        when: "no ConfigMap",
        given: { values: { global: {} }, context: { caConfigMapKeys: ["a"] } },
    },
];

function account(serviceAccount: unknown, rest?: object): Configuration {
    return { values: { app: { serviceAccount }, ...rest } };
}

const Shared = { name: "wandb", create: true };

const accountCases: readonly CheckCase[] = [
    {
        id: "sa.create-name",
        when: "no name",
        given: account({ create: false }),
        finds: [
            'error spec.values.app.serviceAccount.name: is missing, while `app.serviceAccount.create` is false: the pods run under the account "default". Give `app.serviceAccount.name`, or leave `create` out and let the chart create an account.',
        ],
    },
    { id: "sa.create-name", when: "an empty name", given: account({ create: false, name: "" }), finds: [/is missing/] },
    { id: "sa.create-name", when: "a name", given: account({ create: false, name: "wandb" }) },
    { id: "sa.create-name", when: "the chart creates it", given: account({ create: true }) },
    { id: "sa.create-name", when: "a name that is not known yet", given: account({ create: false, name: Unknown }) },
    {
        id: "sa.create-name",
        when: "a component that is not deployed",
        given: { values: { app: { install: false, serviceAccount: { create: false } } } },
    },
    {
        id: "sa.create-name",
        when: "a component whose account has a name in the chart",
        given: { values: { "lumen-agent": { install: true, serviceAccount: { create: false } } } },
    },
    {
        id: "sa.shared-create",
        when: "both say so",
        given: account(Shared, { parquet: { serviceAccount: Shared } }),
        finds: [
            'error spec.values.parquet.serviceAccount.create: is true, but `app` creates the service account "wandb" already: the second creation fails the release. Set `parquet.serviceAccount.create` to false and keep the name.',
        ],
    },
    {
        id: "sa.shared-create",
        when: "nobody says so: the chart does by default",
        given: account({ name: "wandb" }, { parquet: { serviceAccount: { name: "wandb" } } }),
        finds: [/parquet\.serviceAccount\.create: is true by default, but `app` creates/],
    },
    {
        id: "sa.shared-create",
        when: "an api that is switched on",
        given: {
            values: {
                global: { api: { enabled: true } },
                app: { serviceAccount: Shared },
                api: { serviceAccount: Shared },
            },
        },
        finds: [/app\.serviceAccount\.create: is true, but `api` creates/],
    },
    {
        id: "sa.shared-create",
        when: "one creates, one uses",
        given: account(Shared, { parquet: { serviceAccount: { name: "wandb", create: false } } }),
    },
    {
        id: "sa.shared-create",
        when: "two names",
        given: account(Shared, { parquet: { serviceAccount: { name: "other" } } }),
    },
    {
        id: "sa.shared-create",
        when: "the other is off by default",
        given: account(Shared, { api: { serviceAccount: Shared } }),
    },
    {
        id: "sa.shared-create",
        when: "whether the other creates is not known yet",
        given: account(Shared, { parquet: { serviceAccount: { name: "wandb", create: Unknown } } }),
    },
];

describe("checks: certificates and accounts", () => {
    testCases(certificatesChecks, [...trustCases, ...accountCases]);
});
