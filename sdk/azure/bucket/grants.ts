import * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../identity/role";
import { type BuiltInRole, roleDefinitionId } from "../roles";
import type { AzureDeploymentScope } from "../scope";

/** What somebody is let into. */
export interface GrantTarget {
    /** Resource id of the storage account. */
    readonly accountId: pulumi.Input<string>;
    /** Name of the container. */
    readonly container: pulumi.Input<string>;
    /** Object id of the identity that is let in. */
    readonly principalId: pulumi.Input<string>;
}

/** One role that W&B needs. */
interface BucketGrant {
    /** Word for logical names. */
    readonly part: string;
    readonly role: BuiltInRole;
    readonly scopeId: pulumi.Input<string>;
}

/** Resource id of a container. */
export function containerId({ accountId, container }: Pick<GrantTarget, "accountId" | "container">) {
    return pulumi.interpolate`${accountId}/blobServices/default/containers/${container}`;
}

/**
 * All that W&B needs. A URL is signed by a key that the account alone gives out, and W&B looks at CORS and versioning of the account when it is
 * connected. https://learn.microsoft.com/en-us/rest/api/storageservices/get-user-delegation-key#permissions
 */
function bucketGrants(target: GrantTarget): BucketGrant[] {
    const { accountId } = target;
    return [
        { part: "objects", role: "Storage Blob Data Contributor", scopeId: containerId(target) },
        { part: "signing", role: "Storage Blob Delegator", scopeId: accountId },
        { part: "settings", role: "Reader", scopeId: accountId },
    ];
}

/** Lets an identity use the container by itself, without the account's key. */
export function grantBucket(
    scope: Pick<AzureDeploymentScope, "name" | "parent" | "subscriptionId">,
    target: GrantTarget,
    options: pulumi.CustomResourceOptions = {},
): pulumi.Resource[] {
    return bucketGrants(target).map(({ part, role, scopeId }) =>
        assignRole(scope, `${scope.name}-bucket-${part}`, { role, principalId: target.principalId, scopeId, options }),
    );
}

/** What the owner of a storage account that was there before must grant on it, so that W&B may use it (JSON): roles with scope and principal. */
export function bucketGrantsText(
    { subscriptionId }: Pick<AzureDeploymentScope, "subscriptionId">,
    target: GrantTarget,
): pulumi.Output<string> {
    const grants = bucketGrants(target).map(({ role, scopeId }) => ({
        role,
        roleDefinitionId: roleDefinitionId(subscriptionId, role),
        scope: scopeId,
        principalId: target.principalId,
    }));
    return pulumi.all(grants).apply(JSON.stringify);
}
