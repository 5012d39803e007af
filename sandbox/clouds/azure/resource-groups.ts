/** Resource groups, and who the provider is signed in as. */
import type { InvokeModel, ResourceModel } from "../model";
import { textOf } from "../values";
import { armOutputs, groupNotFound, isAutoNamed, resourceGroupType, rowsWithin } from "./arm";
import { armError } from "./errors";
import { groupId, identityOf, rowById } from "./ids";
import { normalLocation, refusedLocation } from "./locations";
import { lockOver, refusedByLock } from "./locks";
import { refusedTags } from "./tags";

const type = "Microsoft.Resources/resourceGroups";
const apiVersion = "2024-03-01";
const provisioned = { provisioningState: "Succeeded" };

/** https://learn.microsoft.com/en-us/rest/api/resources/resource-groups/create-or-update */
export const resourceGroups: ResourceModel = {
    token: resourceGroupType,
    inputs: {
        location: { type: "string" },
        managedBy: { type: "string" },
        resourceGroupName: { type: "string" },
        tags: { type: "map" },
    },
    outputs: { ...armOutputs, location: { type: "string" }, properties: { type: "any" } },
    echoed: ["location"],
    name: {
        property: "resourceGroupName",
        auto: { maxLength: 90, separator: "", digits: 8 },
        // https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftresources
        pattern: /^[-\p{L}\p{N}._()]{0,89}[-\p{L}\p{N}_()]$/u,
        rule: "must be 1 to 90 letters, digits, hyphens, underscores, periods and parentheses, and must not end with a period",
    },
    replaceOn: ["resourceGroupName", "location", "managedBy"],
    deleteBeforeReplace: (olds, name) => !isAutoNamed(textOf(olds["resourceGroupName"]), name),
    validate: (_inputs, given, config) =>
        given.has("location") || config["location"] !== undefined
            ? []
            : [
                  {
                      property: "location",
                      reason: "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
                  },
              ],
    id: ({ resourceGroupName }, { config }) => groupId(identityOf(config).subscriptionId, textOf(resourceGroupName)),
    refuse: (inputs, { config, inventory, previous }) => {
        const id = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
        if (previous === undefined && rowById(inventory, resourceGroupType, id) !== undefined) {
            return `cannot create already existing resource '${id}'`;
        }
        return (
            refusedLocation(textOf(inputs["location"] ?? config["location"]), type) ??
            refusedTags(inputs["tags"], {}) ??
            refusedByLock(lockOver(inventory, id, "write"), id, "write")
        );
    },
    computed: (inputs, { config }) => ({
        azureApiVersion: apiVersion,
        name: textOf(inputs["resourceGroupName"]),
        type,
        location: normalLocation(textOf(inputs["location"] ?? config["location"])),
        properties: provisioned,
    }),
    blocksDeletion: (row, inventory) => refusedByLock(lockOver(inventory, row.id, "delete"), row.id, "delete"),
    takesAlong: (row, inventory) => rowsWithin(inventory, row.id),
};

const getResourceGroup: InvokeModel = {
    token: "azure-native:resources:getResourceGroup",
    inputs: { resourceGroupName: { type: "string", required: true } },
    outputs: {
        ...armOutputs,
        id: { type: "string" },
        location: { type: "string" },
        managedBy: { type: "string" },
        properties: { type: "any" },
        tags: { type: "map" },
    },
    answer: ({ resourceGroupName }, { config, inventory }) => {
        const id = groupId(identityOf(config).subscriptionId, textOf(resourceGroupName));
        const row = rowById(inventory, resourceGroupType, id);
        if (row === undefined) {
            throw new Error(groupNotFound(textOf(resourceGroupName)));
        }
        const { inputs, outputs } = row;
        return {
            azureApiVersion: apiVersion,
            id: row.id,
            location: outputs["location"] ?? null,
            managedBy: inputs["managedBy"] ?? null,
            name: outputs["name"] ?? textOf(resourceGroupName),
            properties: provisioned,
            tags: inputs["tags"] ?? null,
            type,
        };
    },
};

/** https://www.pulumi.com/registry/packages/azure-native/api-docs/authorization/getclientconfig/ */
const getClientConfig: InvokeModel = {
    token: "azure-native:authorization:getClientConfig",
    inputs: {},
    outputs: {
        clientId: { type: "string" },
        objectId: { type: "string" },
        subscriptionId: { type: "string" },
        tenantId: { type: "string" },
    },
    answer: (_inputs, { config }) => {
        if (config["environment"] !== undefined && !clouds.includes(textOf(config["environment"]))) {
            throw new Error(
                armError(400, "InvalidEnvironment", `unknown environment ${textOf(config["environment"])}`),
            );
        }
        return { ...identityOf(config) };
    },
};

const clouds: readonly string[] = ["public", "usgovernment", "china"];

export const resourceGroupInvokes: readonly InvokeModel[] = [getResourceGroup, getClientConfig];
