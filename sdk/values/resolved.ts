import { Unknown } from "../checks/view";
import { isMap } from "./tree";

/** Plain data for the checks, with a mark where something is not known yet: Outputs, promises, objects of classes. */
export function resolved(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(resolved);
    }
    if (isMap(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
    }
    return typeof value === "object" && value !== null ? Unknown : value;
}
