/** What the resource id of something directly in a resource group says. */
export interface ResourceId {
    readonly id: string;
    readonly subscriptionId: string;
    readonly resourceGroupName: string;
    /** `/subscriptions/<id>/resourceGroups/<name>` */
    readonly resourceGroupId: string;
    readonly name: string;
}

/**
 * Takes a resource id apart.
 *
 * @param type for example `Microsoft.Network/dnsZones`
 * @throws when it is the id of something else
 */
export function parseResourceId(id: string, type: string): ResourceId {
    const [, group, subscriptionId, resourceGroupName, found, name] =
        /^(\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+))\/providers\/([^/]+\/[^/]+)\/([^/]+)$/i.exec(id) ?? [];
    if (name === undefined || found?.toLowerCase() !== type.toLowerCase()) {
        throw new Error(`it is not the resource id of a ${type}`);
    }
    return { id, subscriptionId, resourceGroupName, resourceGroupId: group, name };
}

/** The same, of something in the subscription that the provider works in: it asks no other. */
export function parseOwnResourceId(id: string, type: string, subscriptionId: string): ResourceId {
    const parsed = parseResourceId(id, type);
    if (parsed.subscriptionId.toLowerCase() !== subscriptionId.toLowerCase()) {
        throw new Error(`it lies in subscription ${parsed.subscriptionId}, not in ${subscriptionId}`);
    }
    return parsed;
}
