/** Sizes of machines: which there are, where, with which disks, and how many CPUs a subscription may have. */
import type { InventoryView, RefuseContext } from "../../model";
import { quotaOf } from "../../quotas";
import { textOf, type PropertyMap } from "../../values";
import { normalLocation, zonesOf } from "../locations";
import { bad, clusterType, partsIn, poolType, textsIn } from "./shared";

/** Key of the quota of vCPUs of a region, for tests that lower it. In place of those of each family stands one for all. */
export const cpuQuota = "azure-native:compute:cpus";
/** What a subscription has depends on its history; enough for every size. */
const grantedCpus = 2_000;

/** `Standard_E8-4ds_v5`: family, vCPUs, features, version. */
const form = /^Standard_([A-Z]{1,3})(\d+)(?:-\d+)?([a-z]*)(?:_[A-Z]+\d*)?(?:_v(\d+))?$/;
const families = ["A", "B", "D", "DC", "DS", "E", "EC", "F", "FX", "L", "M", "NC", "ND", "NV"];

interface Machine {
    readonly family: string;
    readonly cpus: number;
    readonly features: string;
}

function machineOf(size: string): Machine | undefined {
    const [, family, cpus, features = ""] = form.exec(size) ?? [];
    return family !== undefined && families.includes(family) ? { family, cpus: Number(cpus), features } : undefined;
}

/** Where sizes of the fifth generation are not to be had: newest and smallest regions, as an example of what happens elsewhere too. */
const withoutFifth = ["westindia", "southindia", "australiacentral"];

/** Room of the machine's own disk for an operating system, in GB for each vCPU; those of the newer common families without a `d` have none. */
const ephemeralGbPerCpu = 37;

export interface PoolOfMachines {
    readonly pool: PropertyMap;
    readonly name: string;
    readonly location: string;
}

/** Why there are no such machines; absent when there are. */
export function refusedMachine({ pool, name, location }: PoolOfMachines): string | undefined {
    const size = textOf(pool["vmSize"], "Standard_D2s_v5");
    const machine = machineOf(size);
    if (machine === undefined || (size.endsWith("_v5") && withoutFifth.includes(normalLocation(location)))) {
        return bad(
            `The VM size of ${size} is not allowed in your subscription in location '${location}'. For more details, please visit https://aka.ms/cpu-quota`,
            "VMSizeNotSupported",
        );
    }
    // https://learn.microsoft.com/azure/aks/quotas-skus-regions#restricted-vm-sizes
    if (machine.cpus < 2) {
        return bad(`The VM size ${size} of agent pool ${name} has less than 2 vCPUs.`, "VMSizeNotSupported");
    }
    return refusedZones(pool, name, location) ?? refusedDisk(pool, size, machine);
}

function refusedZones(pool: PropertyMap, name: string, location: string): string | undefined {
    const wanted = textsIn(pool["availabilityZones"]);
    const there = zonesOf(location);
    const wrong = wanted.filter((zone) => !there.includes(zone));
    return wrong.length === 0
        ? undefined
        : bad(
              `The zone(s) '${wrong.join(",")}' for resource '${name}' is not supported. The supported zones for location '${location}' are '${there.join(",")}'.`,
              "AvailabilityZoneNotSupported",
          );
}

/** https://learn.microsoft.com/azure/aks/concepts-storage#ephemeral-os-disk */
function refusedDisk(pool: PropertyMap, size: string, { cpus, features }: Machine): string | undefined {
    if (pool["osDiskType"] !== "Ephemeral") {
        return undefined;
    }
    const hasDisk = features.includes("d") || !/^Standard_[DEF]\d.*_v([4-9]|\d\d)$/.test(size);
    const room = hasDisk ? cpus * ephemeralGbPerCpu : 0;
    const wanted = Number(pool["osDiskSizeGB"] ?? 128);
    return wanted <= room
        ? undefined
        : bad(
              `The virtual machine size ${size} has a cache size of ${room * 1024 ** 3} bytes and temp disk size of ${room * 1024 ** 3} bytes, but the OS disk requires ${wanted * 1024 ** 3} bytes. Use a VM size with larger cache, larger temp disk, or disable ephemeral OS.`,
              "VMCacheSizeTooSmall",
          );
}

/** Counted by the nodes that pools have at first. */
export function refusedCpus(pools: readonly PropertyMap[], location: string, context: RefuseContext) {
    const { dir, inventory } = context;
    const limit = quotaOf(dir, cpuQuota, grantedCpus);
    const used = usedCpus(inventory);
    const wanted = pools.reduce((sum, pool) => sum + cpusOf(pool), 0);
    return used + wanted <= limit
        ? undefined
        : bad(
              `Preflight validation check for resource(s) for container service failed. Message: Insufficient regional vcpu quota left for location ${location}. left regional vcpu quota ${limit - used}, requested quota ${wanted}. If you want to increase the quota, please follow this instruction: https://learn.microsoft.com/en-us/azure/quotas/view-quotas.`,
              "ErrCode_InsufficientVCPUQuota",
          );
}

function usedCpus(inventory: InventoryView): number {
    const inline = inventory.rows(clusterType).flatMap(({ inputs }) => partsIn(inputs["agentPoolProfiles"]));
    const separate = inventory.rows(poolType).map(({ inputs }) => inputs);
    return [...inline, ...separate].reduce((sum, pool) => sum + cpusOf(pool), 0);
}

function cpusOf(pool: PropertyMap): number {
    return (machineOf(textOf(pool["vmSize"]))?.cpus ?? 2) * Number(pool["count"] ?? 1);
}
