import { type OperatorInput, Unknown, View } from "pulumi-wandb/checks";
import { inClusterOf } from "./cluster";
import type { Resource } from "./resource";

/** Type of the custom resource, whoever makes it. */
export const InstanceType = "kubernetes:apps.wandb.com/v1:WeightsAndBiases";

/** Type of a Helm release. */
export const ReleaseType = "kubernetes:helm.sh/v3:Release";

/** Charts of W&B: the operator's, the application's by itself, and the one before there was an operator. */
export type ChartName = "operator" | "operator-wandb" | "wandb";

/** Which of W&B's charts a release installs, by the last part of its chart; undefined for any other. */
export function chartOf(resource: Resource): ChartName | undefined {
    if (resource.type !== ReleaseType) {
        return undefined;
    }
    const last = (resource.properties.at("chart").text ?? "").replace(/\/+$/, "").split("/").at(-1) ?? "";
    const name = last
        .replace(/[:@].*$/, "")
        .replace(/\.tgz$/, "")
        .replace(/-\d+\.\d+\.\d+.*$/, "");
    return name === "operator" || name === "operator-wandb" || name === "wandb" ? name : undefined;
}

/** Whether a release may be W&B's operator, seen by itself: its chart is called so, and it is not MinIO's. */
export function mayBeOperator(resource: Resource): boolean {
    return chartOf(resource) === "operator" && !mentions(resource, /\bmin\.?io\b/i);
}

/** Releases of the operator. Another product has a chart of the same name, so in doubt it is one only beside a custom resource. */
export function operatorReleases(resources: readonly Resource[]): Resource[] {
    const all = resources.filter(mayBeOperator);
    const sure = all.filter((resource) => mentions(resource, /wandb/i));
    const beside = resources.some(({ type }) => type === InstanceType);
    return sure.length === 0 && beside ? all : sure;
}

function mentions({ name, properties }: Resource, word: RegExp): boolean {
    const places = ["chart", "name", "namespace", "repositoryOpts.repo", "values.image.repository"];
    return [name, ...places.map((path) => properties.find(path).text ?? "")].some((text) => word.test(text));
}

/** Properties of a release that the checks look at, by which a finding is known to be about the release. */
export const OperatorPath = /^(?:chart|namespace|repositoryOpts|values|version)\b/;

/** A release of the operator, as the checks want to see it. */
export function operatorInput({ properties }: Resource): OperatorInput {
    const [chart, repository] = [properties.at("chart"), properties.at("repositoryOpts", "repo")];
    const values = properties.at("values");
    return {
        version: properties.at("version"),
        // A bare name is one of the repository.
        source: chart.text?.includes("/") || repository.absent ? chart : repository,
        namespace: properties.at("namespace"),
        // What stands in files is not visible, so with files nothing is known.
        values: properties.at("valueYamlFiles").filled ? new View(values.path, Unknown) : values,
    };
}

/**
 * The release whose operator watches a custom resource: the only one of the stack, else the only one that covers its namespace.
 * Two clusters in one stack are told apart by their providers.
 */
export function watchingRelease(instance: Resource, resources: readonly Resource[]): Resource | undefined {
    const near = inClusterOf(instance, resources.filter(mayBeOperator));
    const candidates = operatorReleases([instance, ...near]);
    if (candidates.length < 2) {
        return candidates[0];
    }
    const namespace = instance.properties.at("metadata", "namespace");
    const covering = candidates.filter((release) => covers(operatorInput(release), namespace));
    return covering.length === 1 ? covering[0] : undefined;
}

/** Whether an operator watches a namespace, or may: what is not known counts as covering, so that nothing is joined by a guess. */
function covers(operator: OperatorInput, namespace: View): boolean {
    const isolation = operator.values.at("namespaceIsolation");
    const enabled = isolation.at("enabled");
    if (enabled.absent || enabled.flag === false) {
        return true;
    }
    const watched = [operator.namespace, ...isolation.at("additionalNamespaces").items];
    return (
        namespace.text === undefined ||
        isolation.at("additionalNamespaces").unknown ||
        watched.some((one) => one.unknown || one.text === namespace.text)
    );
}
