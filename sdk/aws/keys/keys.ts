import * as pulumi from "@pulumi/pulumi";
import { AwsBucketEncryption } from "../args/bucket";
import type { AwsKeyArgs } from "../args/key";
import type { KeyFacts } from "../facts";
import { volumeUse } from "../iam/policies";
import type { AwsScope } from "../scope";
import { createStorageKey, existingKey } from "./key";

export interface KeysArgs {
    readonly key: AwsKeyArgs;
    /** How the bucket is encrypted. `s3` also for a bucket of the caller's own that has no key. */
    readonly encryption: AwsBucketEncryption;
    /** Key of a bucket of the caller's own. */
    readonly ownBucketKey?: pulumi.Input<string>;
}

/** Makes the key of everything that is stored, unless there is one, and says which key encrypts what. */
export function createKeys(scope: AwsScope, args: KeysArgs): KeyFacts {
    return new Keys(scope, args).facts;
}

/** The customer managed keys of a deployment. */
class Keys extends pulumi.ComponentResource {
    readonly facts: KeyFacts;

    constructor(scope: AwsScope, args: KeysArgs) {
        super("wandb:aws:Keys", `${scope.name}-keys`, {}, { parent: scope.parent });
        this.facts = keyFacts({ ...scope, parent: this }, args);
        const { cluster, database, bucket } = this.facts;
        this.registerOutputs({ cluster, database, bucket });
    }
}

function keyFacts(scope: AwsScope, { key, encryption, ownBucketKey }: KeysArgs): KeyFacts {
    const { arn, databaseKeyArn, performanceInsightsKeyArn, cacheKeyArn, bucketKeyArn, ...settings } = key;
    const own = (path: string, what: string, user: string, given: pulumi.Input<string>) =>
        existingKey(scope, { arn: given, path, what, user });
    const main =
        arn === undefined
            ? createStorageKey(scope, {
                  ...settings,
                  description: "Encrypts data of Weights & Biases",
                  userArns: [],
                  volumes: true,
                  path: "aws.key",
              })
            : own("aws.key.arn", "the deployment lies", "EKS, RDS and S3", arn);
    const bucket =
        bucketKeyArn === undefined ? main : own("aws.key.bucketKeyArn", "the bucket lies", "S3", bucketKeyArn);
    const database =
        databaseKeyArn === undefined ? main : own("aws.key.databaseKeyArn", "the database lies", "RDS", databaseKeyArn);
    return {
        cluster: main,
        database,
        insights:
            performanceInsightsKeyArn === undefined
                ? database
                : own("aws.key.performanceInsightsKeyArn", "the database lies", "RDS", performanceInsightsKeyArn),
        cache:
            cacheKeyArn === undefined
                ? database
                : own("aws.key.cacheKeyArn", "the cache lies", "ElastiCache", cacheKeyArn),
        // Where a bucket of one's own lies is for its owner to know, and so is its key.
        bucket: ownBucketKey !== undefined ? pulumi.output(ownBucketKey) : keyOf(encryption, bucket),
        made: arn === undefined ? main : undefined,
    };
}

function keyOf(encryption: AwsBucketEncryption, key: pulumi.Output<string>): pulumi.Output<string> | undefined {
    return encryption === AwsBucketEncryption.S3 ? undefined : key;
}

/** The statements (JSON) by which nodes may have volumes that a key of the caller's own encrypts. */
export function volumeKeyStatements({ partition, accountId, region }: AwsScope): pulumi.Output<string> {
    return pulumi
        .all([partition, accountId, region])
        .apply(([partition, accountId, region]) => JSON.stringify(volumeUse({ partition, accountId, region })));
}
