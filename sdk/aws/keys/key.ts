import { Alias, Key } from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { resourceError } from "../../errors";
import { dataOptions } from "../../protection";
import type { AwsKmsKeyArgs } from "../args/kms-key";
import { keyPolicy } from "../iam/policies";
import type { AwsScope } from "../scope";

export interface KeyArgs extends Pick<AwsKmsKeyArgs, "alias" | "rotationDays" | "deletionWindowDays"> {
    readonly description: string;
    /** The key's policy (JSON). */
    readonly policy: pulumi.Input<string>;
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
            policy: args.policy,
            tags,
        },
        dataOptions(scope),
    );
    const alias = args.alias === undefined ? { namePrefix: `alias/${name}-` } : { name: args.alias };
    new Alias(`${name}-key-alias`, { ...alias, targetKeyId: key.keyId }, dataOptions(scope));
    return key.arn;
}

export interface StorageKeyArgs extends Omit<AwsKmsKeyArgs, "arn"> {
    readonly description: string;
    /** Who may encrypt and decrypt through S3. */
    readonly userArns: readonly pulumi.Input<string>[];
    /** The key encrypts volumes of nodes. */
    readonly volumes?: boolean;
    /** Path of the key among the arguments, for messages. */
    readonly path: string;
}

/** Makes the key of what W&B stores, with the policy that goes with it. */
export function createStorageKey(scope: AwsScope, args: StorageKeyArgs): pulumi.Output<string> {
    const { alias, rotationDays, deletionWindowDays, description } = args;
    return createKey(scope, { alias, rotationDays, deletionWindowDays, description, policy: policyText(scope, args) });
}

function policyText({ parent, partition, region, accountId }: AwsScope, args: StorageKeyArgs): pulumi.Output<string> {
    const administrators = args.administratorArns ?? [];
    return pulumi
        .all([partition, accountId, pulumi.all(administrators), pulumi.all([...args.userArns]), region])
        .apply(([partition, accountId, administratorArns, userArns, region]) => {
            refuseStrangers(administratorArns, accountId, args.path, parent);
            const { volumes } = args;
            return JSON.stringify(keyPolicy({ partition, accountId, administratorArns, userArns, region, volumes }));
        });
}

/** KMS takes them, but lets nobody of another account manage a key, so the statement would be void. */
function refuseStrangers(
    administratorArns: readonly string[],
    accountId: string,
    path: string,
    parent: pulumi.Resource,
): void {
    administratorArns.forEach((arn, index) => {
        if (arn.split(":")[4] !== accountId) {
            throw resourceError(
                `${path}.administratorArns[${index}]: is of another account ("${arn}" given), but a key is managed from its own, here ${accountId}. Give a role or user of that account.`,
                parent,
            );
        }
    });
}

/** A key that is there already. */
export interface ExistingKey {
    readonly arn: pulumi.Input<string>;
    /** Path of the ARN among the arguments, for messages. */
    readonly path: string;
    /** What it encrypts, with its verb: `the bucket lies`. */
    readonly what: string;
    /** Who could not use it from elsewhere. */
    readonly user: string;
}

/**
 * The key, once it is sure that it lies beside what it encrypts. S3, for one, takes any ARN when the encryption is set, and then refuses
 * each upload.
 */
export function existingKey({ parent, region }: AwsScope, key: ExistingKey): pulumi.Output<string> {
    return pulumi.all([key.arn, region]).apply(([arn, region]) => {
        const own = arn.split(":")[3];
        if (own !== region) {
            throw resourceError(
                `${key.path}: is a key in ${own} ("${arn}" given), but ${key.what} in ${region}, where ${key.user} could not use it. Give a key of that region.`,
                parent,
            );
        }
        return arn;
    });
}
