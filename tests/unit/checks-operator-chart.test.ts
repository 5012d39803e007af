import { chartChecks } from "../../sdk/checks/themes/operator-chart";
import { Unknown } from "../../sdk/checks/view";
import { type CheckCase, testCases } from "../support/check-cases";
import type { Configuration } from "../support/check-input";

const Repository = "https://charts.wandb.ai";
const Oci = "oci://registry.corp.example/charts/operator-wandb";
const Pinned = { url: Repository, name: "operator-wandb", version: "0.43.8" };

function withController(tag: unknown, url: unknown = Oci): Configuration {
    return { chart: { url, version: "0.43.8" }, operator: { values: { image: { tag } } } };
}

const shapeCases: readonly CheckCase[] = [
    {
        id: "chart.shape",
        when: "a version alone",
        given: { chart: { version: "0.43.8" } },
        finds: [
            "error spec.chart: has neither path nor url, so the operator ignores it. Give `url`, `name` and `version` of a repository, `url` and `version` of an OCI registry, or `path`.",
        ],
    },
    {
        id: "chart.shape",
        when: "a repository without name",
        given: { chart: { url: Repository, version: "0.43.8" } },
        finds: [
            "error spec.chart.name: is missing, so the operator ignores the repository. Give the chart's name, for example operator-wandb.",
        ],
    },
    {
        id: "chart.shape",
        when: "an OCI reference without version",
        given: { chart: { url: Oci } },
        finds: [
            "error spec.chart.version: is missing, and url has no tag, so there is no chart to pull. Give a version such as 0.43.8.",
        ],
    },
    {
        id: "chart.shape",
        when: "version and tag",
        given: { chart: { url: `${Oci}:0.43.8`, version: "0.43.8" } },
        finds: [/^error spec\.chart\.version: is given, but url has a tag or digest already/],
    },
    {
        id: "chart.shape",
        when: "path and url",
        given: { chart: { ...Pinned, path: "/charts/operator-wandb" } },
        finds: ["error spec.chart: has path and url, of which the operator takes path alone. Keep one of the two."],
    },
    {
        id: "chart.shape",
        when: "another scheme",
        given: { chart: { ...Pinned, url: "ftp://user:hush@charts.corp.example" } },
        finds: [
            /^error spec\.chart\.url: is neither an http\(s\):\/\/ nor an oci:\/\/ URL \("ftp:\/\/\*\*\*@charts\.corp\.example" given\)/,
        ],
    },
    {
        id: "chart.shape",
        when: "a version that is a number",
        given: { chart: { ...Pinned, version: 1 } },
        finds: [
            "error spec.chart.version: is not text (1 given), so the operator ignores the whole chart. Give it as text, in quotes.",
        ],
    },
    {
        id: "chart.shape",
        when: "text",
        given: { chart: "operator-wandb" },
        finds: [/^error spec\.chart: is not a map/],
    },
    { id: "chart.shape", when: "a repository", given: { chart: Pinned } },
    { id: "chart.shape", when: "an OCI reference", given: { chart: { url: Oci, version: "0.43.8" } } },
    { id: "chart.shape", when: "an OCI reference with tag", given: { chart: { url: `${Oci}:0.43.8` } } },
    { id: "chart.shape", when: "a path", given: { chart: { path: "/charts/operator-wandb" } } },
    { id: "chart.shape", when: "none", given: {} },
    { id: "chart.shape", when: "an empty map", given: { chart: {} } },
    { id: "chart.shape", when: "a name not known yet", given: { chart: { url: Repository, name: Unknown } } },
    { id: "chart.shape", when: "a path not known yet", given: { chart: { path: Unknown } } },
    {
        id: "chart.oci-controller",
        when: "an older controller",
        given: withController("1.21.3"),
        finds: [
            'error spec.chart.url: is an OCI reference, which needs controller 1.22.0 or newer, but operator.values.image.tag is older ("1.21.3" given). Raise the tag to 1.22.0, or take the chart from an https:// repository.',
        ],
    },
    { id: "chart.oci-controller", when: "the first that can", given: withController("1.22.0") },
    { id: "chart.oci-controller", when: "a repository", given: withController("1.21.3", Repository) },
    { id: "chart.oci-controller", when: "a tag that is no version", given: withController("stable") },
    { id: "chart.oci-controller", when: "no tag", given: withController(undefined) },
];

const chartCases: readonly CheckCase[] = [
    {
        id: "chart.version",
        when: "none",
        given: { chart: { url: Repository, name: "operator-wandb" } },
        finds: [
            "warning spec.chart.version: is missing, so the newest chart is taken at any reconcile. Give a version such as 0.43.8, and raise it on purpose.",
        ],
    },
    {
        id: "chart.version",
        when: "a range",
        given: { chart: { ...Pinned, version: "~0.43.0" } },
        finds: [
            'warning spec.chart.version: is a range ("~0.43.0" given), so the chart may change at any reconcile. Give a version such as 0.43.8, and raise it on purpose.',
        ],
    },
    {
        id: "chart.version",
        when: "latest",
        given: { chart: { ...Pinned, version: "latest" } },
        finds: [/^error spec\.chart\.version: is not a version \("latest" given\)/],
    },
    {
        id: "chart.version",
        when: "latest of a registry",
        given: { chart: { url: Oci, version: "latest" } },
        finds: [/^warning spec\.chart\.version: is not a version/],
    },
    { id: "chart.version", when: "a version", given: { chart: Pinned } },
    { id: "chart.version", when: "a path", given: { chart: { path: "/charts/operator-wandb" } } },
    { id: "chart.version", when: "not known yet", given: { chart: { ...Pinned, version: Unknown } } },
    {
        id: "chart.credentials",
        when: "both",
        given: { chart: { ...Pinned, username: "robot", password: "hush" } },
        finds: [
            "warning spec.chart.password: stands in clear in the custom resource and in the operator's Secrets. Put user name and password into a Secret (keys HELM_USERNAME, HELM_PASSWORD), set spec.chart.credentialSecret.name, and leave both out here.",
        ],
    },
    {
        id: "chart.credentials",
        when: "one of a repository",
        given: { chart: { ...Pinned, username: "robot" } },
        finds: [/^warning spec\.chart\.username: stands in clear/],
    },
    {
        id: "chart.credentials",
        when: "one of a registry",
        given: { chart: { url: Oci, version: "0.43.8", password: "hush" } },
        finds: [
            "error spec.chart.username: is missing, and the operator sends nothing to an OCI registry without both user name and password. Put both into a Secret and set spec.chart.credentialSecret.name.",
        ],
    },
    {
        id: "chart.credentials",
        when: "one of a registry, the other not known yet",
        given: { chart: { url: Oci, version: "0.43.8", username: "robot", password: Unknown } },
        finds: [/^warning spec\.chart\.username: /],
    },
    {
        id: "chart.credentials",
        when: "a Secret",
        given: { chart: { ...Pinned, credentialSecret: { name: "registry" } } },
    },
    { id: "chart.credentials", when: "empty", given: { chart: { ...Pinned, username: "", password: "" } } },
    {
        id: "chart.http",
        when: "http://",
        given: { chart: { ...Pinned, url: "http://charts.corp.example" } },
        finds: [
            'warning spec.chart.url: has no TLS ("http://charts.corp.example" given), and the operator verifies no certificate then. Use https://; the CA of a private repository goes into `customCACerts` of the operator.',
        ],
    },
    { id: "chart.http", when: "https://", given: { chart: Pinned } },
    { id: "chart.http", when: "not used beside a path", given: { chart: { path: "/charts/x", url: "http://charts" } } },
    {
        id: "chart.pin-images",
        when: "a pinned chart alone",
        given: { chart: Pinned, values: {} },
        finds: [
            'warning spec.values.app.image.tag: is not set, so the release channel or the chart\'s default "latest" decides which W&B runs, though the chart is pinned to "0.43.8". Set it, and the tags of the other components, to a release of W&B Server.',
        ],
    },
    { id: "chart.pin-images", when: "a tag", given: { chart: Pinned, values: { app: { image: { tag: "0.79.0" } } } } },
    {
        id: "chart.pin-images",
        when: "a digest",
        given: { chart: Pinned, values: { app: { image: { digest: "sha256:0" } } } },
    },
    { id: "chart.pin-images", when: "no app", given: { chart: Pinned, values: { app: { install: false } } } },
    { id: "chart.pin-images", when: "no version", given: { values: {} } },
    {
        id: "images.same-tag",
        when: "two tags",
        given: { values: { app: { image: { tag: "0.79.0" } }, parquet: { image: { tag: "0.78.0" } } } },
        finds: [
            'warning spec.values.parquet.image.tag: is another tag ("0.78.0" given) than that of app (app "0.79.0" and parquet "0.78.0"), and they are one release. Give app, api, glue, executor and parquet the same tag.',
        ],
    },
    {
        id: "images.same-tag",
        when: "one tag",
        given: { values: { app: { image: { tag: "0.79.0" } }, api: { image: { tag: "0.79.0" } }, glue: {} } },
    },
    {
        id: "images.same-tag",
        when: "a digest wins",
        given: { values: { app: { image: { tag: "0.79.0" } }, api: { image: { tag: "x", digest: "sha256:0" } } } },
    },
    {
        id: "images.same-tag",
        when: "not known yet",
        given: { values: { app: { image: { tag: "0.79.0" } }, api: { image: { tag: Unknown } } } },
    },
];

describe("checks: chart", () => {
    testCases(chartChecks, [...shapeCases, ...chartCases], ["chart.shape", "chart.version"]);
});
