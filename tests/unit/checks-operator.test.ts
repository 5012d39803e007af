import { operatorChecks } from "../../sdk/checks/themes/operator";
import { chartChecks } from "../../sdk/checks/themes/operator-chart";
import { Unknown } from "../../sdk/checks/view";
import { type CheckCase, testCases } from "../support/check-cases";
import type { Configuration } from "../support/check-input";

const Repository = "https://charts.wandb.ai";

function version(given: unknown, source: unknown = Repository): Configuration {
    return { operator: { version: given, source } };
}

function image(given: unknown): Configuration {
    return { operator: { values: { image: given } } };
}

function confined(values: unknown, more?: unknown, namespace: unknown = "operators"): Configuration {
    const namespaceIsolation = { enabled: true, additionalNamespaces: more };
    return { operator: { namespace, values: { namespaceIsolation } }, values };
}

function airgapped(values: unknown, chart?: unknown): Configuration {
    return { operator: { values: { airgapped: true } }, values, chart };
}

const Small = { console: { role: { type: "Role" } }, otel: { install: false }, prometheus: { install: false } };
const MirrorImages = { repositoryPrefix: "registry.corp.example", imageRegistry: "registry.corp.example" };

const releaseCases: readonly CheckCase[] = [
    {
        id: "operator.version",
        when: "no version",
        given: version(undefined),
        finds: [
            "error operator.version: is missing, so the newest chart is installed. Give one version such as 1.4.8.",
        ],
    },
    { id: "operator.version", when: "empty", given: version(""), finds: [/^error operator\.version: is missing/] },
    {
        id: "operator.version",
        when: "the vendor's alias",
        given: version(undefined, "wandb/operator"),
        finds: [/missing/],
    },
    {
        id: "operator.version",
        when: "latest",
        given: version("latest"),
        finds: [
            'error operator.version: is not a version ("latest" given). Give one version such as 1.4.8, and raise it on purpose.',
        ],
    },
    {
        id: "operator.version",
        when: "a range",
        given: version("^1.4.0"),
        finds: [
            'warning operator.version: is a range of versions ("^1.4.0" given). Give one version such as 1.4.8, and raise it on purpose.',
        ],
    },
    { id: "operator.version", when: "two numbers", given: version("1.4"), finds: [/^warning .* is a range/] },
    {
        id: "operator.version",
        when: "2.x from the repository of 1.x",
        given: version("2.0.0-beta.3"),
        finds: [
            'error operator.version: is of major version 2 ("2.0.0-beta.3" given), which is another product and not published there. Give a version 1.x such as 1.4.8, from https://charts.wandb.ai.',
        ],
    },
    {
        id: "operator.version",
        when: "2.x from its own registry",
        given: version("2.0.0", "oci://us-docker.pkg.dev/wandb-production/public/wandb/charts/operator"),
        finds: [
            'warning operator.version: is of major version 2 ("2.0.0" given), which knows this custom resource only to convert it. Give a version 1.x such as 1.4.8, from https://charts.wandb.ai.',
        ],
    },
    { id: "operator.version", when: "one version", given: version("1.4.8") },
    { id: "operator.version", when: "not known yet", given: version(Unknown) },
    { id: "operator.version", when: "the source is not known yet", given: version(undefined, Unknown) },
    { id: "operator.version", when: "a chart in a file", given: version(undefined, "./charts/operator-1.4.8.tgz") },
    { id: "operator.version", when: "a chart in a folder", given: version(undefined, "./charts/operator") },
    {
        id: "operator.version",
        when: "a tag",
        given: version(undefined, "oci://registry.corp.example:5000/operator:1.4.8"),
    },
    {
        id: "operator.version",
        when: "an OCI reference with a port and no tag",
        given: version(undefined, "oci://registry.corp.example:5000/operator"),
        finds: [/missing/],
    },
    { id: "operator.version", when: "an operator that nobody knows", given: {} },
    {
        id: "operator.image-tag",
        when: "latest",
        given: image({ tag: "latest" }),
        finds: [
            'warning operator.values.image.tag: is "latest", so the controller changes at a restart of its pod. Set it to a version such as 1.22.0, or set operator.values.image.digest.',
        ],
    },
    {
        id: "operator.image-tag",
        when: "no tag",
        given: { operator: { values: {} } },
        finds: [/^warning operator\.values\.image\.tag: is not set and defaults to "latest"/],
    },
    { id: "operator.image-tag", when: "a version", given: image({ tag: "1.22.0" }) },
    { id: "operator.image-tag", when: "a digest", given: image({ tag: "latest", digest: "sha256:00" }) },
    { id: "operator.image-tag", when: "not known yet", given: image({ tag: Unknown }) },
    {
        id: "operator.isolation-ns",
        when: "another namespace",
        given: confined({}, ["team-a"]),
        finds: [
            'error operator.values.namespaceIsolation.additionalNamespaces: does not name the namespace of the custom resource, "wandb", and the operator is confined to "operators" and what this list names. Add "wandb" to the list, or set `namespaceIsolation.enabled` to false.',
        ],
    },
    { id: "operator.isolation-ns", when: "no list", given: confined({}), finds: [/Add "wandb" to the list/] },
    { id: "operator.isolation-ns", when: "the listed namespace", given: confined({}, ["team-a", "wandb"]) },
    { id: "operator.isolation-ns", when: "the operator's own namespace", given: confined({}, [], "wandb") },
    { id: "operator.isolation-ns", when: "an entry not known yet", given: confined({}, ["team-a", Unknown]) },
    { id: "operator.isolation-ns", when: "a namespace not known yet", given: confined({}, [], Unknown) },
    {
        id: "operator.isolation-ns",
        when: "no isolation",
        given: { operator: { namespace: "operators", values: { namespaceIsolation: { enabled: false } } } },
    },
    {
        id: "operator.isolation-cluster",
        when: "the chart's defaults",
        given: confined({}),
        finds: [
            "warning spec.values.console.role.type: is not set, so the console gets a ClusterRole, which an operator confined to namespaces may not create. Set it to Role.",
            "warning spec.values.otel.install: is not set and defaults to true, and otel needs a ClusterRole, which an operator confined to namespaces may not create. Set it to false.",
            /^warning spec\.values\.prometheus\.install: /,
            "warning spec.values.app.internalJWTMap: is not set, so the chart's list needs a ClusterRoleBinding, which an operator confined to namespaces may not create. Set it to [].",
        ],
    },
    {
        id: "operator.isolation-cluster",
        when: "another role",
        given: confined({ ...Small, console: { role: { type: "ClusterRole" } }, app: { internalJWTMap: [] } }),
        finds: [/console\.role\.type: gives the console a ClusterRole/],
    },
    {
        id: "operator.isolation-cluster",
        when: "a list",
        given: confined({ ...Small, app: { internalJWTMap: [{ subject: "a", issuer: "b" }] } }),
        finds: [/app\.internalJWTMap: is not empty/],
    },
    { id: "operator.isolation-cluster", when: "all off", given: confined({ ...Small, app: { internalJWTMap: [] } }) },
    {
        id: "operator.isolation-cluster",
        when: "no console, no app",
        given: confined({ ...Small, console: { install: false }, app: { install: false } }),
    },
    {
        id: "operator.isolation-cluster",
        when: "not known yet",
        given: confined({ ...Small, console: { role: { type: Unknown } }, app: Unknown }),
    },
    { id: "operator.isolation-cluster", when: "no isolation", given: { operator: { values: {} }, values: {} } },
];

const airgapCases: readonly CheckCase[] = [
    {
        id: "airgap.chart",
        when: "no chart",
        given: airgapped({}),
        finds: [
            "error spec.chart: is missing, but the operator is air-gapped and asks no release channel for one. Give `url`, `name` and `version` of a repository inside your network, `url` and `version` of an OCI registry, or `path`.",
        ],
    },
    {
        id: "airgap.chart",
        when: "a chart that is none",
        given: airgapped({}, { version: "0.43.8" }),
        finds: [/^error spec\.chart: names no chart that the operator understands/],
    },
    { id: "airgap.chart", when: "a path", given: airgapped({}, { path: "/charts/operator-wandb" }) },
    { id: "airgap.chart", when: "not known yet", given: airgapped({}, Unknown) },
    { id: "airgap.chart", when: "not air-gapped", given: { operator: { values: { airgapped: false } } } },
    { id: "airgap.chart", when: "an operator that nobody knows", given: {} },
    {
        id: "airgap.repo-public",
        when: "the vendor's repository",
        given: airgapped({}, { url: Repository, name: "operator-wandb" }),
        finds: [
            'warning spec.chart.url: is on the internet ("https://charts.wandb.ai" given), but the operator is air-gapped. Give a mirror inside your network.',
        ],
    },
    {
        id: "airgap.repo-public",
        when: "the vendor's registry",
        given: airgapped({}, { url: "oci://ghcr.io/wandb/helm-charts/operator-wandb" }),
        finds: [/oci:\/\/ghcr\.io/],
    },
    {
        id: "airgap.repo-public",
        when: "a mirror with a similar name",
        given: airgapped({}, { url: "https://charts.wandb.ai.corp.example", name: "operator-wandb" }),
    },
    { id: "airgap.repo-public", when: "not air-gapped", given: { operator: {}, chart: { url: Repository } } },
    {
        id: "airgap.images",
        when: "the chart's defaults",
        given: airgapped({}),
        finds: [
            "warning spec.values.global.repositoryPrefix: is empty and so is `image.repository` of `app`, `console`, `parquet`, `weave`, `appRenamePreHook`, `appRenamePostHook` and `otel.daemonset`, whose images come from public registries. Set it to the registry that mirrors W&B's images, or set `image.repository` of each.",
            "warning spec.values.global.imageRegistry: is empty, and the images of the bundled `redis` come from a public registry. Set it to the registry that mirrors them, or do not install them.",
        ],
    },
    {
        id: "airgap.images",
        when: "a bundled chart without registry",
        given: airgapped({ global: { repositoryPrefix: "registry.corp.example" }, bufstream: { install: true } }),
        finds: [/imageRegistry: is empty, and the images of the bundled `redis` and `etcd` /],
    },
    {
        id: "airgap.images",
        when: "one image forgotten",
        given: airgapped({
            ...Object.fromEntries(
                ["app", "console", "parquet", "weave", "appRenamePreHook", "appRenamePostHook"].map((name) => [
                    name,
                    { image: { repository: `registry.corp.example/${name}` } },
                ]),
            ),
            redis: { install: false },
            otel: { install: false },
            executor: { install: true },
        }),
        finds: [/repositoryPrefix: is empty and so is `image\.repository` of `executor`, /],
    },
    { id: "airgap.images", when: "both mirrors", given: airgapped({ global: MirrorImages }) },
    {
        id: "airgap.images",
        when: "external Redis",
        given: airgapped({ global: { repositoryPrefix: "registry.corp.example" }, redis: { install: false } }),
    },
    { id: "airgap.images", when: "not known yet", given: airgapped({ global: Unknown }) },
    { id: "airgap.images", when: "not air-gapped", given: { operator: { values: {} }, values: {} } },
    {
        id: "airgap.smtp",
        when: "no mail server",
        given: airgapped({ global: { email: { smtp: { host: "" } } } }),
        finds: [
            "warning spec.values.global.email.smtp.host: is empty, so mail goes through api.wandb.ai, which an air-gapped deployment does not reach. Give a mail server inside your network.",
        ],
    },
    { id: "airgap.smtp", when: "a server", given: airgapped({ global: { email: { smtp: { host: "smtp.corp" } } } }) },
    {
        id: "airgap.smtp",
        when: "a server from a Secret",
        given: airgapped({ global: { email: { smtp: { host: { valueFrom: { secretKeyRef: {} } } } } } }),
    },
    {
        id: "airgap.smtp",
        when: "the variable itself",
        given: airgapped({ global: { extraEnv: { GORILLA_EMAIL_SINK: "smtp://smtp.corp:25" } } }),
    },
    { id: "airgap.smtp", when: "not air-gapped", given: { operator: { values: {} }, values: {} } },
];

describe("checks: operator", () => {
    const checks = operatorChecks.filter((check) => !chartChecks.includes(check));
    testCases(checks, [...releaseCases, ...airgapCases], ["operator.version"]);
});
