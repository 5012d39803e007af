/** Where a flexible server answers: https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-vnet */
import type { RefuseContext } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { placeOf } from "../arm";
import { armError, referencedNotFound } from "../errors";
import { lastName, parentId, rowById, sameId } from "../ids";
import { normalLocation } from "../locations";
import { armServerType, invalidParameter, part } from "./shared";

export const subnetType = "azure-native:network:Subnet";
export const networkType = "azure-native:network:VirtualNetwork";
export const zoneType = "azure-native:privatedns:PrivateZone";
export const linkType = "azure-native:privatedns:VirtualNetworkLink";

export function refusedNetwork(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { delegatedSubnetResourceId, privateDnsZoneResourceId, publicNetworkAccess } = part(inputs, "network");
    if (context.previous !== undefined) {
        return undefined;
    }
    if (delegatedSubnetResourceId === undefined) {
        return privateDnsZoneResourceId === undefined
            ? undefined
            : invalidParameter("network.delegatedSubnetResourceId");
    }
    return publicNetworkAccess === "Enabled"
        ? invalidParameter("network.publicNetworkAccess")
        : (refusedSubnet(inputs, textOf(delegatedSubnetResourceId), context) ??
              refusedZone(textOf(delegatedSubnetResourceId), textOf(privateDnsZoneResourceId), context));
}

function refusedSubnet(inputs: PropertyMap, id: string, context: RefuseContext): string | undefined {
    const subnet = rowById(context.inventory, subnetType, id);
    if (subnet === undefined) {
        return referencedNotFound(id, textOf(inputs["serverName"]));
    }
    const delegations = subnet.inputs["delegations"];
    const all = Array.isArray(delegations) ? delegations : [];
    const names = all.map((one) => (isMap(one) ? textOf(one["serviceName"]) : ""));
    if (!names.some((name) => sameId(name, armServerType))) {
        return armError(
            400,
            "SubnetMissingRequiredDelegation",
            `Subnet ${id} requires any of the following delegation(s) [${armServerType}] to reference service association link /subscriptions/serviceAssociationLinks/flexibleServers.`,
        );
    }
    const network = rowById(context.inventory, networkType, parentId(id));
    const place = textOf(network?.outputs["location"]);
    return network !== undefined && normalLocation(place) !== placeOf(inputs, context)
        ? armError(400, "VnetRegionMismatch", `The virtual network ${network.id} is in another region than the server.`)
        : undefined;
}

/** Somebody in the network must find it by its name. */
function refusedZone(subnet: string, id: string, { inventory }: RefuseContext): string | undefined {
    if (id === "") {
        return invalidParameter("network.privateDnsZoneResourceId");
    }
    const zone = rowById(inventory, zoneType, id);
    if (zone === undefined) {
        return armError(404, "PrivateDnsZoneNotFound", `The private DNS zone ${id} does not exist.`);
    }
    if (!/(^|\.)mysql\.database\.azure\.com$/.test(lastName(id))) {
        return armError(
            400,
            "InvalidPrivateDnsZoneName",
            "The private DNS zone name must end with 'mysql.database.azure.com'.",
        );
    }
    const linked = inventory.find(linkType, (row) => {
        const network = row.inputs["virtualNetwork"];
        const isThere = row.state !== "creating" && sameId(parentId(row.id), zone.id);
        return isThere && isMap(network) && sameId(network["id"], parentId(subnet));
    });
    return linked === undefined
        ? armError(
              400,
              "PrivateDnsZoneNotLinkedToVnet",
              `The private DNS zone ${id} is not linked to the virtual network ${parentId(subnet)}.`,
          )
        : undefined;
}
