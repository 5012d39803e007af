import type * as pulumi from "@pulumi/pulumi";

/** The resource group that is made, or the one that is there. */
export interface AzureResourceGroupArgs {
    /**
     * Name of the group that is made, 1 to 90 characters. A change replaces it and everything in it, which deletion protection refuses.
     * Default: made from the deployment's name.
     */
    name?: pulumi.Input<string>;
    /**
     * Name of a resource group of your own in the provider's subscription. It is looked up, never changed, and stays when the deployment goes.
     * Excludes `name`. Another one replaces everything, which deletion protection refuses.
     */
    existingName?: pulumi.Input<string>;
}
