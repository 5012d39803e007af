/** Subscriptions to system topics, as of @pulumi/azure-native 3.28: https://learn.microsoft.com/en-us/azure/event-grid/subscription-creation-schema */
import type { Row } from "../../inventory";
import type { InventoryView, PropertyModel, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { armError } from "../errors";
import { hasRole } from "../authorization/role-assignments";
import { parentId, rowById, sameId } from "../ids";
import { identityType } from "../managedidentity/identity";
import { letsServicesIn } from "../storage/network-rules";
import { accountType, queueType } from "../storage/shared";
import { eventGridApiVersion, eventGridWait, invalid, topicType } from "./system-topic";

export const subscriptionType = "azure-native:eventgrid:SystemTopicEventSubscription";

/** Of the kinds of destination the one that is used here. */
const destination: PropertyModel = {
    type: "object",
    properties: {
        endpointType: { type: "string", required: true, values: ["StorageQueue"] },
        queueMessageTimeToLiveInSeconds: { type: "number" },
        queueName: { type: "string" },
        resourceId: { type: "string" },
    },
};

const subscription: ResourceModel = arm(
    {
        type: "Microsoft.EventGrid/systemTopics/eventSubscriptions",
        apiVersion: eventGridApiVersion,
        names: ["systemTopicName", "eventSubscriptionName"],
        parent: topicType,
        name: { pattern: /^[A-Za-z0-9-]{3,64}$/, rule: "must be 3 to 64 letters, digits and hyphens", longest: 64 },
    },
    {
        token: subscriptionType,
        inputs: {
            deliveryWithResourceIdentity: {
                type: "object",
                properties: {
                    destination,
                    identity: {
                        type: "object",
                        properties: {
                            type: { type: "string", values: ["SystemAssigned", "UserAssigned"] },
                            userAssignedIdentity: { type: "string" },
                        },
                    },
                },
            },
            destination,
            eventDeliverySchema: {
                type: "string",
                values: ["EventGridSchema", "CustomInputSchema", "CloudEventSchemaV1_0"],
            },
            expirationTimeUtc: { type: "string" },
            filter: {
                type: "object",
                properties: {
                    enableAdvancedFilteringOnArrays: { type: "boolean" },
                    includedEventTypes: { type: "array" },
                    isSubjectCaseSensitive: { type: "boolean" },
                    subjectBeginsWith: { type: "string" },
                    subjectEndsWith: { type: "string" },
                },
            },
            labels: { type: "array" },
            retryPolicy: {
                type: "object",
                properties: {
                    eventTimeToLiveInMinutes: { type: "integer" },
                    maxDeliveryAttempts: { type: "integer" },
                },
            },
        },
        outputs: { provisioningState: { type: "string" }, systemData: { type: "any" }, topic: { type: "string" } },
        durationKey: eventGridWait,
        refuse: (inputs, context) => refusedShape(inputs) ?? refusedDelivery(inputs, context),
        computed: (_inputs, { id }) => ({ provisioningState: "Succeeded", systemData: {}, topic: parentId(id) }),
    },
);

/** Events of Azure Storage: https://learn.microsoft.com/en-us/azure/event-grid/event-schema-blob-storage */
const eventTypes = [
    "BlobCreated",
    "BlobDeleted",
    "BlobRenamed",
    "BlobTierChanged",
    "AsyncOperationInitiated",
    "DirectoryCreated",
    "DirectoryDeleted",
    "DirectoryRenamed",
    "BlobInventoryPolicyCompleted",
    "LifecyclePolicyCompleted",
].map((name) => `Microsoft.Storage.${name}`);

function refusedShape({
    destination: plain,
    deliveryWithResourceIdentity: byIdentity,
    filter,
    retryPolicy,
}: PropertyMap) {
    if ((plain === undefined) === (byIdentity === undefined)) {
        return invalid("Exactly one of destination and deliveryWithResourceIdentity must be given.");
    }
    const types = isMap(filter) ? filter["includedEventTypes"] : undefined;
    const unknownType = Array.isArray(types) ? types.find((type) => !eventTypes.includes(textOf(type))) : undefined;
    if (unknownType !== undefined) {
        return invalid(`The event type '${textOf(unknownType)}' is not one of the topic.`);
    }
    const attempts = isMap(retryPolicy) ? (retryPolicy["maxDeliveryAttempts"] ?? 30) : 30;
    const minutes = isMap(retryPolicy) ? (retryPolicy["eventTimeToLiveInMinutes"] ?? 1440) : 1440;
    return Number(attempts) < 1 || Number(attempts) > 30 || Number(minutes) < 1 || Number(minutes) > 1440
        ? invalid("A retry policy has 1 to 30 attempts and 1 to 1440 minutes.")
        : undefined;
}

function refusedDelivery(inputs: PropertyMap, { inventory }: RefuseContext): string | undefined {
    const byIdentity = inputs["deliveryWithResourceIdentity"];
    const target = isMap(byIdentity) ? byIdentity["destination"] : inputs["destination"];
    if (!isMap(target)) {
        return invalid("The destination is missing.");
    }
    const seconds = Number(target["queueMessageTimeToLiveInSeconds"] ?? 604_800);
    if (seconds !== -1 && seconds <= 0) {
        return invalid("The time to live of messages is -1 or more than 0 seconds.");
    }
    const account = rowById(inventory, accountType, target["resourceId"]);
    const queueId = `${textOf(target["resourceId"])}/queueServices/default/queues/${textOf(target["queueName"])}`;
    if (account === undefined || rowById(inventory, queueType, queueId) === undefined) {
        return armError(404, "ResourceNotFound", `The queue '${queueId}' of the destination was not found.`);
    }
    return isMap(byIdentity)
        ? refusedIdentity(byIdentity, { topic: topicOf(inputs, inventory), account, queueId, inventory })
        : refusedWithoutIdentity(account.inputs);
}

function topicOf(inputs: PropertyMap, inventory: InventoryView): Row | undefined {
    return inventory.find(
        topicType,
        (row) =>
            sameId(row.inputs["systemTopicName"], inputs["systemTopicName"]) &&
            sameId(row.inputs["resourceGroupName"], inputs["resourceGroupName"]),
    );
}

/** Event Grid then signs in with the account's key, and comes from anywhere. */
function refusedWithoutIdentity({ allowSharedKeyAccess, networkRuleSet, publicNetworkAccess }: PropertyMap) {
    const isOpen = !isMap(networkRuleSet) || networkRuleSet["defaultAction"] !== "Deny";
    return isOpen && publicNetworkAccess !== "Disabled" && allowSharedKeyAccess !== false
        ? undefined
        : invalid(
              "The destination queue cannot be reached without a managed identity: its account has network rules, or takes no keys.",
          );
}

interface Delivery {
    readonly topic: Row | undefined;
    readonly account: Row;
    readonly queueId: string;
    readonly inventory: InventoryView;
}

const sendingRoles = ["Storage Queue Data Message Sender", "Storage Queue Data Contributor"];

/** https://learn.microsoft.com/en-us/azure/event-grid/handler-storage-queues: beyond network rules by the topic's own identity only */
function refusedIdentity(
    { identity }: PropertyMap,
    { topic, account, queueId, inventory }: Delivery,
): string | undefined {
    const isOwn = isMap(identity) && identity["type"] === "SystemAssigned";
    const had = topic?.outputs["identity"];
    const principalId = isOwn && isMap(had) ? textOf(had["principalId"]) : userPrincipal(identity, inventory);
    if (principalId === "") {
        return invalid("The system topic does not have the managed identity of the delivery.");
    }
    const isGuarded =
        isMap(account.inputs["networkRuleSet"]) && account.inputs["networkRuleSet"]["defaultAction"] === "Deny";
    if (!letsServicesIn(account.inputs) || (isGuarded && !isOwn)) {
        return invalid("The network rules of the destination's account do not let Event Grid in.");
    }
    return sendingRoles.some((role) => hasRole(inventory, principalId, role, queueId))
        ? undefined
        : armError(
              403,
              "InvalidRequest",
              `The managed identity of the system topic has no permission to send messages to '${queueId}'. Assign it the role Storage Queue Data Message Sender.`,
          );
}

function userPrincipal(identity: unknown, inventory: InventoryView): string {
    const id = isMap(identity) ? identity["userAssignedIdentity"] : undefined;
    return textOf(rowById(inventory, identityType, id)?.outputs["principalId"]);
}

export const eventSubscriptions: readonly ResourceModel[] = [subscription];
