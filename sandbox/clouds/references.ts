/** References between the things of a cloud: what must exist first, and what holds on to what. */
import type { CloudModel, InventoryView, Reference, ResourceModel } from "./model";
import type { Row } from "./inventory";
import { valuesAt, type PropertyMap } from "./values";

/** The cloud's error for the first reference that leads nowhere; absent when all lead somewhere. */
export function danglingReference(
    model: ResourceModel,
    inputs: PropertyMap,
    inventory: InventoryView,
): string | undefined {
    for (const reference of model.references ?? []) {
        for (const value of valuesAt(inputs, reference.path)) {
            if (typeof value === "string" && !targetExists(reference, value, inventory)) {
                return reference.message?.(value) ?? notFound(reference, value);
            }
        }
    }
    return undefined;
}

/** Why the cloud refuses to delete `row`; absent when nothing holds it. */
export function deletionBlocker(cloud: CloudModel, row: Row, inventory: InventoryView): string | undefined {
    for (const model of cloud.resources) {
        for (const reference of model.references ?? []) {
            const holder = reference.holds && inventory.find(model.token, (other) => refersTo(reference, other, row));
            if (holder !== undefined) {
                return reference.holds?.(row, holder);
            }
        }
    }
    const model = cloud.resources.find(({ token }) => token === row.type);
    return model?.blocksDeletion?.(row, inventory);
}

function targetExists(reference: Reference, value: string, inventory: InventoryView): boolean {
    return reference.types.some(
        (type) => inventory.find(type, (row) => handle(reference, row) === value) !== undefined,
    );
}

function refersTo(reference: Reference, holder: Row, target: Row): boolean {
    return (
        holder !== target &&
        reference.types.includes(target.type) &&
        valuesAt(holder.inputs, reference.path).includes(handle(reference, target))
    );
}

/** What others call the row by. */
function handle(reference: Reference, row: Row): string {
    const named = reference.by === undefined ? row.id : row.outputs[reference.by];
    return typeof named === "string" ? named : row.id;
}

function notFound(reference: Reference, value: string): string {
    return `${reference.path}: no ${reference.types.join(" or ")} ${JSON.stringify(value)} exists. Create it first.`;
}
