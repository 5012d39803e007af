/** What the rows of Microsoft.Network share: tokens, names, and who uses what. */
import type { Row } from "../../inventory";
import type { InventoryView, Reference } from "../../model";
import { isMap, textOf, type PropertyMap, type PropertyValue } from "../../values";
import { allRows } from "../arm";
import { armError, referencedNotFound } from "../errors";
import { isWithinScope } from "../ids";

export const vnetType = "azure-native:network:VirtualNetwork";
export const subnetType = "azure-native:network:Subnet";
export const securityGroupType = "azure-native:network:NetworkSecurityGroup";
export const natGatewayType = "azure-native:network:NatGateway";
export const publicAddressType = "azure-native:network:PublicIPAddress";
export const routeTableType = "azure-native:network:RouteTable";
export const privateEndpointType = "azure-native:network:PrivateEndpoint";
export const zoneGroupType = "azure-native:network:PrivateDnsZoneGroup";
export const privateZoneType = "azure-native:privatedns:PrivateZone";
export const zoneLinkType = "azure-native:privatedns:VirtualNetworkLink";
export const privateRecordType = "azure-native:privatedns:PrivateRecordSet";

export const networkApi = "2024-05-01";
export const succeeded = "Succeeded";

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork */
export function networkName(least = 1, longest = 80) {
    return {
        pattern: new RegExp(`^(?=.{${least},${longest}}$)[A-Za-z0-9]([\\w.-]*\\w)?$`),
        rule: `must be ${least} to ${longest} letters, digits, underscores, periods and hyphens, beginning with a letter or digit and ending with one or an underscore`,
        longest,
    };
}

/** `{ id }`, as Microsoft.Network names other things. */
export const reference = { type: "object", properties: { id: { type: "string" } } } as const;

/** Path of an id that must lead somewhere. */
export function existing(path: string, ...types: string[]): Reference {
    return { path, types, message: (id) => referencedNotFound(id, path) };
}

export function idIn(value: PropertyValue | undefined): string {
    return isMap(value) ? textOf(value["id"]) : textOf(value);
}

/** What names something without being in it or on it: rights, and lists of who may come in. */
const Bystanders = /^azure-native:(authorization|storage|keyvault):/;

/** Things that name that id among their inputs, other than what lies in it. */
export function usersOf(inventory: InventoryView, id: string): Row[] {
    const named = JSON.stringify(id.toLowerCase());
    return allRows(inventory).filter(
        (row) =>
            !Bystanders.test(row.type) &&
            !isWithinScope(row.id, id) &&
            JSON.stringify(row.inputs).toLowerCase().includes(named),
    );
}

/** Why a thing that others use cannot be deleted. */
export function inUse(
    inventory: InventoryView,
    { id }: Row,
    refusal: (users: string) => readonly [code: string, message: string],
): string | undefined {
    const users = usersOf(inventory, id).map((row) => row.id);
    return users.length === 0 ? undefined : armError(400, ...refusal(users.join(", ")));
}

/** Zones never change: https://learn.microsoft.com/en-us/azure/reliability/availability-zones-overview */
export function zonesChanged(inputs: PropertyMap, previous: PropertyMap | undefined, id: string): string | undefined {
    const [old, now] = [previous?.["zones"] ?? [], inputs["zones"] ?? []].map((zones) => JSON.stringify(zones));
    return previous === undefined || old === now
        ? undefined
        : armError(
              400,
              "ResourceAvailabilityZonesCannotBeModified",
              `Resource ${id} has an existing availability zone constraint ${old} and the request has availability zone constraint ${now}, which do not match. Zones cannot be added/updated/removed once the resource is created.`,
          );
}
