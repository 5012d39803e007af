import type * as pulumi from "@pulumi/pulumi";
import type { CloudDeployment, CloudInput } from "../contract/cloud-input";
import type { AzureArgs } from "./args";
import type { AzureSecureStorageConnectorArgs } from "./args/storage-connector";
import type { EntryPlan } from "./entry-plan";
import type { AzureOutputs } from "./outputs";

/** What this folder exports, in our own types, so that whoever loads it only when needed does not need the SDK's. */
export interface AzureFolder {
    /** Makes, or looks up, everything on which W&B runs. */
    readonly createDeployment: (
        name: string,
        parent: pulumi.Resource,
        input: AzureInput,
    ) => CloudDeployment<AzureOutputs>;
    /** Makes the storage account of somebody else, and the identity by which W&B uses it, or hands out its key. */
    readonly createStorageConnector: (
        name: string,
        parent: pulumi.Resource,
        args: AzureSecureStorageConnectorArgs,
    ) => AzureStorageConnectorOutputs;
}

/** The arguments of a deployment as far as Azure is concerned, defaults filled in. */
export interface AzureInput extends CloudInput {
    readonly azure: AzureArgs;
    readonly entry: EntryPlan;
}

/** What the other side needs to know. */
export interface AzureStorageConnectorOutputs {
    readonly accountName: pulumi.Output<string>;
    readonly accountId: pulumi.Output<string>;
    readonly containerName: pulumi.Output<string>;
    readonly tenantId?: pulumi.Output<string>;
    readonly clientId?: pulumi.Output<string>;
    readonly principalId?: pulumi.Output<string>;
    /** Secret. */
    readonly accessKey?: pulumi.Output<string>;
    readonly keyUri?: pulumi.Output<string>;
}
