import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureIdentity } from "../facts";
import type { AzureDeploymentScope } from "../scope";

export interface ManagedIdentityArgs {
    /** Word for logical names. */
    readonly word: string;
    /** Absent: the provider makes one of the logical name. */
    readonly name?: pulumi.Input<string>;
    /** `dataOptions` where data can be read only as long as the identity is there. */
    readonly options?: pulumi.CustomResourceOptions;
}

/** Makes a user-assigned managed identity that has no rights yet. */
export function createManagedIdentity(
    { name, parent, resourceGroupName, location, tags }: AzureDeploymentScope,
    { word, name: resourceName, options = {} }: ManagedIdentityArgs,
): AzureIdentity {
    const identity = new UserAssignedIdentity(
        `${name}-${word}-identity`,
        { resourceGroupName, location, resourceName, tags },
        { parent, ...options },
    );
    const { id, name: physical, clientId, principalId } = identity;
    return { id, name: physical, clientId, principalId };
}
