/** What W&B's pods may do beside using the instance's bucket, as pure functions. `*` stands only where a comment gives the reason. */
import {
    BucketActions,
    type Conditions,
    KeyUseActions,
    ObjectActions,
    policy,
    type PolicyDocument,
    type Statement,
} from "./policies";

export interface SecretStoreArgs {
    readonly partition: string;
    readonly region: string;
    readonly accountId: string;
    /** Beginning of the names of all secrets that are meant. */
    readonly prefix: string;
}

/**
 * The store of teams' secrets, when W&B keeps them in AWS Secrets Manager (`GORILLA_CUSTOMER_SECRET_STORE_SOURCE`): it makes, reads, changes and
 * deletes one for each secret that a team enters.
 */
export function secretStore({ partition, region, accountId, prefix }: SecretStoreArgs): PolicyDocument {
    return policy({
        Sid: "TeamSecrets",
        Effect: "Allow",
        Action: [
            "secretsmanager:CreateSecret",
            "secretsmanager:DeleteSecret",
            "secretsmanager:DescribeSecret",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecret",
        ],
        // Names are the teams' own, and AWS adds six characters to each.
        Resource: [`arn:${partition}:secretsmanager:${region}:${accountId}:secret:${prefix}*`],
    });
}

/** Taking events off the queue of the bucket. */
export function queueUse(queueArn: string): PolicyDocument {
    return policy({
        Sid: "BucketEvents",
        Effect: "Allow",
        Action: [
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
        ],
        Resource: [queueArn],
    });
}

/** Whose buckets teams may connect: those of the accounts that are named, or those of every account but this one. */
export interface TeamBucketArgs {
    readonly partition: string;
    readonly accountId: string;
    /** Absent: every other account. */
    readonly teamAccounts?: readonly string[];
}

/** Use of buckets that teams connect, and of their keys through S3. Their owners' policies must allow it too. */
export function teamBuckets({ partition, accountId, teamAccounts }: TeamBucketArgs): PolicyDocument {
    const owners: Conditions =
        teamAccounts === undefined
            ? { StringNotEquals: { "aws:ResourceAccount": accountId } }
            : { StringEquals: { "aws:ResourceAccount": teamAccounts } };
    const common = { Effect: "Allow", Condition: owners } as const;
    const statements: Statement[] = [
        // An ARN of S3 names no account, and teams choose the names: the condition says whose buckets are meant.
        { ...common, Sid: "TeamBuckets", Action: BucketActions, Resource: [`arn:${partition}:s3:::*`] },
        { ...common, Sid: "TeamObjects", Action: ObjectActions, Resource: [`arn:${partition}:s3:::*/*`] },
        {
            ...common,
            Sid: "TeamKeys",
            Action: KeyUseActions,
            // In whichever region the team's bucket lies, with whichever key it has.
            Resource: (teamAccounts ?? ["*"]).map((account) => `arn:${partition}:kms:*:${account}:key/*`),
            Condition: { ...owners, StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
        },
    ];
    return policy(...statements);
}
