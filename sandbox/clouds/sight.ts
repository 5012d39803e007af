/** What a service of the cloud does not know yet, because it was made a moment ago. */
import type { Inventory } from "./inventory";
import type { ResourceModel } from "./model";
import type { PropertyMap } from "./values";

export interface Unseen {
    /** The cloud's words. */
    readonly message: string;
    /** Whether the provider repeats the request. */
    readonly repeated: boolean;
    /** Time until the cloud knows it, at least 1. */
    readonly ms: number;
}

/** The first thing that a request names too early; absent when the cloud knows them all, or has none of that ARN. */
export function unseen(
    model: ResourceModel,
    operation: "create" | "update",
    inputs: PropertyMap,
    inventory: Pick<Inventory, "rows">,
): Unseen | undefined {
    if (model.sights === undefined) {
        return undefined;
    }
    const now = Date.now();
    const hidden = inventory.rows().filter(({ seenFrom }) => seenFrom !== undefined && seenFrom > now);
    for (const { arns, unknown, repeated } of model.sights) {
        for (const arn of arns(inputs)) {
            const row = hidden.find(({ outputs }) => outputs["arn"] === arn);
            if (row?.seenFrom !== undefined) {
                return {
                    message: unknown(arn),
                    repeated: repeated.includes(operation),
                    ms: Math.max(1, row.seenFrom - now),
                };
            }
        }
    }
    return undefined;
}
