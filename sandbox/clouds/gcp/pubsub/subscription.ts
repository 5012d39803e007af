/**
 * Subscriptions of Pub/Sub, as of @pulumi/gcp 9.37.
 *
 * A topic can be deleted while there are some: they stay, and hear nothing more (https://docs.cloud.google.com/pubsub/docs/delete-topic).
 */
import type { RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { labelOutputs, labels, labelsTold, project, projectOf, refusedLabels } from "../project";
import {
    idOf,
    invalid,
    pathOf,
    pubsubName,
    pubsubWait,
    refusedPlace,
    refusedRetention,
    secondsOf,
    subscriptionMemberType,
    subscriptionType,
    topicType,
} from "./shared";

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/pubsub_subscription#argument-reference */
const subscription: ResourceModel = {
    token: subscriptionType,
    inputs: {
        ackDeadlineSeconds: { type: "integer" },
        enableExactlyOnceDelivery: { type: "boolean" },
        enableMessageOrdering: { type: "boolean" },
        expirationPolicy: { type: "object", properties: { ttl: { type: "string", required: true } } },
        filter: { type: "string" },
        labels,
        messageRetentionDuration: { type: "string", default: "604800s" },
        name: { type: "string" },
        project,
        retainAckedMessages: { type: "boolean" },
        retryPolicy: {
            type: "object",
            properties: { maximumBackoff: { type: "string" }, minimumBackoff: { type: "string" } },
        },
        tags: { type: "map" },
        topic: { type: "string", required: true },
    },
    outputs: {
        ...labelOutputs,
        ackDeadlineSeconds: { type: "integer" },
        expirationPolicy: { type: "object", properties: { ttl: { type: "string" } } },
        project: { type: "string" },
    },
    name: pubsubName,
    replaceOn: ["enableMessageOrdering", "filter", "name", "project", "tags", "topic"],
    volatile: ["effectiveLabels", "pulumiLabels"],
    durationKey: pubsubWait,
    refuse: (inputs, context) => {
        const reason =
            refusedPlace("subscriptions", subscriptionType, inputs, context) ??
            refusedLabels(inputs, context.config) ??
            missingTopic(inputs, context) ??
            refusedDeadline(inputs) ??
            refusedRetention(inputs) ??
            refusedRetry(inputs) ??
            refusedExpiration(inputs);
        return reason && `Error ${context.previous === undefined ? "creating" : "updating"} Subscription: ${reason}`;
    },
    id: (inputs, context) => idOf("subscriptions", inputs, context),
    computed: (inputs, { config, inventory }) => ({
        ...labelsTold(inputs, config),
        ackDeadlineSeconds: inputs["ackDeadlineSeconds"] ?? 10,
        expirationPolicy: inputs["expirationPolicy"] ?? { ttl: "2678400s" },
        project: projectOf(inputs, config, inventory).projectId,
    }),
    takesAlong: ({ id }, inventory) =>
        inventory.rows(subscriptionMemberType).filter((row) => row.id.startsWith(`${id}/`)),
};

function missingTopic(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const wanted = pathOf("topics", textOf(inputs["topic"]), projectOf(inputs, config, inventory).projectId);
    return inventory.find(topicType, ({ id }) => id === wanted) === undefined
        ? `googleapi: Error 404: Resource not found (resource=${wanted.split("/").at(-1)})., notFound`
        : undefined;
}

/** https://docs.cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions */
function refusedDeadline({ ackDeadlineSeconds: seconds }: PropertyMap): string | undefined {
    return typeof seconds !== "number" || seconds === 0 || (seconds >= 10 && seconds <= 600)
        ? undefined
        : invalid(`Invalid ack deadline given (deadline=${seconds}): it must be between 10 and 600 seconds.`);
}

/** 0 to 600 seconds, the least first */
function refusedRetry({ retryPolicy: policy }: PropertyMap): string | undefined {
    if (!isMap(policy)) {
        return undefined;
    }
    const { minimumBackoff = "10s", maximumBackoff = "600s" } = policy;
    const [least, most] = [secondsOf(minimumBackoff), secondsOf(maximumBackoff)];
    return least !== undefined && most !== undefined && least <= most && most <= 600
        ? undefined
        : invalid(
              `Invalid retry policy: ${textOf(minimumBackoff)} to ${textOf(maximumBackoff)}; both must be between 0 and 600 seconds.`,
          );
}

const day = 86_400;

function refusedExpiration({ expirationPolicy: policy }: PropertyMap): string | undefined {
    const ttl = isMap(policy) ? policy["ttl"] : undefined;
    const seconds = secondsOf(ttl);
    return ttl === undefined || ttl === "" || (seconds !== undefined && seconds >= day)
        ? undefined
        : invalid(`Invalid expiration policy: ttl ${textOf(ttl)} must be at least one day.`);
}

export const subscriptions: readonly ResourceModel[] = [withDeletionPolicy(subscription)];
