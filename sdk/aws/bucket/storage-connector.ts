import * as pulumi from "@pulumi/pulumi";
import { AwsBucketEncryption } from "../args/bucket";
import type { AwsSecureStorageConnectorArgs } from "../args/storage-connector";
import type { StorageConnectorOutputs } from "../folder";
import { keyUse, principalPolicy } from "../iam/policies";
import { createStorageKey, existingKey } from "../keys/key";
import { type AwsScope, createScope } from "../scope";
import { bucketOutputs, createBucket } from "./bucket";

/** Makes the bucket of somebody else, and a key unless there is one or none is wanted. */
export function createStorageConnector(
    name: string,
    parent: pulumi.Resource,
    args: AwsSecureStorageConnectorArgs,
): StorageConnectorOutputs {
    const { tags, deletionProtection = true, retainData = false, prefix, principalArns, kmsKey } = args;
    const scope = createScope(name, parent, { tags, deletionProtection, retainData });
    const keyArn = bucketKey(scope, args);
    const created = createBucket(scope, {
        bucketName: args.bucketName,
        prefix,
        keyArn,
        versioning: args.versioning ?? true,
        lifecycle: args.lifecycle ?? {},
        hosts: args.hosts,
        principalArns,
    });
    const bucket = bucketOutputs(created);
    return {
        bucketName: bucket.name,
        bucketArn: bucket.arn,
        bucketRegion: bucket.region,
        kmsKeyArn: keyArn,
        principalPolicy: pulumi
            .all([bucket.arn, pulumi.output(prefix), pulumi.output(keyArn)])
            .apply(([bucketArn, below, key]) => JSON.stringify(principalPolicy({ bucketArn, prefix: below }, key))),
        kmsKeyPolicyStatements: kmsKey?.arn === undefined ? undefined : keyPolicyStatements(scope, principalArns),
    };
}

function keyPolicyStatements({ region }: AwsScope, principalArns: pulumi.Input<string>[]): pulumi.Output<string> {
    return pulumi
        .all([pulumi.all(principalArns), region])
        .apply(([arns, region]) => JSON.stringify(keyUse(arns, region)));
}

function bucketKey(scope: AwsScope, args: AwsSecureStorageConnectorArgs): pulumi.Output<string> | undefined {
    const { encryption = AwsBucketEncryption.Kms, kmsKey = {}, principalArns } = args;
    if (encryption === AwsBucketEncryption.S3) {
        return undefined;
    }
    const { arn, ...settings } = kmsKey;
    return arn === undefined
        ? createStorageKey(scope, {
              ...settings,
              description: "Encrypts a bucket of Weights & Biases",
              userArns: principalArns,
              path: "kmsKey",
          })
        : existingKey(scope, { arn, path: "kmsKey.arn", what: "the bucket lies", user: "S3" });
}
