/**
 * Amazon SQS, as of @pulumi/aws 7.47. A queue of the name of one that was deleted can be made a minute later only; the provider waits for it
 * (internal/service/sqs/queue.go).
 */
import type { Problem, Reference, ResourceModel } from "../model";
import { isMap, textOf, type PropertyMap } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { missingPrincipal } from "./iam-principals";
import { principalSight } from "./iam-sight";
import { invalidPrincipal, statementsOf, wrongJson } from "./policy";

export const queueType = "aws:sqs/queue:Queue";
export const queuePolicyType = "aws:sqs/queuePolicy:QueuePolicy";

const durationKey = "security group, role, policy, bucket, subnet, route";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const Ranges: Readonly<Record<string, readonly [number, number]>> = {
    delaySeconds: [0, 900],
    kmsDataKeyReusePeriodSeconds: [60, 86_400],
    maxMessageSize: [1024, 1_048_576],
    messageRetentionSeconds: [60, 1_209_600],
    receiveWaitTimeSeconds: [0, 20],
    visibilityTimeoutSeconds: [0, 43_200],
};

const queue: ResourceModel = {
    token: queueType,
    inputs: {
        delaySeconds: { type: "integer", default: 0 },
        kmsDataKeyReusePeriodSeconds: { type: "integer" },
        kmsMasterKeyId: { type: "string" },
        maxMessageSize: { type: "integer", default: 262_144 },
        messageRetentionSeconds: { type: "integer", default: 345_600 },
        name: { type: "string" },
        receiveWaitTimeSeconds: { type: "integer", default: 0 },
        region,
        sqsManagedSseEnabled: { type: "boolean" },
        tags,
        visibilityTimeoutSeconds: { type: "integer", default: 30 },
    },
    outputs: { arn: { type: "string" }, url: { type: "string" }, tagsAll },
    name: {
        property: "name",
        auto: { maxLength: 80 },
        // Queues that keep the order end with .fifo; nothing here makes one.
        pattern: /^[A-Za-z0-9_-]{1,80}$/,
        rule: "must be 1 to 80 letters, digits, underscores and hyphens",
    },
    replaceOn: ["name", "region"],
    volatile: ["tagsAll"],
    durationKey,
    validate: (inputs) => [...outside(inputs), ...twoKeys(inputs)],
    refuse: (inputs, { config, inventory, previous }) => {
        const taken = inventory.find(queueType, ({ outputs }) => outputs["url"] === urlOf(inputs, config));
        return previous === undefined && taken !== undefined
            ? "QueueAlreadyExists: A queue already exists with the same name and a different value for attributes"
            : refusedTags(inputs, config);
    },
    idOutput: "url",
    computed: (inputs, { config }) => {
        const { partition, accountId } = accountOf(config);
        return {
            arn: `arn:${partition}:sqs:${regionOf(inputs, config)}:${accountId}:${textOf(inputs["name"])}`,
            url: urlOf(inputs, config),
            tagsAll: allTags(inputs, config),
        };
    },
};

function urlOf(inputs: PropertyMap, config: PropertyMap): string {
    const { accountId, dnsSuffix } = accountOf(config);
    return `https://sqs.${regionOf(inputs, config)}.${dnsSuffix}/${accountId}/${textOf(inputs["name"])}`;
}

function outside(inputs: PropertyMap): Problem[] {
    return Object.entries(Ranges).flatMap(([property, [least, most]]) => {
        const value = inputs[property];
        return typeof value === "number" && (value < least || value > most)
            ? [{ property, reason: `must be in the range (${least} - ${most}) (value given: ${value}). Correct it.` }]
            : [];
    });
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue */
function twoKeys({ kmsMasterKeyId, sqsManagedSseEnabled }: PropertyMap): Problem[] {
    return kmsMasterKeyId !== undefined && sqsManagedSseEnabled !== undefined
        ? [{ property: "sqsManagedSseEnabled", reason: "conflicts with kmsMasterKeyId. Leave one of the two out." }]
        : [];
}

const theQueue: Reference = {
    path: "queueUrl",
    types: [queueType],
    message: () => "AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.",
};

const wrongPolicy = "InvalidAttributeValue: Invalid value for the parameter Policy.";

const queuePolicy: ResourceModel = {
    token: queuePolicyType,
    inputs: { policy: { type: "string", required: true }, queueUrl: { type: "string", required: true }, region },
    references: [theQueue],
    replaceOn: ["queueUrl", "region"],
    // The provider sets the attribute of the queue, and repeats that: internal/service/sqs/queue_attribute_handler.go
    adopts: true,
    sights: [principalSight("policy", () => wrongPolicy)],
    durationKey,
    validate: (inputs) => [...wrongJson(inputs, "policy"), ...oldVersion(inputs)],
    refuse: ({ policy }, { config, inventory }) => {
        try {
            const statements = statementsOf(textOf(policy));
            const account = accountOf(config);
            const named = statements.flatMap(({ principals }) => principals);
            const strange =
                invalidPrincipal(statements, account.partition) ?? missingPrincipal(named, account, inventory);
            const foreign = statements
                .flatMap(({ actions }) => actions)
                .some((action) => !/^(sqs:.+|\*)$/i.test(action));
            return strange === undefined && !foreign ? undefined : wrongPolicy;
        } catch {
            return wrongPolicy;
        }
    },
    id: ({ queueUrl }) => textOf(queueUrl),
};

/** With another version AWS may hang: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue_policy */
function oldVersion({ policy }: PropertyMap): Problem[] {
    const document: unknown =
        typeof policy === "string" && wrongJson({ policy }, "policy").length === 0 ? JSON.parse(policy) : {};
    return typeof policy === "string" && isMap(document) && document["Version"] !== "2012-10-17"
        ? [{ property: "policy", reason: 'must have "Version": "2012-10-17". Set it.' }]
        : [];
}

export const sqs: readonly ResourceModel[] = [queue, queuePolicy];
