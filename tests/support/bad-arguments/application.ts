import { bad } from "./row";

const version = "0.43.8";
const oci = "oci://registry.example.com/charts/operator-wandb";
const repository = "https://charts.example.com";
const app = { name: "wandb-app", components: ["app"] };

/** `chart`. */
export const chartRows = [
    bad("chart.oci", /names no chart/, { chart: { oci: "oci://registry.example.com", version } }, undefined, [
        "operator",
    ]),
    bad("chart", /says not where the chart is/, { chart: { version } }, undefined, ["operator"]),
    bad(
        "chart",
        /says more than once .*\(`repository` and `oci`\)/,
        { chart: { repository, oci, version } },
        undefined,
        ["operator"],
    ),
    bad("chart.version", /is missing: .* such as 0.43.8/, { chart: { repository } }, undefined, ["operator"]),
    bad("chart.version", /not one version/, { chart: { oci, version: "latest" } }, undefined, ["operator"]),
    bad("chart.oci", /has a version or digest/, { chart: { oci: `${oci}:0.43.8`, version } }, undefined, ["operator"]),
    bad(
        "chart.oci",
        /only oci:\/\//,
        { chart: { oci: "https://registry.example.com/charts/wandb", version } },
        undefined,
        ["operator"],
    ),
    bad("chart.oci", /needs controller 1.22.0 or newer, .*\("1.21.3" given\)/, {
        chart: { oci, version },
        operator: { image: { tag: "1.21.3" } },
    }),
    bad("chart.credentials", /need controller 1.20.0 or newer/, {
        chart: { repository, version, credentials: { username: "u", password: "p" } },
        operator: { image: { tag: "1.19.0" } },
    }),
    bad("chart.repository", /is an OCI reference/, { chart: { repository: oci, version } }, undefined, ["operator"]),
    bad(
        "chart.repository",
        /user name or password inside the URL/,
        { chart: { repository: "https://u:p@charts.example.com", version } },
        undefined,
        ["operator"],
    ),
    bad("chart.path", /not an absolute path/, { chart: { path: "charts/wandb" } }, undefined, ["operator"]),
    bad("chart.path", /`version` belongs to a repository/, { chart: { path: "/charts/wandb", version } }, undefined, [
        "operator",
    ]),
    bad("chart.name", /belongs to `chart.repository`/, { chart: { oci, version, name: "operator-wandb" } }, undefined, [
        "operator",
    ]),
    bad(
        "chart.plainHttp",
        /works with `chart.oci` only/,
        { chart: { repository, version, plainHttp: true } },
        undefined,
        ["operator"],
    ),
    bad(
        "chart.credentials",
        /together with `chart.credentialsSecret`/,
        {
            chart: {
                repository,
                version,
                credentials: { username: "u", password: "p" },
                credentialsSecret: { name: "registry" },
            },
        },
        undefined,
        ["operator"],
    ),
    bad(
        "chart.credentials.password",
        /is missing\. Give the password/,
        { chart: { repository, version, credentials: { username: "u" } } },
        undefined,
        ["operator"],
    ),
];

/** Sizes, images, accounts, components. */
export const applicationRows = [
    bad('components.app.podAnnotations["a/b/c"]', /not a valid key/, {
        "components.app.podAnnotations": { "a/b/c": "x" },
    }),
    bad("components.app.imageRepository", /has a scheme/, {
        "components.app.imageRepository": "https://registry.example.com/wandb",
    }),
    bad("components.app.imageRepository", /not an image repository/, {
        "components.app.imageRepository": "wandb//local",
    }),
    bad("components.app.resources.cpu", /not a part of resources\. Known: `requests`/, {
        "components.app.resources": { cpu: 1 },
    }),
    bad("components.app.resources.limits", /not an object of quantities/, {
        "components.app.resources": { limits: "2Gi" },
    }),
    bad("size", /\("huge" given\)\. Use one of small, medium, large, xlarge, xxlarge/, { size: "huge" }),
    bad("size", /Did you mean medium\?/, { size: "meduim" }),
    bad("images.tag", /not an image tag/, { "images.tag": "a tag" }),
    bad("images.repositoryPrefix", /without a slash at the end/, {
        "images.repositoryPrefix": "registry.example.com/",
    }),
    bad("images.registry", /has a scheme/, { "images.registry": "https://registry.example.com" }),
    bad("images.pullSecrets", /is text, but must be a list\. Put it in brackets/, { "images.pullSecrets": "pull" }),
    bad("customCaCerts", /is text, but must be a list/, { customCaCerts: "-----BEGIN CERTIFICATE-----" }),
    bad("customCaCerts[0]", /is not PEM/, { customCaCerts: ["ca.crt"] }),
    bad("customCaCerts[0]", /not base64 of a certificate/, {
        customCaCerts: ["-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n"],
    }),
    bad("caCertsConfigMap", /not a valid name of a Kubernetes object/, { caCertsConfigMap: "Corporate CA" }),
    bad("serviceAccounts[0].components[0]", /not a component .* Did you mean `parquet`\?/, {
        serviceAccounts: [{ name: "wandb-app", components: ["parqet"] }],
    }),
    bad("serviceAccounts[1].components[0]", /has an account already, by `serviceAccounts\[0\].components\[0\]`/, {
        serviceAccounts: [app, { name: "other", components: ["app"] }],
    }),
    bad("serviceAccounts[1].name", /is the account of `serviceAccounts\[0\]` already/, {
        serviceAccounts: [app, { name: "wandb-app", components: ["parquet"] }],
    }),
    bad("serviceAccounts[0].name", /is missing\. Give the name/, { serviceAccounts: [{ components: ["app"] }] }),
    bad("serviceAccounts[0].components", /is empty/, { serviceAccounts: [{ name: "wandb-app", components: [] }] }),
    bad("components.wave", /not a component .* Did you mean `weave`\?/, { "components.wave": {} }),
    bad("components.app.replicas", /whole number of 0 or more \(-1 given\)/, { "components.app.replicas": -1 }),
    bad("components.app.size", /Use one of small/, { "components.app.size": "tiny" }),
    bad("components.app.imageTag", /not an image tag/, { "components.app.imageTag": "a:b" }),
    bad("components.app.imageRepository", /has a digest/, { "components.app.imageRepository": "wandb/local@sha256:1" }),
    bad("components.app.podLabels.team", /not a valid value of a label/, {
        "components.app.podLabels": { team: "a b" },
    }),
    bad("components.app.resources.requests.cpu", /not a quantity \(null given\)/, {
        "components.app.resources": { requests: { cpu: null } },
    }),
    bad(
        "components.weave-trace.install",
        /no ClickHouse for its traces/,
        { "components.weave-trace.install": true },
        undefined,
        ["values"],
    ),
];

/** Environment variables. */
export const environmentRows = [
    bad("extraEnv.REPLICAS", /is a number \(3 given\), but must be text\. Quote it: "3"/, {
        extraEnv: { REPLICAS: 3 },
    }),
    bad('extraEnv["MY.NAME"]', /not a valid name of an environment variable/, { extraEnv: { "MY.NAME": "x" } }),
    bad("secretEnv.SECRET", /is true or false, but must be text\. Quote it\./, { secretEnv: { SECRET: true } }),
    bad("secretEnv.FIRST", /given at `extraEnv.FIRST` already/, {
        extraEnv: { FIRST: "x" },
        secretEnv: { FIRST: "y" },
    }),
    bad("extraEnvFrom.SECOND", /given at `secretEnv.SECOND` already/, {
        secretEnv: { SECOND: "x" },
        extraEnvFrom: { SECOND: { fieldPath: "status.podIP" } },
    }),
    bad("extraEnvFrom.THIRD", /names no source\. Give exactly one of/, { extraEnvFrom: { THIRD: {} } }),
    bad("extraEnvFrom.FOURTH", /more than one source \(`secretKeyRef` and `fieldPath`\)/, {
        extraEnvFrom: { FOURTH: { secretKeyRef: { name: "a", key: "b" }, fieldPath: "status.podIP" } },
    }),
    bad("extraEnvFrom.FIFTH.fieldPath", /not a field of a pod/, {
        extraEnvFrom: { FIFTH: { fieldPath: "spec.podIP" } },
    }),
    bad(
        "extraEnv.LDAP_ADDRESS",
        /is set by `ldap` too/,
        {
            ldap: { address: "ldap://ldap.example.com", baseDn: "dc=example,dc=com" },
            extraEnv: { LDAP_ADDRESS: "ldap://other.example.com" },
        },
        undefined,
        ["secretEnv", "extraEnvFrom"],
    ),
    bad("secretEnv.BUCKET", /not s3:\/\/KEY:SECRET@HOST\/BUCKET/, {
        secretEnv: { BUCKET: "s3://minio.example.com/wandb" },
    }),
    bad('components.app.env["1ST"]', /not a valid name of an environment variable/, {
        "components.app.env": { "1ST": "x" },
    }),
    bad("components.app.envFrom.TOKEN", /given at `components.app.env.TOKEN` already/, {
        "components.app": { env: { TOKEN: "x" }, envFrom: { TOKEN: { fieldPath: "status.podIP" } } },
    }),
    bad('checks.silence["ingress.nginx-bodi"]', /is not a check.*Did you mean `ingress\.nginx-body`\?/, {
        checks: { silence: { "ingress.nginx-bodi": "No uploads here." } },
    }),
    bad("checks.silence.nonsense", /is not a check \("nonsense" given\)\. docs\/checks\.md lists/, {
        checks: { silence: { nonsense: "A reason." } },
    }),
    bad('checks.silence["host.https"]', /is empty/, { checks: { silence: { "host.https": "" } } }),
    bad("checks.reference.values", /is missing/, { checks: { reference: { version: "0.50.0" } } }),
    bad("checks.reference.values", /row 1 \(global\.host\) has no known type/, {
        checks: { reference: { version: "0.50.0", values: [{ path: "global.host" }] } },
    }),
    bad("components.internalSignerPreHook.install", /runs with `global\.localService\.bypass`/, {
        "components.internalSignerPreHook": { install: true },
    }),
];
