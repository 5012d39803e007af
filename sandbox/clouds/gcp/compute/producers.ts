/**
 * Who has addresses behind a peering of private services access.
 *
 * A producer holds on to it for a while after the last instance is deleted: Cloud SQL for up to four days
 * (https://docs.cloud.google.com/sql/docs/mysql/delete-instance). That is a row of type `gcp:servicenetworking/producer` (input `network`), which
 * tests plant; by itself the simulation lets go at once.
 */
import type { Row } from "../../inventory";
import type { InventoryView } from "../../model";
import { valuesAt, type PropertyValue } from "../../values";
import { lastPart, pathOf } from "./links";
import { connectionType } from "./shared";

export const producerType = "gcp:servicenetworking/producer";
/** https://docs.cloud.google.com/vpc/docs/configure-private-services-access */
export const servicesPeering = "servicenetworking-googleapis-com";

const databaseType = "gcp:sql/databaseInstance:DatabaseInstance";
const cacheType = "gcp:redis/instance:Instance";

/** What a producer holds in a network. */
export function producerRow(networkId: string, name: string): Row {
    return {
        type: producerType,
        id: `${networkId}/${name}`,
        state: "active",
        inputs: { network: networkId },
        outputs: {},
    };
}

/** Instances in Google's networks that a network reaches by its peering, and what is left of deleted ones. */
export function producersOn(networkId: string, inventory: InventoryView): Row[] {
    const named = (type: string, path: string): Row[] =>
        inventory.rows(type).filter(({ inputs }) => valuesAt(inputs, path).some((link) => isCalled(networkId, link)));
    return [
        ...named(databaseType, "settings.ipConfiguration.privateNetwork"),
        ...named(cacheType, "authorizedNetwork").filter(
            ({ inputs }) => inputs["connectMode"] === "PRIVATE_SERVICE_ACCESS",
        ),
        ...named(producerType, "network"),
    ];
}

/** Connections of a network with Google's, also those that no program has any more. */
export function connectionsOf(networkId: string, inventory: InventoryView): Row[] {
    return inventory.rows(connectionType).filter(({ inputs }) => isCalled(networkId, inputs["network"]));
}

/** Whether a link means a network; a name alone is that of the provider's project. */
function isCalled(networkId: string, link: PropertyValue | undefined): boolean {
    const path = pathOf(link);
    return path === networkId || (!path.includes("/") && path === lastPart(networkId));
}
