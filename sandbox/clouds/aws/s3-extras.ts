/** What watches and copies a bucket of Amazon S3, as of @pulumi/aws 7.47. */
import type { InventoryView, PropertyModel, RefuseContext, ResourceModel } from "../model";
import { isMap, textOf, type PropertyMap } from "../values";
import { accountOf } from "./account";
import { keyAdmits } from "./kms";
import { admits, statementsOf } from "./policy";
import { bucketType, mapsIn, replicationType, setting, versioningType } from "./s3";
import { queuePolicyType, queueType } from "./sqs";

const text: PropertyModel = { type: "string" };
const status: PropertyModel = { type: "string", required: true, values: ["Enabled", "Disabled"] };
const object = (properties: Readonly<Record<string, PropertyModel>>): PropertyModel => ({ type: "object", properties });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
const logging = setting(
    "aws:s3/bucketLogging:BucketLogging",
    { targetBucket: { type: "string", required: true }, targetPrefix: { type: "string", required: true } },
    {
        refuse: ({ bucket, targetBucket }, { inventory }) => {
            const regionOfBucket = (name: unknown) =>
                inventory.find(bucketType, ({ id }) => id === name)?.outputs["bucketRegion"];
            const target = regionOfBucket(targetBucket);
            if (target === undefined) {
                return "InvalidTargetBucketForLogging: The target bucket for logging does not exist, is not owned by you, or does not have the appropriate grants for the log-delivery group.";
            }
            return target === regionOfBucket(bucket)
                ? undefined
                : "CrossLocationLoggingProhibitted: Cross S3 location logging not allowed.";
        },
    },
);

const filter = object({ prefix: text });
const destination: PropertyModel = {
    ...object({
        accessControlTranslation: object({ owner: { type: "string", required: true, values: ["Destination"] } }),
        account: text,
        bucket: { type: "string", required: true },
        encryptionConfiguration: object({ replicaKmsKeyId: { type: "string", required: true } }),
        storageClass: {
            type: "string",
            values: [
                "DEEP_ARCHIVE",
                "GLACIER",
                "GLACIER_IR",
                "INTELLIGENT_TIERING",
                "ONEZONE_IA",
                "REDUCED_REDUNDANCY",
                "STANDARD",
                "STANDARD_IA",
            ],
        },
    }),
    required: true,
};

const replication = setting(
    replicationType,
    {
        role: { type: "string", required: true },
        rules: {
            type: "array",
            required: true,
            items: object({
                deleteMarkerReplication: object({ status }),
                destination,
                filter,
                id: text,
                priority: { type: "integer" },
                sourceSelectionCriteria: object({ sseKmsEncryptedObjects: object({ status }) }),
                status,
            }),
        },
    },
    {
        refuse: ({ bucket, role, rules }, context) => {
            const { partition } = accountOf(context.config);
            // Whether the role may copy shows only when S3 tries: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-troubleshoot.html
            if (!textOf(role).startsWith(`arn:${partition}:iam::`)) {
                return "InvalidArgument: Invalid Role ARN";
            }
            if (!isVersioned(textOf(bucket), context.inventory)) {
                return "InvalidRequest: Versioning must be 'Enabled' on the bucket to apply a replication configuration";
            }
            const wrong = mapsIn(rules).map((rule) => refusedRule(textOf(bucket), rule, context));
            return wrong.find((reason) => reason !== undefined);
        },
    },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html */
function refusedRule(name: string, rule: PropertyMap, { config, inventory }: RefuseContext): string | undefined {
    const { destination: to, filter: part, deleteMarkerReplication, sourceSelectionCriteria } = rule;
    const target = isMap(to) ? to : {};
    const arn = textOf(target["bucket"]);
    const [, copies] = new RegExp(`^arn:${accountOf(config).partition}:s3:::(.+)$`).exec(arn) ?? [];
    if (copies === undefined) {
        return `InvalidArgument: Invalid bucket ARN (${arn})`;
    }
    if (copies === name) {
        return "InvalidRequest: Destination bucket cannot be the same as the source bucket.";
    }
    if (inventory.find(bucketType, ({ id }) => id === copies) === undefined) {
        return "InvalidRequest: Destination bucket must exist.";
    }
    if (!isVersioned(copies, inventory)) {
        return "InvalidRequest: Destination bucket must have versioning enabled.";
    }
    if (part !== undefined && deleteMarkerReplication === undefined) {
        return "InvalidRequest: DeleteMarkerReplication must be specified for this version of Cross Region Replication configuration schema.";
    }
    const chosen = isMap(sourceSelectionCriteria) && sourceSelectionCriteria["sseKmsEncryptedObjects"] !== undefined;
    const encrypted = target["encryptionConfiguration"] !== undefined;
    if (encrypted && !chosen) {
        return "InvalidRequest: SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.";
    }
    if (chosen && !encrypted) {
        return "InvalidRequest: ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.";
    }
    return target["accessControlTranslation"] !== undefined && target["account"] === undefined
        ? "InvalidRequest: Account must be specified if AccessControlTranslation is present."
        : undefined;
}

function isVersioned(name: string, inventory: InventoryView): boolean {
    const row = inventory.find(versioningType, ({ inputs }) => inputs["bucket"] === name);
    const now = row?.inputs["versioningConfiguration"];
    return isMap(now) && now["status"] === "Enabled";
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html */
const notification = setting(
    "aws:s3/bucketNotification:BucketNotification",
    {
        queues: {
            type: "array",
            items: object({
                events: { type: "array", required: true },
                filterPrefix: text,
                filterSuffix: text,
                id: text,
                queueArn: { type: "string", required: true },
            }),
        },
    },
    {
        refuse: ({ bucket, queues }, context) => {
            const given = mapsIn(queues);
            const events = given.flatMap((queue) => (Array.isArray(queue["events"]) ? queue["events"] : []));
            const strange = events.find((event) => !/^s3:[A-Z][A-Za-z]+(:(\*|[A-Z][A-Za-z]+))?$/.test(textOf(event)));
            if (strange !== undefined) {
                return `MalformedXML: ${textOf(strange)} is not an event of S3`;
            }
            if (overlap(given)) {
                return "InvalidArgument: Configurations overlap. Configurations on the same bucket cannot share a common event type.";
            }
            return given.every((queue) => receives(textOf(bucket), textOf(queue["queueArn"]), context))
                ? undefined
                : "InvalidArgument: Unable to validate the following destination configurations";
        },
    },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html */
function overlap(queues: readonly PropertyMap[]): boolean {
    const common = (one: string, other: string) => {
        const [short, long] = one.length < other.length ? [one, other] : [other, one];
        return long.startsWith(short.replace(/\*$/, ""));
    };
    return queues.some((one, index) =>
        queues
            .slice(index + 1)
            .some(
                (other) =>
                    eventsOf(one).some((event) => eventsOf(other).some((second) => common(event, second))) &&
                    common(textOf(one["filterPrefix"]), textOf(other["filterPrefix"])),
            ),
    );
}

function eventsOf({ events }: PropertyMap): string[] {
    return Array.isArray(events) ? events.map((event) => textOf(event)) : [];
}

/** S3 sends a test message at once: https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html */
function receives(name: string, queueArn: string, { config, inventory }: RefuseContext): boolean {
    const queue = inventory.find(queueType, ({ outputs }) => outputs["arn"] === queueArn);
    const policy = inventory.find(queuePolicyType, ({ inputs }) => inputs["queueUrl"] === queue?.id);
    if (queue === undefined || policy === undefined) {
        return false;
    }
    const { partition, accountId } = accountOf(config);
    const context = { "aws:sourcearn": `arn:${partition}:s3:::${name}`, "aws:sourceaccount": accountId };
    const principal = "s3.amazonaws.com";
    const key = queue.inputs["kmsMasterKeyId"];
    return (
        admits(statementsOf(textOf(policy.inputs["policy"])), {
            principal,
            action: "sqs:SendMessage",
            resource: queueArn,
            context,
        }) &&
        (typeof key !== "string" ||
            ["kms:GenerateDataKey", "kms:Decrypt"].every((action) =>
                keyAdmits(key, { principal, action, context }, inventory),
            ))
    );
}

export const s3Extras: readonly ResourceModel[] = [logging, replication, notification];
