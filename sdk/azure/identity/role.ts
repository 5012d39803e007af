import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import type * as pulumi from "@pulumi/pulumi";
import { type BuiltInRole, roleDefinitionId } from "../roles";
import type { AzureDeploymentScope } from "../scope";

interface Assignment {
    /** Object id of a managed identity (`principalId`). */
    readonly principalId: pulumi.Input<string>;
    /** Resource id of what the role is assigned on. */
    readonly scopeId: pulumi.Input<string>;
    readonly dependsOn?: readonly pulumi.Resource[];
    /** What is stored can be read only as long as the role is there: `dataOptions`. */
    readonly options?: pulumi.CustomResourceOptions;
}

export interface RoleGrant extends Assignment {
    readonly role: BuiltInRole;
}

export interface RoleGrantById extends Assignment {
    /** Full id of the role. */
    readonly roleDefinitionId: pulumi.Input<string>;
}

/**
 * Assigns a role to a managed identity; other assignments stay. The provider names it by a random GUID, so that a change of any part makes another
 * one before the old one goes. The principal's type is given, because Azure looks for it otherwise, and does not find one that was made just now.
 * https://learn.microsoft.com/azure/role-based-access-control/role-assignments-template#new-service-principal
 */
export function assignRole(
    scope: Pick<AzureDeploymentScope, "parent" | "subscriptionId">,
    logicalName: string,
    { role, ...assignment }: RoleGrant,
): RoleAssignment {
    const id = roleDefinitionId(scope.subscriptionId, role);
    return assignRoleById(scope, logicalName, { ...assignment, roleDefinitionId: id });
}

/** The same with any role. The provider would send another role to the same assignment, which Azure refuses (`RoleAssignmentUpdateNotPermitted`). */
export function assignRoleById(
    { parent }: Pick<AzureDeploymentScope, "parent">,
    logicalName: string,
    { roleDefinitionId, principalId, scopeId, dependsOn = [], options = {} }: RoleGrantById,
): RoleAssignment {
    return new RoleAssignment(
        logicalName,
        { scope: scopeId, roleDefinitionId, principalId, principalType: "ServicePrincipal" },
        { parent, dependsOn: [...dependsOn], replaceOnChanges: ["roleDefinitionId"], ...options },
    );
}
