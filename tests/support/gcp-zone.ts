/** Zones of Cloud DNS that a project has before W&B comes. */
import { managedZoneType } from "../../sandbox/clouds/gcp/compute/dns-zones";
import type { Inventory } from "../../sandbox/clouds/inventory";
import { project } from "./gcp-account";

export interface GivenZone {
    readonly name: string;
    readonly dnsName: string;
    readonly visibility: "public" | "private";
}

/** The public zone of the READMEs. */
export const exampleZone: GivenZone = { name: "example-com", dnsName: "example.com.", visibility: "public" };

export async function plantZone(inventory: Inventory, zone: GivenZone = exampleZone): Promise<void> {
    const { projectId } = project;
    const id = `projects/${projectId}/managedZones/${zone.name}`;
    await inventory.plant({ type: managedZoneType, id, inputs: { ...zone }, outputs: { ...zone, project: projectId } });
}
