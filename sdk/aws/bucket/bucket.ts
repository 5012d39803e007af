import {
    Bucket,
    BucketCorsConfiguration,
    BucketLifecycleConfiguration,
    BucketOwnershipControls,
    BucketPolicy,
    BucketPublicAccessBlock,
    BucketServerSideEncryptionConfiguration,
    BucketVersioning,
} from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../protection";
import { corsOrigin } from "../../values/host";
import type { AwsBucketLifecycleArgs } from "../args/bucket";
import { bucketPolicy } from "../iam/policies";
import type { AwsScope } from "../scope";

export interface BucketArgs {
    /** Physical name; made from the logical one when absent. */
    readonly bucketName?: pulumi.Input<string>;
    /** Limits the grant to keys below it. */
    readonly prefix?: pulumi.Input<string>;
    /** ARN of the key; without it S3's own keys encrypt. */
    readonly keyArn?: pulumi.Input<string>;
    readonly versioning: boolean;
    readonly lifecycle: AwsBucketLifecycleArgs;
    /** Hosts whose pages may read and write by presigned URLs. */
    readonly hosts: readonly pulumi.Input<string>[];
    /** Who gets access by the bucket's policy. Principals of the bucket's own account need none: their IAM policies suffice. */
    readonly principalArns: readonly pulumi.Input<string>[];
}

type Setting = pulumi.CustomResource;

/** The bucket with its own settings. */
export interface CreatedBucket {
    readonly bucket: Bucket;
    readonly versions: BucketVersioning;
    /** For policies: known as soon as the name is, in previews too. */
    readonly arn: pulumi.Output<string>;
    readonly settings: readonly Setting[];
}

/** A bucket. `name` and `arn` are known once all its settings are made, so that nothing uses it before. */
export interface BucketOutputs {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    readonly region: pulumi.Output<string>;
    /** ARN for policies: known as soon as the name is, in previews too. */
    readonly policyArn: pulumi.Output<string>;
}

/** Makes a private, encrypted, versioned bucket that answers to HTTPS only. Others use `bucketOutputs` of it. */
export function createBucket(scope: AwsScope, args: BucketArgs): CreatedBucket {
    const { name, tags, deletionProtection, retainData } = scope;
    const bucket = new Bucket(
        `${name}-bucket`,
        {
            bucket: args.bucketName,
            // Whoever turns the protection off wants it gone: without this a bucket with objects cannot be deleted.
            forceDestroy: !deletionProtection && !retainData,
            tags,
        },
        dataOptions(scope),
    );
    // Put together from the name, which previews know already: so they show the policies.
    const policyArn = pulumi.interpolate`arn:${scope.partition}:s3:::${bucket.bucket}`;
    const { versions, rules } = createVersions(scope, bucket, args);
    const settings = [
        createEncryption(scope, bucket, args.keyArn),
        versions,
        rules,
        createCors(scope, bucket, args.hosts),
        ...createAccess(scope, { bucket, policyArn }, args),
    ];
    return { bucket, versions, arn: policyArn, settings };
}

/** @param extras further settings, which the bucket is not used without */
export function bucketOutputs(
    { bucket, arn, settings }: CreatedBucket,
    extras: readonly Setting[] = [],
): BucketOutputs {
    const ids = pulumi.all([...settings, ...extras].map(({ id }) => id));
    return {
        name: pulumi.all([bucket.bucket, ids]).apply(([value]) => value),
        arn: pulumi.all([bucket.arn, ids]).apply(([value]) => value),
        region: bucket.bucketRegion,
        policyArn: arn,
    };
}

function createEncryption(scope: AwsScope, bucket: Bucket, keyArn: pulumi.Input<string> | undefined): Setting {
    const rule =
        keyArn === undefined
            ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
            : {
                  applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
                  bucketKeyEnabled: true,
              };
    return new BucketServerSideEncryptionConfiguration(
        `${scope.name}-bucket-encryption`,
        { bucket: bucket.bucket, rules: [rule] },
        dataOptions(scope),
    );
}

/** Versions, and what clears old ones away. Without versioning there may be versions of earlier days. */
function createVersions(scope: AwsScope, bucket: Bucket, { versioning, lifecycle }: BucketArgs) {
    const versions = new BucketVersioning(
        `${scope.name}-bucket-versioning`,
        // A bucket that had versions once can only suspend them.
        { bucket: bucket.bucket, versioningConfiguration: { status: versioning ? "Enabled" : "Suspended" } },
        dataOptions(scope),
    );
    const rules = new BucketLifecycleConfiguration(
        `${scope.name}-bucket-lifecycle`,
        {
            bucket: bucket.bucket,
            rules: [
                {
                    id: "old-versions",
                    status: "Enabled",
                    filter: {},
                    noncurrentVersionExpiration: { noncurrentDays: lifecycle.noncurrentVersionDays ?? 30 },
                    expiration: { expiredObjectDeleteMarker: true },
                },
                {
                    id: "incomplete-uploads",
                    status: "Enabled",
                    filter: {},
                    abortIncompleteMultipartUpload: {
                        daysAfterInitiation: lifecycle.incompleteMultipartUploadDays ?? 7,
                    },
                },
            ],
        },
        // The provider's documentation demands this order: rules about versions need versioning in force.
        dataOptions(scope, [versions]),
    );
    return { versions, rules };
}

function createCors(scope: AwsScope, bucket: Bucket, hosts: readonly pulumi.Input<string>[]): Setting {
    return new BucketCorsConfiguration(
        `${scope.name}-bucket-cors`,
        {
            bucket: bucket.bucket,
            corsRules: [
                {
                    // W&B's presigned uploads carry checksums, encryption headers and types of their own choice.
                    allowedHeaders: ["*"],
                    allowedMethods: ["GET", "HEAD", "PUT"],
                    allowedOrigins: hosts.map((host) => pulumi.output(host).apply(corsOrigin)),
                    exposeHeaders: ["ETag"],
                    maxAgeSeconds: 3000,
                },
            ],
        },
        dataOptions(scope),
    );
}

/** Who may reach the bucket: nobody by ACL, nobody from the public, and by policy the principals over HTTPS. */
function createAccess(
    scope: AwsScope,
    { bucket, policyArn }: { readonly bucket: Bucket; readonly policyArn: pulumi.Output<string> },
    { principalArns, prefix }: BucketArgs,
): Setting[] {
    const ownership = new BucketOwnershipControls(
        `${scope.name}-bucket-ownership`,
        { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
        dataOptions(scope),
    );
    const publicAccess = new BucketPublicAccessBlock(
        `${scope.name}-bucket-public-access`,
        {
            bucket: bucket.bucket,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        dataOptions(scope),
    );
    const policy = pulumi
        .all([policyArn, pulumi.all([...principalArns]), pulumi.output(prefix)])
        .apply(([bucketArn, arns, below]) => JSON.stringify(bucketPolicy({ bucketArn, prefix: below }, arns)));
    return [
        ownership,
        publicAccess,
        new BucketPolicy(
            `${scope.name}-bucket-policy`,
            { bucket: bucket.bucket, policy },
            // S3 refuses these at the same time (hashicorp/terraform-provider-aws issue 7628), and the grant comes down first.
            dataOptions(scope, [publicAccess, ownership]),
        ),
    ];
}
