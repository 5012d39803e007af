import { isVersionRange, versionNumbers } from "../../validation/syntax";
import { given, quote } from "../../validation/wording";
import { ControllerVersion, OperatorChartVersion, VendorRepository } from "../../versions";
import type { Check, CheckInput, Fault, OperatorInput } from "../check";
import { isDeployed, switchAt } from "../components";
import { isSet } from "../connections";
import type { View } from "../view";
import { airgapChecks } from "./operator-airgap";
import { chartChecks } from "./operator-chart";

/** Checks of the operator's release and spec.chart. */
export const operatorChecks: readonly Check[] = [
    {
        id: "operator.version",
        level: "error",
        wrong: "The operator's chart has no version, a version that is not one number, or major version 2",
        why: "`latest` is no version and a range changes under a stack; version 2 is another product of the same name with another custom resource",
        source: "Vendor's repository charts.wandb.ai; vendor's documentation: operator v2",
        remedy: `Pin the chart to a version 1.x, for example ${OperatorChartVersion}.`,
        find: ({ operator }) => (operator === undefined ? [] : chartVersion(operator)),
    },
    {
        id: "operator.image-tag",
        level: "warning",
        wrong: "The controller's image has the tag `latest`, which is the chart's default, and no digest",
        why: "The controller changes under a pinned chart, at any restart of its pod",
        source: "Chart operator, values",
        remedy: `Set \`image.tag\` to a version, for example ${ControllerVersion}, or \`image.digest\`.`,
        find: ({ operator }) => (operator === undefined ? [] : imageTag(operator.values.at("image"))),
    },
    {
        id: "operator.isolation-ns",
        level: "error",
        wrong: "The operator is confined to namespaces, and the custom resource is in none of them",
        why: "The controller watches and may write only the namespace of its release and `namespaceIsolation.additionalNamespaces`",
        source: "Chart operator, templates",
        remedy: "Add the namespace of the custom resource to `namespaceIsolation.additionalNamespaces` of the operator.",
        find: outsideIsolation,
    },
    {
        id: "operator.isolation-cluster",
        level: "warning",
        wrong: "The operator is confined to namespaces, but the values create objects of the whole cluster: the console's ClusterRole, the roles of otel and prometheus, the binding for `app.internalJWTMap`",
        why: "A confined operator has no right to create them, so the chart is not applied",
        source: "Chart operator, templates; chart operator-wandb 0.43.8, templates",
        remedy: "Set `console.role.type` to Role, `otel.install` and `prometheus.install` to false, and `app.internalJWTMap` to [].",
        find: clusterObjects,
    },
    ...airgapChecks,
    ...chartChecks,
];

function* chartVersion({ version, source }: OperatorInput): Iterable<Fault> {
    const remedy = `Give one version such as ${OperatorChartVersion}`;
    if (version.absent || version.text === "") {
        if (needsVersion(source)) {
            yield { path: version.path, message: "is missing, so the newest chart is installed", remedy: `${remedy}.` };
        }
        return;
    }
    const value = version.scalar;
    if (value === undefined) {
        return;
    }
    const numbers = versionNumbers(value);
    if (numbers?.[0] === 2) {
        yield secondMajor(version.path, value, source);
    } else if (numbers === undefined) {
        const range = isVersionRange(value);
        yield {
            path: version.path,
            level: range ? "warning" : "error",
            message: range ? `is a range of versions ${given(value)}` : `is not a version ${given(value)}`,
            remedy: `${remedy}, and raise it on purpose.`,
        };
    }
}

/** A chart from a file or a folder has its version inside, a reference with tag or digest in the reference. */
function needsVersion(source: View): boolean {
    const text = source.text ?? "";
    if (source.unknown || text.endsWith(".tgz")) {
        return false;
    }
    if (/^oci:\/\//i.test(text)) {
        return !/[:@]/.test(text.slice(text.lastIndexOf("/")));
    }
    return text.includes("://") || !text.includes("/") || text === "wandb/operator";
}

function secondMajor(path: string, value: string, source: View): Fault {
    const elsewhere =
        source.unknown || (source.filled && !/charts\.wandb\.ai|wandb\/helm-charts/i.test(source.text ?? ""));
    return {
        path,
        level: elsewhere ? "warning" : "error",
        message: elsewhere
            ? `is of major version 2 ${given(value)}, which knows this custom resource only to convert it`
            : `is of major version 2 ${given(value)}, which is another product and not published there`,
        remedy: `Give a version 1.x such as ${OperatorChartVersion}, from ${VendorRepository}.`,
    };
}

function* imageTag(image: View): Iterable<Fault> {
    const tag = image.at("tag");
    if (image.at("digest").filled || !(tag.absent || tag.text === "" || tag.text === "latest")) {
        return;
    }
    yield {
        path: tag.path,
        message: `${tag.text === "latest" ? "is" : "is not set and defaults to"} ${quote("latest")}, so the controller changes at a restart of its pod`,
        remedy: `Set it to a version such as ${ControllerVersion}, or set ${image.at("digest").path}.`,
    };
}

function isConfined(operator: OperatorInput | undefined): operator is OperatorInput {
    return operator !== undefined && switchAt(operator.values.find("namespaceIsolation.enabled")) === true;
}

function* outsideIsolation({ operator, metadata }: CheckInput): Iterable<Fault> {
    const namespace = metadata.at("namespace").text ?? "";
    if (!isConfined(operator) || namespace === "" || namespace === operator.namespace.text) {
        return;
    }
    const more = operator.values.find("namespaceIsolation.additionalNamespaces");
    const unsure = operator.namespace.text === undefined || more.unknown || more.items.some(({ unknown }) => unknown);
    if (unsure || more.items.some(({ text }) => text === namespace)) {
        return;
    }
    yield {
        path: more.path,
        message: `does not name the namespace of the custom resource, ${quote(namespace)}, and the operator is confined to ${quote(operator.namespace.text)} and what this list names`,
        remedy: `Add ${quote(namespace)} to the list, or set \`namespaceIsolation.enabled\` to false.`,
    };
}

function* clusterObjects({ operator, values }: CheckInput): Iterable<Fault> {
    if (!isConfined(operator)) {
        return;
    }
    const role = values.find("console.role.type");
    if (isDeployed(values, "console") === true && (role.absent || (isSet(role) && role.text !== "Role"))) {
        yield {
            path: role.path,
            message: `${role.absent ? "is not set, so the console gets" : "gives the console"} a ClusterRole, which an operator confined to namespaces may not create`,
            remedy: "Set it to Role.",
        };
    }
    for (const component of ["otel", "prometheus"]) {
        const install = values.at(component, "install");
        if (switchAt(install, true) === true) {
            yield {
                path: install.path,
                message: `${install.absent ? "is not set and defaults to" : "is"} true, and ${component} needs a ClusterRole, which an operator confined to namespaces may not create`,
                remedy: "Set it to false.",
            };
        }
    }
    const issuers = values.find("app.internalJWTMap");
    if (isDeployed(values, "app") === true && (issuers.absent || (issuers.isList && issuers.filled))) {
        yield {
            path: issuers.path,
            message: `${issuers.absent ? "is not set, so the chart's list needs" : "is not empty, so it needs"} a ClusterRoleBinding, which an operator confined to namespaces may not create`,
            remedy: "Set it to [].",
        };
    }
}
