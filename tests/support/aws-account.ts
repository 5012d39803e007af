/** What an account has before W&B comes: planted in the simulated one, as AWS would tell it. */
import type { Inventory } from "../../sandbox/clouds/inventory";

/** The hosted zone of the host names of tests. */
export const Zone = { id: "Z0123456789ABCDEFGHIJ", name: "example.com" };

export async function plantZone(inventory: Inventory): Promise<void> {
    const { id, name } = Zone;
    await inventory.plant({ type: "aws:route53/zone:Zone", id, inputs: { name }, outputs: { zoneId: id, name } });
}
