/** Events of buckets that go to Pub/Sub, as of @pulumi/gcp 9.37: https://docs.cloud.google.com/storage/docs/reporting-changes */
import type { RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { hasRole } from "../iam";
import { storageAgent } from "../iam-principals";
import { projectIdOf, projectOf } from "../project";
import { bucketType, notificationType } from "../storage";
import { pathOf, topicMemberType, topicType } from "./shared";

const events = ["OBJECT_FINALIZE", "OBJECT_METADATA_UPDATE", "OBJECT_DELETE", "OBJECT_ARCHIVE"];
const publishers = ["pubsub.publisher", "pubsub.editor", "pubsub.admin", "editor", "owner"].map(
    (role) => `roles/${role}`,
);

const notification: ResourceModel = {
    token: notificationType,
    inputs: {
        bucket: { type: "string", required: true },
        customAttributes: { type: "map" },
        eventTypes: { type: "array", items: { type: "string", values: events } },
        objectNamePrefix: { type: "string" },
        payloadFormat: { type: "string", required: true, values: ["JSON_API_V1", "NONE"] },
        topic: { type: "string", required: true },
    },
    outputs: { notificationId: { type: "string" }, selfLink: { type: "string" } },
    replaceOn: ["bucket", "customAttributes", "eventTypes", "objectNamePrefix", "payloadFormat", "topic"],
    refuse: (inputs, context) => {
        const reason = refused(inputs, context);
        return reason && `Error creating notification config for bucket ${textOf(inputs["bucket"])}: ${reason}`;
    },
    id: (inputs, { inventory }) => {
        const bucket = textOf(inputs["bucket"]);
        const numbers = inventory
            .rows(notificationType)
            .filter((row) => row.inputs["bucket"] === bucket)
            .map(({ id }) => Number(id.split("/").at(-1)));
        return `${bucket}/notificationConfigs/${Math.max(0, ...numbers) + 1}`;
    },
    computed: (_inputs, { id }) => ({
        notificationId: id.split("/").at(-1) ?? "",
        selfLink: `https://www.googleapis.com/storage/v1/b/${id}`,
    }),
};

/** Cloud Storage looks for the topic, and whether the agent of the bucket's project may publish to it. */
function refused(inputs: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const bucket = inventory.find(bucketType, ({ id }) => id === textOf(inputs["bucket"]));
    if (bucket === undefined) {
        return "googleapi: Error 404: The specified bucket does not exist., notFound";
    }
    const topic = pathOf("topics", textOf(inputs["topic"]), projectIdOf({}, config));
    if (inventory.find(topicType, ({ id }) => id === topic) === undefined) {
        return `googleapi: Error 404: Cloud Pub/Sub topic "${topic}" does not exist., notFound`;
    }
    const agent = storageAgent(projectOf({ project: textOf(bucket.outputs["project"]) }, config, inventory));
    const target = { members: topicMemberType, target: topic, projectId: topic.split("/")[1] ?? "" };
    return hasRole(`serviceAccount:${agent}`, publishers, target, inventory)
        ? undefined
        : `googleapi: Error 403: The service account '${agent}' does not have permission to publish messages to the Cloud Pub/Sub topic '//pubsub.googleapis.com/${topic}', or that topic does not exist., forbidden`;
}

export const notifications: readonly ResourceModel[] = [notification];
