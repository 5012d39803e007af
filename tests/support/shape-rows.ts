import { shapeChecks } from "../../sdk/checks/themes/shape";
import { type Configuration, findingsOf } from "./check-input";

/** The chart version that messages name. */
export const Version = "operator-wandb 0.43.8";

/** A check, what is given, and what it says: nothing, or path, message and remedy of each finding in order. */
export type ShapeRow = readonly [
    id: string,
    title: string,
    given: Configuration,
    findings: readonly [string, string, string][],
];

/** What a check of the shape finds: path, message and remedy of each finding. */
export function textsOf(id: string, given: Configuration): [string, string, string][] {
    return findingsOf(shapeChecks, id, given).map(({ path, message, remedy }) => [path, message, remedy]);
}

/** `spec.values` alone. */
export function values(tree: unknown): Configuration {
    return { values: tree };
}
