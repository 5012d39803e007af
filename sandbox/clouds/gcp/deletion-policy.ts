/**
 * `deletionPolicy`, which provider 9 gives to many resources: `PREVENT` refuses to delete, `ABANDON` leaves the thing as it is and only
 * forgets it. It is the provider's own, no API knows it: https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket
 */
import type { Row } from "../inventory";
import type { PropertyModel, ResourceModel } from "../model";

export const deletionPolicy: PropertyModel = {
    type: "string",
    default: "DELETE",
    values: ["DELETE", "PREVENT", "ABANDON"],
};

/** Why the policy keeps it; absent when it may go. */
export function keptByPolicy({ id, inputs }: Row): string | undefined {
    return inputs["deletionPolicy"] === "PREVENT"
        ? `cannot destroy ${id} without setting deletion_policy="DELETE" and running \`terraform apply\``
        : undefined;
}

export function isAbandoned({ inputs }: Row): boolean {
    return inputs["deletionPolicy"] === "ABANDON";
}

/** The thing without what it has in Pulumi's state: nobody there made it. */
export function forgotten({ type, id, inputs, outputs }: Row): Row {
    return { type, id, state: "active", inputs, outputs };
}

/** The resource with that property. */
export function withDeletionPolicy(model: ResourceModel): ResourceModel {
    const { blocksDeletion, takesAlong, leavesBehind } = model;
    return {
        ...model,
        inputs: { ...model.inputs, deletionPolicy },
        unread: [...(model.unread ?? []), "deletionPolicy"],
        blocksDeletion: (row, inventory) =>
            keptByPolicy(row) ?? (isAbandoned(row) ? undefined : blocksDeletion?.(row, inventory)),
        takesAlong: (row, inventory) => (isAbandoned(row) ? [] : (takesAlong?.(row, inventory) ?? [])),
        leavesBehind: (row, inventory) =>
            isAbandoned(row) ? [forgotten(row)] : (leavesBehind?.(row, inventory) ?? []),
    };
}
