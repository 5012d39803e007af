import {
    GcpBootDiskType,
    type GcpNodeAccountArgs,
    type GcpNodePoolArgs,
    type GcpNodeTaintArgs,
    GcpTaintEffect,
} from "../../gcp/args/nodes";
import type { GcpSize } from "../../sizes";
import { checkNumber, refuseRepetition } from "../lists";
import type { Section } from "../section";
import {
    anyText,
    choice,
    flag,
    listOf,
    mapOf,
    needed,
    object,
    plainNumber,
    plainText,
    type Shape,
    text,
} from "../shape";
import { labelValue, metadataKey } from "../syntax";
import { codes, given } from "../wording";
import { wrongDiskOf, wrongGkeName, wrongMachineType, wrongNetworkTag, wrongZone } from "./cluster-rules";
import { wrongAccountId } from "./identity";
import { wrongServiceAccount } from "./rules";

const taint = object<GcpNodeTaintArgs>("GcpNodeTaintArgs", {
    key: needed(plainText, "the key of the taint"),
    value: plainText,
    effect: needed(
        choice(GcpTaintEffect, {
            NoSchedule: "NO_SCHEDULE",
            NoExecute: "NO_EXECUTE",
            PreferNoSchedule: "PREFER_NO_SCHEDULE",
        }),
        "NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE",
    ),
});

export const nodePoolShape = object<GcpNodePoolArgs>("GcpNodePoolArgs", {
    name: text,
    machineType: text,
    minPerZone: plainNumber,
    maxPerZone: plainNumber,
    diskSizeGb: plainNumber,
    diskType: choice(GcpBootDiskType),
    spot: flag,
    zones: listOf(text),
    labels: mapOf(plain(anyText)),
    taints: listOf(taint),
    networkTags: listOf(plainText),
    secureBoot: flag,
    maxPodsPerNode: plainNumber,
    maxSurge: plainNumber,
    maxUnavailable: plainNumber,
});

export const nodeAccountShape = object<GcpNodeAccountArgs>("GcpNodeAccountArgs", {
    email: text,
    accountId: text,
    artifactRegistryReader: flag,
});

/** A text of which no Output is taken. */
function plain(shape: Shape & { readonly kind: "text" }): Shape {
    return Object.freeze({ ...shape, plain: true as const });
}

/** https://docs.cloud.google.com/kubernetes-engine/quotas: nodes of one pool in one zone */
const MostNodes = 1_000;
/** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/custom-boot-disks */
const DiskSizes = [10, 65_536] as const;
/** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr */
export const PodsPerNode = [8, 256] as const;
/** https://docs.cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies#surge */
const MostUpgraded = 20;
const LongestTaintText = 63;
/** https://docs.cloud.google.com/vpc/docs/add-remove-network-tags#restrictions */
const MostTags = 64;

type Pool = Section<GcpNodePoolArgs>;

/**
 * One pool of `gcp.cluster.nodes` and `gcp.cluster.nodePools`.
 *
 * @param region that of the cluster, where it is known
 */
export function checkNodePool(pool: Pool, size: GcpSize, region: string | undefined): void {
    pool.check("name", wrongGkeName);
    checkMachine(pool, size);
    checkCounts(pool, size);
    checkNumber(pool, "diskSizeGb", ...DiskSizes);
    checkNumber(pool, "maxPodsPerNode", ...PodsPerNode);
    checkUpgrade(pool);
    checkZones(pool, "zones", region);
    checkLabels(pool);
    checkTaints(pool);
    checkTags(pool);
}

/** A list of zones that says something, of the cluster's region. */
export function checkZones<T>(section: Section<T>, key: keyof T & string, region: string | undefined): void {
    const zones = section.texts(key);
    if (section.has(key) && !section.pending(key) && zones.length === 0) {
        section.refuse(key, "is empty, so there would be no nodes. Name zones, or leave it out.");
    }
    zones.forEach((entry) => section.checkEntry(entry, (zone) => wrongZone(zone, region)));
    refuseRepetition(section, zones);
}

/** The type with which the pool is made; undefined while that is not known. */
function machineOf(pool: Pool, size: GcpSize): string | undefined {
    return pool.has("machineType") ? pool.text("machineType") : size.nodeMachineType;
}

function checkMachine(pool: Pool, size: GcpSize): void {
    pool.check("machineType", wrongMachineType);
    const machine = machineOf(pool, size);
    const disk = pool.text("diskType") ?? GcpBootDiskType.PdBalanced;
    const wrong = machine === undefined || pool.pending("diskType") ? undefined : wrongDiskOf(disk, machine);
    if (wrong !== undefined) {
        pool.refuse("diskType", wrong);
    }
}

function checkCounts(pool: Pool, size: GcpSize): void {
    const least = checkNumber(pool, "minPerZone", 0, MostNodes);
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

function checkUpgrade(pool: Pool): void {
    const surge = checkNumber(pool, "maxSurge", 0, MostUpgraded);
    const unavailable = checkNumber(pool, "maxUnavailable", 0, MostUpgraded);
    if ((!surge && pool.has("maxSurge")) || (!unavailable && pool.has("maxUnavailable"))) {
        return;
    }
    const together = (pool.number("maxSurge") ?? 1) + (pool.number("maxUnavailable") ?? 0);
    if (together < 1 || together > MostUpgraded) {
        const key = pool.has("maxSurge") ? "maxSurge" : "maxUnavailable";
        pool.refuse(
            key,
            `and the other of \`maxSurge\` and \`maxUnavailable\` make ${together} together, but GKE upgrades 1 to ${MostUpgraded} nodes at a time. Correct one.`,
        );
    }
}

/** https://docs.cloud.google.com/kubernetes-engine/docs/how-to/creating-managing-labels */
const ReservedPrefix = /^([a-z0-9.-]+\.)?(kubernetes\.io|k8s\.io|cloud\.google\.com)\//;

function checkLabels(pool: Pool): void {
    for (const entry of pool.texts("labels")) {
        const wrong = metadataKey(entry.key);
        if (wrong !== undefined) {
            pool.report(entry.path, wrong);
        } else if (ReservedPrefix.test(entry.key)) {
            pool.report(
                entry.path,
                `has a prefix that Kubernetes and GKE keep for themselves ${given(entry.key)}. Use one of your own, or none.`,
            );
        }
        pool.checkEntry(entry, labelValue);
    }
}

/** Whether pods that know nothing of taints stay away from the pool; they come where they are only asked to. */
export function isTainted(pool: Pool): boolean {
    return pool
        .sections("taints")
        .some(({ value }) => value !== undefined && value.text("effect") !== GcpTaintEffect.PreferNoSchedule);
}

function checkTaints(pool: Pool): void {
    const seen = new Set<string>();
    for (const { path, value: one } of pool.sections("taints")) {
        if (one === undefined) {
            continue;
        }
        one.check("key", (key) => tooLong(key) ?? metadataKey(key));
        one.check("value", (value) => tooLong(value) ?? labelValue(value));
        const id = `${one.text("key")}/${one.text("effect")}`;
        if (one.text("key") !== undefined && seen.has(id)) {
            one.report(path, "has key and effect of another one, and a node can have one such taint only. Keep one.");
        }
        seen.add(id);
    }
}

function tooLong(value: string): string | undefined {
    return value.length > LongestTaintText
        ? `is longer than ${LongestTaintText} characters ${given(value)}. Shorten it.`
        : undefined;
}

function checkTags(pool: Pool): void {
    const tags = pool.texts("networkTags");
    if (tags.length > MostTags) {
        pool.refuse("networkTags", `has ${tags.length} entries, but a machine has at most ${MostTags}. Remove some.`);
    }
    tags.forEach((entry) => pool.checkEntry(entry, wrongNetworkTag));
    refuseRepetition(pool, tags);
}

/** `gcp.cluster.nodeAccount` */
export function checkNodeAccount(account: Section<GcpNodeAccountArgs>): void {
    account.check("email", wrongServiceAccount);
    account.check("accountId", wrongAccountId);
    const unused = account.givenOf("accountId", "artifactRegistryReader");
    if (account.has("email") && unused.length > 0) {
        account.refuse(
            "email",
            `is an account of your own, so ${codes(unused)} would have no effect. Leave ${unused.length === 1 ? "it" : "them"} out.`,
        );
    }
}
