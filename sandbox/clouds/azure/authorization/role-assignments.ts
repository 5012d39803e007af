/**
 * Role assignments, as of @pulumi/azure-native 3.28.
 *
 * An assignment takes minutes at worst until it holds everywhere
 * (https://learn.microsoft.com/en-us/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected). Here
 * it holds at once, and says that it was made long ago, so that nobody waits for it by the clock on the wall; the wait is part of its duration.
 */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { anyRow, armOutputs, inResourceGroup } from "../arm";
import { armError } from "../errors";
import { identityOf, isWithinScope, lastName, sameId } from "../ids";
import { lockOver, refusedByLock } from "../locks";
import { identityType } from "../managedidentity/identity";
import { builtInRoles } from "./built-in-roles";

export const roleAssignmentType = inResourceGroup("azure-native:authorization:RoleAssignment");
export const roleDefinitionType = "azure-native:authorization:RoleDefinition";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const longAgo = "2026-01-01T00:00:00.0000000Z";

/** https://learn.microsoft.com/en-us/rest/api/authorization/role-assignments/create */
export const roleAssignments: ResourceModel = {
    token: roleAssignmentType,
    inputs: {
        condition: { type: "string" },
        conditionVersion: { type: "string", values: ["2.0"] },
        delegatedManagedIdentityResourceId: { type: "string" },
        description: { type: "string" },
        principalId: { type: "string", required: true },
        principalType: { type: "string", values: ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"] },
        roleAssignmentName: { type: "string" },
        roleDefinitionId: { type: "string", required: true },
        scope: { type: "string", required: true },
    },
    outputs: {
        ...armOutputs,
        createdBy: { type: "string" },
        createdOn: { type: "string" },
        principalType: { type: "string" },
        systemData: { type: "any" },
        updatedBy: { type: "string" },
        updatedOn: { type: "string" },
    },
    echoed: ["principalType"],
    durationKey: ({ scope }) =>
        /\/vaults\/[^/]+\/keys\//i.test(textOf(scope))
            ? "role assignment on a key, with its settling"
            : "role assignment",
    name: {
        property: "roleAssignmentName",
        uuid: true,
        pattern: guid,
        rule: "must be a GUID",
    },
    // forceNewMap of the provider (provider/pkg/gen/replacement.go) beside what is in the path
    replaceOn: ["scope", "roleAssignmentName", "principalId"],
    id: (inputs) => assignmentId(inputs),
    refuse: (inputs, context) => refusedAssignment(inputs, context),
    computed: (inputs, { config, id }) => ({
        azureApiVersion: "2022-04-01",
        name: lastName(id),
        type: "Microsoft.Authorization/roleAssignments",
        principalType: inputs["principalType"] ?? "User",
        createdBy: identityOf(config).objectId,
        createdOn: longAgo,
        updatedBy: identityOf(config).objectId,
        updatedOn: longAgo,
        systemData: {},
    }),
    blocksDeletion: (row, inventory) => refusedByLock(lockOver(inventory, row.id, "delete"), row.id, "delete"),
};

function assignmentId({ scope, roleAssignmentName }: PropertyMap): string {
    return `${textOf(scope)}/providers/Microsoft.Authorization/roleAssignments/${textOf(roleAssignmentName)}`;
}

function refusedAssignment(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const scope = textOf(inputs["scope"]);
    return (
        refusedScope(scope, inventory) ??
        refusedRole(textOf(inputs["roleDefinitionId"]), inventory) ??
        refusedPrincipal(inputs, context) ??
        (previous === undefined ? refusedDuplicate(inputs, inventory) : refusedUpdate(inputs, previous)) ??
        refusedByLock(lockOver(inventory, scope, "write"), scope, "write")
    );
}

function refusedScope(scope: string, inventory: InventoryView): string | undefined {
    if (/^\/subscriptions\/[0-9a-f-]{36}$/i.test(scope) || anyRow(inventory, scope) !== undefined) {
        return undefined;
    }
    return scope.startsWith("/")
        ? armError(404, "ResourceNotFound", `The Resource '${scope}' was not found.`)
        : armError(
              400,
              "MissingSubscription",
              `The request did not have a subscription or a valid tenant level resource provider ('${scope}').`,
          );
}

/** https://learn.microsoft.com/en-us/azure/role-based-access-control/role-assignments-steps#step-2-select-the-appropriate-role */
function refusedRole(role: string, inventory: InventoryView): string | undefined {
    const [, name] = /\/providers\/Microsoft\.Authorization\/roleDefinitions\/([^/]+)$/i.exec(role) ?? [];
    if (name === undefined || !guid.test(name)) {
        return armError(
            400,
            "InvalidRoleDefinitionId",
            `The role definition ID '${role}' is not valid. The role definition ID must be a GUID.`,
        );
    }
    const own = inventory.find(roleDefinitionType, ({ id }) => sameId(lastName(id), name));
    return builtInRoles[name.toLowerCase()] !== undefined || own !== undefined
        ? undefined
        : armError(
              400,
              "RoleDefinitionDoesNotExist",
              `The specified role definition with ID '${name}' does not exist.`,
          );
}

/**
 * Azure looks for a principal whose type it is not told, and does not find one that was made just now; here never, if this program made it.
 * https://learn.microsoft.com/en-us/azure/role-based-access-control/troubleshooting#symptom---assigning-a-role-to-a-new-principal-sometimes-fails
 */
function refusedPrincipal(
    { principalId, principalType }: PropertyMap,
    { inventory, config }: RefuseContext,
): string | undefined {
    const principal = textOf(principalId);
    if (!guid.test(principal)) {
        return armError(
            400,
            "InvalidPrincipalId",
            `A valid principal ID must be provided for role assignment ('${principal}').`,
        );
    }
    const identity = inventory.find(identityType, ({ outputs }) => sameId(outputs["principalId"], principal));
    if (principalType === undefined && (identity === undefined || identity.urn !== undefined)) {
        return armError(
            400,
            "PrincipalNotFound",
            `Principal ${principal.replaceAll("-", "")} does not exist in the directory ${identityOf(config).tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
        );
    }
    return identity !== undefined && principalType !== undefined && principalType !== "ServicePrincipal"
        ? armError(
              400,
              "UnmatchedPrincipalType",
              `The PrincipalId '${principal}' has type 'ServicePrincipal', which is different from specified PrincipalType '${textOf(principalType)}'.`,
          )
        : undefined;
}

function refusedDuplicate(inputs: PropertyMap, inventory: InventoryView): string | undefined {
    const same = inventory.find(
        roleAssignmentType,
        (row) =>
            ["scope", "principalId"].every((name) => sameId(row.inputs[name], inputs[name])) &&
            sameId(lastName(row.inputs["roleDefinitionId"]), lastName(inputs["roleDefinitionId"])),
    );
    return same === undefined
        ? undefined
        : armError(
              409,
              "RoleAssignmentExists",
              `The role assignment already exists. The ID of the existing role assignment is ${lastName(same.id).replaceAll("-", "")}.`,
          );
}

function refusedUpdate(inputs: PropertyMap, previous: PropertyMap): string | undefined {
    return sameId(lastName(previous["roleDefinitionId"]), lastName(inputs["roleDefinitionId"]))
        ? undefined
        : armError(
              400,
              "RoleAssignmentUpdateNotPermitted",
              "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
          );
}

/** The assignments that reach a thing: its own, and those of all it lies in. */
export function assignmentsOver(inventory: InventoryView, principalId: string, id: string): Row[] {
    return inventory
        .rows(roleAssignmentType)
        .filter(
            ({ inputs }) => sameId(inputs["principalId"], principalId) && isWithinScope(id, textOf(inputs["scope"])),
        );
}

/** Whether a built-in role on the thing, or on what it lies in, lets the principal do that with its data. */
export function mayUseData(inventory: InventoryView, principalId: string, id: string, action: string): boolean {
    return assignmentsOver(inventory, principalId, id).some(({ inputs }) => {
        const { dataActions = [] } = builtInRoles[lastName(inputs["roleDefinitionId"]).toLowerCase()] ?? {};
        return dataActions.some((allowed) =>
            allowed.endsWith("*") ? action.startsWith(allowed.slice(0, -1)) : action === allowed,
        );
    });
}

/** Whether a principal has a built-in role, by its name, on the thing or on what it lies in. */
export function hasRole(inventory: InventoryView, principalId: string, role: string, id: string): boolean {
    return assignmentsOver(inventory, principalId, id).some(
        ({ inputs }) => builtInRoles[lastName(inputs["roleDefinitionId"]).toLowerCase()]?.name === role,
    );
}
