import { BucketLogging } from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { BucketFacts } from "../../contract/infrastructure";
import type { AwsBucketArgs } from "../args/bucket";
import type { IamSettings } from "../iam/iam";
import { bucketPolicy, keyUse } from "../iam/policies";
import type { AwsScope } from "../scope";
import { bucketOutputs, createBucket, type CreatedBucket } from "./bucket";
import { createEvents, type EventQueue } from "./events";
import { createReplication } from "./replication";

export interface BucketPartArgs {
    readonly bucket: AwsBucketArgs;
    /** ARN of the key; without it S3's own keys encrypt. */
    readonly keyArn?: pulumi.Input<string>;
    /** Hosts under which people open W&B. */
    readonly hosts: readonly pulumi.Input<string>[];
    readonly iam: IamSettings;
}

export interface BucketPart {
    readonly facts: BucketFacts;
    /** ARN for policies: known as soon as the name is, in previews too. */
    readonly arn: pulumi.Output<string>;
    readonly queue?: EventQueue;
}

/** Makes the bucket of a deployment. */
export function createBucketPart(scope: AwsScope, args: BucketPartArgs): BucketPart {
    return new Bucket(scope, args).part;
}

/** The bucket, with what watches and copies it. */
class Bucket extends pulumi.ComponentResource {
    readonly part: BucketPart;

    constructor(scope: AwsScope, args: BucketPartArgs) {
        super("wandb:aws:Bucket", `${scope.name}-storage`, {}, { parent: scope.parent });
        this.part = bucketPart({ ...scope, parent: this }, args);
        const { facts, arn } = this.part;
        this.registerOutputs({ bucketName: facts.name, bucketArn: arn });
    }
}

function bucketPart(scope: AwsScope, { bucket: given, keyArn, hosts, iam }: BucketPartArgs): BucketPart {
    const { prefix, accessLogBucket, replication, eventQueue } = given;
    const created = createBucket(scope, {
        bucketName: given.name,
        prefix,
        keyArn,
        versioning: given.versioning ?? true,
        lifecycle: given.lifecycle ?? {},
        hosts: [...hosts, ...(given.corsHosts ?? [])],
        principalArns: [],
    });
    const log = accessLogBucket === undefined ? undefined : createAccessLog(scope, created, accessLogBucket);
    const copies = replication && createReplication(scope, { created, replication, keyArn, iam });
    const events = eventQueue === true ? createEvents(scope, created, given) : undefined;
    const extras = [log, copies, events?.notification].filter((made) => made !== undefined);
    const { name, region, policyArn } = bucketOutputs(created, extras);
    const facts: BucketFacts = { provider: "s3", name, prefix, region, kmsKey: keyArn };
    return { facts, arn: policyArn, queue: events?.queue };
}

/** The log is told apart from what else is in its bucket by the name of the bucket it is about. */
function createAccessLog(scope: AwsScope, { bucket }: CreatedBucket, target: pulumi.Input<string>): BucketLogging {
    return new BucketLogging(
        `${scope.name}-bucket-access-log`,
        { bucket: bucket.bucket, targetBucket: target, targetPrefix: pulumi.interpolate`${bucket.bucket}/` },
        { parent: scope.parent },
    );
}

/** What the owner of a bucket that was there before must add, so that W&B may use it. */
export interface OwnBucketArgs {
    readonly name: pulumi.Input<string>;
    readonly prefix?: pulumi.Input<string>;
    /** Region of bucket and key; the deployment's when absent. */
    readonly region?: pulumi.Input<string>;
    readonly roleArn: pulumi.Input<string>;
}

export interface OwnBucketPolicies {
    /** Policy of the bucket (JSON). */
    readonly bucket: pulumi.Output<string>;
    /** List of statements (JSON) that the policy of the bucket's key needs. */
    readonly key: pulumi.Output<string>;
}

/** The policies that let the role in: needed across accounts, harmless within one. */
export function ownBucketPolicies(scope: AwsScope, args: OwnBucketArgs): OwnBucketPolicies {
    const { prefix, roleArn, region = scope.region } = args;
    return {
        bucket: pulumi
            .all([ownBucketArn(scope, args.name), pulumi.output(prefix), roleArn])
            .apply(([bucketArn, below, role]) => JSON.stringify(bucketPolicy({ bucketArn, prefix: below }, [role]))),
        key: pulumi.all([roleArn, region]).apply(([role, where]) => JSON.stringify(keyUse([role], where))),
    };
}

/** ARN of a bucket of the caller's own, for policies. */
export function ownBucketArn({ partition }: AwsScope, name: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.interpolate`arn:${partition}:s3:::${name}`;
}
