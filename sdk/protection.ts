import type * as pulumi from "@pulumi/pulumi";

/** What becomes of the data of a component when it is deleted from its stack. */
export interface Protection {
    readonly parent: pulumi.Resource;
    readonly deletionProtection: boolean;
    readonly retainData: boolean;
}

/**
 * Options of what holds data, of what makes it readable, and of their settings: a refused `destroy` would else take the settings away
 * and leave the data there without them. Never `false`: that would override what the caller has set on the component.
 */
export function dataOptions(
    { parent, deletionProtection, retainData }: Protection,
    dependsOn?: pulumi.Input<pulumi.Resource>[],
): pulumi.CustomResourceOptions {
    return {
        parent,
        protect: deletionProtection || undefined,
        retainOnDelete: retainData || undefined,
        dependsOn,
    };
}
