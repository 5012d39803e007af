/**
 * Amazon S3, as of @pulumi/aws 7.47.
 *
 * Objects are rows of type `aws:s3/object` that tests plant (`bucket`, `key`): no program makes them, W&B does.
 */
import type { Row } from "../inventory";
import type { InventoryView, PropertyModels, Reference, RefuseContext, ResourceModel } from "../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { missingPrincipal } from "./iam-principals";
import { principalSight } from "./iam-sight";
import { invalidPrincipal, isPublic, statementsOf, type Statement, wrongJson } from "./policy";

export const bucketType = "aws:s3/bucket:Bucket";
export const publicAccessType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const versioningType = "aws:s3/bucketVersioning:BucketVersioning";
export const replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
export const objectType = "aws:s3/object";

const durationKey = "security group, role, policy, bucket, subnet, route";

function objectsIn(bucket: Row, inventory: InventoryView): Row[] {
    return inventory.rows(objectType).filter(({ inputs }) => inputs["bucket"] === bucket.id);
}

const bucket: ResourceModel = {
    token: bucketType,
    inputs: {
        bucket: { type: "string" },
        forceDestroy: { type: "boolean", default: false },
        objectLockEnabled: { type: "boolean" },
        region,
        tags,
    },
    outputs: {
        arn: { type: "string" },
        bucketDomainName: { type: "string" },
        bucketRegion: { type: "string" },
        bucketRegionalDomainName: { type: "string" },
        tagsAll,
    },
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    name: {
        property: "bucket",
        auto: { maxLength: 63, lowercase: true },
        pattern:
            /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        rule: "must be 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends, no IP address, none of the reserved beginnings and ends",
        clash: () =>
            "BucketAlreadyExists: The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
    },
    replaceOn: ["bucket", "objectLockEnabled", "region"],
    volatile: ["tagsAll"],
    unread: ["forceDestroy"],
    durationKey,
    refuse: (inputs, { config }) => refusedTags(inputs, config),
    id: ({ bucket: name }) => textOf(name),
    computed: (inputs, { id, config }) => {
        const { partition, dnsSuffix } = accountOf(config);
        const where = regionOf(inputs, config);
        return {
            arn: `arn:${partition}:s3:::${id}`,
            bucketDomainName: `${id}.s3.${dnsSuffix}`,
            bucketRegion: where,
            bucketRegionalDomainName: `${id}.s3.${where}.${dnsSuffix}`,
            tagsAll: allTags(inputs, config),
        };
    },
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html; old versions count as objects
    blocksDeletion: (row, inventory) =>
        row.inputs["forceDestroy"] !== true && objectsIn(row, inventory).length > 0
            ? `BucketNotEmpty: The bucket you tried to delete is not empty (${row.id}). You must delete all versions in the bucket.`
            : undefined,
    // The provider empties it first: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket
    takesAlong: objectsIn,
};

const theBucket: Reference = {
    path: "bucket",
    types: [bucketType],
    message: (name) => `NoSuchBucket: The specified bucket does not exist (${name})`,
};

/**
 * A setting of a bucket has the bucket's name for an id, and there is one of each kind. The provider puts it without asking whether there is
 * one, so that creating it takes over what is there: internal/service/s3/bucket_*.go, all on Put operations of the API.
 */
export function setting(
    token: string,
    inputs: PropertyModels,
    rules: Pick<ResourceModel, "validate" | "refuse" | "blocksDeletion" | "sights"> = {},
): ResourceModel {
    return {
        token,
        inputs: { bucket: { type: "string", required: true }, region, ...inputs },
        references: [theBucket],
        replaceOn: ["bucket", "region"],
        adopts: true,
        durationKey,
        id: ({ bucket: name }) => textOf(name),
        ...rules,
    };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html: a bucket that is copied stays versioned */
function replicated(bucketName: PropertyValue | undefined, inventory: InventoryView): string | undefined {
    return inventory.find(replicationType, ({ inputs }) => inputs["bucket"] === bucketName) === undefined
        ? undefined
        : "InvalidBucketState: A replication configuration is present on this bucket, so the versioning state cannot be changed.";
}

const versioning = setting(
    versioningType,
    {
        versioningConfiguration: {
            type: "object",
            required: true,
            properties: {
                status: { type: "string", required: true, values: ["Enabled", "Suspended", "Disabled"] },
                mfaDelete: { type: "string", values: ["Enabled", "Disabled"] },
            },
        },
    },
    {
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html: once versioned, never again unversioned
        refuse: ({ bucket: name, versioningConfiguration: now }, { previous, inventory }) => {
            const before = previous?.["versioningConfiguration"];
            if (!isMap(now) || !isMap(before) || now["status"] === before["status"]) {
                return undefined;
            }
            return now["status"] === "Disabled"
                ? `versioning_configuration.status cannot be updated from '${textOf(before["status"])}' to 'Disabled'`
                : replicated(name, inventory);
        },
        // The provider suspends versioning when the setting is deleted.
        blocksDeletion: ({ id, inputs }, inventory) => {
            const { versioningConfiguration: now } = inputs;
            return isMap(now) && now["status"] === "Enabled" ? replicated(id, inventory) : undefined;
        },
    },
);

const positiveDays = { type: "integer" } as const;

const lifecycle = setting(
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    {
        rules: {
            type: "array",
            required: true,
            items: {
                type: "object",
                properties: {
                    id: { type: "string", required: true },
                    status: { type: "string", required: true, values: ["Enabled", "Disabled"] },
                    filter: { type: "object", properties: { prefix: { type: "string" } } },
                    abortIncompleteMultipartUpload: {
                        type: "object",
                        properties: { daysAfterInitiation: { ...positiveDays, required: true } },
                    },
                    expiration: {
                        type: "object",
                        properties: { days: positiveDays, expiredObjectDeleteMarker: { type: "boolean" } },
                    },
                    noncurrentVersionExpiration: {
                        type: "object",
                        properties: {
                            noncurrentDays: { ...positiveDays, required: true },
                            newerNoncurrentVersions: positiveDays,
                        },
                    },
                },
            },
        },
    },
    { refuse: ({ rules }) => wrongRules(mapsIn(rules)) },
);

const lifecycleActions = ["abortIncompleteMultipartUpload", "expiration", "noncurrentVersionExpiration"];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
function wrongRules(rules: readonly PropertyMap[]): string | undefined {
    const ids = rules.map(({ id }) => textOf(id));
    if (new Set(ids).size < ids.length) {
        return "InvalidArgument: Rule ID must be unique. Found same ID for more than one rule";
    }
    for (const rule of rules) {
        const actions = lifecycleActions.map((action) => rule[action]).filter(isMap);
        if (actions.length === 0) {
            return "InvalidRequest: At least one action needs to be specified in a rule";
        }
        if (actions.some((action) => Object.values(action).some((days) => typeof days === "number" && days < 1))) {
            return "InvalidArgument: 'Days' for an action must be a positive integer";
        }
        const { expiration } = rule;
        if (isMap(expiration) && expiration["days"] !== undefined && expiration["expiredObjectDeleteMarker"] === true) {
            return "MalformedXML: ExpiredObjectDeleteMarker cannot be specified with Days or Date";
        }
    }
    return undefined;
}

const encryption = setting(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    {
        rules: {
            type: "array",
            required: true,
            items: {
                type: "object",
                properties: {
                    applyServerSideEncryptionByDefault: {
                        type: "object",
                        properties: {
                            sseAlgorithm: {
                                type: "string",
                                required: true,
                                values: ["AES256", "aws:kms", "aws:kms:dsse"],
                            },
                            kmsMasterKeyId: { type: "string" },
                        },
                    },
                    bucketKeyEnabled: { type: "boolean" },
                },
            },
        },
    },
    {
        // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html, which does not look at the key itself
        refuse: ({ rules }) => {
            const [rule, ...more] = mapsIn(rules);
            const how = rule?.["applyServerSideEncryptionByDefault"];
            if (rule === undefined || more.length > 0) {
                return "MalformedXML: exactly one encryption rule must be given";
            }
            return isMap(how) && how["sseAlgorithm"] === "AES256" && how["kmsMasterKeyId"] !== undefined
                ? "InvalidArgument: a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse"
                : undefined;
        },
    },
);

const publicAccess = setting(publicAccessType, {
    blockPublicAcls: { type: "boolean", default: false },
    blockPublicPolicy: { type: "boolean", default: false },
    ignorePublicAcls: { type: "boolean", default: false },
    restrictPublicBuckets: { type: "boolean", default: false },
    skipDestroy: { type: "boolean" },
});

const ownership = setting("aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
    rule: {
        type: "object",
        required: true,
        properties: {
            objectOwnership: {
                type: "string",
                required: true,
                values: ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"],
            },
        },
    },
});

const cors = setting(
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
    {
        corsRules: {
            type: "array",
            required: true,
            items: {
                type: "object",
                properties: {
                    allowedHeaders: { type: "array" },
                    allowedMethods: {
                        type: "array",
                        required: true,
                        items: { type: "string", values: ["GET", "PUT", "HEAD", "POST", "DELETE"] },
                    },
                    allowedOrigins: { type: "array", required: true },
                    exposeHeaders: { type: "array" },
                    id: { type: "string" },
                    maxAgeSeconds: { type: "integer" },
                },
            },
        },
    },
    {
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
        refuse: ({ corsRules }) => {
            const rules = mapsIn(corsRules);
            if (rules.length < 1 || rules.length > 100) {
                return "MalformedXML: 1 to 100 CORS rules must be given";
            }
            const origins = rules.flatMap(({ allowedOrigins }) =>
                Array.isArray(allowedOrigins) ? allowedOrigins : [],
            );
            const wild = origins.find((origin) => textOf(origin).split("*").length > 2);
            return wild === undefined
                ? undefined
                : `InvalidRequest: AllowedOrigin "${textOf(wild)}" can not have more than one wildcard.`;
        },
    },
);

const mostPolicyBytes = 20 * 1024;

const policy = setting(
    "aws:s3/bucketPolicy:BucketPolicy",
    { policy: { type: "string", required: true } },
    {
        validate: (inputs) => wrongJson(inputs, "policy"),
        // Repeated on MalformedPolicy: internal/service/s3/bucket_policy.go
        sights: [principalSight("policy", () => "MalformedPolicy: Invalid principal in policy")],
        refuse: (inputs, context) => {
            const text = textOf(inputs["policy"]);
            if (Buffer.byteLength(text) > mostPolicyBytes) {
                return "PolicyTooLarge: Bucket policies are limited to 20 KB";
            }
            try {
                return refusedStatements(textOf(inputs["bucket"]), statementsOf(text), context);
            } catch (error) {
                return `MalformedPolicy: ${error instanceof Error ? error.message : String(error)}`;
            }
        },
    },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
function refusedStatements(
    name: string,
    statements: readonly Statement[],
    { config, inventory }: RefuseContext,
): string | undefined {
    const account = accountOf(config);
    const { partition, callerArn } = account;
    const arn = `arn:${partition}:s3:::${name}`;
    const named = statements.flatMap(({ principals }) => principals);
    if (
        invalidPrincipal(statements, partition) !== undefined ||
        missingPrincipal(named, account, inventory) !== undefined
    ) {
        return "MalformedPolicy: Invalid principal in policy";
    }
    for (const { actions, resources } of statements) {
        if (actions.some((action) => !/^(s3:[A-Za-z*?]+|\*)$/.test(action))) {
            return "MalformedPolicy: Policy has invalid action";
        }
        if (resources.some((resource) => resource !== arn && !resource.startsWith(`${arn}/`))) {
            return "MalformedPolicy: Policy has invalid resource";
        }
        if (actions.some((action) => !resources.some((resource) => applies(action, resource !== arn)))) {
            return "MalformedPolicy: Action does not apply to any resource(s) in statement";
        }
    }
    return statements.some(isPublic) && blocksPublicPolicies(name, inventory)
        ? `AccessDenied: User: ${callerArn} is not authorized to perform: s3:PutBucketPolicy on resource: "${arn}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`
        : undefined;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
function applies(action: string, toObjects: boolean): boolean {
    if (/[*?]/.test(action)) {
        return true;
    }
    const ofObjects =
        /(Object|^s3:AbortMultipartUpload|^s3:ListMultipartUploadParts|^s3:BypassGovernanceRetention|^s3:Replicate)/.test(
            action,
        ) && !/^s3:(Get|Put)BucketObjectLockConfiguration$/.test(action);
    return ofObjects === toObjects;
}

/** New buckets block them by default: https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html */
function blocksPublicPolicies(name: string, inventory: InventoryView): boolean {
    const block = inventory.find(publicAccessType, ({ inputs }) => inputs["bucket"] === name);
    return block === undefined || block.inputs["blockPublicPolicy"] === true;
}

export function mapsIn(value: PropertyValue | undefined): PropertyMap[] {
    return Array.isArray(value) ? value.filter(isMap) : [];
}

export const s3: readonly ResourceModel[] = [
    bucket,
    versioning,
    lifecycle,
    encryption,
    publicAccess,
    ownership,
    cors,
    policy,
];
