import { isVendorSource } from "../../validation/chart";
import { TemplateComponents } from "../../validation/component-names";
import { codes, given } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isDeployed, switchAt } from "../components";
import { settings } from "../environment";
import type { View } from "../view";
import { sourceOf, wrongChart } from "./operator-chart";

/** Checks of what an operator without a way to the internet needs. */
export const airgapChecks: readonly Check[] = [
    {
        id: "airgap.chart",
        level: "error",
        wrong: "The operator is air-gapped, and `spec.chart` names no chart",
        why: "An air-gapped operator asks no release channel, so nothing else says which chart to install, and the phase becomes Invalid Config",
        source: "Operator source, package deployer and controller",
        remedy: "Set `spec.chart` to a repository or registry inside your network, or to a path in the controller's pod.",
        find: noChart,
    },
    {
        id: "airgap.repo-public",
        level: "warning",
        wrong: "The operator is air-gapped, and `spec.chart.url` is on charts.wandb.ai or ghcr.io",
        why: "They are on the internet",
        source: "Vendor's documentation: air-gapped deployments",
        remedy: "Set `spec.chart.url` to a mirror inside your network.",
        find: publicChart,
    },
    {
        id: "airgap.images",
        level: "warning",
        wrong: "The operator is air-gapped, and images come from public registries",
        why: "`global.repositoryPrefix` reaches W&B's images and not those of the bundled bitnami charts, which take `global.imageRegistry`",
        source: "Vendor's documentation: air-gapped deployments; chart operator-wandb 0.43.8 rendered",
        remedy: "Set `global.repositoryPrefix` and, where Redis, Kafka or ClickHouse is bundled, `global.imageRegistry` as well.",
        find: publicImages,
    },
    {
        id: "airgap.smtp",
        level: "warning",
        wrong: "The operator is air-gapped, and `global.email.smtp.host` is empty",
        why: "Mail then goes through api.wandb.ai, on the internet",
        source: "Chart operator-wandb 0.43.8, template _smtp",
        remedy: "Set `global.email.smtp.host` to a mail server inside your network.",
        find: publicMail,
    },
];

function isAirgapped({ operator }: CheckInput): boolean {
    return operator !== undefined && switchAt(operator.values.at("airgapped")) === true;
}

function* noChart(input: CheckInput): Iterable<Fault> {
    const { chart } = input;
    const missing = chart.empty;
    if (!isAirgapped(input) || !(missing || wrongChart(chart) !== undefined)) {
        return;
    }
    yield {
        path: chart.path,
        message: `${missing ? "is missing" : "names no chart that the operator understands"}, but the operator is air-gapped and asks no release channel for one`,
        remedy: "Give `url`, `name` and `version` of a repository inside your network, `url` and `version` of an OCI registry, or `path`.",
    };
}

function* publicChart(input: CheckInput): Iterable<Fault> {
    const url = input.chart.at("url");
    if (isAirgapped(input) && sourceOf(input.chart) !== "path" && isVendorSource(url.text ?? "")) {
        yield {
            path: url.path,
            message: `is on the internet ${given(url.text ?? "")}, but the operator is air-gapped`,
            remedy: "Give a mirror inside your network.",
        };
    }
}

/** Bundled charts of bitnami, by what deploys them and whether that is on by default. */
const Bitnami: readonly (readonly [component: string, condition: string, preset: boolean])[] = [
    ["redis", "redis", true],
    ["kafka", "kafka", false],
    ["etcd", "bufstream", false],
    ["clickhouse", "clickhouse", false],
];

function* publicImages(input: CheckInput): Iterable<Fault> {
    if (!isAirgapped(input)) {
        return;
    }
    const { values } = input;
    const prefix = values.find("global.repositoryPrefix");
    const own = [
        ...TemplateComponents.filter((name) => isDeployed(values, name) === true && noRepository(values.at(name))),
        ...(isOtelPublic(values) ? ["otel.daemonset"] : []),
    ];
    if (prefix.empty && own.length > 0) {
        yield {
            path: prefix.path,
            message: `is empty and so is \`image.repository\` of ${codes(own)}, whose images come from public registries`,
            remedy: "Set it to the registry that mirrors W&B's images, or set `image.repository` of each.",
        };
    }
    const registry = values.find("global.imageRegistry");
    const bundled = Bitnami.filter(
        ([name, condition, preset]) =>
            switchAt(values.at(condition, "install"), preset) === true && values.at(name, "image", "registry").empty,
    ).map(([name]) => name);
    if (registry.empty && bundled.length > 0) {
        yield {
            path: registry.path,
            message: `is empty, and the images of the bundled ${codes(bundled)} come from a public registry`,
            remedy: "Set it to the registry that mirrors them, or do not install them.",
        };
    }
}

function noRepository(component: View): boolean {
    return component.at("image", "repository").empty;
}

function isOtelPublic(values: View): boolean {
    const otel = values.at("otel");
    return (
        switchAt(otel.at("install"), true) === true &&
        switchAt(otel.at("daemonset", "install"), true) === true &&
        noRepository(otel.at("daemonset"))
    );
}

/** The variable that the mail settings become; whoever sets it himself needs none of them. */
const MailVariable = "GORILLA_EMAIL_SINK";

function* publicMail(input: CheckInput): Iterable<Fault> {
    const host = input.values.find("global.email.smtp.host");
    if (isAirgapped(input) && host.empty && settings(input.values, MailVariable).length === 0) {
        yield {
            path: host.path,
            message: "is empty, so mail goes through api.wandb.ai, which an air-gapped deployment does not reach",
            remedy: "Give a mail server inside your network.",
        };
    }
}
