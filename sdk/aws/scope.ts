import type * as pulumi from "@pulumi/pulumi";

/** What all AWS resources of one component share. */
export interface AwsScope {
    /** Logical name of the component, prefix of its children's logical names. */
    readonly name: string;
    readonly parent: pulumi.Resource;
    /** `aws`, `aws-us-gov` or `aws-cn`: the second part of every ARN. */
    readonly partition: pulumi.Output<string>;
    /** Where everything lies. */
    readonly region: pulumi.Output<string>;
    readonly tags: Readonly<Record<string, pulumi.Input<string>>> | undefined;
    readonly deletionProtection: boolean;
    readonly retainData: boolean;
}

/**
 * Options of what holds data, of what makes it readable, and of their settings: a refused `destroy` would else take the settings away
 * and leave the data there without them. Never `false`: that would override what the caller has set on the component.
 */
export function dataOptions(
    { parent, deletionProtection, retainData }: AwsScope,
    dependsOn?: pulumi.Resource[],
): pulumi.CustomResourceOptions {
    return {
        parent,
        protect: deletionProtection || undefined,
        retainOnDelete: retainData || undefined,
        dependsOn,
    };
}
