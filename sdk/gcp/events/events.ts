import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpEventsArgs } from "../args/events";
import type { GcpDeploymentScope } from "../scope";
import { createSubscription, createTopic, type SubscriptionSettings } from "./queue";

export interface EventsArgs {
    readonly events: GcpEventsArgs;
    /** Id of the key of the messages. */
    readonly keyId: pulumi.Output<string> | undefined;
    readonly apis: Apis;
}

/** Names of topics and subscriptions. */
export interface EventsOutputs {
    readonly fileStreamTopic: pulumi.Output<string>;
    readonly fileStreamSubscription: pulumi.Output<string>;
    readonly runUpdatesTopic: pulumi.Output<string>;
    readonly runUpdatesSubscription: pulumi.Output<string>;
}

/** Makes the queues by which parts of W&B hand messages to each other. */
export function createEvents(scope: GcpDeploymentScope, args: EventsArgs): EventsOutputs {
    return new Events(scope, args).queues;
}

class Events extends pulumi.ComponentResource {
    readonly queues: EventsOutputs;

    constructor(scope: GcpDeploymentScope, args: EventsArgs) {
        super("wandb:gcp:Events", `${scope.name}-events`, {}, { parent: scope.parent });
        this.queues = createQueues({ ...scope, parent: this }, args);
        this.registerOutputs({ ...this.queues });
    }
}

type Reader = Pick<SubscriptionSettings, "subscriptionName" | "ackDeadlineSeconds" | "retryPolicy" | "ordered">;

function createQueues(scope: GcpDeploymentScope, { events, keyId, apis }: EventsArgs): EventsOutputs {
    const { retentionDays } = events;
    const queue = (word: string, topicName: pulumi.Input<string> | undefined, reader: Reader) => {
        const topic = createTopic(scope, { word, topicName, keyId, data: true, needed: apis.need("pubsub") });
        const settings = { ...reader, word: `${word}-subscription`, topic, retentionDays, data: true };
        return { topic: topic.name, subscription: createSubscription(scope, settings).name };
    };
    const fileStream = queue("file-stream", events.fileStreamTopicName, {
        subscriptionName: events.fileStreamSubscriptionName,
        ackDeadlineSeconds: 30,
        retryPolicy: { minimumBackoff: "10s", maximumBackoff: "600s" },
    });
    const runUpdates = queue("run-updates", events.runUpdatesTopicName, {
        subscriptionName: events.runUpdatesSubscriptionName,
        ackDeadlineSeconds: 60,
        retryPolicy: { minimumBackoff: "1s", maximumBackoff: "600s" },
        ordered: true,
    });
    return {
        fileStreamTopic: fileStream.topic,
        fileStreamSubscription: fileStream.subscription,
        runUpdatesTopic: runUpdates.topic,
        runUpdatesSubscription: runUpdates.subscription,
    };
}
