import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { Alias, Key } from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
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
function policyText({ parent, partition }: AwsScope, args: KeyArgs): pulumi.Output<string> {
    const accountId = getCallerIdentityOutput({}, { parent }).accountId;
    const administrators = args.administratorArns ?? [];
    return pulumi
        .all([partition, accountId, pulumi.all(administrators), pulumi.all([...args.userArns])])
        .apply(([partition, accountId, administratorArns, userArns]) =>
            JSON.stringify(keyPolicy({ partition, accountId, administratorArns, userArns })),
        );
}
