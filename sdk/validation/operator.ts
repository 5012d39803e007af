import type { WandbDeploymentArgs } from "../args";
import type { OperatorArgs, OperatorImageArgs } from "../args/operator";
import { InstanceDefaults, OperatorDefaults } from "../naming";
import { OperatorChartVersion } from "../versions";
import { url } from "./address";
import { isVendorSource, ociReference, repositoryUrl } from "./chart";
import { checkVariables } from "./environment";
import { imageRepository, imageTag } from "./images";
import { LongestReleaseName, checkCreateNamespace } from "./names";
import { checkOfflineCharts } from "./offline-charts";
import { certificates } from "./pem";
import { checkResources } from "./resources";
import type { Section } from "./section";
import { dnsLabel, exactVersion, objectName, versionNumbers } from "./syntax";
import { codes, given, quote } from "./wording";

/** `operator`, and what it demands of the rest. */
export function checkOperator(args: Section<WandbDeploymentArgs>): void {
    const operator = args.section("operator");
    if (operator === undefined) {
        return;
    }
    checkInstall(operator);
    checkOperatorNames(args, operator);
    checkSource(operator);
    checkImage(operator.section("image"));
    checkAirgap(args, operator);
    checkOfflineCharts(operator);
    checkIsolation(operator);
    for (const entry of operator.texts("customCaCerts")) {
        operator.checkEntry(entry, certificates);
    }
    operator.check("caCertsConfigMap", (name) => objectName(name));
    checkResources(operator, "resources");
    checkVariables(operator, operator.texts("extraEnv"));
    const channel = operator.texts("extraEnv").find(({ key }) => key === "DEPLOYER_CHANNEL_URL");
    if (channel !== undefined && operator.has("channelUrl")) {
        operator.report(channel.path, "is set by `operator.channelUrl` too. Keep one of the two.");
    }
}

/** What still matters when the operator is there already. */
const ForExisting = new Set(["install", "namespace", "airgapped", "nameOverride"]);

function checkInstall(operator: Section<OperatorArgs>): void {
    const excluded = operator.givenKeys().filter((key) => !ForExisting.has(key));
    if (operator.flag("install") === false && excluded.length > 0) {
        operator.refuse(
            "install",
            `is false, so the operator is there already and this component cannot set ${codes(excluded)}. Leave out the one or the other.`,
        );
    }
}

function checkOperatorNames(args: Section<WandbDeploymentArgs>, operator: Section<OperatorArgs>): void {
    operator.check("namespace", (namespace) => dnsLabel(namespace));
    operator.check("nameOverride", (name) => dnsLabel(name));
    operator.check("releaseName", (name) => objectName(name, LongestReleaseName));
    const own = operator.has("namespace") ? operator.text("namespace") : OperatorDefaults.namespace;
    const deployments = args.has("namespace") ? args.text("namespace") : InstanceDefaults.namespace;
    checkCreateNamespace(operator, own);
    if (own === undefined || own !== deployments) {
        return;
    }
    if (operator.flag("createNamespace") === true && args.flag("createNamespace") !== false) {
        operator.refuse(
            "createNamespace",
            `is true, but \`createNamespace\` makes namespace ${quote(own)} already. Leave it out.`,
        );
    }
    const release = operator.has("releaseName") ? operator.text("releaseName") : OperatorDefaults.releaseName;
    const resource = args.has("name") ? args.text("name") : InstanceDefaults.name;
    if (release !== undefined && release === resource && operator.flag("install") !== false) {
        operator.refuse(
            "releaseName",
            `is the name of the custom resource too ${given(release)}, in the same namespace: the operator would overwrite its own Helm release. Give another one, for example operator.`,
        );
    }
}

function checkSource(operator: Section<OperatorArgs>): void {
    const chart = operator.section("chart");
    if (chart !== undefined) {
        const sources = chart.givenOf("repository", "oci", "path");
        if (sources.length > 1) {
            operator.refuse("chart", `says more than once where the chart is (${codes(sources)}). Keep one.`);
        }
        chart.check("repository", repositoryUrl);
        chart.check("oci", ociReference);
    }
    operator.check("version", (version) => exactVersion(version, OperatorChartVersion) ?? wrongMajor(version));
    operator.check("channelUrl", (value) => url(value, ["https", "http"], "https://deploy.example.com"));
}

function wrongMajor(version: string): string | undefined {
    const major = versionNumbers(version)?.[0];
    return major === 1
        ? undefined
        : `has the major version ${String(major)} ${given(version)}, which is another product with another custom resource. Give 1.x, for example ${OperatorChartVersion}.`;
}

const PullPolicies = ["Always", "IfNotPresent", "Never"];

function checkImage(image: Section<OperatorImageArgs> | undefined): void {
    if (image === undefined) {
        return;
    }
    image.check("repository", imageRepository);
    image.check("tag", (tag) =>
        tag === "latest" && !image.has("digest")
            ? `is ${quote(tag)}: the controller would change under a pinned chart. Give a number, or \`operator.image.digest\` as well.`
            : imageTag(tag),
    );
    image.check("digest", (digest) =>
        /^sha256:[0-9a-f]{64}$/.test(digest)
            ? undefined
            : `is not a digest ${given(digest)}. Give sha256: and 64 hexadecimal digits.`,
    );
    image.check("pullPolicy", (policy) =>
        PullPolicies.includes(policy)
            ? undefined
            : `is not a pull policy ${given(policy)}. Use one of ${PullPolicies.join(", ")}.`,
    );
    for (const entry of image.texts("pullSecrets")) {
        image.checkEntry(entry, (name) => objectName(name));
    }
}

function checkAirgap(args: Section<WandbDeploymentArgs>, operator: Section<OperatorArgs>): void {
    if (operator.flag("airgapped") !== true) {
        return;
    }
    if (!args.has("chart")) {
        args.refuse(
            "chart",
            "is missing, but `operator.airgapped` is true: the release channel is never asked, so nothing says which chart to install. Give `chart` with `repository`, `oci` or `path`.",
        );
    }
    const chart = args.section("chart");
    for (const key of ["repository", "oci"] as const) {
        chart?.check(key, (value) =>
            isVendorSource(value)
                ? `is on the internet ${given(value)}, but \`operator.airgapped\` is true. Give a mirror, or put the chart into \`operator.offlineCharts\`.`
                : undefined,
        );
    }
    if (operator.has("channelUrl")) {
        operator.refuse(
            "channelUrl",
            "is given, but `operator.airgapped` is true: the release channel is never asked. Leave out the one or the other.",
        );
    }
}

function checkIsolation(operator: Section<OperatorArgs>): void {
    const isolation = operator.section("namespaceIsolation");
    if (isolation === undefined) {
        return;
    }
    const seen = new Set<string>();
    const namespaces = isolation.texts("additionalNamespaces");
    for (const entry of namespaces) {
        isolation.checkEntry(entry, (namespace) =>
            seen.has(namespace) ? `is there already ${given(namespace)}. Leave it out.` : dnsLabel(namespace),
        );
        seen.add(entry.value ?? entry.path);
    }
    if (isolation.flag("enabled") === false && namespaces.length > 0) {
        isolation.refuse(
            "additionalNamespaces",
            "is given, but `operator.namespaceIsolation.enabled` is false: the operator watches all namespaces. Leave out the one or the other.",
        );
    }
}
