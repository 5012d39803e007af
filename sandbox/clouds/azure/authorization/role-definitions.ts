/** Roles of a tenant's own. https://learn.microsoft.com/en-us/azure/role-based-access-control/custom-roles */
import type { ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { armOutputs, inResourceGroup, resourceGroupType } from "../arm";
import { armError } from "../errors";
import { identityOf, lastName, rowById, sameId } from "../ids";
import { roleAssignmentType, roleDefinitionType } from "./role-assignments";

const list = { type: "array" } as const;
const text = { type: "string" } as const;

export const roleDefinitions: ResourceModel = {
    token: inResourceGroup(roleDefinitionType),
    inputs: {
        assignableScopes: list,
        description: text,
        permissions: {
            type: "array",
            items: {
                type: "object",
                properties: { actions: list, dataActions: list, notActions: list, notDataActions: list },
            },
        },
        roleDefinitionId: text,
        roleName: text,
        roleType: text,
        scope: { ...text, required: true },
    },
    outputs: { ...armOutputs, createdBy: text, createdOn: text, updatedBy: text, updatedOn: text },
    name: {
        property: "roleDefinitionId",
        uuid: true,
        pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
        rule: "must be a GUID",
    },
    replaceOn: ["scope", "roleDefinitionId"],
    id: ({ scope, roleDefinitionId }) =>
        `${textOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${textOf(roleDefinitionId)}`,
    refuse: (inputs, { inventory, previous }) => {
        const name = textOf(inputs["roleName"]);
        const twin = inventory.find(
            roleDefinitionType,
            (row) => row.inputs["roleName"] === name && row.inputs["roleDefinitionId"] !== inputs["roleDefinitionId"],
        );
        if (twin !== undefined && previous === undefined) {
            return armError(
                409,
                "RoleDefinitionWithSameNameExists",
                `A custom role with the name '${name}' already exists in this directory. Use a different name.`,
            );
        }
        const lost = scopesOf(inputs).find(
            (scope) => isGroup(scope) && rowById(inventory, resourceGroupType, scope) === undefined,
        );
        return lost === undefined
            ? refusedScopes(inputs)
            : armError(400, "LinkedScopesNotFound", `The resource group '${lost}' could not be found.`);
    },
    computed: (_inputs, { id, config }) => ({
        azureApiVersion: "2022-05-01-preview",
        name: lastName(id),
        type: "Microsoft.Authorization/roleDefinitions",
        createdBy: identityOf(config).objectId,
        createdOn: "2026-01-01T00:00:00.0000000Z",
        updatedBy: identityOf(config).objectId,
        updatedOn: "2026-01-01T00:00:00.0000000Z",
    }),
    blocksDeletion: (row, inventory) =>
        inventory.find(roleAssignmentType, ({ inputs }) =>
            sameId(lastName(inputs["roleDefinitionId"]), lastName(row.id)),
        ) === undefined
            ? undefined
            : armError(
                  400,
                  "RoleDefinitionHasAssignments",
                  "There are existing role assignments referencing role. Delete the role assignments first.",
              ),
};

function scopesOf({ assignableScopes }: PropertyMap): string[] {
    return Array.isArray(assignableScopes) ? assignableScopes.map((scope) => textOf(scope)) : [];
}

function isGroup(scope: string): boolean {
    return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(scope);
}

/** Management group, subscription or resource group; no single thing. And at least one action. */
function refusedScopes(inputs: PropertyMap): string | undefined {
    const scopes = scopesOf(inputs);
    const wrong = scopes.find((scope) => !isGroup(scope) && !/^\/subscriptions\/[^/]+$/i.test(scope));
    if (scopes.length === 0 || wrong !== undefined) {
        return armError(
            400,
            "InvalidAssignableScopes",
            `The assignable scope '${wrong ?? ""}' is not valid: use a management group, a subscription or a resource group.`,
        );
    }
    const permissions = Array.isArray(inputs["permissions"]) ? inputs["permissions"] : [];
    const acts = permissions.some((one) => isMap(one) && (one["actions"] ?? one["dataActions"]) !== undefined);
    return acts ? undefined : armError(400, "InvalidRoleDefinition", "The role definition has no actions.");
}
