import type { Policies } from "@pulumi/policy";
import { settingPolicy } from "./setting";

/** Roles with which one has everything, or can give it to oneself. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const WideRoles: Readonly<Record<string, string>> = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
};

/** Everything in a subscription, or in more of them. */
const WholeSubscription =
    /^(?:\/|\/subscriptions\/[^/]+\/?|\/providers\/Microsoft\.Management\/managementGroups\/[^/]+\/?)$/i;

const Documentation = "https://learn.microsoft.com/azure/role-based-access-control/best-practices";
const AssignmentType = "azure-native:authorization:RoleAssignment";

const wideRights = settingPolicy(
    {
        name: "wandb-azure-wide-rights",
        description:
            "W&B needs its own container, key and queue. Owner, Contributor or a role that gives roles, and any role on a whole subscription, give whoever gets hold of its identity all others too.",
        level: "advisory",
        severity: "high",
        remedy: "Assign the role that is needed, on the account, key, vault or subnet that is meant.",
        documentation: Documentation,
        fix: "Assign a narrower role, on the one account, key, vault or subnet that is needed.",
    },
    [AssignmentType],
    (assignment) => {
        const [role, scope] = [assignment.at("roleDefinitionId"), assignment.at("scope")];
        // Users and groups are administrators; what runs is a service principal.
        const runs = assignment.at("principalType").text === "ServicePrincipal";
        const wide = WideRoles[role.text?.split("/").at(-1)?.toLowerCase() ?? ""];
        return [
            runs && wide !== undefined && { place: role, message: `is ${wide}, for an identity that runs something` },
            runs &&
                WholeSubscription.test(scope.text ?? "") && {
                    place: scope,
                    message: `is ${scope.text}, so the role holds for everything in it`,
                },
        ];
    },
);

/** Policies about role assignments. */
export const identityPolicies: Policies = [wideRights];
