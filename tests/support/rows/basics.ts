import { type Args, fromSecret, pem, row, secret, type ValueRow } from "./row";

const repository = (more: Args["chart"]): Args => ({
    chart: { repository: "https://charts.example", version: "0.43.8", ...more },
});

export const basics: ValueRow[] = [
    row("host", { host: "other.example" }, "values.global.host", "https://other.example"),
    row("host", { host: "http://plain.example" }, "values.global.host", "http://plain.example"),
    row("license", { license: "token" }, "values.global.licenseSecret", { name: "made-license", key: "license" }),
    row("licenseSecret", { licenseSecret: secret }, "values.global.licenseSecret", secret),
    row("size", { size: "xlarge" }, "values.global.size", "xlarge"),
    row("sessionLengthHours", { sessionLengthHours: 24 }, "values.global.auth.sessionLengthHours", 24),
    row("customCaCerts", { customCaCerts: [pem] }, "values.global.customCACerts", [pem]),
    row("caCertsConfigMap", { caCertsConfigMap: "corp-ca" }, "values.global.caCertsConfigMap", "corp-ca"),
    row("extraEnv", { extraEnv: { A: "true" } }, "values.global.extraEnv.A", "true"),
    row("secretEnv", { secretEnv: { A: "x" } }, "values.global.extraEnv.A", {
        valueFrom: { secretKeyRef: { name: "made-env", key: "A" } },
    }),
    row("extraEnvFrom", { extraEnvFrom: { A: { secretKeyRef: secret } } }, "values.global.extraEnv.A", fromSecret),
    row("values", { values: { weave: { priorityClassName: "p" } } }, "values.weave.priorityClassName", "p"),
    row("values", { values: { global: { size: null } } }, "values.global.size", undefined),
    row("images.tag", { images: { tag: "0.79.0" } }, "values.parquet.image.tag", "0.79.0"),
    row(
        "images.repositoryPrefix",
        { images: { repositoryPrefix: "m.example" } },
        "values.global.repositoryPrefix",
        "m.example",
    ),
    row("images.registry", { images: { registry: "m.example" } }, "values.global.imageRegistry", "m.example"),
    row("images.pullSecrets", { images: { pullSecrets: ["pull"] } }, "values.global.imagePullSecrets", ["pull"]),
    row(
        "operator.namespaceIsolation.enabled",
        { operator: { namespaceIsolation: { enabled: true } } },
        "values.console.role.type",
        "Role",
    ),
    row("SecretKeyArgs.name", { licenseSecret: secret }, "values.global.licenseSecret.name", "mine"),
    row("SecretKeyArgs.key", { licenseSecret: secret }, "values.global.licenseSecret.key", "k"),
    row(
        "EnvSourceArgs.secretKeyRef",
        { extraEnvFrom: { A: { secretKeyRef: secret } } },
        "values.global.extraEnv.A",
        fromSecret,
    ),
    row(
        "EnvSourceArgs.configMapKeyRef",
        { extraEnvFrom: { A: { configMapKeyRef: secret } } },
        "values.global.extraEnv.A",
        { valueFrom: { configMapKeyRef: secret } },
    ),
    row("EnvSourceArgs.fieldPath", { extraEnvFrom: { A: { fieldPath: "status.podIP" } } }, "values.global.extraEnv.A", {
        valueFrom: { fieldRef: { fieldPath: "status.podIP" } },
    }),
    row(
        "ConfigMapKeyArgs.name",
        { extraEnvFrom: { A: { configMapKeyRef: secret } } },
        "values.global.extraEnv.A.valueFrom.configMapKeyRef.name",
        "mine",
    ),
    row(
        "ConfigMapKeyArgs.key",
        { extraEnvFrom: { A: { configMapKeyRef: secret } } },
        "values.global.extraEnv.A.valueFrom.configMapKeyRef.key",
        "k",
    ),
];

export const chart: ValueRow[] = [
    row("chart.repository", repository({}), "chart", {
        url: "https://charts.example",
        name: "operator-wandb",
        version: "0.43.8",
    }),
    row("chart.name", repository({ name: "fork" }), "chart.name", "fork"),
    row("chart.version", repository({ version: "0.43.7" }), "chart.version", "0.43.7"),
    row("chart.oci", { chart: { oci: "oci://r.example/c", version: "1" } }, "chart", {
        url: "oci://r.example/c",
        version: "1",
    }),
    row(
        "chart.plainHttp",
        { chart: { oci: "oci://r.example/c", version: "1", plainHttp: true } },
        "chart.plainHTTP",
        true,
    ),
    row("chart.path", { chart: { path: "/charts/c" } }, "chart", { path: "/charts/c" }),
    row(
        "chart.credentials.username",
        repository({ credentials: { username: "u", password: "p" } }),
        "chart.credentialSecret",
        {
            name: "made-chart",
            usernameKey: "HELM_USERNAME",
            passwordKey: "HELM_PASSWORD",
        },
    ),
    row(
        "chart.credentials.password",
        repository({ credentials: { username: "u", password: "p" } }),
        "chart.credentialSecret.passwordKey",
        "HELM_PASSWORD",
    ),
    row(
        "chart.credentialsSecret.name",
        repository({ credentialsSecret: { name: "s" } }),
        "chart.credentialSecret.name",
        "s",
    ),
    row(
        "chart.credentialsSecret.usernameKey",
        repository({ credentialsSecret: { name: "s", usernameKey: "U" } }),
        "chart.credentialSecret.usernameKey",
        "U",
    ),
    row(
        "chart.credentialsSecret.passwordKey",
        repository({ credentialsSecret: { name: "s", passwordKey: "P" } }),
        "chart.credentialSecret.passwordKey",
        "P",
    ),
];
