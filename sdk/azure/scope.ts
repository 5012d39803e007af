import type * as pulumi from "@pulumi/pulumi";
import type { Protection } from "../protection";

/** What all Azure resources of one component share. */
export interface AzureScope extends Protection {
    /** Logical name of the component, prefix of its children's logical names. */
    readonly name: string;
    readonly resourceGroupName: pulumi.Output<string>;
    /** Region in which everything lies that has one, as Azure names it: `westeurope`. */
    readonly location: pulumi.Output<string>;
    readonly tags: Readonly<Record<string, pulumi.Input<string>>> | undefined;
}

/** What all Azure resources of one deployment share. */
export interface AzureDeploymentScope extends AzureScope {
    readonly subscriptionId: pulumi.Output<string>;
    readonly tenantId: pulumi.Output<string>;
    /** `/subscriptions/<id>/resourceGroups/<name>` */
    readonly resourceGroupId: pulumi.Output<string>;
}
