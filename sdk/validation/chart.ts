import type { WandbDeploymentArgs } from "../args";
import type { ChartArgs } from "../args/operator";
import { url } from "./address";
import type { Section } from "./section";
import { dataKey, exactVersion, objectName, versionNumbers } from "./syntax";
import { codes, given } from "./wording";
import { ApplicationChartVersion } from "../versions";

const Sources = ["repository", "oci", "path"] as const;

/** `chart`: what the operator does not understand it ignores without an error, and takes the release channel's chart. */
export function checkChart(args: Section<WandbDeploymentArgs>): void {
    const chart = args.section("chart");
    if (chart === undefined) {
        return;
    }
    const sources = chart.givenOf(...Sources);
    if (sources.length !== 1) {
        const wrong =
            sources.length === 0
                ? "says not where the chart is"
                : `says more than once where the chart is (${codes(sources)})`;
        args.refuse("chart", `${wrong}. Give exactly one of ${codes(Sources, "or")}.`);
    } else {
        checkFields(chart, sources[0]);
    }
    chart.check("repository", repositoryUrl);
    chart.check("oci", ociReference);
    chart.check("version", (version) => exactVersion(version, ApplicationChartVersion));
    chart.check("path", (path) =>
        path.startsWith("/")
            ? undefined
            : `is not an absolute path ${given(path)}. Give the path inside the operator's pod, for example /charts/operator-wandb.`,
    );
    if (chart.has("credentials") && chart.has("credentialsSecret")) {
        chart.refuse("credentials", "is given together with `chart.credentialsSecret`. Keep one of the two.");
    }
    const secret = chart.section("credentialsSecret");
    secret?.check("name", (name) => objectName(name));
    secret?.check("usernameKey", dataKey);
    secret?.check("passwordKey", dataKey);
    checkController(args, chart);
    checkOfflineChart(args, chart);
}

/** What belongs to one kind of source only. */
function checkFields(chart: Section<ChartArgs>, source: (typeof Sources)[number]): void {
    if (source === "path") {
        const unused = chart.givenOf("version", "name", "credentials", "credentialsSecret");
        if (unused.length > 0) {
            chart.refuse(
                "path",
                `is given, so the chart is read from a file, but ${codes(unused)} belong${unused.length === 1 ? "s" : ""} to a repository or registry. Leave out the one or the other.`,
            );
        }
    } else if (!chart.has("version")) {
        chart.refuse(
            "version",
            `is missing: without it the newest chart would be taken at any time. Give a number such as ${ApplicationChartVersion}.`,
        );
    }
    if (source === "oci" && chart.has("name")) {
        chart.refuse(
            "name",
            "belongs to `chart.repository`; an OCI reference ends with the chart's name. Leave it out.",
        );
    }
    if (source !== "oci" && chart.flag("plainHttp") === true) {
        chart.refuse(
            "plainHttp",
            "is true, but works with `chart.oci` only. Leave it out; a repository with http:// needs nothing more.",
        );
    }
}

/** URL of a Helm repository. */
export function repositoryUrl(value: string): string | undefined {
    return value.toLowerCase().startsWith("oci://")
        ? `is an OCI reference ${given(value)}. Use \`oci\` instead of \`repository\`.`
        : url(value, ["https", "http"], "https://charts.example.com");
}

/** Reference of a chart in an OCI registry. */
export function ociReference(value: string): string | undefined {
    const example = "oci://registry.example.com/charts/operator-wandb";
    const wrong = url(value, ["oci"], example);
    if (wrong !== undefined) {
        return wrong;
    }
    const name = value.slice(value.lastIndexOf("/") + 1);
    if (name === "" || value.split("/").length < 4) {
        return `names no chart ${given(value)}. Give one such as ${example}.`;
    }
    return /[:@]/.test(name) ? `has a version or digest ${given(value)}. Leave it out and use \`version\`.` : undefined;
}

/** Controllers 1.x that can do something, by the first minor version. */
export const FirstMinor = { oci: 22, credentials: 20 } as const;

/** Whether the tag of a controller image is known to be older than 1.`minor`. */
export function isOlderController(tag: string, minor: number): boolean {
    const version = versionNumbers(tag);
    return version !== undefined && (version[0] < 1 || (version[0] === 1 && version[1] < minor));
}

/** Whether a chart comes from where the vendor publishes it, on the internet. */
export function isVendorSource(url: string): boolean {
    return /^[a-z]+:\/\/(charts\.wandb\.ai|ghcr\.io)([/:]|$)/i.test(url);
}

function checkController(args: Section<WandbDeploymentArgs>, chart: Section<ChartArgs>): void {
    const image = args.section("operator")?.section("image");
    const tag = image?.has("digest") === true ? undefined : image?.text("tag");
    if (tag === undefined) {
        return;
    }
    if (chart.has("oci") && isOlderController(tag, FirstMinor.oci)) {
        chart.refuse(
            "oci",
            `needs controller 1.22.0 or newer, but \`operator.image.tag\` is older ${given(tag)}. Raise it, or use \`chart.repository\`.`,
        );
    }
    const credentials = chart.givenOf("credentials", "credentialsSecret");
    if (credentials.length > 0 && isOlderController(tag, FirstMinor.credentials)) {
        chart.refuse(
            credentials[0],
            `need controller 1.20.0 or newer, but \`operator.image.tag\` is older ${given(tag)}. Raise it.`,
        );
    }
}

/** `/charts` is where the charts of `operator.offlineCharts` are mounted. */
function checkOfflineChart(args: Section<WandbDeploymentArgs>, chart: Section<ChartArgs>): void {
    const operator = args.section("operator");
    if (operator === undefined || !operator.has("offlineCharts") || operator.pending("offlineCharts")) {
        return;
    }
    const keys = operator.texts("offlineCharts").map(({ key }) => key);
    chart.check("path", (path) => {
        const key = /^\/charts\/([^/]+)$/.exec(path)?.[1];
        return key === undefined || keys.includes(key)
            ? undefined
            : `is not among \`operator.offlineCharts\` ${given(path)}. There is ${keys.length === 0 ? "none" : keys.map((one) => `/charts/${one}`).join(", ")}.`;
    });
}
