import type * as pulumi from "@pulumi/pulumi";
import type { AwsSecureStorageConnectorArgs } from "./args";

/**
 * What this folder exports, in our own types. Whoever loads it only when needed imports this: the SDK's types cost each type check of
 * the source-based package 200 files and 135 MB.
 */
export interface AwsFolder {
    /** Makes the bucket of somebody else, and a key unless there is one or none is wanted. */
    readonly createStorageConnector: (
        name: string,
        parent: pulumi.Resource,
        args: AwsSecureStorageConnectorArgs,
    ) => StorageConnectorOutputs;
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
