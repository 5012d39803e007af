/** What the identity of a control plane must be allowed before AKS makes a cluster. */
import type { InventoryView } from "../../model";
import { textOf } from "../../values";
import { hasRole } from "../authorization/role-assignments";
import { armError } from "../errors";
import { rowById } from "../ids";
import { identityType } from "../managedidentity/identity";

/** Roles that give all actions, and thus each of those asked for here. */
const everything: readonly string[] = ["Owner", "Contributor"];

export interface Wanted {
    readonly principalId: string;
    readonly action: string;
    /** The narrowest built-in role that has it. */
    readonly role: string;
    readonly scope: string;
}

/** Why the identity may not do it; absent when it may. */
export function refusedRight(
    { principalId, action, role, scope }: Wanted,
    inventory: InventoryView,
): string | undefined {
    return [role, ...everything].some((name) => hasRole(inventory, principalId, name, scope))
        ? undefined
        : armError(
              403,
              "LinkedAuthorizationFailed",
              `The client '${principalId}' with object id '${principalId}' does not have permission to perform action '${action}' on the linked scope(s) '${scope}' or the linked scope(s) are invalid.`,
          );
}

/** Object id of an identity; absent when there is none of that id. */
export function principalOf(identityId: string, inventory: InventoryView): string | undefined {
    const row = rowById(inventory, identityType, identityId);
    return row === undefined ? undefined : textOf(row.outputs["principalId"]);
}
