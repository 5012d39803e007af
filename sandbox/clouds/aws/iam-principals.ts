/** Who is there in the simulated account. Users, and roles that nobody made by program, are rows that tests plant. */
import type { Row } from "../inventory";
import type { InventoryView } from "../model";
import { textOf } from "../values";
import type { Account } from "./account";

export const roleType = "aws:iam/role:Role";
export const userType = "aws:iam/user:User";

/**
 * The first of the principals that is not there. AWS turns each into its unique id and refuses a policy when it finds none; it can look into its
 * own account only in this model, so all others count as there.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function missingPrincipal(
    names: readonly string[],
    account: Account,
    inventory: InventoryView,
): string | undefined {
    return names.find((name) => {
        const [, , service, , owner, what] = name.split(":");
        return owner === account.accountId && what !== "root" && !isThere(service, name, account, inventory);
    });
}

function isThere(service: string, arn: string, account: Account, inventory: InventoryView): boolean {
    if (arn === account.callerArn || arn === account.roleArn) {
        return true;
    }
    if (service === "sts") {
        // arn:aws:sts::<account>:assumed-role/<role without path>/<session>
        return roleNamed(arn.split("/")[1], inventory) !== undefined;
    }
    const byArn = ({ outputs }: Row) => outputs["arn"] === arn;
    return inventory.find(roleType, byArn) !== undefined || inventory.find(userType, byArn) !== undefined;
}

/** Names of roles are told apart without regard to case. */
export function roleNamed(name: string, inventory: InventoryView): Row | undefined {
    const wanted = name.toLowerCase();
    return inventory.find(roleType, ({ outputs }) => textOf(outputs["name"]).toLowerCase() === wanted);
}
