/** Private services access: the connection with Google's own networks, as of @pulumi/gcp 9.37. */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext, ResourceModel } from "../../model";
import { sameValue, textOf, type PropertyMap } from "../../values";
import { serviceDisabled } from "../apis";
import { withDeletionPolicy } from "../deletion-policy";
import { projectIdOf, refusedProject } from "../project";
import { completed, lastPart, projectIn } from "./links";
import { connectionsOf, producersOn, servicesPeering } from "./producers";
import { networkOf } from "./ranges";
import { connectionType, globalAddressType, networkType, unknownProject } from "./shared";

const service = "servicenetworking.googleapis.com";

function networkPath(inputs: PropertyMap, config: PropertyMap): string {
    return completed(inputs["network"], "networks", { project: projectIdOf({}, config) });
}

function ranges(inputs: PropertyMap): string[] {
    const given = inputs["reservedPeeringRanges"];
    return Array.isArray(given) ? given.map((name) => textOf(name)).sort() : [];
}

function refusedConnection(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { config, inventory } = context;
    const network = networkPath(inputs, config);
    const project = projectIn(network);
    const refused =
        refusedProject(project, service, context, unknownProject) ??
        // The provider asks for the project's number.
        serviceDisabled("cloudresourcemanager.googleapis.com", project, inventory);
    if (refused !== undefined) {
        return `Failed to find Service Networking Connection, err: ${refused}`;
    }
    if (inventory.find(networkType, ({ id }) => id === network) === undefined) {
        return `Error waiting for Create Service Networking Connection: Error code 5, message: Network ${lastPart(network)} not found in project ${project}.`;
    }
    return refusedRanges(inputs, network, context);
}

function refusedRanges(inputs: PropertyMap, network: string, { inventory, name }: RefuseContext): string | undefined {
    const wrong = ranges(inputs).find((rangeName) => {
        const range = inventory.find(
            globalAddressType,
            ({ id }) => lastPart(id) === rangeName && projectIn(id) === projectIn(network),
        );
        return range?.inputs["purpose"] !== "VPC_PEERING" || networkOf(range) !== network;
    });
    if (wrong !== undefined) {
        return `Error waiting for Create Service Networking Connection: Error code 9, message: Allocated IP range '${wrong}' not found in network.`;
    }
    const there = connectionsOf(network, inventory).at(0);
    // Its own, which an update changes.
    const isOwn = there?.urn?.endsWith(`::${name}`);
    return there === undefined ||
        isOwn === true ||
        sameValue(ranges(there.inputs), ranges(inputs)) ||
        inputs["updateOnCreationFail"] === true
        ? undefined
        : "Error waiting for Create Service Networking Connection: Error code 9, message: Cannot modify allocated ranges in CreateConnection. Please use UpdateConnection.";
}

/** https://docs.cloud.google.com/vpc/docs/configure-private-services-access#removing-connection */
function keptByProducers(row: Row, inventory: InventoryView): string | undefined {
    const network = inventory.rows(networkType).find(({ id }) => connectionsOf(id, inventory).includes(row));
    return network !== undefined && producersOn(network.id, inventory).length > 0
        ? "Unable to remove Service Networking Connection, err: Error waiting for Delete Service Networking Connection: Error code 9, message: Failed to delete connection; Producer services (e.g. CloudSQL, Cloud Memstore, etc.) are still using this connection."
        : undefined;
}

const connection: ResourceModel = {
    token: connectionType,
    inputs: {
        network: { type: "string", required: true },
        reservedPeeringRanges: { type: "array", required: true },
        service: { type: "string", required: true, values: [service] },
        updateOnCreationFail: { type: "boolean" },
    },
    outputs: { peering: { type: "string" } },
    adopts: true,
    replaceOn: ["network", "service"],
    unread: ["updateOnCreationFail"],
    durationKey: "service networking connection",
    validate: ({ reservedPeeringRanges: given }) =>
        Array.isArray(given) && given.length === 0
            ? [{ property: "reservedPeeringRanges", reason: "must name at least one allocated range. Give one." }]
            : [],
    refuse: refusedConnection,
    id: ({ network, service: name }) => `${encodeURIComponent(textOf(network))}:${encodeURIComponent(textOf(name))}`,
    computed: () => ({ peering: servicesPeering }),
    blocksDeletion: keptByProducers,
};

export const connections: readonly ResourceModel[] = [withDeletionPolicy(connection)];
