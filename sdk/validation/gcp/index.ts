import type { WandbDeploymentArgs } from "../../args";
import type { Section } from "../section";
import { given } from "../wording";
import { checkBigtable } from "./bigtable";
import { checkGcs } from "./bucket";
import { checkMemorystore } from "./cache";
import { checkGke } from "./cluster";
import { checkCloudSql } from "./database";
import { checkEntry } from "./entry";
import { checkEvents } from "./events";
import { checkExtras } from "./extras";
import { checkIdentity } from "./identity";
import { checkKeys } from "./key";
import { checkDeploymentLabels } from "./labels";
import { checkNetwork } from "./network";
import { wrongProject } from "./rules";

const Rules = [
    checkPlace,
    refuseCharts,
    checkNetwork,
    checkKeys,
    checkGke,
    checkCloudSql,
    checkMemorystore,
    checkGcs,
    checkEvents,
    checkBigtable,
    checkIdentity,
    checkEntry,
    checkExtras,
    checkDeploymentLabels,
];

/** `gcp`, and what depends on it. */
export function checkGcp(args: Section<WandbDeploymentArgs>): void {
    if (args.has("gcp")) {
        Rules.forEach((rule) => rule(args));
    }
}

function checkPlace(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    gcp?.check("project", wrongProject);
    gcp?.check("region", wrongRegion);
}

/** GKE brings its own controllers. */
function refuseCharts(args: Section<WandbDeploymentArgs>): void {
    if (args.has("charts")) {
        args.refuse("charts", "has no effect on Google Cloud, where no add-ons are installed by Helm. Leave it out.");
    }
}

/** Its form only: regions are added from time to time. https://docs.cloud.google.com/compute/docs/regions-zones */
function wrongRegion(region: string): string | undefined {
    if (/^[a-z]+-[a-z]+\d+$/.test(region)) {
        return undefined;
    }
    const [, around] = /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(region) ?? [];
    return around === undefined
        ? `is not a region ${given(region)}. Give for example europe-west4.`
        : `is a zone ${given(region)}. Give its region, ${around}.`;
}
