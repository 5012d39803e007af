/** Event Grid's topics of things of Azure, as of @pulumi/azure-native 3.28: https://learn.microsoft.com/en-us/azure/event-grid/system-topics */
import type { RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { anyRow, arm, placeOf } from "../arm";
import { armError } from "../errors";
import { guidFor, identityOf, sameId } from "../ids";
import { normalLocation } from "../locations";

export const topicType = "azure-native:eventgrid:SystemTopic";
export const eventGridApiVersion = "2025-02-15";
export const eventGridWait = "event grid topic or subscription";

/** Kinds of topic by the type of what they are about. */
const kinds: Readonly<Record<string, string>> = {
    "Microsoft.Storage/storageAccounts": "Microsoft.Storage.StorageAccounts",
};

const topic: ResourceModel = arm(
    {
        type: "Microsoft.EventGrid/systemTopics",
        apiVersion: eventGridApiVersion,
        names: ["systemTopicName"],
        name: { pattern: /^[A-Za-z0-9-]{3,128}$/, rule: "must be 3 to 128 letters, digits and hyphens", longest: 128 },
    },
    {
        token: topicType,
        inputs: {
            identity: {
                type: "object",
                properties: {
                    principalId: { type: "string" },
                    tenantId: { type: "string" },
                    type: {
                        type: "string",
                        values: ["None", "SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned"],
                    },
                    userAssignedIdentities: { type: "map", items: { type: "any" } },
                },
            },
            source: { type: "string" },
            topicType: { type: "string" },
        },
        outputs: {
            identity: { type: "any" },
            metricResourceId: { type: "string" },
            provisioningState: { type: "string" },
            systemData: { type: "any" },
        },
        durationKey: eventGridWait,
        refuse: refused,
        computed: ({ identity }, { id, config }) => ({
            ...(isMap(identity) ? { identity: identityTold(identity, id, identityOf(config).tenantId) } : {}),
            metricResourceId: guidFor(`${id}/metrics`),
            provisioningState: "Succeeded",
            systemData: {},
        }),
    },
);

function identityTold(identity: PropertyMap, id: string, tenantId: string): PropertyMap {
    return /SystemAssigned/.test(textOf(identity["type"]))
        ? { ...identity, principalId: guidFor(`${id}/identity`), tenantId }
        : identity;
}

function refused(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    const source = textOf(inputs["source"]);
    if (previous !== undefined) {
        return sameId(previous["source"], source) && previous["topicType"] === inputs["topicType"]
            ? undefined
            : invalid("Source and topic type of a system topic cannot be changed.");
    }
    const about = anyRow(inventory, source);
    if (about === undefined) {
        return invalid(`Could not find the source '${source}' of the system topic.`);
    }
    if (kinds[textOf(about.outputs["type"])] !== inputs["topicType"]) {
        return invalid(`The topic type '${textOf(inputs["topicType"])}' does not fit the source '${source}'.`);
    }
    if (normalLocation(textOf(about.outputs["location"])) !== placeOf(inputs, context)) {
        return invalid("System topic's location must match with the location of the source resource.");
    }
    return inventory.find(topicType, (row) => sameId(row.inputs["source"], source)) === undefined
        ? undefined
        : invalid("Only one system topic is allowed per source.");
}

export function invalid(reason: string): string {
    return armError(400, "InvalidRequest", reason);
}

export const systemTopics: readonly ResourceModel[] = [topic];
