import type * as pulumi from "@pulumi/pulumi";

/** The KMS key of a bucket for somebody else: one that is made here, or your own by `arn`. */
export interface AwsKmsKeyArgs {
    /**
     * ARN of a key of your own: arn:aws:kms:<region>:<account>:key/<id>, in the bucket's region, no alias. Then no key is made and all
     * other fields are refused. Its policy stays yours and needs what the output `kmsKeyPolicyStatements` holds: it lets the principals use
     * the key through S3 alone, so objects that they may not read by S3's rules, and what others encrypt with the key, stay closed to them.
     */
    arn?: pulumi.Input<string>;
    /**
     * Alias of the key that is made, beginning with `alias/`. A change replaces the alias, not the key, which
     * deletion protection refuses. Default: one that begins with `alias/` and the component's logical name.
     */
    alias?: pulumi.Input<string>;
    /**
     * IAM users and roles of the key's own account that may manage the key, but not use it. The account's own IAM policies count in any
     * case: the account is the first statement of the key's policy, so that the key cannot become unmanageable.
     */
    administratorArns?: pulumi.Input<string>[];
    /**
     * Days between two rotations of the key material, 90 to 2560. Old data stays readable.
     * @default 365
     */
    rotationDays?: pulumi.Input<number>;
    /**
     * Days that AWS waits before it deletes the key after `destroy`, 7 to 30. Until then the deletion can be cancelled; afterwards
     * nothing that the key encrypted can be read.
     * @default 30
     */
    deletionWindowDays?: pulumi.Input<number>;
}
