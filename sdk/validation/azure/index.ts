import type { WandbDeploymentArgs } from "../../args";
import type { AddonChartsArgs } from "../../args/infrastructure";
import type { AzureResourceGroupArgs } from "../../azure/args/resource-group";
import { wrongSource } from "../addon-chart";
import type { Section } from "../section";
import { exactVersion } from "../syntax";
import { checkStorage } from "./bucket";
import { checkAzureRedis } from "./cache";
import { checkAks } from "./cluster";
import { checkMysqlServer } from "./database";
import { checkEntry } from "./entry";
import { checkExtras } from "./extras";
import { checkIdentity } from "./identity";
import { checkKeys } from "./key";
import { checkMonitoring } from "./monitoring";
import { checkNetwork } from "./network";
import { wrongLocation, wrongResourceGroupName } from "./rules";
import { checkDeploymentTags } from "./tags";

const Rules = [
    checkPlace,
    checkCharts,
    checkNetwork,
    checkKeys,
    checkAks,
    checkMysqlServer,
    checkAzureRedis,
    checkStorage,
    checkIdentity,
    checkEntry,
    checkExtras,
    checkMonitoring,
    checkDeploymentTags,
];

/** `azure`, and what depends on it. */
export function checkAzure(args: Section<WandbDeploymentArgs>): void {
    if (args.has("azure")) {
        Rules.forEach((rule) => rule(args));
    }
}

function checkPlace(args: Section<WandbDeploymentArgs>): void {
    const azure = args.section("azure");
    azure?.check("location", wrongLocation);
    const group: Section<AzureResourceGroupArgs> | undefined = azure?.section("resourceGroup");
    group?.check("name", wrongResourceGroupName);
    group?.check("existingName", wrongResourceGroupName);
    if (group?.has("name") === true && group.has("existingName")) {
        group.refuse("name", "is given together with `existingName`, whose group is not made here. Keep one.");
    }
}

const OtherCharts: readonly (keyof AddonChartsArgs)[] = [
    "awsLoadBalancerController",
    "clusterAutoscaler",
    "externalDns",
];

/** AKS brings its own controllers; whether cert-manager is installed is decided by the entry. */
function checkCharts(args: Section<WandbDeploymentArgs>): void {
    const charts = args.section("charts");
    for (const key of charts?.givenOf(...OtherCharts) ?? []) {
        charts?.refuse(key, "has no effect on Azure, where AKS brings its own controllers. Leave it out.");
    }
    const certManager = charts?.section("certManager");
    certManager?.check("repository", wrongSource);
    certManager?.check("version", (version) => exactVersion(version.replace(/^v/, ""), "v1.21.2"));
}
