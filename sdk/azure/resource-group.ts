import { getClientConfigOutput } from "@pulumi/azure-native/authorization/getClientConfig";
import { getResourceGroup } from "@pulumi/azure-native/resources/getResourceGroup";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "../look-up";
import { dataOptions, type Protection } from "../protection";
import type { AzureResourceGroupArgs } from "./args/resource-group";
import type { AzureDeploymentScope, AzureScope } from "./scope";

/** What the caller decides for everything in the group. */
export interface ScopeSettings extends Omit<Protection, "parent">, Pick<AzureScope, "tags"> {
    readonly resourceGroup: AzureResourceGroupArgs | undefined;
    readonly location: pulumi.Input<string> | undefined;
}

/** Makes the resource group, or looks at the one that is there, and tells what all that lies in it shares. */
export function createResourceGroup(
    name: string,
    parent: pulumi.Resource,
    { resourceGroup = {}, location, tags, deletionProtection, retainData }: ScopeSettings,
): AzureDeploymentScope {
    const protection = { parent, deletionProtection, retainData };
    const group =
        resourceGroup.existingName === undefined
            ? makeGroup(name, protection, { name: resourceGroup.name, location, tags })
            : findGroup(resourceGroup.existingName, parent, location);
    // Settings of a provider that are secret would else make secrets of all ids.
    const account = pulumi.unsecret(getClientConfigOutput({ parent }));
    return {
        name,
        ...protection,
        resourceGroupName: group.name,
        resourceGroupId: group.id,
        location: group.location,
        subscriptionId: account.subscriptionId,
        tenantId: account.tenantId,
        tags,
    };
}

interface Group {
    readonly name: pulumi.Output<string>;
    readonly id: pulumi.Output<string>;
    readonly location: pulumi.Output<string>;
}

function makeGroup(
    name: string,
    protection: Protection,
    given: Pick<AzureResourceGroupArgs, "name"> & Pick<ScopeSettings, "location" | "tags">,
): Group {
    return new ResourceGroup(
        `${name}-group`,
        // Without a location the provider takes its own, or says how to set one.
        { resourceGroupName: given.name, location: given.location, tags: { ...given.tags } },
        // Azure deletes a group with everything in it.
        dataOptions(protection),
    );
}

function findGroup(
    name: pulumi.Input<string>,
    parent: pulumi.Resource,
    location: pulumi.Input<string> | undefined,
): Group {
    const path = "azure.resourceGroup.existingName";
    const wanted = "the name of a resource group in the provider's subscription";
    const found = lookUp({ path, wanted, resource: parent }, name, (resourceGroupName) =>
        getResourceGroup({ resourceGroupName }, { parent }),
    );
    return { name: found.name, id: found.id, location: pulumi.output(location ?? found.location) };
}
