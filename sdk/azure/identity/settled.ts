import type { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import * as pulumi from "@pulumi/pulumi";

/**
 * Azure answers before an assignment holds in all places, and a service that may not use its key yet fails at once. Microsoft promises ten minutes;
 * nearly always it is done sooner.
 * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected
 */
const SettlingMs = 90_000;

/** The id of an assignment, known once it is this old. Of one that was there before it is known at once. */
export function settled({ id, createdOn }: RoleAssignment): pulumi.Output<string> {
    return pulumi.all([id, createdOn]).apply(async ([known, made]) => {
        const rest = Date.parse(made) + SettlingMs - Date.now();
        if (rest > 0) {
            await new Promise((resolve) => setTimeout(resolve, Math.min(rest, SettlingMs)));
        }
        return known;
    });
}
