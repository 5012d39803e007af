import { Subscription, type SubscriptionArgs, Topic } from "@pulumi/gcp/pubsub";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../protection";
import type { GcpDeploymentScope } from "../scope";

export interface TopicSettings {
    /** Last part of logical names. */
    readonly word: string;
    readonly topicName?: pulumi.Input<string>;
    /** Without it Google's own keys encrypt. */
    readonly keyId?: pulumi.Input<string>;
    /** The messages are W&B's data: they are kept with it. */
    readonly data: boolean;
    /** What must be there before the topic. */
    readonly needed: readonly pulumi.Resource[];
}

/** Makes a topic whose messages stay in the region of the deployment, where their key is. */
export function createTopic(scope: GcpDeploymentScope, settings: TopicSettings): Topic {
    const { name, project, region, labels } = scope;
    const { word, topicName, keyId, needed } = settings;
    return new Topic(
        `${name}-${word}`,
        {
            name: topicName,
            project,
            kmsKeyName: keyId,
            messageStoragePolicy: { allowedPersistenceRegions: [region] },
            labels,
        },
        options(scope, settings, needed),
    );
}

export interface SubscriptionSettings extends Pick<TopicSettings, "word" | "data"> {
    readonly topic: Topic;
    readonly subscriptionName?: pulumi.Input<string>;
    readonly retentionDays?: pulumi.Input<number>;
    readonly ackDeadlineSeconds: number;
    readonly retryPolicy?: SubscriptionArgs["retryPolicy"];
    readonly ordered?: boolean;
}

/** Makes a subscription that stays, also when nobody reads it for a month. */
export function createSubscription(scope: GcpDeploymentScope, settings: SubscriptionSettings): Subscription {
    const { name, project, labels } = scope;
    const { word, topic, subscriptionName, retentionDays = 7 } = settings;
    return new Subscription(
        `${name}-${word}`,
        {
            name: subscriptionName,
            project,
            topic: topic.id,
            ackDeadlineSeconds: settings.ackDeadlineSeconds,
            messageRetentionDuration: pulumi.output(retentionDays).apply((days) => `${days * 86_400}s`),
            enableMessageOrdering: settings.ordered,
            retryPolicy: settings.retryPolicy,
            expirationPolicy: { ttl: "" },
            labels,
        },
        options(scope, settings),
    );
}

function options(
    scope: GcpDeploymentScope,
    { data }: Pick<TopicSettings, "data">,
    dependsOn: readonly pulumi.Resource[] = [],
): pulumi.CustomResourceOptions {
    return data ? dataOptions(scope, [...dependsOn]) : { parent: scope.parent, dependsOn: [...dependsOn] };
}
