import { bad } from "./row";

const archive = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]).toString("base64");
const airgapped = { airgapped: true };
const mirror = { repository: "https://charts.example.com", version: "0.43.8" };
const largeArchive = archive + "AAAA".repeat(350_000);

/** `operator`. */
export const operatorRows = [
    bad(
        "operator.install",
        /is false, .* cannot set `version` and `image`/,
        {
            operator: { install: false, version: "1.4.8", image: { tag: "1.22.0" } },
        },
        undefined,
        ["chart"],
    ),
    bad("operator.version", /not one version \("latest" given\).* such as 1.4.8/, { "operator.version": "latest" }),
    bad("operator.version", /not one version \("\^1.4.0" given\)/, { "operator.version": "^1.4.0" }),
    bad("operator.version", /not one version \("1.x" given\)/, { "operator.version": "1.x" }),
    bad("operator.version", /not a version \("1.4" given\)/, { "operator.version": "1.4" }),
    bad("operator.version", /major version 2 .* another product/, { "operator.version": "2.0.0-beta.3" }),
    bad("operator.namespace", /not a DNS label/, { "operator.namespace": "WandB" }, undefined, ["namespace"]),
    bad(
        "operator.createNamespace",
        /every cluster has namespace "kube-system"/,
        {
            operator: { namespace: "kube-system", createNamespace: true },
        },
        undefined,
        ["namespace"],
    ),
    bad(
        "operator.createNamespace",
        /`createNamespace` makes namespace "wandb" already/,
        {
            operator: { namespace: "wandb", createNamespace: true },
        },
        undefined,
        ["namespace", "createNamespace"],
    ),
    bad("operator.releaseName", /at most 53 characters/, { "operator.releaseName": "o".repeat(54) }),
    bad(
        "operator.releaseName",
        /overwrite its own Helm release/,
        { operator: { namespace: "wandb", releaseName: "wandb" } },
        undefined,
        ["namespace", "name"],
    ),
    bad("operator.nameOverride", /not a DNS label/, { "operator.nameOverride": "wandb." }),
    bad("operator.chart", /says more than once .*\(`oci` and `path`\)/, {
        "operator.chart": { oci: "oci://registry.example.com/charts/operator", path: "charts/operator" },
    }),
    bad("operator.chart.repository", /is an OCI reference/, {
        "operator.chart.repository": "oci://registry.example.com/charts/operator",
    }),
    bad("operator.chart.oci", /only oci:\/\//, {
        "operator.chart.oci": "https://registry.example.com/charts/operator",
    }),
    bad(
        "operator.image.tag",
        /is "latest": the controller would change/,
        { "operator.image.tag": "latest" },
        undefined,
        ["chart"],
    ),
    bad("operator.image.digest", /is not a digest/, { "operator.image.digest": "sha256:abc" }, undefined, ["chart"]),
    bad(
        "operator.image.repository",
        /has a tag/,
        { "operator.image.repository": "wandb/controller:1.22.0" },
        undefined,
        ["chart"],
    ),
    bad(
        "operator.image.pullPolicy",
        /Always, IfNotPresent, Never/,
        { "operator.image.pullPolicy": "always" },
        undefined,
        ["chart"],
    ),
    bad(
        "operator.image.pullSecrets[0]",
        /is an object, but must be text/,
        { "operator.image.pullSecrets": [{ name: "pull" }] },
        undefined,
        ["chart"],
    ),
    bad("chart", /is missing, but `operator.airgapped` is true/, { operator: airgapped }),
    bad("chart.repository", /is on the internet/, {
        operator: airgapped,
        chart: { repository: "https://charts.wandb.ai", version: "0.43.8" },
    }),
    bad("chart.oci", /is on the internet/, {
        operator: airgapped,
        chart: { oci: "oci://ghcr.io/wandb/helm-charts/operator-wandb", version: "0.43.8" },
    }),
    bad("operator.channelUrl", /release channel is never asked/, {
        operator: { ...airgapped, channelUrl: "https://deploy.example.com" },
        chart: mirror,
    }),
    bad("operator.channelUrl", /is not a URL/, { "operator.channelUrl": "deploy.example.com" }),
    bad('operator.offlineCharts["a b"]', /not a valid key/, {
        operator: { ...airgapped, offlineCharts: { "a b": archive } },
        chart: mirror,
    }),
    bad("operator.offlineCharts.wandb", /not base64 of a .tgz/, {
        operator: { ...airgapped, offlineCharts: { wandb: "chart.tgz" } },
        chart: mirror,
    }),
    bad('operator.offlineCharts["wandb.b64"]', /ends in \.b64/, {
        operator: { ...airgapped, offlineCharts: { "wandb.b64": archive } },
        chart: mirror,
    }),
    bad("operator.offlineCharts", /a ConfigMap holds 1048576/, {
        operator: { ...airgapped, offlineCharts: { wandb: largeArchive } },
        chart: mirror,
    }),
    bad(
        "operator.offlineCharts",
        /`operator.airgapped` is not true/,
        { operator: { offlineCharts: { wandb: archive } } },
        undefined,
        ["chart"],
    ),
    bad("chart.path", /not among `operator.offlineCharts` .* There is \/charts\/wandb/, {
        operator: { ...airgapped, offlineCharts: { wandb: archive } },
        chart: { path: "/charts/other" },
    }),
    bad("operator.customCaCerts[0]", /is not PEM/, { "operator.customCaCerts": ["ca.crt"] }),
    bad("operator.namespaceIsolation.enabled", /is missing\. Give true or false/, {
        "operator.namespaceIsolation": {},
    }),
    bad("operator.namespaceIsolation.additionalNamespaces[1]", /is there already/, {
        "operator.namespaceIsolation": { enabled: true, additionalNamespaces: ["a", "a"] },
    }),
    bad("operator.namespaceIsolation.additionalNamespaces", /watches all namespaces/, {
        "operator.namespaceIsolation": { enabled: false, additionalNamespaces: ["a"] },
    }),
    bad("operator.resources.limit", /Did you mean `limits`\?/, { "operator.resources": { limit: { cpu: 1 } } }),
    bad("operator.resources.limits.memory", /not a quantity \("2GB" given\)/, {
        "operator.resources": { limits: { memory: "2GB" } },
    }),
    bad("operator.extraEnv.DEPLOYER_CHANNEL_URL", /set by `operator.channelUrl` too/, {
        operator: {
            channelUrl: "https://deploy.example.com",
            extraEnv: { DEPLOYER_CHANNEL_URL: "https://deploy.example.com" },
        },
    }),
];
