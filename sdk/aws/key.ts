import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { Alias, Key } from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../errors";
import type { AwsKmsKeyArgs } from "./args";
import { keyPolicy } from "./policies";
import { type AwsScope, dataOptions } from "./scope";

export interface KeyArgs extends Omit<AwsKmsKeyArgs, "arn"> {
    readonly description: string;
    /** Who may encrypt and decrypt. */
    readonly userArns: readonly pulumi.Input<string>[];
}

/** Makes a customer managed KMS key with rotation and alias, and gives its ARN. */
export function createKey(scope: AwsScope, args: KeyArgs): pulumi.Output<string> {
    const { name, tags } = scope;
    const key = new Key(
        `${name}-key`,
        {
            description: args.description,
            enableKeyRotation: true,
            rotationPeriodInDays: args.rotationDays ?? 365,
            deletionWindowInDays: args.deletionWindowDays ?? 30,
            policy: policyText(scope, args),
            tags,
        },
        dataOptions(scope),
    );
    const alias = args.alias === undefined ? { namePrefix: `alias/${name}-` } : { name: args.alias };
    new Alias(`${name}-key-alias`, { ...alias, targetKeyId: key.keyId }, dataOptions(scope));
    return key.arn;
}

/** The account is asked for by number: the caller's own ARN differs from run to run, and with it the policy would. */
function policyText({ parent, partition, region }: AwsScope, args: KeyArgs): pulumi.Output<string> {
    const accountId = getCallerIdentityOutput({}, { parent }).accountId;
    const administrators = args.administratorArns ?? [];
    return pulumi
        .all([partition, accountId, pulumi.all(administrators), pulumi.all([...args.userArns]), region])
        .apply(([partition, accountId, administratorArns, userArns, region]) => {
            refuseStrangers(administratorArns, accountId, parent);
            return JSON.stringify(keyPolicy({ partition, accountId, administratorArns, userArns, region }));
        });
}

/** KMS takes them, but lets nobody of another account manage a key, so the statement would be void. */
function refuseStrangers(administratorArns: readonly string[], accountId: string, parent: pulumi.Resource): void {
    administratorArns.forEach((arn, index) => {
        if (arn.split(":")[4] !== accountId) {
            throw resourceError(
                `kmsKey.administratorArns[${index}]: is of another account ("${arn}" given), but a key is managed from its own, here ${accountId}. Give a role or user of that account.`,
                parent,
            );
        }
    });
}

/**
 * A key of somebody else, once it is sure that it lies beside the bucket. S3 takes any ARN when the encryption is set, and then refuses
 * each upload.
 */
export function existingKey({ parent, region }: AwsScope, arn: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.all([arn, region]).apply(([arn, region]) => {
        const own = arn.split(":")[3];
        if (own !== region) {
            throw resourceError(
                `kmsKey.arn: is a key in ${own} ("${arn}" given), but the bucket lies in ${region}, where S3 could not use it. Give a key of that region.`,
                parent,
            );
        }
        return arn;
    });
}
