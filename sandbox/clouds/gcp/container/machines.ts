/** Machines of nodes: what there is, with which disks, and how many CPUs a project may have. */
import type { RefuseContext } from "../../model";
import { quotaOf } from "../../quotas";
import { isMap, textOf, type PropertyMap } from "../../values";
import { projectIdOf } from "../project";
import { bad, nodePoolType, part, textsIn } from "./shared";

/** Key of the quota of CPUs of a region, for tests that lower it. */
export const cpuQuota = "gcp:compute/cpus";
/** What a project has depends on its history; enough for every size. */
const grantedCpus = 5_000;

const machineForm =
    /^([a-z][a-z0-9]*)-(?:custom-(\d+)-\d+(?:-ext)?|(?:standard|highmem|highcpu|hypermem|megamem|ultramem|highgpu)-(\d+)g?|medium|small|micro)(?:-lssd|-metal)?$/;

/** https://docs.cloud.google.com/compute/docs/disks/hyperdisks#machine-type-support and persistent-disks */
const onlyHyperdisk: readonly string[] = ["n4", "n4a", "n4d", "c4", "c4a", "c4d", "h4d", "x4"];
const onlyPersistentDisk: readonly string[] = [
    "n1",
    "n2",
    "n2d",
    "e2",
    "t2d",
    "t2a",
    "c2",
    "c2d",
    "a2",
    "g2",
    "f1",
    "g1",
];

const defaultMachine = "e2-medium";

/** Why there are no such machines; absent when there are. */
export function refusedMachine(inputs: PropertyMap, zones: number, context: RefuseContext): string | undefined {
    const { machineType = defaultMachine, diskType } = part(inputs["nodeConfig"]);
    const type = textOf(machineType);
    const [, series] = machineForm.exec(type) ?? [];
    if (series === undefined) {
        return bad(`Machine type "${type}" does not exist in the zones of the node pool.`);
    }
    const disk = textOf(diskType);
    const refused =
        (onlyHyperdisk.includes(series) && disk.startsWith("pd-")) ||
        (onlyPersistentDisk.includes(series) && disk.startsWith("hyperdisk-"));
    return refused
        ? bad(`${disk} disk type cannot be used by ${type} machine type.`)
        : refusedCpus(inputs, zones, context);
}

/** Counted by the nodes that there are at first; in place of the metric of each series stands one for all. */
function refusedCpus(inputs: PropertyMap, zones: number, { dir, inventory, config, previous }: RefuseContext) {
    if (previous !== undefined) {
        return undefined;
    }
    const limit = quotaOf(dir, cpuQuota, grantedCpus);
    const used = inventory
        .rows(nodePoolType)
        .reduce((sum, row) => sum + cpusOf(row.inputs, textsIn(row.outputs["nodeLocations"]).length), 0);
    const wanted = cpusOf(inputs, zones);
    const short = wanted - (limit - used);
    return short > 0
        ? `googleapi: Error 403: Insufficient regional quota to satisfy request: resource "CPUS": request requires '${wanted}.0' and is short '${short}.0'. project has a quota of '${limit}.0' with '${limit - used}.0' available. View and manage quotas at https://console.cloud.google.com/iam-admin/quotas?usage=USED&project=${projectIdOf(inputs, config)}., forbidden`
        : undefined;
}

function cpusOf(inputs: { [property: string]: unknown }, zones: number): number {
    const config = inputs["nodeConfig"];
    const type = isMap(config) ? textOf(config["machineType"], defaultMachine) : defaultMachine;
    const [, , custom, predefined] = machineForm.exec(type) ?? [];
    const cpus = Number(custom ?? predefined ?? 2);
    return cpus * Number(inputs["initialNodeCount"] ?? inputs["nodeCount"] ?? 0) * zones;
}
