import type * as pulumi from "@pulumi/pulumi";
import type { CloudDeployment, CloudInput } from "../contract/cloud-input";
import type { AwsArgs } from "./args";
import type { AwsSecureStorageConnectorArgs } from "./args/storage-connector";
import type { EntryPlan } from "./entry-plan";
import type { AwsOutputs } from "./outputs";

/**
 * What this folder exports, in our own types. Whoever loads it only when needed imports this: the SDK's types cost each type check of
 * the source-based package 200 files and 135 MB.
 */
export interface AwsFolder {
    /** Makes, or looks up, everything on which W&B runs. */
    readonly createDeployment: (name: string, parent: pulumi.Resource, input: AwsInput) => CloudDeployment<AwsOutputs>;
    /** Makes the bucket of somebody else, and a key unless there is one or none is wanted. */
    readonly createStorageConnector: (
        name: string,
        parent: pulumi.Resource,
        args: AwsSecureStorageConnectorArgs,
    ) => StorageConnectorOutputs;
}

/** The arguments of a deployment as far as AWS is concerned, defaults filled in. */
export interface AwsInput extends CloudInput {
    readonly aws: AwsArgs;
    readonly entry: EntryPlan;
}

/** What the other side needs to know. */
export interface StorageConnectorOutputs {
    readonly bucketName: pulumi.Output<string>;
    readonly bucketArn: pulumi.Output<string>;
    readonly bucketRegion: pulumi.Output<string>;
    readonly kmsKeyArn?: pulumi.Output<string>;
    readonly principalPolicy: pulumi.Output<string>;
    readonly kmsKeyPolicyStatements?: pulumi.Output<string>;
}
