import * as pulumi from "@pulumi/pulumi";
import type { AwsSecureStorageConnectorArgs } from "../aws/args/storage-connector";
import { loadCloud } from "../clouds";
import { invalidArguments } from "../errors";
import { checkedLate } from "../validation/late";
import { AwsConnectorShape } from "./aws-shape";
import { validateAwsConnector } from "./aws-validation";

/**
 * An S3 bucket in your own account that a W&B instance may use: W&B's cloud, or an instance that you run elsewhere. The bucket is
 * private, encrypted with a key of its own, versioned, and answers to HTTPS only.
 *
 * It needs the package `@pulumi/aws` (major 7), and an AWS provider for the account and region where the bucket shall lie.
 *
 * @throws InputPropertiesError listing every problem of the arguments, or the missing package, before anything is created.
 */
export class AwsSecureStorageConnector extends pulumi.ComponentResource {
    /** Name of the bucket. Known once all its settings are made. */
    public readonly bucketName!: pulumi.Output<string>;
    /** ARN of the bucket. Known once all its settings are made. */
    public readonly bucketArn!: pulumi.Output<string>;
    /** Region of the bucket, for `bucket.region` of the instance. */
    public readonly bucketRegion!: pulumi.Output<string>;
    /** Key prefix, for `bucket.prefix` of the instance. Absent when the whole bucket is meant. */
    public readonly prefix?: pulumi.Output<string>;
    /** ARN of the KMS key, for `bucket.kmsKey` of the instance. Absent when S3's own keys encrypt. */
    public readonly kmsKeyArn?: pulumi.Output<string>;
    /**
     * IAM policy (JSON) for the principals' own side. A role or user of another account needs it there too: across accounts both sides
     * must allow.
     */
    public readonly principalPolicy!: pulumi.Output<string>;
    /** List of statements (JSON) that the policy of your own key needs. Absent unless `kmsKey.arn` was given. */
    public readonly kmsKeyPolicyStatements?: pulumi.Output<string>;

    constructor(name: string, args: AwsSecureStorageConnectorArgs, opts?: pulumi.ComponentResourceOptions) {
        const problems = validateAwsConnector(name, args);
        if (problems.length > 0) {
            throw invalidArguments(name, problems);
        }
        const { createStorageConnector } = loadCloud("aws", name);
        const { bucketName, prefix, principalArns } = args;
        super("wandb:index:AwsSecureStorageConnector", name, { bucketName, prefix, principalArns }, opts);

        const checked = checkedLate(args, {
            given: args,
            shape: AwsConnectorShape,
            validate: (known) => validateAwsConnector(name, known),
            component: this,
        });
        const made = createStorageConnector(name, this, checked);

        this.bucketName = made.bucketName;
        this.bucketArn = made.bucketArn;
        this.bucketRegion = made.bucketRegion;
        this.prefix = checked.prefix === undefined ? undefined : pulumi.output(checked.prefix);
        this.kmsKeyArn = made.kmsKeyArn;
        this.principalPolicy = made.principalPolicy;
        this.kmsKeyPolicyStatements = made.kmsKeyPolicyStatements;
        this.registerOutputs({
            bucketName: this.bucketName,
            bucketArn: this.bucketArn,
            bucketRegion: this.bucketRegion,
            prefix: this.prefix,
            kmsKeyArn: this.kmsKeyArn,
            principalPolicy: this.principalPolicy,
            kmsKeyPolicyStatements: this.kmsKeyPolicyStatements,
        });
    }
}
