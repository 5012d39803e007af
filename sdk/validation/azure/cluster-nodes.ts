import {
    type AzureNodePoolArgs,
    AzureNodeOs,
    type AzureNodeTaintArgs,
    AzureOsDiskType,
    AzurePoolMode,
    type AzurePoolArgs,
    type AzureSystemPoolArgs,
    AzureTaintEffect,
} from "../../azure/args/nodes";
import type { AzureSize } from "../../sizes";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import { choice, flag, listOf, mapOf, needed, object, plainAnyText, plainNumber, plainText, text } from "../shape";
import { labelValue, metadataKey } from "../syntax";
import { given } from "../wording";
import { lacksOwnDisk, wrongPoolName, wrongSurge, wrongVmSize } from "./cluster-rules";
import { wrongZone } from "./rules";

const taint = object<AzureNodeTaintArgs>("AzureNodeTaintArgs", {
    key: needed(plainText, "the key of the taint"),
    value: plainText,
    effect: needed(
        choice(AzureTaintEffect, {
            NO_SCHEDULE: "Use NoSchedule.",
            NO_EXECUTE: "Use NoExecute.",
            PREFER_NO_SCHEDULE: "Use PreferNoSchedule.",
        }),
        "NoSchedule, NoExecute or PreferNoSchedule",
    ),
});

/** What both kinds of pools have. */
const common = {
    os: choice(AzureNodeOs),
    fips: flag,
    labels: mapOf(plainAnyText),
    maxSurge: plainText,
    drainTimeoutMinutes: plainNumber,
    vmSize: text,
    minPerZone: plainNumber,
    maxPerZone: plainNumber,
    osDiskSizeGb: plainNumber,
    osDiskType: choice(AzureOsDiskType),
    maxPods: plainNumber,
    zones: listOf(plainText),
    encryptionAtHost: flag,
} as const;

export const nodePoolShape = object<AzureNodePoolArgs>("AzureNodePoolArgs", {
    ...common,
    name: text,
    spot: flag,
    mode: choice(AzurePoolMode),
    taints: listOf(taint),
});

export const systemPoolShape = object<AzureSystemPoolArgs>("AzureSystemPoolArgs", { ...common, name: plainText });

/** https://learn.microsoft.com/azure/aks/quotas-skus-regions */
const MostNodes = 1_000;
const DiskSizes = [30, 2_048] as const;
/** https://learn.microsoft.com/azure/aks/azure-cni-overlay#maximum-pods-per-node */
const PodsPerNode = [10, 250] as const;
/** AKS's own pods must find room: https://learn.microsoft.com/azure/aks/use-system-pools#system-and-user-node-pools */
const SystemPods = 30;
const SystemCpus = 4;
const NodeCpus = 2;
const DrainMinutes = [1, 1_440] as const;

type Pool = Section<AzureNodePoolArgs>;
type Defaults = Pick<AzureSize, "nodeVmSize" | "minNodesPerZone" | "maxNodesPerZone">;

/** `azure.cluster.nodes` and `azure.cluster.nodePools`. */
export function checkNodePool(pool: Pool, size: Defaults): void {
    const isSystem = pool.text("mode") === AzurePoolMode.System;
    checkAnyPool(pool, size, { leastNodes: isSystem ? 1 : 0, leastCpus: isSystem ? SystemCpus : NodeCpus });
    checkNumber(pool, "maxPods", isSystem ? SystemPods : PodsPerNode[0], PodsPerNode[1]);
    checkTaints(pool);
    if (isSystem && pool.flag("spot") === true) {
        pool.refuse(
            "spot",
            "is on, but AKS's own pods cannot be on machines that are taken away. Leave it out, or `mode`.",
        );
    }
}

/** `azure.cluster.systemNodes` */
export function checkSystemPool(pool: Section<AzureSystemPoolArgs>, size: Defaults): void {
    checkAnyPool(pool, size, { leastNodes: 1, leastCpus: SystemCpus });
    checkNumber(pool, "maxPods", SystemPods, PodsPerNode[1]);
}

interface Least {
    readonly leastNodes: number;
    readonly leastCpus: number;
}

type AnyPool = AzurePoolArgs & Pick<AzureNodePoolArgs, keyof AzureNodePoolArgs & keyof AzureSystemPoolArgs>;

function checkAnyPool<T extends AnyPool>(section: Section<T>, size: Defaults, { leastNodes, leastCpus }: Least): void {
    const pool = section as unknown as Section<AnyPool>;
    pool.check("name", wrongPoolName);
    pool.check("vmSize", (vmSize) => wrongVmSize(vmSize, leastCpus));
    checkDisk(pool, size);
    checkCounts(pool, size, leastNodes);
    checkNumber(pool, "drainTimeoutMinutes", ...DrainMinutes);
    pool.check("maxSurge", wrongSurge);
    checkZones(pool, "zones");
    checkLabels(pool);
}

/** A list of zones, empty in a region without. */
export function checkZones<T>(section: Section<T>, key: keyof T & string): void {
    const zones = section.texts(key);
    zones.forEach((entry) => section.checkEntry(entry, wrongZone));
    refuseRepetition(section, zones);
}

function checkDisk(pool: Section<AnyPool>, size: Defaults): void {
    checkNumber(pool, "osDiskSizeGb", ...DiskSizes);
    const machine = pool.has("vmSize") ? pool.text("vmSize") : size.nodeVmSize;
    if (pool.text("osDiskType") === AzureOsDiskType.Ephemeral && machine !== undefined && lacksOwnDisk(machine)) {
        pool.refuse(
            "osDiskType",
            `is a disk that ${machine} does not have (Ephemeral given). Give \`vmSize\` with a d after its number, for example Standard_E8ds_v5, or Managed.`,
        );
    }
}

function checkCounts(pool: Section<AnyPool>, size: Defaults, leastNodes: number): void {
    const least = checkNumber(pool, "minPerZone", leastNodes, MostNodes);
    const most = checkNumber(pool, "maxPerZone", 1, MostNodes);
    if ((!least && pool.has("minPerZone")) || (!most && pool.has("maxPerZone"))) {
        return;
    }
    const min = pool.number("minPerZone") ?? size.minNodesPerZone;
    const max = pool.number("maxPerZone") ?? size.maxNodesPerZone;
    if (min > max) {
        const key = pool.has("minPerZone") ? "minPerZone" : "maxPerZone";
        pool.refuse(key, `makes the least number of nodes, ${min}, higher than the highest, ${max}. Correct one.`);
    }
}

/** https://learn.microsoft.com/azure/aks/use-labels#reserved-system-labels */
const ReservedPrefix = /^([a-z0-9.-]+\.)?(kubernetes\.azure\.com|kubernetes\.io|k8s\.io)\//;

function checkLabels(pool: Section<AnyPool>): void {
    for (const entry of pool.texts("labels")) {
        const wrong = metadataKey(entry.key);
        if (wrong !== undefined) {
            pool.report(entry.path, wrong);
        } else if (ReservedPrefix.test(entry.key)) {
            pool.report(
                entry.path,
                `has a prefix that Kubernetes and AKS keep for themselves ${given(entry.key)}. Use one of your own, or none.`,
            );
        }
        pool.checkEntry(entry, labelValue);
    }
}

function checkTaints(pool: Pool): void {
    const seen = new Set<string>();
    for (const { path, value: one } of pool.sections("taints")) {
        if (one === undefined) {
            continue;
        }
        one.check("key", metadataKey);
        one.check("value", labelValue);
        const id = `${one.text("key")}/${one.text("effect")}`;
        if (one.text("key") !== undefined && seen.has(id)) {
            one.report(path, "has key and effect of another one, and a node can have one such taint only. Keep one.");
        }
        seen.add(id);
    }
}

/** Whether pods that know nothing of taints stay away from the pool; AKS taints Spot nodes. */
export function isTainted(pool: Pool): boolean {
    return (
        pool.flag("spot") === true ||
        pool
            .sections("taints")
            .some(({ value }) => value !== undefined && value.text("effect") !== AzureTaintEffect.PreferNoSchedule)
    );
}
