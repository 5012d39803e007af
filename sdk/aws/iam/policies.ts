/**
 * IAM statements, as pure functions. `*` stands only where the comment beside it gives the reason.
 */

/** One statement of a policy. */
export interface Statement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    /** Absent in policies of an identity. */
    readonly Principal?: "*" | Principals;
    readonly Action: readonly string[];
    /** Absent where a role says who may act as it. */
    readonly Resource?: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Whom a statement is about. */
export interface Principals {
    readonly AWS?: readonly string[];
    readonly Service?: readonly string[];
    readonly Federated?: readonly string[];
}

export interface PolicyDocument {
    readonly Version: "2012-10-17";
    readonly Statement: readonly Statement[];
}

/** Operators, with keys and the values they are compared with. */
export type Conditions = NonNullable<Statement["Condition"]>;

/** A bucket and the part of it that is meant. */
export interface BucketScope {
    readonly bucketArn: string;
    /** Key prefix without slashes at the ends; the whole bucket when absent. */
    readonly prefix?: string;
}

/** W&B looks at these settings when a bucket is connected, and lists objects when it clears away what users have deleted. */
export const BucketActions: readonly string[] = [
    "s3:GetBucketCORS",
    "s3:GetBucketLocation",
    "s3:GetBucketVersioning",
    "s3:GetEncryptionConfiguration",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListBucketVersions",
];

/**
 * W&B makes presigned URLs for these. Its documentation asks for `s3:GetObject*`: the members that concern ACLs, torrents, locks and
 * replication are left out. Nobody may delete a version, so that what W&B deletes by mistake can be restored.
 */
export const ObjectActions: readonly string[] = [
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:GetObjectAttributes",
    "s3:GetObjectTagging",
    "s3:GetObjectVersion",
    "s3:GetObjectVersionAttributes",
    "s3:GetObjectVersionTagging",
    "s3:PutObject",
];

/** What W&B's documentation asks for, its `ReEncrypt*` and `GenerateDataKey*` spelled out for a key that encrypts objects. */
export const KeyUseActions: readonly string[] = [
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
];

/** Managing a key, without using it and without handing out grants. */
const KeyAdministrationActions: readonly string[] = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
];

/** In the policy of a key the key is the only resource there is. */
export const ThisKey: readonly string[] = ["*"];

/** The first statement of every key's policy. Without it nobody could manage the key once the other principals are gone. */
export function keyOwner(accountArn: string): Statement {
    return {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: [accountArn] },
        // IAM policies still have to allow each action.
        Action: ["kms:*"],
        Resource: ThisKey,
    };
}

export interface KeyPolicyArgs {
    readonly partition: string;
    readonly accountId: string;
    /** Who may manage the key beside the account itself. */
    readonly administratorArns: readonly string[];
    /** Who may encrypt and decrypt with it through S3. */
    readonly userArns: readonly string[];
    /** Region of the key and of what it encrypts. */
    readonly region: string;
    /** The key encrypts volumes of nodes that EC2 Auto Scaling starts. */
    readonly volumes?: boolean;
}

/** Policy of a KMS key. */
export function keyPolicy(args: KeyPolicyArgs): PolicyDocument {
    const { administratorArns, userArns, region } = args;
    const administrators: Statement = {
        Sid: "Administrators",
        Effect: "Allow",
        Principal: { AWS: administratorArns },
        Action: KeyAdministrationActions,
        Resource: ThisKey,
    };
    return policy(
        keyOwner(`arn:${args.partition}:iam::${args.accountId}:root`),
        ...(administratorArns.length > 0 ? [administrators] : []),
        ...(userArns.length > 0 ? keyUse(userArns, region) : []),
        ...(args.volumes === true ? volumeUse(args) : []),
    );
}

/** What EC2 does with the key of a volume: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html */
export const VolumeActions: readonly string[] = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
];

/**
 * The statements by which EC2 Auto Scaling may use a key for the volumes of nodes. It does so as its service-linked role, which an account
 * has only once something made an Auto Scaling group in it, and KMS refuses a policy that names a principal that is not there. So the
 * principal is everybody, limited by conditions to that one role of this account, through EC2: conditions are not looked up. The account
 * itself as principal would not do: that only lets its IAM policies decide, and the role's own policy says nothing about customer keys.
 */
export function volumeUse({
    partition,
    accountId,
    region,
}: Omit<KeyPolicyArgs, "administratorArns" | "userArns">): Statement[] {
    const role = `arn:${partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
    const onlyAutoScaling = {
        ArnEquals: { "aws:PrincipalArn": role },
        StringEquals: { "kms:CallerAccount": accountId, "kms:ViaService": `ec2.${region}.amazonaws.com` },
    };
    const common = { Effect: "Allow", Principal: { AWS: ["*"] }, Resource: ThisKey } as const;
    return [
        { ...common, Sid: "VolumesUse", Action: VolumeActions, Condition: onlyAutoScaling },
        {
            ...common,
            Sid: "VolumesAttach",
            Action: ["kms:CreateGrant"],
            Condition: { ...onlyAutoScaling, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
    ];
}

/** The statements that a key of your own needs in its policy. */
export function keyUse(userArns: readonly string[], region: string): Statement[] {
    return keyStatements(region, ThisKey).map((statement) => ({ ...statement, Principal: { AWS: userArns } }));
}

/**
 * Use of a key through S3 alone: SSE-KMS makes S3 ask KMS on behalf of whoever reads or writes the object. So the principals can decrypt
 * nothing that somebody else has encrypted with the key outside of S3.
 */
function keyStatements(region: string, resource: readonly string[]): Statement[] {
    return [
        {
            Sid: "WandbUse",
            Effect: "Allow",
            Action: KeyUseActions,
            Resource: resource,
            // With this suffix in all partitions, China included:
            // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
            Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
        },
        // Asked directly, not through S3, by whoever wants to see whether the key is there.
        { Sid: "WandbDescribe", Effect: "Allow", Action: ["kms:DescribeKey"], Resource: resource },
    ];
}

/**
 * Policy of a bucket: the grant, and the refusal of plain text, in one document because a bucket has one policy only. Principals of the
 * bucket's own account may be left out: their IAM policies suffice.
 */
export function bucketPolicy(scope: BucketScope, principalArns: readonly string[]): PolicyDocument {
    const { bucketArn } = scope;
    const grants = principalArns.length === 0 ? [] : bucketUse(scope);
    const refusal = (sid: string, condition: Conditions): Statement => ({
        Sid: sid,
        Effect: "Deny",
        // A refusal is for everybody and everything.
        Principal: "*",
        Action: ["s3:*"],
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: condition,
    });
    return policy(
        refusal("HttpsOnly", { Bool: { "aws:SecureTransport": "false" } }),
        refusal("Tls12OrNewer", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
        ...grants.map((statement) => ({ ...statement, Principal: { AWS: principalArns } })),
    );
}

/**
 * Policy for the principal's own side. Across accounts both sides must allow: the bucket's policy and key's policy are one, this is
 * the other.
 *
 * @param keyArn the key, in the bucket's region; absent when S3's own keys encrypt
 */
export function principalPolicy(scope: BucketScope, keyArn: string | undefined): PolicyDocument {
    return policy(...bucketUse(scope), ...(keyArn === undefined ? [] : keyUseThroughS3(keyArn).Statement));
}

/** Policy for the principal's own side that is about the key only. */
export function keyUseThroughS3(keyArn: string): PolicyDocument {
    return policy(...keyStatements(keyArn.split(":")[3], [keyArn]));
}

/** Listing cannot be limited to a prefix: W&B asks whether the bucket is there, and that question has none. */
function bucketUse({ bucketArn, prefix }: BucketScope): Statement[] {
    return [
        { Sid: "WandbBucket", Effect: "Allow", Action: BucketActions, Resource: [bucketArn] },
        {
            Sid: "WandbObjects",
            Effect: "Allow",
            Action: ObjectActions,
            // The objects of this bucket, or those below the prefix.
            Resource: [prefix === undefined ? `${bucketArn}/*` : `${bucketArn}/${prefix}/*`],
        },
    ];
}

/** A document of statements. */
export function policy(...statements: Statement[]): PolicyDocument {
    return { Version: "2012-10-17", Statement: statements };
}
