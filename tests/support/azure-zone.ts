/** Zones of Azure DNS that a subscription has before W&B comes. */
import { dnsZoneToken } from "../../sandbox/clouds/azure/dns";
import { privateZoneType } from "../../sandbox/clouds/azure/network/shared";
import type { Inventory } from "../../sandbox/clouds/inventory";
import { idIn, plantGroup } from "./azure-platform";

export interface GivenZone {
    readonly name: string;
    readonly visibility: "public" | "private";
}

/** The public zone of the READMEs. */
export const exampleZone: GivenZone = { name: "example.com", visibility: "public" };

/** The zone in a group of its own, `dns`. */
export async function plantZone(inventory: Inventory, zone: GivenZone = exampleZone): Promise<void> {
    const { name, visibility } = zone;
    const group = await plantGroup(inventory, "dns");
    const inputs = { resourceGroupName: "dns", location: "Global" };
    const outputs = { name, location: "global" };
    if (visibility === "public") {
        const id = idIn(`Microsoft.Network/dnsZones/${name}`, group);
        await inventory.plant({ type: dnsZoneToken, id, inputs: { ...inputs, zoneName: name }, outputs });
    } else {
        const id = idIn(`Microsoft.Network/privateDnsZones/${name}`, group);
        await inventory.plant({ type: privateZoneType, id, inputs: { ...inputs, privateZoneName: name }, outputs });
    }
}
