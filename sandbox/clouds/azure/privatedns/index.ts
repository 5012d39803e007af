/** Private DNS: https://learn.microsoft.com/en-us/azure/dns/private-dns-overview */
import type { Row } from "../../inventory";
import type { InventoryView, Problem, PropertyModels, ResourceModel, RefuseContext } from "../../model";
import { textOf, valuesAt, type PropertyMap } from "../../values";
import { arm, rowsWithin } from "../arm";
import { armError } from "../errors";
import { groupId, identityOf, lastName, parentId, resourceId, rowById, sameId } from "../ids";
import {
    existing,
    idIn,
    networkName,
    privateRecordType,
    privateZoneType,
    reference,
    succeeded,
    vnetType,
    zoneLinkType,
} from "../network/shared";

const apiVersion = "2024-06-01";
const zones = "Microsoft.Network/privateDnsZones";
const text = { type: "string" } as const;
const number = { type: "integer" } as const;

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources#limitations */
const tags = { most: 15, dns: true } as const;

/** Without a location the provider takes a region, which these refuse. */
function elsewhere(type: string) {
    return (inputs: PropertyMap): string | undefined => {
        const location = textOf(inputs["location"]);
        return location.toLowerCase() === "global"
            ? undefined
            : armError(
                  400,
                  "LocationNotAvailableForResourceType",
                  `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is 'global'.`,
              );
    };
}

const privateZones: ResourceModel = arm(
    {
        type: zones,
        apiVersion,
        names: ["privateZoneName"],
        // https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork
        name: {
            pattern:
                /^(?=.{1,253}$)([A-Za-z0-9_]([\w-]{0,61}[A-Za-z0-9_])?)(\.[A-Za-z0-9_]([\w-]{0,61}[A-Za-z0-9_])?){1,33}$/,
            rule: "must be 2 to 34 labels of 1 to 63 letters, digits, underscores and hyphens, with periods between them",
            longest: 253,
        },
        place: "global",
        tags,
    },
    {
        token: privateZoneType,
        durationKey: "private dns zone",
        inputs: {},
        outputs: { etag: text, internalId: text, maxNumberOfVirtualNetworkLinks: number, provisioningState: text },
        refuse: elsewhere(zones),
        computed: (_inputs, { id }) => ({
            etag: "W/1",
            internalId: id,
            maxNumberOfVirtualNetworkLinks: 1000,
            provisioningState: succeeded,
        }),
        blocksDeletion: nestedLinks,
    },
);

function nestedLinks({ id }: Row, inventory: InventoryView): string | undefined {
    const links = rowsWithin(inventory, id).filter(({ type }) => type === zoneLinkType);
    const paths = links.map((link) => `'${zones}/${lastName(id)}/virtualNetworkLinks/${lastName(link.id)}'`);
    return links.length === 0
        ? undefined
        : armError(
              409,
              "CannotDeleteResource",
              `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: ${paths.join(", ")}. Please delete all nested resources before deleting this resource.`,
          );
}

const links: ResourceModel = arm(
    {
        type: `${zones}/virtualNetworkLinks`,
        apiVersion,
        names: ["privateZoneName", "virtualNetworkLinkName"],
        parent: privateZoneType,
        name: networkName(),
        place: "global",
        tags,
    },
    {
        token: zoneLinkType,
        durationKey: "private dns zone",
        inputs: {
            registrationEnabled: { type: "boolean" },
            resolutionPolicy: { ...text, values: ["Default", "NxDomainRedirect"] },
            virtualNetwork: { ...reference, required: true },
        },
        outputs: { etag: text, provisioningState: text, virtualNetworkLinkState: text },
        references: [existing("virtualNetwork.id", vnetType)],
        refuse: (inputs, context) => elsewhere(`${zones}/virtualNetworkLinks`)(inputs) ?? refusedLink(inputs, context),
        computed: () => ({ etag: "W/1", provisioningState: succeeded, virtualNetworkLinkState: "Completed" }),
    },
);

function refusedLink(inputs: PropertyMap, { inventory, config, previous }: RefuseContext): string | undefined {
    const network = idIn(inputs["virtualNetwork"]);
    if (previous !== undefined) {
        return sameId(idIn(previous["virtualNetwork"]), network)
            ? undefined
            : armError(400, "BadRequest", "The virtual network of a virtual network link cannot be changed.");
    }
    const zone = textOf(inputs["privateZoneName"]);
    const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
    const zoneId = resourceId(group, zones, [zone]);
    const others = inventory.rows(zoneLinkType).filter((row) => sameId(idIn(row.inputs["virtualNetwork"]), network));
    if (others.some((row) => sameId(parentId(row.id), zoneId))) {
        return armError(409, "Conflict", `Virtual network ${network} is linked to zone '${zone}' already.`);
    }
    if (others.some((row) => lastName(parentId(row.id)).toLowerCase() === zone.toLowerCase())) {
        return armError(
            400,
            "BadRequest",
            `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${zone}' and '${zone}' zones.`,
        );
    }
    const registers = inputs["registrationEnabled"] === true;
    return registers && others.some((row) => row.inputs["registrationEnabled"] === true)
        ? armError(409, "Conflict", `Virtual network ${network} registers its machines in another zone already.`)
        : undefined;
}

const recordInputs: PropertyModels = {
    aRecords: { type: "array", items: { type: "object", properties: { ipv4Address: { ...text, required: true } } } },
    metadata: { type: "map" },
    // Others have an id of another form.
    recordType: { ...text, required: true, values: ["A"] },
    ttl: number,
};

const records: ResourceModel = arm(
    {
        type: `${zones}/A`,
        apiVersion,
        names: ["privateZoneName", "relativeRecordSetName"],
        parent: privateZoneType,
        name: {
            pattern: /^(@|(\*|[\w-]{1,63})(\.[\w-]{1,63})*)$/,
            rule: "must be @, or labels with periods between them, the first of which may be *",
            longest: 253,
        },
    },
    {
        token: privateRecordType,
        durationKey: "dns zone group or record",
        inputs: recordInputs,
        outputs: { etag: text, fqdn: text, isAutoRegistered: { type: "boolean" } },
        replaceOn: ["recordType"],
        validate: ({ ttl }): Problem[] =>
            typeof ttl === "number" && (ttl < 1 || ttl > 2_147_483_647)
                ? [{ property: "ttl", reason: `must be 1 to 2147483647 (value given: ${ttl}). Change it.` }]
                : [],
        refuse: (inputs) =>
            valuesAt(inputs, "aRecords[*]").length === 0
                ? armError(400, "BadRequest", "The record set must have at least one record.")
                : undefined,
        computed: (inputs) => ({
            etag: "W/1",
            fqdn: `${textOf(inputs["relativeRecordSetName"])}.${textOf(inputs["privateZoneName"])}.`,
            isAutoRegistered: false,
        }),
    },
);

/** Whether a network resolves names of a zone, by its id. */
export function isLinked(inventory: InventoryView, zoneId: string, networkId: string): boolean {
    const link = inventory.find(
        zoneLinkType,
        (row) => sameId(parentId(row.id), zoneId) && sameId(idIn(row.inputs["virtualNetwork"]), networkId),
    );
    return link?.state === "active" && rowById(inventory, privateZoneType, zoneId) !== undefined;
}

export const privateDns: readonly ResourceModel[] = [privateZones, links, records];
