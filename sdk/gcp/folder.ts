import type * as pulumi from "@pulumi/pulumi";
import type { CloudDeployment, CloudInput } from "../contract/cloud-input";
import type { GcpArgs } from "./args";
import type { GcpSecureStorageConnectorArgs } from "./args/storage-connector";
import type { EntryPlan } from "./entry-plan";
import type { GcpOutputs } from "./outputs";

/** What this folder exports, in our own types, so that whoever loads it only when needed does not need the SDK's. */
export interface GcpFolder {
    /** Makes, or looks up, everything on which W&B runs. */
    readonly createDeployment: (name: string, parent: pulumi.Resource, input: GcpInput) => CloudDeployment<GcpOutputs>;
    /** Makes the bucket of somebody else, and a key unless there is one or none is wanted. */
    readonly createStorageConnector: (
        name: string,
        parent: pulumi.Resource,
        args: GcpSecureStorageConnectorArgs,
    ) => GcpStorageConnectorOutputs;
}

/** The arguments of a deployment as far as Google Cloud is concerned, defaults filled in. */
export interface GcpInput extends CloudInput {
    readonly gcp: GcpArgs;
    readonly entry: EntryPlan;
}

/** What the other side needs to know. */
export interface GcpStorageConnectorOutputs {
    readonly bucketName: pulumi.Output<string>;
    readonly bucketUrl: pulumi.Output<string>;
    readonly bucketLocation: pulumi.Output<string>;
    readonly kmsKeyId?: pulumi.Output<string>;
}
