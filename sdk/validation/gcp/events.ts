import type { WandbDeploymentArgs } from "../../args";
import type { GcpEventsArgs } from "../../gcp/args/events";
import { checkNumber } from "../lists";
import type { Section } from "../section";
import { number, object, text } from "../shape";
import { given } from "../wording";

export const eventsShape = object<GcpEventsArgs>("GcpEventsArgs", {
    fileStreamTopicName: text,
    fileStreamSubscriptionName: text,
    runUpdatesTopicName: text,
    runUpdatesSubscriptionName: text,
    retentionDays: number,
});

/** Name of a topic or a subscription: https://docs.cloud.google.com/pubsub/docs/pubsub-basics#resource_names */
export function wrongQueueName(name: string): string | undefined {
    if (name.includes("/")) {
        return `is a path ${given(name)}. Give the last part of it alone.`;
    }
    return /^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/.test(name)
        ? undefined
        : `is not a name of Pub/Sub ${given(name)}. It has 3 to 255 letters, digits and - . _ ~ + %, a letter first, and does not begin with goog.`;
}

/** `gcp.events` */
export function checkEvents(args: Section<WandbDeploymentArgs>): void {
    const gcp = args.section("gcp");
    const events = gcp?.section("events");
    if (gcp === undefined || events === undefined) {
        return;
    }
    checkNumber(events, "retentionDays", 1, 31);
    const bucket = gcp.section("bucket");
    const topics = [
        { path: "gcp.bucket.eventTopicName", name: bucket?.text("eventTopicName") },
        { path: events.at("fileStreamTopicName"), name: events.text("fileStreamTopicName") },
        { path: events.at("runUpdatesTopicName"), name: events.text("runUpdatesTopicName") },
    ];
    const subscriptions = [
        { path: "gcp.bucket.eventSubscriptionName", name: bucket?.text("eventSubscriptionName") },
        { path: events.at("fileStreamSubscriptionName"), name: events.text("fileStreamSubscriptionName") },
        { path: events.at("runUpdatesSubscriptionName"), name: events.text("runUpdatesSubscriptionName") },
    ];
    for (const key of [
        "fileStreamTopicName",
        "fileStreamSubscriptionName",
        "runUpdatesTopicName",
        "runUpdatesSubscriptionName",
    ] as const) {
        events.check(key, wrongQueueName);
    }
    refuseSameName(args, topics);
    refuseSameName(args, subscriptions);
}

interface Named {
    readonly path: string;
    readonly name: string | undefined;
}

/** Reports each name that one before it has. */
export function refuseSameName(args: Section<WandbDeploymentArgs>, all: readonly Named[]): void {
    all.forEach(({ path, name }, index) => {
        const first = all.slice(0, index).find((before) => name !== undefined && before.name === name);
        if (first !== undefined && name !== undefined) {
            args.report(path, `is that of \`${first.path}\` too ${given(name)}. Give another name.`);
        }
    });
}
