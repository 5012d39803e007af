/** Containers, and the settings of the blob service, as of @pulumi/azure-native 3.28. */
import type { PropertyModel, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { armError } from "../errors";
import {
    accountIdOf,
    accountOf,
    blobServiceOf,
    blobServiceType,
    containerType,
    deletedContainerType,
    invalidValue,
    refusedAccount,
    accountType,
    serviceChild,
    storageApiVersion,
} from "./shared";
import { mapsIn } from "./network-rules";

const container: ResourceModel = serviceChild(
    {
        token: containerType,
        path: "blobServices/default/containers",
        own: "containerName",
        // https://learn.microsoft.com/en-us/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
        name: {
            pattern: /^(\$root|\$web|\$logs|(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/,
            rule: "must be 3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends",
            longest: 63,
        },
    },
    {
        inputs: {
            defaultEncryptionScope: { type: "string" },
            denyEncryptionScopeOverride: { type: "boolean" },
            enableNfsV3AllSquash: { type: "boolean" },
            enableNfsV3RootSquash: { type: "boolean" },
            immutableStorageWithVersioning: { type: "object", properties: { enabled: { type: "boolean" } } },
            metadata: { type: "map" },
            publicAccess: { type: "string", values: ["Container", "Blob", "None"] },
        },
        outputs: {
            deleted: { type: "boolean" },
            etag: { type: "string" },
            hasImmutabilityPolicy: { type: "boolean" },
            hasLegalHold: { type: "boolean" },
            leaseState: { type: "string" },
            leaseStatus: { type: "string" },
        },
        volatile: ["etag"],
        refuse: (inputs, context) => refusedPublicAccess(inputs, context) ?? refusedImmutability(inputs, context),
        computed: (inputs, { id, previous }) => ({
            deleted: false,
            etag: `"0x8D${textOf(inputs["containerName"]).length}${id.length}"`,
            hasImmutabilityPolicy: previous?.["hasImmutabilityPolicy"] ?? false,
            hasLegalHold: previous?.["hasLegalHold"] ?? false,
            leaseState: "available",
            leaseStatus: "unlocked",
        }),
        blocksDeletion: ({ outputs }) =>
            outputs["hasLegalHold"] === true || outputs["hasImmutabilityPolicy"] === true
                ? armError(
                      409,
                      "ContainerProtectedFromDeletion",
                      "The container has immutable blobs and cannot be deleted.",
                  )
                : undefined,
        // https://learn.microsoft.com/en-us/azure/storage/blobs/soft-delete-container-overview
        leavesBehind: ({ id, inputs, outputs }, inventory) => {
            const policy = blobServiceOf(id.split("/").slice(0, 9).join("/"), inventory)?.inputs[
                "containerDeleteRetentionPolicy"
            ];
            return isMap(policy) && policy["enabled"] === true
                ? [{ type: deletedContainerType, id: `${id}/deleted`, state: "active", inputs, outputs }]
                : [];
        },
    },
);

function refusedPublicAccess(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const isPublic = inputs["publicAccess"] === "Blob" || inputs["publicAccess"] === "Container";
    return isPublic && accountOf(inputs, context)?.inputs["allowBlobPublicAccess"] !== true
        ? armError(409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account.")
        : undefined;
}

/** https://learn.microsoft.com/en-us/azure/storage/blobs/immutable-policy-configure-container-scope */
function refusedImmutability(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { previous, inventory } = context;
    const wanted = isImmutable(inputs);
    if (previous !== undefined && wanted !== isImmutable(previous)) {
        return armError(
            409,
            "ContainerImmutableStorageWithVersioningCannotBeChanged",
            "Immutable storage with versioning of a container is decided when it is made.",
        );
    }
    const service = blobServiceOf(accountIdOf(inputs, context), inventory);
    return wanted && service?.inputs["isVersioningEnabled"] !== true
        ? armError(409, "VersioningNotEnabled", "Immutable storage with versioning needs an account with versioning.")
        : undefined;
}

function isImmutable({ immutableStorageWithVersioning: given }: PropertyMap): boolean {
    return isMap(given) && given["enabled"] === true;
}

const retention: PropertyModel = {
    type: "object",
    properties: {
        allowPermanentDelete: { type: "boolean" },
        days: { type: "integer" },
        enabled: { type: "boolean" },
    },
};

const methods = ["DELETE", "GET", "HEAD", "MERGE", "POST", "OPTIONS", "PUT", "PATCH", "CONNECT", "TRACE"];

const corsRule: PropertyModel = {
    type: "object",
    properties: {
        allowedHeaders: { type: "array", required: true },
        allowedMethods: { type: "array", required: true, items: { type: "string", values: methods } },
        allowedOrigins: { type: "array", required: true },
        exposedHeaders: { type: "array", required: true },
        maxAgeInSeconds: { type: "integer", required: true },
    },
};

const childOfAccount = arm(
    {
        type: "Microsoft.Storage/storageAccounts/blobServices",
        apiVersion: storageApiVersion,
        names: ["accountName", "blobServicesName"],
        parent: accountType,
        name: { pattern: /^default$/, rule: 'must be "default"', longest: 7 },
    },
    {
        token: blobServiceType,
        inputs: {
            automaticSnapshotPolicyEnabled: { type: "boolean" },
            changeFeed: {
                type: "object",
                properties: { enabled: { type: "boolean" }, retentionInDays: { type: "integer" } },
            },
            containerDeleteRetentionPolicy: retention,
            cors: { type: "object", properties: { corsRules: { type: "array", items: corsRule } } },
            defaultServiceVersion: { type: "string" },
            deleteRetentionPolicy: retention,
            isVersioningEnabled: { type: "boolean" },
            lastAccessTimeTrackingPolicy: {
                type: "object",
                properties: {
                    blobType: { type: "array" },
                    enable: { type: "boolean", required: true },
                    name: { type: "string", values: ["AccessTimeTracking"] },
                    trackingGranularityInDays: { type: "integer" },
                },
            },
            restorePolicy: {
                type: "object",
                properties: { days: { type: "integer" }, enabled: { type: "boolean", required: true } },
            },
        },
        outputs: { sku: { type: "any" } },
        // Every account has one: what is set counts from then on, and an empty one is written when it is deleted.
        adopts: true,
        refuse: (inputs, context) => refusedAccount(inputs, context) ?? refusedService(inputs, context),
        computed: (inputs, context) => ({ sku: accountOf(inputs, context)?.outputs["sku"] ?? null }),
    },
);

/** To delete it is to write it, and what is below its id is not its own. */
const blobService: ResourceModel = {
    ...childOfAccount,
    blocksDeletion: undefined,
    takesAlong: undefined,
};

/** https://learn.microsoft.com/en-us/rest/api/storageservices/set-blob-service-properties and the limits in the SDK */
function refusedService(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { restorePolicy, deleteRetentionPolicy: blobs, containerDeleteRetentionPolicy: containers } = inputs;
    const wrongDays = Object.entries({ deleteRetentionPolicy: blobs, containerDeleteRetentionPolicy: containers }).find(
        ([, policy]) => isMap(policy) && policy["enabled"] === true && !isRetention(policy["days"]),
    );
    if (wrongDays !== undefined) {
        return invalidValue(`properties.${wrongDays[0]}.days`);
    }
    if (isMap(restorePolicy) && restorePolicy["enabled"] === true) {
        const days = isMap(blobs) && blobs["enabled"] === true ? Number(blobs["days"]) : 0;
        const feed = inputs["changeFeed"];
        const isReady = inputs["isVersioningEnabled"] === true && isMap(feed) && feed["enabled"] === true;
        if (!isReady || !(Number(restorePolicy["days"]) < days)) {
            return armError(
                400,
                "InvalidRestorePolicy",
                "Point-in-time restore needs versioning, the change feed, and soft delete of blobs for more days.",
            );
        }
    }
    const account = accountOf(inputs, context);
    return account?.inputs["isHnsEnabled"] === true && inputs["isVersioningEnabled"] === true
        ? armError(409, "FeatureNotSupportedForAccount", "Blob versioning is not supported for the account.")
        : refusedCors(inputs);
}

function isRetention(days: unknown): boolean {
    return typeof days === "number" && days >= 1 && days <= 365;
}

const MostCorsRules = 5;
const MostOrigins = 64;
const LongestOrigin = 256;

function refusedCors({ cors }: PropertyMap): string | undefined {
    const rules = isMap(cors) ? mapsIn(cors["corsRules"]) : [];
    const wrong = rules.find(({ allowedOrigins, allowedMethods, maxAgeInSeconds }) => {
        const origins = Array.isArray(allowedOrigins) ? allowedOrigins.map((origin) => textOf(origin)) : [];
        const named = Array.isArray(allowedMethods) && allowedMethods.length > 0;
        return (
            !named ||
            origins.length === 0 ||
            origins.length > MostOrigins ||
            origins.some((origin) => !isOrigin(origin)) ||
            Number(maxAgeInSeconds) < 0
        );
    });
    return rules.length > MostCorsRules || wrong !== undefined ? invalidValue("properties.cors.corsRules") : undefined;
}

/** `*`, or scheme, host and port, where the first part of the host may be `*`. */
function isOrigin(origin: string): boolean {
    return origin === "*" || (origin.length <= LongestOrigin && /^[a-z]+:\/\/(\*\.)?[^*/?#@\s]+$/.test(origin));
}

export const blobs: readonly ResourceModel[] = [container, blobService];
