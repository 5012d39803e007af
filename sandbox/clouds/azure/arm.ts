/** What all things in a resource group share: ids, names, where they lie, tags, locks, and what goes with them. */
import type { Row } from "../inventory";
import type {
    ComputeContext,
    InventoryView,
    ModelContext,
    PropertyModels,
    RefuseContext,
    ResourceModel,
} from "../model";
import { textOf, type PropertyMap, type PropertyValue } from "../values";
import { anotherOperation, armError } from "./errors";
import { groupId, groupIdIn, identityOf, isWithinScope, parentId, resourceId, rowById } from "./ids";
import { normalLocation, refusedLocation } from "./locations";
import { lockOver, refusedByLock } from "./locks";
import { refusedTags, type TagLimits } from "./tags";

export const resourceGroupType = "azure-native:resources:ResourceGroup";

export interface ArmSettings {
    /** `Microsoft.Network/virtualNetworks/subnets` */
    readonly type: string;
    readonly apiVersion: string;
    /** Inputs that name the thing and what it is in, outermost first; the last one is its own. */
    readonly names: readonly string[];
    /** Token of what it is in; for one beyond a resource group. */
    readonly parent?: string;
    /** What the service demands of its name. */
    readonly name: { readonly pattern: RegExp; readonly rule: string; readonly longest: number };
    /** The provider adds no digits to the logical name of what is in another thing. */
    readonly autoName?: "random" | "copy" | "uuid" | "none";
    /** Where it lies: in a region, everywhere, or where what it is in lies. `region` for what is in a resource group itself. */
    readonly place?: "region" | "global" | "parent";
    /** Limits of its tags; false: it takes none. What is in another thing takes none when absent. */
    readonly tags?: TagLimits | false;
    /** Two of one parent are not written at the same time. */
    readonly oneByOne?: boolean;
}

/** Every type that can be in a resource group, for what goes with it. */
const armTypes = new Set<string>();

/** Marks a type as something in a resource group, which `arm` does for its own. */
export function inResourceGroup(token: string): string {
    armTypes.add(token);
    return token;
}

/** All that is in resource groups. */
export function allRows(inventory: InventoryView): Row[] {
    return [...armTypes].flatMap((type) => inventory.rows(type));
}

/** All that lies in a scope, the scope itself left out. */
export function rowsWithin(inventory: InventoryView, scope: string): Row[] {
    return allRows(inventory).filter(({ id }) => id.toLowerCase() !== scope.toLowerCase() && isWithinScope(id, scope));
}

/** Whatever has that id. */
export function anyRow(inventory: InventoryView, id: string): Row | undefined {
    return [...armTypes, resourceGroupType]
        .map((type) => rowById(inventory, type, id))
        .find((row) => row !== undefined);
}

type ArmModel = Omit<ResourceModel, "id" | "name" | "deleteBeforeReplace">;

/** A thing in a resource group. */
export function arm(settings: ArmSettings, model: ArmModel): ResourceModel {
    const { names, type } = settings;
    const own = names[names.length - 1];
    const isChild = names.length > 1;
    const place = settings.place ?? (isChild ? "parent" : "region");
    const tags = settings.tags ?? (isChild ? false : {});
    const idOf = (inputs: PropertyMap, { config }: Pick<ModelContext, "config">): string => {
        const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
        return resourceId(
            group,
            type,
            names.map((name) => textOf(inputs[name])),
        );
    };
    inResourceGroup(model.token);
    return {
        ...model,
        inputs: {
            ...Object.fromEntries(names.map((name) => [name, { type: "string", required: name !== own } as const])),
            resourceGroupName: { type: "string", required: true },
            ...(place === "parent" ? {} : { location: { type: "string" } as const }),
            ...(tags === false ? {} : { tags: { type: "map" } as const }),
            ...model.inputs,
        },
        outputs: { ...armOutputs, ...(place === "parent" ? {} : locationOutput), ...model.outputs },
        echoed: ["location"],
        name: nameRule(settings, own, isChild),
        replaceOn: [
            ...names,
            "resourceGroupName",
            ...(place === "parent" ? [] : ["location"]),
            ...(model.replaceOn ?? []),
        ],
        deleteBeforeReplace: (olds, logicalName) => !isAutoNamed(textOf(olds[own]), logicalName),
        id: idOf,
        refuse: (inputs, context) =>
            refused(settings, model, idOf(inputs, context), inputs, context) ??
            (place === "region" ? refusedPlace(type, inputs, context) : undefined) ??
            (tags === false ? undefined : refusedTags(inputs["tags"], tags)) ??
            model.refuse?.(inputs, context),
        computed: (inputs, context) => ({
            azureApiVersion: settings.apiVersion,
            name: textOf(inputs[own]),
            type,
            ...(place === "parent" ? {} : { location: place === "global" ? "global" : placeOf(inputs, context) }),
            ...model.computed?.(inputs, context),
        }),
        blocksDeletion: (row, inventory) =>
            refusedByLock(lockOver(inventory, row.id, "delete"), row.id, "delete") ??
            model.blocksDeletion?.(row, inventory),
        takesAlong: (row, inventory) => [
            ...rowsWithin(inventory, row.id),
            ...(model.takesAlong?.(row, inventory) ?? []),
        ],
    };
}

export const armOutputs: PropertyModels = {
    azureApiVersion: { type: "string" },
    name: { type: "string" },
    type: { type: "string" },
};

const locationOutput: PropertyModels = { location: { type: "string" } };

/** https://www.pulumi.com/registry/packages/azure-native/how-to-guides/ and `AutoNamer` of the provider: children keep the logical name. */
function nameRule({ name, autoName }: ArmSettings, property: string, isChild: boolean): ResourceModel["name"] {
    const kind = autoName ?? (isChild ? "copy" : "random");
    const { pattern, rule, longest } = name;
    return {
        property,
        pattern,
        rule,
        uuid: kind === "uuid",
        auto:
            kind === "random" || kind === "copy"
                ? { maxLength: longest, separator: "", digits: kind === "copy" ? 0 : 8 }
                : undefined,
    };
}

/** As the provider remembers by a mark in the inputs: made up names of two resources never clash, so the new one can come first. */
export function isAutoNamed(name: string, logicalName: string): boolean {
    const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);
    return isUuid || (name.startsWith(logicalName) && /^[0-9a-f]{8}$/.test(name.slice(logicalName.length)));
}

/** The region given, the provider's, or that of the resource group: the provider looks in this order. */
export function placeOf(
    inputs: PropertyMap,
    { config, inventory }: Pick<ComputeContext, "config" | "inventory">,
): string {
    const given = inputs["location"] ?? config["location"];
    if (given !== undefined) {
        return normalLocation(textOf(given));
    }
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    return textOf(rowById(inventory, resourceGroupType, group)?.outputs["location"]);
}

function refusedPlace(type: string, inputs: PropertyMap, context: RefuseContext): string | undefined {
    return refusedLocation(placeOf(inputs, context), type);
}

function refused(
    { names, parent, type, oneByOne }: ArmSettings,
    { token, adopts }: ArmModel,
    id: string,
    inputs: PropertyMap,
    { inventory, previous }: RefuseContext,
): string | undefined {
    const above = parentId(id);
    if (rowById(inventory, resourceGroupType, groupIdIn(id)) === undefined) {
        return groupNotFound(textOf(inputs["resourceGroupName"]));
    }
    if (parent !== undefined && rowById(inventory, parent, above) === undefined) {
        return armError(
            404,
            "ParentResourceNotFound",
            `Failed to perform 'write' on resource(s) of type '${type.split("/").slice(1).join("/")}', because the parent resource '${above}' could not be found.`,
        );
    }
    if (previous === undefined && adopts !== true && rowById(inventory, token, id) !== undefined) {
        return `cannot create already existing resource '${id}'`;
    }
    const busy = (row: Row): boolean =>
        row.state === "creating" && parentId(row.id).toLowerCase() === above.toLowerCase();
    if (oneByOne === true && names.length > 1 && inventory.find(token, busy) !== undefined) {
        return anotherOperation();
    }
    return refusedByLock(lockOver(inventory, id, "write"), id, "write");
}

export function groupNotFound(name: PropertyValue): string {
    return armError(404, "ResourceGroupNotFound", `Resource group '${textOf(name)}' could not be found.`);
}
