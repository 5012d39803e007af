import type { WandbDeploymentArgs } from "../../args";
import { type GcpBigtableArgs, GcpBigtableStorage } from "../../gcp/args/bigtable";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { choice, listOf, number, object, plainNumber, text } from "../shape";
import { given } from "../wording";

export const bigtableShape = object<GcpBigtableArgs>("GcpBigtableArgs", {
    instanceName: text,
    zones: listOf(text),
    clusterNames: listOf(text),
    storage: choice(GcpBigtableStorage),
    minNodes: number,
    maxNodes: number,
    cpuTarget: number,
    backupDays: plainNumber,
});

/** https://docs.cloud.google.com/bigtable/docs/reference/admin/rest/v2/projects.instances/create */
function wrongName(what: string, longest: number) {
    return (name: string): string | undefined =>
        /^[a-z][a-z0-9-]*[a-z0-9]$/.test(name) && name.length >= 6 && name.length <= longest
            ? undefined
            : `is not a name of a Bigtable ${what} ${given(name)}. It has 6 to ${longest} lower-case letters, digits and hyphens, a letter first and no hyphen last.`;
}

function wrongZone(region: string | undefined) {
    return (zone: string): string | undefined => {
        const own = /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(zone)?.[1];
        if (own === undefined) {
            return `is not a zone ${given(zone)}. Give for example ${region ?? "europe-west4"}-a.`;
        }
        return region === undefined || own === region
            ? undefined
            : `is a zone of another region ${given(zone)}: the deployment and its key lie in ${region}. Give a zone of that region.`;
    };
}

/** `gcp.bigtable` */
export function checkBigtable(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    const bigtable = gcp?.section("bigtable");
    if (gcp === undefined || bigtable === undefined) {
        return;
    }
    bigtable.check("instanceName", wrongName("instance", 33));
    checkClusters(bigtable, gcp.text("region"));
    checkNodes(bigtable);
    // https://docs.cloud.google.com/bigtable/docs/backups#automated
    const days = bigtable.number("backupDays");
    if (days !== undefined && days !== 0 && !(Number.isInteger(days) && days >= 3 && days <= 90)) {
        bigtable.refuse(
            "backupDays",
            `is neither 0 nor a whole number of 3 to 90 ${given(days)}. Give one, without unit or quotes.`,
        );
    }
}

/** https://docs.cloud.google.com/bigtable/docs/instances-clusters-nodes#clusters */
const MostClusters = 8;

function checkClusters(bigtable: Section<GcpBigtableArgs>, region: string | undefined): void {
    const zones = bigtable.texts("zones");
    zones.forEach((zone) => bigtable.checkEntry(zone, wrongZone(region)));
    refuseRepetition(bigtable, zones, "A zone has one cluster of an instance at most. Leave one out.");
    if (bigtable.has("zones") && !bigtable.pending("zones") && (zones.length === 0 || zones.length > MostClusters)) {
        bigtable.refuse(
            "zones",
            `has ${zones.length} entries. Give 1 to ${MostClusters} zones, or leave it out for one cluster.`,
        );
    }
    const names = bigtable.texts("clusterNames");
    names.forEach((name) => bigtable.checkEntry(name, wrongName("cluster", 30)));
    refuseRepetition(bigtable, names);
    const clusters = bigtable.has("zones") ? zones.length : 1;
    if (names.length > 0 && names.length !== clusters && !bigtable.pending("zones")) {
        bigtable.refuse(
            "clusterNames",
            `has ${names.length} entries, but there are ${clusters} clusters, one for each of \`gcp.bigtable.zones\`. Give one name for each.`,
        );
    }
}

/** https://docs.cloud.google.com/bigtable/docs/autoscaling#parameters */
function checkNodes(bigtable: Section<GcpBigtableArgs>): void {
    const settled = (["minNodes", "maxNodes"] as const)
        .map((key) => checkNumber(bigtable, key, 1) || !bigtable.has(key))
        .every((one) => one);
    checkNumber(bigtable, "cpuTarget", 10, 80);
    const least = bigtable.number("minNodes") ?? 1;
    const most = bigtable.number("maxNodes") ?? 3;
    if (settled && most < least) {
        bigtable.refuse("maxNodes", `is less than the fewest nodes, ${least} ${given(most)}. Give ${least} or more.`);
    } else if (settled && most > least * 10) {
        bigtable.refuse(
            "maxNodes",
            `is more than ten times the fewest nodes, ${least} ${given(most)}. Give at most ${least * 10}, or raise \`gcp.bigtable.minNodes\`.`,
        );
    }
}
