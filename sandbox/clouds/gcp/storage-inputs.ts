/** What a program can say of a bucket, its project and labels apart. */
import type { PropertyModel, PropertyModels } from "../model";

/** https://docs.cloud.google.com/storage/docs/storage-classes */
const storageClasses = ["STANDARD", "MULTI_REGIONAL", "REGIONAL", "NEARLINE", "COLDLINE", "ARCHIVE"];

/** https://docs.cloud.google.com/storage/docs/lifecycle */
const lifecycleRule: PropertyModel = {
    type: "object",
    properties: {
        action: {
            type: "object",
            required: true,
            properties: {
                storageClass: { type: "string", values: storageClasses },
                type: {
                    type: "string",
                    required: true,
                    values: ["Delete", "SetStorageClass", "AbortIncompleteMultipartUpload"],
                },
            },
        },
        condition: {
            type: "object",
            required: true,
            properties: {
                age: { type: "integer" },
                createdBefore: { type: "string" },
                customTimeBefore: { type: "string" },
                daysSinceCustomTime: { type: "integer" },
                daysSinceNoncurrentTime: { type: "integer" },
                matchesPrefixes: { type: "array" },
                matchesStorageClasses: { type: "array", items: { type: "string" } },
                matchesSuffixes: { type: "array" },
                noncurrentTimeBefore: { type: "string" },
                numNewerVersions: { type: "integer" },
                sendAgeIfZero: { type: "boolean" },
                sendDaysSinceCustomTimeIfZero: { type: "boolean" },
                sendDaysSinceNoncurrentTimeIfZero: { type: "boolean" },
                sendNumNewerVersionsIfZero: { type: "boolean" },
                sizeAboveBytes: { type: "integer" },
                sizeBelowBytes: { type: "integer" },
                withState: { type: "string", values: ["LIVE", "ARCHIVED", "ANY"] },
            },
        },
    },
};

/** https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket#argument-reference */
export const bucketInputs: PropertyModels = {
    cors: {
        type: "array",
        items: {
            type: "object",
            properties: {
                maxAgeSeconds: { type: "integer" },
                methods: { type: "array" },
                origins: { type: "array" },
                responseHeaders: { type: "array" },
            },
        },
    },
    customPlacementConfig: {
        type: "object",
        properties: { dataLocations: { type: "array", required: true } },
    },
    defaultEventBasedHold: { type: "boolean" },
    enableObjectRetention: { type: "boolean" },
    encryption: { type: "object", properties: { defaultKmsKeyName: { type: "string", required: true } } },
    forceDestroy: { type: "boolean", default: false },
    lifecycleRules: { type: "array", items: lifecycleRule },
    location: { type: "string", required: true },
    logging: {
        type: "object",
        properties: { logBucket: { type: "string", required: true }, logObjectPrefix: { type: "string" } },
    },
    name: { type: "string" },
    publicAccessPrevention: { type: "string", values: ["enforced", "inherited"] },
    requesterPays: { type: "boolean" },
    retentionPolicy: {
        type: "object",
        properties: { isLocked: { type: "boolean" }, retentionPeriod: { type: "string", required: true } },
    },
    rpo: { type: "string", values: ["DEFAULT", "ASYNC_TURBO"] },
    softDeletePolicy: { type: "object", properties: { retentionDurationSeconds: { type: "integer" } } },
    storageClass: { type: "string", default: "STANDARD", values: storageClasses },
    uniformBucketLevelAccess: { type: "boolean" },
    versioning: { type: "object", properties: { enabled: { type: "boolean", required: true } } },
};
