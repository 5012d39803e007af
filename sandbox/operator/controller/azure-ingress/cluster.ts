/** The simulated AKS cluster, as far as its Ingress controllers go. Pure. */
import { builtInRoles } from "../../../clouds/azure/authorization/built-in-roles";
import { roleAssignmentType } from "../../../clouds/azure/authorization/role-assignments";
import { clusterType } from "../../../clouds/azure/containerservice/shared";
import { groupIdIn, isWithinScope, lastName, sameId } from "../../../clouds/azure/ids";
import type { Row } from "../../../clouds/inventory";
import type { InventoryView } from "../../../clouds/model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../../clouds/values";

/** What the add-on of Application Gateway knows. */
export interface GatewayAddon {
    readonly clusterId: string;
    readonly gatewayId: string;
    /** Object id of its identity. */
    readonly principalId: string;
}

export interface AksCluster {
    readonly id: string;
    readonly gateway?: GatewayAddon;
    /** The application routing add-on is on. */
    readonly routing: boolean;
}

/** Whether there is an AKS cluster: then nobody else gives Ingresses of its classes an address. */
export function hasAksCluster(inventory: InventoryView): boolean {
    return inventory.rows(clusterType).length > 0;
}

export function aksClusterOf(inventory: InventoryView): AksCluster | undefined {
    const row = inventory.rows(clusterType).find(({ state }) => state === "active");
    if (row === undefined) {
        return undefined;
    }
    const told = { ...row.inputs, ...row.outputs };
    const profile = part(part(told["addonProfiles"])["ingressApplicationGateway"]);
    const gatewayId = textOf(part(profile["config"])["applicationGatewayId"]);
    const principalId = textOf(part(profile["identity"])["objectId"]);
    return {
        id: row.id,
        gateway: profile["enabled"] === true ? { clusterId: row.id, gatewayId, principalId } : undefined,
        routing: part(part(told["ingressProfile"])["webAppRouting"])["enabled"] === true,
    };
}

export function part(value: PropertyValue | undefined): PropertyMap {
    return isMap(value) ? value : {};
}

/** What Azure checks whenever somebody changes a gateway: the gateway and everything that it uses. */
export function scopesOf(gateway: Row): string[] {
    const named: string[] = [];
    const walk = (value: PropertyValue | undefined): void => {
        if (Array.isArray(value)) {
            value.forEach(walk);
        } else if (isMap(value)) {
            Object.values(value).forEach(walk);
        } else if (typeof value === "string" && Uses.test(value)) {
            named.push(value);
        }
    };
    ["gatewayIPConfigurations", "frontendIPConfigurations", "firewallPolicy"].forEach((key) =>
        walk(gateway.inputs[key]),
    );
    return [gateway.id, ...new Set(named)];
}

const Uses = /\/(subnets|publicIPAddresses|ApplicationGatewayWebApplicationFirewallPolicies)\/[^/]+$/i;

const changes = ["Network Contributor", "Contributor", "Owner"];

/**
 * What the add-on may not do that it needs: https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#permissions
 *
 * @returns the scope on which a role is missing
 */
export function missingRight(
    inventory: InventoryView,
    { principalId }: GatewayAddon,
    gateway: Row,
): string | undefined {
    const has = (scope: string, roles: readonly string[]): boolean =>
        inventory.find(
            roleAssignmentType,
            ({ inputs }) =>
                sameId(inputs["principalId"], principalId) &&
                isWithinScope(scope, textOf(inputs["scope"])) &&
                roles.includes(builtInRoles[lastName(inputs["roleDefinitionId"]).toLowerCase()]?.name ?? ""),
        ) !== undefined;
    const group = groupIdIn(gateway.id);
    return (
        scopesOf(gateway).find((scope) => !has(scope, changes)) ??
        (has(group, ["Reader", ...changes]) ? undefined : group)
    );
}
