/** What azure-native prints of an answer of Azure Resource Manager that is no success. */
export function armError(status: number, code: string, message: string): string {
    return `Status=${status} Code="${code}" Message="${message}"`;
}

/** A thing that another one names by its id, and that is not there. */
export function referencedNotFound(id: string, by: string): string {
    return armError(
        404,
        "InvalidResourceReference",
        `Resource ${id} referenced by resource ${by} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    );
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/troubleshooting/error-not-found */
export function resourceNotFound(type: string, name: string, group: string): string {
    return armError(
        404,
        "ResourceNotFound",
        `The Resource '${type}/${name}' under resource group '${group}' was not found.`,
    );
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/troubleshooting/common-deployment-errors */
export function anotherOperation(): string {
    return armError(
        409,
        "AnotherOperationInProgress",
        "Another operation on this or dependent resource is in progress.",
    );
}
