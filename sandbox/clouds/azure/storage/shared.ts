/** What all that is in a storage account shares. https://learn.microsoft.com/en-us/rest/api/storagerp/ */
import type { Row } from "../../inventory";
import type { InventoryView, ModelContext, PropertyModels, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { armOutputs, groupNotFound, inResourceGroup, resourceGroupType, rowsWithin } from "../arm";
import { armError, resourceNotFound } from "../errors";
import { groupId, groupIdIn, identityOf, resourceId, rowById } from "../ids";
import { lockOver, refusedByLock } from "../locks";

export const accountType = "azure-native:storage:StorageAccount";
export const containerType = "azure-native:storage:BlobContainer";
export const blobServiceType = "azure-native:storage:BlobServiceProperties";
export const policyType = "azure-native:storage:ManagementPolicy";
export const queueType = "azure-native:storage:Queue";
/** Containers that can still be restored: the cloud makes these rows, no program does. */
export const deletedContainerType = "azure-native:storage/deletedContainer";

export const storageApiVersion = "2024-01-01";

export function accountIdOf(inputs: PropertyMap, { config }: Pick<ModelContext, "config">): string {
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    return resourceId(group, "Microsoft.Storage/storageAccounts", [textOf(inputs["accountName"])]);
}

export function accountOf(inputs: PropertyMap, context: Pick<ModelContext, "config" | "inventory">): Row | undefined {
    return rowById(context.inventory, accountType, accountIdOf(inputs, context));
}

/** Why there is no account of that name in that group. */
export function refusedAccount(
    inputs: PropertyMap,
    context: Pick<RefuseContext, "config" | "inventory">,
): string | undefined {
    const id = accountIdOf(inputs, context);
    const group = textOf(inputs["resourceGroupName"]);
    if (rowById(context.inventory, resourceGroupType, groupIdIn(id)) === undefined) {
        return groupNotFound(group);
    }
    return rowById(context.inventory, accountType, id) === undefined
        ? resourceNotFound("Microsoft.Storage/storageAccounts", textOf(inputs["accountName"]), group)
        : undefined;
}

export interface ChildSettings {
    readonly token: string;
    /** Behind the id of the account: `blobServices/default/containers`. */
    readonly path: string;
    /** Input that names it. */
    readonly own: string;
    readonly name: { readonly pattern: RegExp; readonly rule: string; readonly longest: number };
}

type ChildModel = Pick<
    ResourceModel,
    "inputs" | "outputs" | "refuse" | "computed" | "blocksDeletion" | "leavesBehind" | "volatile"
>;

/** Something of a service of an account, which has an id that no input says whole. */
export function serviceChild({ token, path, own, name }: ChildSettings, model: ChildModel): ResourceModel {
    const type = `Microsoft.Storage/storageAccounts/${path.replace("default/", "")}`;
    const idOf = (inputs: PropertyMap, context: Pick<ModelContext, "config">) =>
        `${accountIdOf(inputs, context)}/${path}/${textOf(inputs[own])}`;
    inResourceGroup(token);
    return {
        ...model,
        token,
        inputs: { ...childInputs, [own]: { type: "string" }, ...model.inputs },
        outputs: { ...armOutputs, ...model.outputs },
        name: {
            property: own,
            pattern: name.pattern,
            rule: name.rule,
            auto: { maxLength: name.longest, separator: "", digits: 0 },
        },
        replaceOn: ["accountName", "resourceGroupName", own],
        deleteBeforeReplace: true,
        id: idOf,
        refuse: (inputs, context) => {
            const id = idOf(inputs, context);
            if (context.previous === undefined && rowById(context.inventory, token, id) !== undefined) {
                return `cannot create already existing resource '${id}'`;
            }
            return (
                refusedAccount(inputs, context) ??
                refusedByLock(lockOver(context.inventory, id, "write"), id, "write") ??
                model.refuse?.(inputs, context)
            );
        },
        computed: (inputs, context) => ({
            azureApiVersion: storageApiVersion,
            name: textOf(inputs[own]),
            type,
            ...model.computed?.(inputs, context),
        }),
        blocksDeletion: (row, inventory) =>
            refusedByLock(lockOver(inventory, row.id, "delete"), row.id, "delete") ??
            model.blocksDeletion?.(row, inventory),
        takesAlong: (row, inventory) => rowsWithin(inventory, row.id),
    };
}

const childInputs: PropertyModels = {
    accountName: { type: "string", required: true },
    resourceGroupName: { type: "string", required: true },
};

/** Settings of the blob service; absent as long as nobody has made any. */
export function blobServiceOf(accountId: string, inventory: InventoryView): Row | undefined {
    return rowById(inventory, blobServiceType, `${accountId}/blobServices/default`);
}

/** A value of a request that the service does not take. */
export function invalidValue(property: string): string {
    return armError(
        400,
        "InvalidRequestPropertyValue",
        `The value for property '${property}' is invalid. See https://aka.ms/storageaccountrequest for valid values.`,
    );
}
