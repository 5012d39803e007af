import type * as pulumi from "@pulumi/pulumi";

/**
 * Pub/Sub topics and subscriptions by which parts of W&B hand messages to each other: those of the file stream, and updates of runs. The
 * object itself asks for them, `{}` too; without it W&B's queues are in Redis. Messages are encrypted with the deployment's key and stay in its region.
 *
 * A name of a topic or subscription has 3 to 255 letters, digits and - . _ ~ + %, a letter first, and does not begin with `goog`. A change replaces it with the
 * messages in it, which deletion protection refuses. Default: made from the deployment's name.
 */
export interface GcpEventsArgs {
    /** Name of the topic of the file stream. A change replaces topic and subscription, which deletion protection refuses. */
    fileStreamTopicName?: pulumi.Input<string>;
    /** Name of the subscription of the file stream. A change replaces the subscription, which deletion protection refuses. */
    fileStreamSubscriptionName?: pulumi.Input<string>;
    /** Name of the topic of updates of runs. A change replaces topic and subscription, which deletion protection refuses. */
    runUpdatesTopicName?: pulumi.Input<string>;
    /** Name of the subscription of updates of runs. A change replaces the subscription, which deletion protection refuses. */
    runUpdatesSubscriptionName?: pulumi.Input<string>;
    /**
     * Days for which messages that nobody has read are kept, 1 to 31 (`messageRetentionDuration`). A change is made in place.
     * @default 7
     */
    retentionDays?: pulumi.Input<number>;
}
