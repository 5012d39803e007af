/** What others need for the extras of a bucket, as pure functions: its copies elsewhere, and the queue of its events. */
import { policy, type PolicyDocument, type Statement } from "./policies";

export interface ReplicationPolicyArgs {
    readonly bucketArn: string;
    /** Key of the bucket; absent when S3's own keys encrypt. */
    readonly keyArn?: string;
    /** Bucket of the copies. */
    readonly copyBucketArn: string;
    /** Key of the copies, in that bucket's region. */
    readonly copyKeyArn?: string;
    /** The copies belong to the owner of their bucket. */
    readonly otherAccount: boolean;
}

/** Rights of the role that copies: https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html */
export function replicationPolicy(args: ReplicationPolicyArgs): PolicyDocument {
    const { bucketArn, keyArn, copyBucketArn, copyKeyArn } = args;
    return policy(
        {
            Sid: "Source",
            Effect: "Allow",
            Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
            Resource: [bucketArn],
        },
        {
            Sid: "SourceObjects",
            Effect: "Allow",
            Action: ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
            Resource: [`${bucketArn}/*`],
        },
        {
            Sid: "Copies",
            Effect: "Allow",
            Action: [
                ...(args.otherAccount ? ["s3:ObjectOwnerOverrideToBucketOwner"] : []),
                "s3:ReplicateDelete",
                "s3:ReplicateObject",
                "s3:ReplicateTags",
            ],
            Resource: [`${copyBucketArn}/*`],
        },
        ...(keyArn === undefined ? [] : [keyThroughS3("SourceKey", ["kms:Decrypt"], keyArn, bucketArn)]),
        ...(copyKeyArn === undefined ? [] : [keyThroughS3("CopiesKey", CopyKeyActions, copyKeyArn, copyBucketArn)]),
    );
}

/** With a bucket key S3 makes data keys, and decrypts the bucket key to check it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html#bucket-key-replication */
const CopyKeyActions: readonly string[] = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"];

function keyThroughS3(sid: string, actions: readonly string[], keyArn: string, bucketArn: string): Statement {
    return {
        Sid: sid,
        Effect: "Allow",
        Action: actions,
        Resource: [keyArn],
        Condition: {
            StringEquals: { "kms:ViaService": `s3.${keyArn.split(":")[3]}.amazonaws.com` },
            // The bucket with a bucket key, the object without one.
            StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/*`] },
        },
    };
}

export interface QueuePolicyArgs {
    readonly queueArn: string;
    readonly bucketArn: string;
    /** Account of the bucket: its ARN does not tell, and a name may pass to somebody else. */
    readonly accountId: string;
}

/** Policy of the queue: S3 may send events of this bucket. https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html */
export function queuePolicy({ queueArn, bucketArn, accountId }: QueuePolicyArgs): PolicyDocument {
    return policy({
        Sid: "BucketEvents",
        Effect: "Allow",
        Principal: { Service: ["s3.amazonaws.com"] },
        Action: ["sqs:SendMessage"],
        Resource: [queueArn],
        Condition: {
            ArnEquals: { "aws:SourceArn": bucketArn },
            StringEquals: { "aws:SourceAccount": accountId },
        },
    });
}
