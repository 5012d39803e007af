import { FirstMinor, isOlderController } from "../../validation/chart";
import { isVersionRange, versionNumbers } from "../../validation/syntax";
import { given, list, quote } from "../../validation/wording";
import { ApplicationChartVersion, ControllerVersion } from "../../versions";
import type { Check, CheckInput, Fault } from "../check";
import { isDeployed } from "../components";
import { isSet } from "../connections";
import type { View } from "../view";

/** Checks of spec.chart and of the versions beside it. */
export const chartChecks: readonly Check[] = [
    {
        id: "chart.shape",
        level: "error",
        wrong: "`spec.chart` is not exactly one of path; url (oci://) and version or tag; url (http or https) and name",
        why: "What the operator does not understand it ignores without an error, and takes the release channel's chart",
        source: "Operator source, package charts",
        remedy: `Give url, name and version of a repository, url and version of an OCI registry (${ApplicationChartVersion} for example), or path.`,
        find: ({ chart }) => {
            const wrong = wrongChart(chart);
            return wrong === undefined ? [] : [wrong];
        },
    },
    {
        id: "chart.oci-controller",
        level: "error",
        wrong: "`spec.chart.url` is an oci:// reference, and the controller is older than 1.22.0",
        why: "Older controllers do not know OCI references",
        source: "README of the vendor's charts; operator source, package charts",
        remedy: `Raise \`image.tag\` of the operator to ${ControllerVersion}, or take the chart from an https:// repository.`,
        find: ociController,
    },
    {
        id: "chart.version",
        level: "warning",
        wrong: "The chart comes from a repository, and `spec.chart.version` is missing or a range; an error when it is no version at all",
        why: "The newest chart is taken at any reconcile",
        source: "Operator source, package charts",
        remedy: `Set \`spec.chart.version\` to a number, for example ${ApplicationChartVersion}.`,
        find: floatingVersion,
    },
    {
        id: "chart.credentials",
        level: "warning",
        wrong: "User name or password stand in `spec.chart`; an error when an OCI registry has only one of the two",
        why: "They lie in clear in the custom resource and in the operator's Secrets; for an OCI registry the one alone is not sent",
        source: "Operator source, package charts",
        remedy: "Put both into a Secret in the namespace of the custom resource, under HELM_USERNAME and HELM_PASSWORD, and set `spec.chart.credentialSecret.name`.",
        find: credentials,
    },
    {
        id: "chart.http",
        level: "warning",
        wrong: "`spec.chart.url` starts with http://",
        why: "The chart, which runs with the operator's rights, travels without TLS, and verification of certificates is off",
        source: "Operator source, package charts",
        remedy: "Use https://, with the repository's CA in `customCACerts` of the operator when it is private.",
        find: plainHttp,
    },
    {
        id: "chart.pin-images",
        level: "warning",
        wrong: "`spec.chart.version` is set, and `app.image.tag` is not",
        why: "The chart's default tag is `latest`: a pinned chart does not pin W&B",
        source: "Chart operator-wandb 0.43.8, values",
        remedy: "Set `app.image.tag`, and the tags of the other components, to a release of W&B Server.",
        find: unpinnedImages,
    },
    {
        id: "images.same-tag",
        level: "warning",
        wrong: "The image tags of app, api, glue, executor and parquet differ",
        why: "They are one release of W&B Server",
        source: "Vendor's documentation: air-gapped deployments",
        remedy: "Give all of them the same tag.",
        find: mixedTags,
    },
];

/** Where the operator would take the chart from; undefined when that is not known, or nothing it understands. */
export function sourceOf(chart: View): "path" | "oci" | "repository" | undefined {
    const path = chart.at("path");
    if (path.filled) {
        return path.text === undefined ? undefined : "path";
    }
    const url = chart.at("url").text ?? "";
    if (url.startsWith("oci://")) {
        return "oci";
    }
    return /^https?:\/\/./i.test(url) ? "repository" : undefined;
}

/** Why the operator would not take spec.chart for a chart. An empty one is none, and not wrong. */
export function wrongChart(chart: View): Fault | undefined {
    if (chart.empty || chart.unknown) {
        return undefined;
    }
    const { path } = chart;
    if (!chart.isMap) {
        return {
            path,
            message: "is not a map, so the operator ignores it",
            remedy: "Give `url`, `name` and `version`, or `path`.",
        };
    }
    const kind = wrongKind(chart);
    if (kind !== undefined) {
        return kind;
    }
    const [file, url] = [chart.at("path"), chart.at("url")];
    if (isSet(file) && isSet(url)) {
        return {
            path,
            message: "has path and url, of which the operator takes path alone",
            remedy: "Keep one of the two.",
        };
    }
    if (file.filled || url.unknown) {
        return undefined;
    }
    return wrongUrl(chart, url);
}

/** Members that the operator reads as text; one of another kind makes it ignore the whole chart. */
const Texts = ["path", "url", "name", "version"];

function wrongKind(chart: View): Fault | undefined {
    const wrong = Texts.map((key) => chart.at(key)).find(
        (view) => view.given && !view.unknown && view.text === undefined,
    );
    return (
        wrong && {
            path: wrong.path,
            message: `is not text${wrong.scalar === undefined ? "" : ` ${given(wrong.number ?? wrong.scalar)}`}, so the operator ignores the whole chart`,
            remedy: "Give it as text, in quotes.",
        }
    );
}

function wrongUrl(chart: View, url: View): Fault | undefined {
    const { path } = chart;
    switch (sourceOf(chart)) {
        case "oci":
            return wrongReference(chart, url);
        case "repository":
            return chart.at("name").filled
                ? undefined
                : {
                      path: chart.at("name").path,
                      message: "is missing, so the operator ignores the repository",
                      remedy: "Give the chart's name, for example operator-wandb.",
                  };
        default:
            return url.empty
                ? {
                      path,
                      message: "has neither path nor url, so the operator ignores it",
                      remedy: "Give `url`, `name` and `version` of a repository, `url` and `version` of an OCI registry, or `path`.",
                  }
                : {
                      path: url.path,
                      message: `is neither an http(s):// nor an oci:// URL ${given(url.text ?? "")}, and the operator takes charts from nowhere else`,
                      remedy: "Give for example https://charts.wandb.ai (with name and version) or oci://registry.example.com/charts/operator-wandb (with version).",
                  };
    }
}

function wrongReference(chart: View, url: View): Fault | undefined {
    const version = chart.at("version");
    const text = url.text ?? "";
    const tagged = /[:@]/.test(text.slice(text.lastIndexOf("/")));
    if (tagged && isSet(version)) {
        return {
            path: version.path,
            message: `is given, but url has a tag or digest already ${given(text)}`,
            remedy: "Keep one of the two.",
        };
    }
    return tagged || version.filled
        ? undefined
        : {
              path: version.path,
              message: "is missing, and url has no tag, so there is no chart to pull",
              remedy: `Give a version such as ${ApplicationChartVersion}.`,
          };
}

function* ociController({ operator, chart }: CheckInput): Iterable<Fault> {
    const url = chart.at("url");
    const image = operator?.values.at("image");
    const tag = image?.at("tag").scalar;
    if (sourceOf(chart) !== "oci" || image === undefined || tag === undefined || image.at("digest").filled) {
        return;
    }
    if (isOlderController(tag, FirstMinor.oci)) {
        yield {
            path: url.path,
            message: `is an OCI reference, which needs controller 1.${FirstMinor.oci}.0 or newer, but ${image.at("tag").path} is older ${given(tag)}`,
            remedy: `Raise the tag to ${ControllerVersion}, or take the chart from an https:// repository.`,
        };
    }
}

function* floatingVersion({ chart }: CheckInput): Iterable<Fault> {
    const version = chart.at("version");
    const source = sourceOf(chart);
    const remedy = `Give a version such as ${ApplicationChartVersion}, and raise it on purpose.`;
    if (source === "repository" && version.empty) {
        yield { path: version.path, message: "is missing, so the newest chart is taken at any reconcile", remedy };
    }
    const text = version.text ?? "";
    if (text !== "" && (source === "repository" || source === "oci") && versionNumbers(text) === undefined) {
        const range = isVersionRange(text);
        yield {
            path: version.path,
            // A registry takes any text for a tag; a repository finds nothing under it.
            level: range || source === "oci" ? "warning" : "error",
            message: range
                ? `is a range ${given(text)}, so the chart may change at any reconcile`
                : `is not a version ${given(text)}`,
            remedy,
        };
    }
}

function* credentials({ chart }: CheckInput): Iterable<Fault> {
    const user = chart.at("username");
    const password = chart.at("password");
    if (!isSet(user) && !isSet(password)) {
        return;
    }
    const half = user.empty ? user : password.empty ? password : undefined;
    if (half !== undefined && sourceOf(chart) === "oci" && chart.at("credentialSecret").empty) {
        yield {
            path: half.path,
            level: "error",
            message:
                "is missing, and the operator sends nothing to an OCI registry without both user name and password",
            remedy: `Put both into a Secret and set ${chart.at("credentialSecret", "name").path}.`,
        };
        return;
    }
    const shown = isSet(password) ? password : user;
    yield {
        path: shown.path,
        message: "stands in clear in the custom resource and in the operator's Secrets",
        remedy: `Put user name and password into a Secret (keys HELM_USERNAME, HELM_PASSWORD), set ${chart.at("credentialSecret", "name").path}, and leave both out here.`,
    };
}

function* plainHttp({ chart }: CheckInput): Iterable<Fault> {
    const url = chart.at("url");
    if (sourceOf(chart) === "repository" && /^http:/i.test(url.text ?? "")) {
        yield {
            path: url.path,
            message: `has no TLS ${given(url.text ?? "")}, and the operator verifies no certificate then`,
            remedy: "Use https://; the CA of a private repository goes into `customCACerts` of the operator.",
        };
    }
}

function* unpinnedImages({ chart, values }: CheckInput): Iterable<Fault> {
    const image = values.at("app", "image");
    const tag = image.at("tag");
    const version = chart.at("version").text ?? "";
    if (version === "" || !tag.empty || image.at("digest").filled || isDeployed(values, "app") !== true) {
        return;
    }
    yield {
        path: tag.path,
        message: `is not set, so the release channel or the chart's default ${quote("latest")} decides which W&B runs, though the chart is pinned to ${quote(version)}`,
        remedy: "Set it, and the tags of the other components, to a release of W&B Server.",
    };
}

const OneRelease = ["app", "api", "glue", "executor", "parquet"];

function* mixedTags({ values }: CheckInput): Iterable<Fault> {
    const tags = OneRelease.flatMap((name) => {
        const image = values.at(name, "image");
        const view = image.at("tag");
        const tag = view.scalar ?? "";
        return tag === "" || image.at("digest").filled ? [] : [{ name, tag, view }];
    });
    const other = tags.find(({ tag }) => tag !== tags[0].tag);
    if (other !== undefined) {
        yield {
            path: other.view.path,
            message: `is another tag ${given(other.tag)} than that of ${tags[0].name} (${list(tags.map(({ name, tag }) => `${name} ${quote(tag)}`))}), and they are one release`,
            remedy: `Give ${list(OneRelease)} the same tag.`,
        };
    }
}
