import { SystemTopic } from "@pulumi/azure-native/eventgrid/systemTopic";
import { SystemTopicEventSubscription } from "@pulumi/azure-native/eventgrid/systemTopicEventSubscription";
import type { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { Queue } from "@pulumi/azure-native/storage/queue";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import type { AzureBucketArgs } from "../args/bucket";
import { assignRole } from "../identity/role";
import type { AzureDeploymentScope } from "../scope";

export interface BucketEventsInput {
    readonly bucket: AzureBucketArgs;
    readonly account: StorageAccount;
    readonly containerName: pulumi.Input<string>;
    /** Object id of the identity of W&B's pods. */
    readonly readerId: pulumi.Input<string>;
}

/** Events of a container. */
export interface BucketEvents {
    /** Resource id of the system topic. */
    readonly topicId: pulumi.Output<string>;
    /** Name of the queue, known once events come and W&B may read them. */
    readonly queueName: pulumi.Output<string>;
    /** All that is in the account. */
    readonly parts: readonly pulumi.Resource[];
    /** W&B's right to read the queue. */
    readonly ready: readonly pulumi.Resource[];
}

/** What queue and subscription are called where nobody names them: each is in something that has a name of its own. */
export const DefaultEventName = "wandb-bucket-events";

/** Makes a queue that hears of every new object. It holds no data of its own, so Pulumi does not protect it. */
export function createBucketEvents(scope: AzureDeploymentScope, input: BucketEventsInput): BucketEvents {
    const { name, parent, resourceGroupName } = scope;
    const { bucket, account } = input;
    const queue = new Queue(
        `${name}-bucket-events`,
        { accountName: account.name, resourceGroupName, queueName: bucket.eventQueueName ?? DefaultEventName },
        { parent },
    );
    const topic = createTopic(scope, input);
    const sender = assignRole(scope, `${name}-bucket-events-sender`, {
        role: "Storage Queue Data Message Sender",
        principalId: principalOf(topic),
        scopeId: queue.id,
    });
    const reader = assignRole(scope, `${name}-bucket-events-reader`, {
        role: "Storage Queue Data Message Processor",
        principalId: input.readerId,
        scopeId: queue.id,
    });
    const subscription = createSubscription(scope, input, { topic, queue, sender });
    // Whoever reads the queue finds it filled.
    const queueName = pulumi.all([queue.name, subscription.id, reader.id]).apply(([value]) => value);
    return { topicId: topic.id, queueName, parts: [queue, sender, reader], ready: [reader] };
}

/** An account has one system topic, so that the old one must be gone before there is another; and a topic stays with its account. */
function createTopic(
    { name, parent, resourceGroupName, location, tags }: AzureDeploymentScope,
    { bucket, account }: BucketEventsInput,
): SystemTopic {
    return new SystemTopic(
        `${name}-bucket-events-topic`,
        {
            resourceGroupName,
            location,
            systemTopicName: bucket.eventTopicName,
            source: account.id,
            topicType: "Microsoft.Storage.StorageAccounts",
            // Only by this kind of identity does it get through the network rules of the account:
            // https://learn.microsoft.com/en-us/azure/event-grid/handler-storage-queues
            identity: { type: "SystemAssigned" },
            tags,
        },
        { parent, deleteBeforeReplace: true, replaceOnChanges: ["source"] },
    );
}

function principalOf(topic: SystemTopic): pulumi.Output<string> {
    return topic.identity.apply((identity) => {
        if (identity?.principalId === undefined) {
            throw resourceError(
                "azure.bucket.events: the system topic has no identity. Refresh the stack, then run up.",
                topic,
            );
        }
        return identity.principalId;
    });
}

function createSubscription(
    { name, parent, resourceGroupName }: AzureDeploymentScope,
    { bucket, account, containerName }: BucketEventsInput,
    { topic, queue, sender }: { topic: SystemTopic; queue: Queue; sender: pulumi.Resource },
): SystemTopicEventSubscription {
    const below = bucket.prefix === undefined ? "" : pulumi.interpolate`${bucket.prefix}/`;
    return new SystemTopicEventSubscription(
        `${name}-bucket-events-subscription`,
        {
            resourceGroupName,
            systemTopicName: topic.name,
            eventSubscriptionName: bucket.eventSubscriptionName ?? DefaultEventName,
            deliveryWithResourceIdentity: {
                identity: { type: "SystemAssigned" },
                destination: {
                    endpointType: "StorageQueue",
                    resourceId: account.id,
                    queueName: queue.name,
                    queueMessageTimeToLiveInSeconds: 7 * 86_400,
                },
            },
            filter: {
                includedEventTypes: ["Microsoft.Storage.BlobCreated"],
                isSubjectCaseSensitive: true,
                subjectBeginsWith: pulumi.interpolate`/blobServices/default/containers/${containerName}/blobs/${below}`,
            },
            eventDeliverySchema: "EventGridSchema",
        },
        { parent, dependsOn: [sender] },
    );
}
