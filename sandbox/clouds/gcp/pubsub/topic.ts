/** Topics of Pub/Sub, as of @pulumi/gcp 9.37. */
import type { RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { withDeletionPolicy } from "../deletion-policy";
import { agentOf } from "../iam-service-identity";
import { unusableKey } from "../kms-use";
import { bucketLocation } from "../locations";
import { labelOutputs, labels, labelsTold, project, projectOf, refusedLabels } from "../project";
import {
    idOf,
    invalid,
    pubsubName,
    pubsubWait,
    refusedPlace,
    refusedRetention,
    topicMemberType,
    topicType,
} from "./shared";

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/pubsub_topic#argument-reference */
const topic: ResourceModel = {
    token: topicType,
    inputs: {
        kmsKeyName: { type: "string" },
        labels,
        messageRetentionDuration: { type: "string" },
        messageStoragePolicy: {
            type: "object",
            properties: {
                allowedPersistenceRegions: { type: "array", required: true },
                enforceInTransit: { type: "boolean" },
            },
        },
        name: { type: "string" },
        project,
        tags: { type: "map" },
    },
    outputs: { ...labelOutputs, project: { type: "string" } },
    name: pubsubName,
    replaceOn: ["name", "project", "tags"],
    volatile: ["effectiveLabels", "pulumiLabels"],
    durationKey: pubsubWait,
    refuse: (inputs, context) => {
        const reason =
            refusedPlace("topics", topicType, inputs, context) ??
            refusedLabels(inputs, context.config) ??
            refusedRetention(inputs) ??
            refusedRegions(inputs) ??
            refusedKey(inputs, context);
        return reason && `Error ${context.previous === undefined ? "creating" : "updating"} Topic: ${reason}`;
    },
    id: (inputs, context) => idOf("topics", inputs, context),
    computed: (inputs, { config, inventory }) => ({
        ...labelsTold(inputs, config),
        project: projectOf(inputs, config, inventory).projectId,
    }),
    takesAlong: ({ id }, inventory) => inventory.rows(topicMemberType).filter((row) => row.id.startsWith(`${id}/`)),
};

/** https://docs.cloud.google.com/pubsub/docs/resource-location-restriction */
function refusedRegions({ messageStoragePolicy: policy }: PropertyMap): string | undefined {
    const regions = isMap(policy) ? policy["allowedPersistenceRegions"] : undefined;
    if (!Array.isArray(regions)) {
        return undefined;
    }
    const wrong = regions.map((region) => textOf(region)).find((region) => bucketLocation(region) !== "region");
    if (regions.length === 0) {
        return invalid("The message storage policy must allow at least one region.");
    }
    return wrong === undefined ? undefined : invalid(`Invalid region in the message storage policy: ${wrong}`);
}

/** https://docs.cloud.google.com/pubsub/docs/encryption#using-cmek */
function refusedKey(inputs: PropertyMap, { config, inventory, previous }: RefuseContext): string | undefined {
    const name = textOf(inputs["kmsKeyName"]);
    if (name === "" || name === textOf(previous?.["kmsKeyName"])) {
        return undefined;
    }
    const agent = textOf(agentOf("pubsub", projectOf(inputs, config, inventory)));
    const problem = unusableKey(name, agent, inventory);
    if (problem === "malformed") {
        return invalid(`Invalid resource name given (name=${name}).`);
    }
    if (problem === "disabled") {
        return invalid(`Cloud KMS key ${name} is not enabled.`);
    }
    return problem === "denied"
        ? invalid(
              `Cloud Pub/Sub did not have the necessary permissions configured to support this operation. Please verify that the service account ${agent} was granted the Cloud KMS CryptoKey Encrypter/Decrypter role for the project containing the CryptoKey ${name}.`,
          )
        : undefined;
}

export const topics: readonly ResourceModel[] = [withDeletionPolicy(topic)];
