import { BucketReplicationConfig } from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { AwsBucketReplicationArgs } from "../args/bucket";
import { createRole, type IamSettings, serviceTrust } from "../iam/iam";
import { replicationPolicy } from "../iam/policies-bucket";
import type { AwsScope } from "../scope";
import type { CreatedBucket } from "./bucket";

export interface ReplicationArgs {
    readonly created: CreatedBucket;
    readonly replication: AwsBucketReplicationArgs;
    /** Key of the bucket; absent when S3's own keys encrypt. */
    readonly keyArn: pulumi.Input<string> | undefined;
    readonly iam: IamSettings;
}

/** Copies all objects that come to another bucket. It can be turned off again, so it is not protected; the copies stay. */
export function createReplication(scope: AwsScope, args: ReplicationArgs): BucketReplicationConfig {
    const { created, replication, keyArn } = args;
    const { bucketArn: copyBucketArn, kmsKeyArn: copyKeyArn, accountId, storageClass } = replication;
    const role = createRole(scope, args.iam, {
        role: "replication-role",
        description: "Copies objects of Weights & Biases to another bucket",
        trust: serviceTrust("s3.amazonaws.com"),
        policies: {
            copy: pulumi
                .all([created.arn, copyBucketArn, pulumi.output(keyArn), pulumi.output(copyKeyArn)])
                .apply(([bucketArn, copyBucketArn, keyArn, copyKeyArn]) =>
                    replicationPolicy({
                        bucketArn,
                        keyArn,
                        copyBucketArn,
                        copyKeyArn,
                        otherAccount: accountId !== undefined,
                    }),
                ),
        },
    });
    return new BucketReplicationConfig(
        `${scope.name}-bucket-replication`,
        {
            bucket: created.bucket.bucket,
            role: role.arn,
            rules: [
                {
                    id: "everything",
                    status: "Enabled",
                    filter: {},
                    deleteMarkerReplication: { status: "Enabled" },
                    destination: {
                        bucket: copyBucketArn,
                        storageClass,
                        account: accountId,
                        accessControlTranslation: accountId === undefined ? undefined : { owner: "Destination" },
                        encryptionConfiguration: copyKeyArn === undefined ? undefined : { replicaKmsKeyId: copyKeyArn },
                    },
                    // Without it S3 passes over objects that a KMS key encrypts.
                    sourceSelectionCriteria:
                        copyKeyArn === undefined ? undefined : { sseKmsEncryptedObjects: { status: "Enabled" } },
                },
            ],
        },
        // S3 refuses it for a bucket without versions, and tries its rights once only per object.
        { parent: scope.parent, dependsOn: [created.versions, ...role.ready] },
    );
}
