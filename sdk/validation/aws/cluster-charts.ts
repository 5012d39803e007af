import type { WandbDeploymentArgs } from "../../args";
import type { AddonChartsArgs } from "../../args/infrastructure";
import { wrongSource } from "../addon-chart";
import type { Section } from "../section";
import { exactVersion } from "../syntax";

type AwsChart = Exclude<keyof AddonChartsArgs, "certManager">;

/** The charts, each with a version as an example. */
const Examples: Readonly<Record<AwsChart, string>> = {
    awsLoadBalancerController: "1.17.1",
    clusterAutoscaler: "9.59.1",
    externalDns: "1.20.0",
};

/** `charts`: where the charts of the add-ons come from, and whether they are installed at all. */
export function checkCharts(args: Section<WandbDeploymentArgs>): void {
    const charts = args.section("charts");
    if (charts === undefined) {
        return;
    }
    for (const [key, example] of Object.entries(Examples) as [AwsChart, string][]) {
        const chart = charts.section(key);
        chart?.check("repository", wrongSource);
        chart?.check("version", (version) => exactVersion(version, example));
    }
    if (charts.has("certManager")) {
        charts.refuse("certManager", "has no effect on AWS, where ACM makes certificates. Leave it out.");
    }
    checkInstalled(args, charts);
}

function checkInstalled(args: Section<WandbDeploymentArgs>, charts: Section<AddonChartsArgs>): void {
    const aws = args.section("aws");
    const dns = aws?.section("dns");
    const unknown = args.pending("aws") || aws?.pending("dns") === true || dns?.pending("externalDns") === true;
    if (charts.has("externalDns") && !unknown && dns?.flag("externalDns") !== true) {
        charts.refuse(
            "externalDns",
            "has no effect, since external-dns is not installed. Leave it out, or set `aws.dns.externalDns` to true.",
        );
    }
    const cluster = aws?.section("cluster");
    if (cluster?.has("existing") !== true) {
        return;
    }
    if (charts.has("clusterAutoscaler")) {
        charts.refuse(
            "clusterAutoscaler",
            "has no effect with `aws.cluster.existing`: the nodes are not ours. Leave it out.",
        );
    }
    const installs = cluster.section("existing")?.flag("installLoadBalancerController");
    if (charts.has("awsLoadBalancerController") && installs !== true) {
        charts.refuse(
            "awsLoadBalancerController",
            "has no effect, since no load balancer controller is installed into an existing cluster. Leave it out, or set `aws.cluster.existing.installLoadBalancerController` to true.",
        );
    }
}
