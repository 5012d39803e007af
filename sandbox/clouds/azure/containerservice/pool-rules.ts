/** What AKS refuses of a pool of nodes, the one inside of a cluster and those beside it. */
import { textOf, type PropertyMap } from "../../values";
import { fixedOfPools } from "./pool-inputs";
import { bad, changed, changeRefused, part, textsIn } from "./shared";
import { isBelow, minorOf } from "./versions";

const counts = { most: 1_000, pods: [10, 250], disk: [30, 2_048] } as const;

/** https://learn.microsoft.com/rest/api/aks/agent-pools/create-or-update */
export function refusedPoolSettings(pool: PropertyMap, name: string, isUpdate: boolean): string | undefined {
    return (
        refusedCounts(pool, name) ??
        refusedSizes(pool, name) ??
        refusedSpot(pool, name, isUpdate) ??
        refusedSurge(pool) ??
        refusedLabels(pool)
    );
}

function refusedCounts(pool: PropertyMap, name: string): string | undefined {
    const { enableAutoScaling, minCount, maxCount, count, mode } = pool;
    const least = mode === "System" ? 1 : 0;
    if (enableAutoScaling !== true) {
        return minCount === undefined && maxCount === undefined
            ? undefined
            : bad(`The min and max count of agent pool ${name} can only be set when auto scaling is enabled.`);
    }
    const [min, max] = [Number(minCount ?? -1), Number(maxCount ?? -1)];
    if (min < least || max < 1 || max > counts.most || min > max) {
        return bad(
            `The min count and max count of agent pool ${name} must be ${least} to ${counts.most}, the min count not above the max count (${min} and ${max} given).`,
            "InvalidParameter",
        );
    }
    const number = Number(count ?? min);
    return number < min || number > max
        ? bad(
              `The count ${number} of agent pool ${name} must be between min count ${min} and max count ${max}.`,
              "InvalidParameter",
          )
        : undefined;
}

function refusedSizes({ maxPods, osDiskSizeGB }: PropertyMap, name: string): string | undefined {
    const outside = (value: unknown, [least, most]: readonly [number, number]) =>
        typeof value === "number" && value !== 0 && (value < least || value > most);
    if (outside(maxPods, counts.pods)) {
        return bad(`The max pods ${Number(maxPods)} of agent pool ${name} must be 10 to 250.`, "InvalidParameter");
    }
    return outside(osDiskSizeGB, counts.disk)
        ? bad(`The OS disk size ${Number(osDiskSizeGB)} of agent pool ${name} must be 30 to 2048.`, "InvalidParameter")
        : undefined;
}

const spotTaint = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule";

/** https://learn.microsoft.com/azure/aks/spot-node-pool#limitations; an update without AKS's own taint is a change of it. */
function refusedSpot(pool: PropertyMap, name: string, isUpdate: boolean): string | undefined {
    const isSpot = pool["scaleSetPriority"] === "Spot";
    if (isSpot && pool["mode"] === "System") {
        return bad(`System agent pool ${name} cannot be a Spot pool.`);
    }
    if (isSpot && isUpdate && !textsIn(pool["nodeTaints"]).includes(spotTaint)) {
        return changeRefused("properties.nodeTaints");
    }
    return !isSpot && (pool["spotMaxPrice"] !== undefined || pool["scaleSetEvictionPolicy"] !== undefined)
        ? bad(`Spot max price and eviction policy of agent pool ${name} can only be set when the priority is Spot.`)
        : undefined;
}

function refusedSurge(pool: PropertyMap): string | undefined {
    const surge = part(pool["upgradeSettings"])["maxSurge"];
    return surge === undefined || /^([1-9]\d*|[1-9]\d?%|100%)$/.test(textOf(surge))
        ? undefined
        : bad(
              `Max surge ${textOf(surge)} is invalid: it must be a number or a percentage from 1% to 100%.`,
              "InvalidParameter",
          );
}

/** https://learn.microsoft.com/azure/aks/use-labels#reserved-system-labels */
function refusedLabels({ nodeLabels, scaleSetPriority }: PropertyMap): string | undefined {
    const names = Object.keys(part(nodeLabels));
    const own = scaleSetPriority === "Spot" ? ["kubernetes.azure.com/scalesetpriority"] : [];
    const reserved = names.find((name) => name.startsWith("kubernetes.azure.com/") && !own.includes(name));
    return reserved === undefined
        ? undefined
        : bad(`Label ${reserved} is reserved by AKS and cannot be set.`, "InvalidNodeLabels");
}

/** @param path what AKS calls the pool in its words: `properties` or `agentPoolProfile` */
export function refusedPoolChange(pool: PropertyMap, previous: PropertyMap, path: string): string | undefined {
    const property = fixedOfPools.find((name) => changed(name, pool, previous));
    return property === undefined ? undefined : changeRefused(`${path}.${property}`);
}

/** https://learn.microsoft.com/azure/aks/manage-node-pools#validation-rules-for-upgrades */
export function refusedSkew(version: string | undefined, controlPlane: string): string | undefined {
    if (version === undefined) {
        return undefined;
    }
    return isBelow(controlPlane, version) || minorOf(controlPlane) - minorOf(version) > 2
        ? bad(
              `Node pool version ${version} and control plane version ${controlPlane} are incompatible. Minor version of node pool cannot be bigger than control plane version, nor more than 2 behind it.`,
              "NodePoolMcVersionIncompatible",
          )
        : undefined;
}
