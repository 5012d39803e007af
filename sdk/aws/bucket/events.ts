import { BucketNotification } from "@pulumi/aws/s3";
import { Queue, QueuePolicy } from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import type { AwsBucketArgs } from "../args/bucket";
import { queuePolicy } from "../iam/policies-bucket";
import type { AwsScope } from "../scope";
import type { CreatedBucket } from "./bucket";

/** A queue of events. */
export interface EventQueue {
    readonly arn: pulumi.Output<string>;
    readonly url: pulumi.Output<string>;
}

/** Makes a queue that hears of every new object. It holds no data of its own, so it is not protected: it can be turned off again. */
export function createEvents(
    scope: AwsScope,
    { bucket, arn }: CreatedBucket,
    { prefix, eventQueueName }: AwsBucketArgs,
): { readonly queue: EventQueue; readonly notification: BucketNotification } {
    const { name, parent, tags, accountId } = scope;
    const queue = new Queue(
        `${name}-bucket-events`,
        {
            name: eventQueueName,
            // With SQS's own keys, since a customer key would have to let in all of S3.
            sqsManagedSseEnabled: true,
            receiveWaitTimeSeconds: 10,
            tags,
        },
        { parent },
    );
    const policy = new QueuePolicy(
        `${name}-bucket-events-policy`,
        {
            queueUrl: queue.url,
            policy: pulumi
                .all([queue.arn, arn, accountId])
                .apply(([queueArn, bucketArn, accountId]) =>
                    JSON.stringify(queuePolicy({ queueArn, bucketArn, accountId })),
                ),
        },
        { parent },
    );
    const notification = new BucketNotification(
        `${name}-bucket-notification`,
        {
            bucket: bucket.bucket,
            queues: [
                {
                    id: "object-created",
                    queueArn: queue.arn,
                    events: ["s3:ObjectCreated:*"],
                    filterPrefix: prefix === undefined ? undefined : pulumi.interpolate`${prefix}/`,
                },
            ],
        },
        // S3 sends a test message, which the policy must let in.
        { parent, dependsOn: [policy] },
    );
    // Whoever uses the queue finds it filled.
    const url = pulumi.all([queue.url, notification.id]).apply(([value]) => value);
    return { queue: { arn: queue.arn, url }, notification };
}
