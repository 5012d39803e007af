/** What the rows of Azure Kubernetes Service share: tokens, names, and what AKS says when something is wrong. */
import type { Row } from "../../inventory";
import type { InventoryView } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { armError } from "../errors";
import { rowById } from "../ids";

export const clusterType = "azure-native:containerservice:ManagedCluster";
export const poolType = "azure-native:containerservice:AgentPool";
export const maintenanceType = "azure-native:containerservice:MaintenanceConfiguration";
export const apiVersion = "2025-09-01";

/** https://learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update#uri-parameters */
export const clusterName = {
    pattern: /^[a-zA-Z0-9]$|^[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]$/,
    rule: "must be 1 to 63 letters, digits, underscores and hyphens, with a letter or digit at both ends",
    longest: 63,
};

/** https://learn.microsoft.com/rest/api/aks/agent-pools/create-or-update#uri-parameters */
export const poolName = {
    pattern: /^[a-z][a-z0-9]{0,11}$/,
    rule: "must be 1 to 12 lower-case letters and digits, with a letter first",
    longest: 12,
};

export const bad = (message: string, code = "BadRequest") => armError(400, code, message);

export function changeRefused(property: string): string {
    return bad(`Changing property '${property}' is not allowed.`, "PropertyChangeNotAllowed");
}

export function part(value: PropertyValue | undefined): PropertyMap {
    return isMap(value) ? value : {};
}

export function textsIn(value: PropertyValue | undefined): string[] {
    return Array.isArray(value) ? value.map((one) => textOf(one)) : [];
}

export function partsIn(value: PropertyValue | undefined): PropertyMap[] {
    return Array.isArray(value) ? value.filter(isMap) : [];
}

export function clusterById(inventory: InventoryView, id: string): Row | undefined {
    return rowById(inventory, clusterType, id);
}

/** What a property is now and was before, whether a program said it or AKS did. */
export function changed(property: string, inputs: PropertyMap, previous: PropertyMap | undefined): boolean {
    const now = inputs[property];
    const before = previous?.[property];
    return (
        previous !== undefined &&
        now !== undefined &&
        before !== undefined &&
        JSON.stringify(now) !== JSON.stringify(before)
    );
}
