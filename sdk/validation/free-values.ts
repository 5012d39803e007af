import type { WandbDeploymentArgs } from "../args";
import type { Section } from "./section";

/** Deeper than any chart; a tree that contains itself has no end. */
const DeepestLevel = 100;

/** `values` and `operator.values`: trees that can be walked through. */
export function checkFreeValues(args: Section<WandbDeploymentArgs>): void {
    if (isTooDeep(args.tree("values"), DeepestLevel)) {
        args.refuse("values", Remedy);
    }
    const operator = args.section("operator");
    if (operator !== undefined && isTooDeep(operator.tree("values"), DeepestLevel)) {
        operator.refuse("values", Remedy);
    }
}

const Remedy = `is nested deeper than ${DeepestLevel} levels, or contains itself. Give a plain tree.`;

/** Looks into maps and lists only: Outputs and other objects are leaves to everybody. */
function isTooDeep(value: unknown, levels: number): boolean {
    if (typeof value !== "object" || value === null) {
        return false;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
        return false;
    }
    return levels === 0 || Object.values(value).some((item) => isTooDeep(item, levels - 1));
}
