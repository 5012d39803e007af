import { TopicIAMMember } from "@pulumi/gcp/pubsub";
import { Notification } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import type { Apis } from "../apis";
import type { GcpBucketArgs } from "../args/bucket";
import { createSubscription, createTopic } from "../events/queue";
import { storageAgent } from "../keys/agents";
import type { GcpDeploymentScope } from "../scope";

export interface BucketEventsArgs {
    /** Name of the bucket. */
    readonly bucketName: pulumi.Input<string>;
    readonly bucket: GcpBucketArgs;
    /** Key of the topic; without it Google's own keys encrypt. */
    readonly keyId?: pulumi.Input<string>;
    readonly apis: Apis;
}

/** Events of a bucket. */
export interface BucketEvents {
    /** projects/<project>/topics/<name> */
    readonly topic: pulumi.Output<string>;
    /** Name of the subscription, known once events come. */
    readonly subscription: pulumi.Output<string>;
}

/** Makes a subscription that hears of every new object. It holds no data of its own, so it is not protected: it can be turned off again. */
export function createBucketEvents(scope: GcpDeploymentScope, args: BucketEventsArgs): BucketEvents {
    const { name, parent, project } = scope;
    const { bucket, keyId, apis } = args;
    const topic = createTopic(scope, {
        word: "bucket-events",
        topicName: bucket.eventTopicName,
        keyId,
        data: false,
        needed: apis.need("pubsub"),
    });
    const subscription = createSubscription(scope, {
        word: "bucket-events-subscription",
        topic,
        subscriptionName: bucket.eventSubscriptionName,
        data: false,
        ackDeadlineSeconds: 30,
    });
    const publisher = new TopicIAMMember(
        `${name}-bucket-events-publisher`,
        {
            project,
            topic: topic.name,
            role: "roles/pubsub.publisher",
            member: storageAgent(scope, { needed: apis.need("storage"), argument: "gcp.project" }),
        },
        { parent },
    );
    const notification = new Notification(
        `${name}-bucket-notification`,
        {
            bucket: args.bucketName,
            topic: topic.id,
            payloadFormat: "JSON_API_V1",
            eventTypes: ["OBJECT_FINALIZE"],
            objectNamePrefix: bucket.prefix === undefined ? undefined : pulumi.interpolate`${bucket.prefix}/`,
        },
        // Cloud Storage looks whether it may publish.
        { parent, dependsOn: [publisher] },
    );
    // Whoever reads the subscription finds it filled.
    const filled = pulumi.all([subscription.name, notification.id]).apply(([value]) => value);
    return { topic: topic.id, subscription: filled };
}
