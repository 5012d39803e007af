import type * as pulumi from "@pulumi/pulumi";
import type { GcpSecureStorageConnectorArgs } from "./args/storage-connector";

/** What this folder exports, in our own types, so that whoever loads it only when needed does not need the SDK's. */
export interface GcpFolder {
    /** Makes the bucket of somebody else, and a key unless there is one or none is wanted. */
    readonly createStorageConnector: (
        name: string,
        parent: pulumi.Resource,
        args: GcpSecureStorageConnectorArgs,
    ) => GcpStorageConnectorOutputs;
}

/** What the other side needs to know. */
export interface GcpStorageConnectorOutputs {
    readonly bucketName: pulumi.Output<string>;
    readonly bucketUrl: pulumi.Output<string>;
    readonly bucketLocation: pulumi.Output<string>;
    readonly kmsKeyId?: pulumi.Output<string>;
}
