import type * as pulumi from "@pulumi/pulumi";

/**
 * Options of what is in use and thus goes after its successor, though the provider would delete it first where it has a given name, which two
 * cannot have. So its replacement needs another name; with the same one the cloud refuses it before anything is lost.
 * https://www.pulumi.com/docs/iac/concepts/resources/options/deletebeforereplace/
 */
export function successorFirst(
    name: pulumi.Input<string> | undefined,
): Pick<pulumi.CustomResourceOptions, "deleteBeforeReplace"> {
    return { deleteBeforeReplace: name === undefined ? undefined : false };
}
