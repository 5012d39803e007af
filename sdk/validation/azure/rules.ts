import { given } from "../wording";

/** Rules of Azure for names and ids; each function says what is wrong with a text, or nothing. */

const Guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Id of a subscription, a tenant, a client or an object in Microsoft Entra ID. */
export function wrongGuid(id: string, what: string): string | undefined {
    return Guid.test(id)
        ? undefined
        : `is not ${what} ${given(id)}. Give a GUID, for example 00000000-0000-0000-0000-000000000000.`;
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftresources */
export function wrongResourceGroupName(name: string): string | undefined {
    if (name.startsWith("/")) {
        return `is an id or a path ${given(name)}. Give the name of the resource group alone.`;
    }
    return /^[-\p{L}\p{N}._()]{1,90}$/u.test(name) && !name.endsWith(".")
        ? undefined
        : `is not a name of a resource group ${given(name)}. It has 1 to 90 letters, digits, hyphens, underscores, periods and parentheses, and no period at its end.`;
}

/** Its form only: regions are added from time to time. https://learn.microsoft.com/en-us/azure/reliability/regions-list */
export function wrongLocation(location: string): string | undefined {
    if (/^[a-z]+[0-9]?$/.test(location)) {
        return undefined;
    }
    const meant = location.toLowerCase().replace(/[\s-]+/g, "");
    const remedy = /^[a-z]+[0-9]?$/.test(meant) ? `Write ${meant}.` : "Give for example westeurope.";
    return `is not a region as Azure Resource Manager names it ${given(location)}. ${remedy}`;
}

/** A zone of a region, which is the same word in all of them. https://learn.microsoft.com/en-us/azure/reliability/availability-zones-overview */
export function wrongZone(zone: string): string | undefined {
    return /^[123]$/.test(zone) ? undefined : `is not a zone ${given(zone)}. Give "1", "2" or "3", without the region.`;
}

/** What an id of Azure Resource Manager says. */
export interface ResourceIdParts {
    readonly subscriptionId: string;
    readonly resourceGroupName: string;
    /** `Microsoft.Network/virtualNetworks/subnets` */
    readonly type: string;
    /** Of the thing and what it is in, outermost first. */
    readonly names: readonly string[];
}

/** The parts of an id; undefined when it has not the form of one. */
export function resourceIdParts(id: string): ResourceIdParts | undefined {
    const [, subscriptionId, resourceGroupName, namespace, path] =
        /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/i.exec(id) ?? [];
    const segments = (path ?? "").split("/");
    if (!Guid.test(subscriptionId ?? "") || segments.length % 2 !== 0 || segments.includes("")) {
        return undefined;
    }
    const types = segments.filter((_segment, index) => index % 2 === 0);
    const names = segments.filter((_segment, index) => index % 2 === 1);
    return { subscriptionId, resourceGroupName, type: [namespace, ...types].join("/"), names };
}

/** Azure compares ids without regard to case. */
export function isSameId(one: string, other: string): boolean {
    return one.toLowerCase() === other.toLowerCase();
}

/** How an id of this type reads, for messages. */
export function resourceIdForm(type: string): string {
    const [namespace, ...types] = type.split("/");
    const path = types.map((word) => `${word}/<name>`).join("/");
    return `/subscriptions/<subscription>/resourceGroups/<group>/providers/${namespace}/${path}`;
}

/** @param type with its namespace: `Microsoft.Network/virtualNetworks/subnets` */
export function wrongResourceId(id: string, type: string): string | undefined {
    const parts = resourceIdParts(id);
    const wanted = `Give ${resourceIdForm(type)}.`;
    if (parts === undefined) {
        return `is not the resource id of ${article(type)} ${given(id)}. ${wanted}`;
    }
    return isSameId(parts.type, type)
        ? undefined
        : `is the resource id of ${article(parts.type)}, not of ${article(type)} ${given(id)}. ${wanted}`;
}

function article(type: string): string {
    return `a ${type}`;
}

/**
 * What most things of Microsoft.Network are named by.
 *
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork
 */
export function wrongNetworkName(name: string, least = 1, longest = 80): string | undefined {
    const formed = /^[A-Za-z0-9]([\w.-]*\w)?$/.test(name) && name.length >= least && name.length <= longest;
    return formed
        ? undefined
        : `is not a name of Microsoft.Network ${given(name)}. It has ${least} to ${longest} letters, digits, underscores, periods and hyphens, begins with a letter or digit and ends with one or an underscore.`;
}

/**
 * A key of a tag. Private DNS zones, which have the tags of all else, take no space, no special sign and no digit at the start; storage
 * accounts take 128 characters.
 *
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources#limitations
 */
export function wrongTagKey(key: string): string | undefined {
    const [reserved] = /^(microsoft|azure|windows)/i.exec(key) ?? [];
    if (reserved !== undefined) {
        return `begins with ${reserved}, which is for Azure itself. Choose another key.`;
    }
    return /^[A-Za-z_][\w.-]{0,127}$/.test(key)
        ? undefined
        : "is not a valid key of a tag for all that is made. Use 1 to 128 letters, digits, hyphens, underscores and periods, and no digit at the start: private DNS zones take no other.";
}

/** Value of a tag; it may be empty. */
export function wrongTag(value: string): string | undefined {
    return value.length <= 256
        ? undefined
        : `is too long for a value of a tag (${value.length} characters). Use at most 256 characters.`;
}
