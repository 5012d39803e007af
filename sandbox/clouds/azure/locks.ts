/** Which locks stand over a thing. The row of the lock itself is in `management-locks.ts`. */
import type { Row } from "../inventory";
import type { InventoryView } from "../model";
import { textOf } from "../values";
import { armError } from "./errors";
import { isWithinScope } from "./ids";

export const lockType = "azure-native:authorization:ManagementLockByScope";

type Operation = "delete" | "write";

/**
 * A lock that forbids the operation: its own, one that it inherits, and for a deletion one on what would go with it.
 *
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/lock-resources
 */
export function lockOver(inventory: InventoryView, id: string, operation: Operation): Row | undefined {
    return inventory.find(lockType, ({ inputs }) => {
        const scope = textOf(inputs["scope"]);
        const forbids = operation === "delete" || inputs["level"] === "ReadOnly";
        return forbids && (isWithinScope(id, scope) || (operation === "delete" && isWithinScope(scope, id)));
    });
}

export function refusedByLock(lock: Row | undefined, id: string, operation: Operation): string | undefined {
    return lock === undefined
        ? undefined
        : armError(
              409,
              "ScopeLocked",
              `The scope '${id}' cannot perform ${operation} operation because following scope(s) are locked: '${textOf(lock.inputs["scope"])}'. Please remove the lock and try again.`,
          );
}
