/** Private endpoints and their DNS: https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview */
import { addressIn } from "../../cidr";
import type { Row } from "../../inventory";
import type { InventoryView, Problem, PropertyModel, RefuseContext, ResourceModel } from "../../model";
import { isMap, textOf, valuesAt, type PropertyMap } from "../../values";
import { anyRow, arm, placeOf } from "../arm";
import { armError, referencedNotFound } from "../errors";
import { groupId, identityOf, lastName, parentId, resourceId, rowById, sameId } from "../ids";
import { delegationsOf, prefixesOf } from "./ranges";
import {
    existing,
    idIn,
    networkApi,
    networkName,
    privateEndpointType,
    privateRecordType,
    privateZoneType,
    subnetType,
    succeeded,
    vnetType,
    zoneGroupType,
} from "./shared";

const text = { type: "string" } as const;

const connections: PropertyModel = {
    type: "array",
    items: {
        type: "object",
        properties: {
            name: { ...text, required: true },
            privateLinkServiceId: { ...text, required: true },
            groupIds: { type: "array" },
            requestMessage: text,
        },
    },
};

/** Subresources by the type of the target: https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview#private-link-resource */
const GroupIds: Readonly<Record<string, readonly string[]>> = {
    "microsoft.storage/storageaccounts": ["blob", "queue", "table", "file", "web", "dfs"],
    "microsoft.keyvault/vaults": ["vault"],
    "microsoft.cache/redis": ["redisCache"],
    "microsoft.cache/redisenterprise": ["redisEnterprise"],
    "microsoft.dbformysql/flexibleservers": ["mysqlServer"],
};

export const privateEndpoints: ResourceModel = arm(
    {
        type: "Microsoft.Network/privateEndpoints",
        apiVersion: networkApi,
        names: ["privateEndpointName"],
        name: networkName(2, 64),
    },
    {
        token: privateEndpointType,
        durationKey: "private endpoint",
        inputs: {
            customNetworkInterfaceName: text,
            ipConfigurations: { type: "any" },
            manualPrivateLinkServiceConnections: connections,
            privateLinkServiceConnections: connections,
            subnet: {
                type: "object",
                required: true,
                // The SDK puts its defaults for a subnet that is made into one that is only named.
                properties: {
                    id: { ...text, required: true },
                    privateEndpointNetworkPolicies: text,
                    privateLinkServiceNetworkPolicies: text,
                },
            },
        },
        outputs: {
            customDnsConfigs: { type: "any" },
            etag: text,
            networkInterfaces: { type: "any" },
            provisioningState: text,
        },
        references: [existing("subnet.id", subnetType)],
        replaceOn: ["subnet"],
        validate: wrongEndpoint,
        refuse: refusedEndpoint,
        computed: (inputs, { id, inventory }) => {
            const name = lastName(id);
            const nic = textOf(inputs["customNetworkInterfaceName"], `${name}.nic.${name}`);
            const address = freeAddress(idIn(inputs["subnet"]), id, inventory);
            return {
                customDnsConfigs: [{ fqdn: lastName(targetOf(inputs)), ipAddresses: [address] }],
                etag: "W/1",
                networkInterfaces: [{ id: `${parentId(id)}/providers/Microsoft.Network/networkInterfaces/${nic}` }],
                provisioningState: succeeded,
            };
        },
    },
);

function connectionsOf(inputs: PropertyMap): PropertyMap[] {
    return ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"].flatMap((property) =>
        valuesAt(inputs, `${property}[*]`).filter(isMap),
    );
}

export function targetOf(inputs: PropertyMap): string {
    return textOf(connectionsOf(inputs)[0]?.["privateLinkServiceId"]);
}

function wrongEndpoint(_inputs: PropertyMap, given: ReadonlySet<string>): Problem[] {
    const kinds = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"];
    return kinds.filter((kind) => given.has(kind)).length === 1
        ? []
        : [{ property: kinds[0], reason: `or ${kinds[1]} is required, and not both. Give one.` }];
}

function refusedEndpoint(inputs: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory } = context;
    const subnetId = idIn(inputs["subnet"]);
    const subnet = rowById(inventory, subnetType, subnetId);
    if (subnet !== undefined && delegationsOf(subnet.inputs).length > 0) {
        return armError(
            400,
            "PrivateEndpointCreationNotAllowedAsSubnetIsDelegated",
            `Private endpoint ${textOf(inputs["privateEndpointName"])} cannot be created as subnet ${subnetId} is delegated.`,
        );
    }
    const network = rowById(inventory, vnetType, parentId(subnetId));
    if (network !== undefined && network.outputs["location"] !== placeOf(inputs, context)) {
        return armError(
            400,
            "InvalidResourceReference",
            `Private endpoint and virtual network ${network.id} must be in the same region.`,
        );
    }
    return refusedTarget(inputs, inventory);
}

function refusedTarget(inputs: PropertyMap, inventory: InventoryView): string | undefined {
    const connection = connectionsOf(inputs)[0] ?? {};
    const target = targetOf(inputs);
    const alias = /^[\w-]+\.[0-9a-f-]{36}\.[a-z0-9]+\.azure\.privatelinkservice$/i.test(target);
    if (alias) {
        return inputs["manualPrivateLinkServiceConnections"] === undefined
            ? armError(400, "InvalidPrivateLinkServiceId", `An alias needs a manual connection: ${target}.`)
            : undefined;
    }
    if (anyRow(inventory, target) === undefined) {
        return referencedNotFound(target, textOf(inputs["privateEndpointName"]));
    }
    const [namespace, type] = target.split("/").slice(6, 8);
    const known = GroupIds[`${namespace}/${type}`.toLowerCase()];
    const groups = valuesAt(connection, "groupIds[*]").map((group) => textOf(group));
    if (known !== undefined && (groups.length !== 1 || !known.includes(groups[0]))) {
        return armError(
            400,
            "InvalidGroupId",
            `Group ids [${groups.join()}] are not valid for ${target}. Valid: ${known.join()}, one at a time.`,
        );
    }
    return undefined;
}

/** An address of the subnet that no other endpoint in it has; the first four are Azure's. */
function freeAddress(subnetId: string, own: string, inventory: InventoryView): string {
    const range = prefixesOf(rowById(inventory, subnetType, subnetId)?.inputs ?? {})[0];
    const others = inventory
        .rows(privateEndpointType)
        .filter((row) => sameId(idIn(row.inputs["subnet"]), subnetId) && !sameId(row.id, own));
    const taken = new Set(others.map((row) => addressOf(row)));
    for (let index = 4; ; index++) {
        const address = addressIn(range, index);
        if (!taken.has(address)) {
            return address;
        }
    }
}

export function addressOf({ outputs }: Row): string {
    return textOf(valuesAt(outputs, "customDnsConfigs[*].ipAddresses[*]")[0]);
}

/** https://learn.microsoft.com/en-us/rest/api/virtualnetwork/private-dns-zone-groups/create-or-update */
export const zoneGroups: ResourceModel = arm(
    {
        type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        apiVersion: networkApi,
        names: ["privateEndpointName", "privateDnsZoneGroupName"],
        parent: privateEndpointType,
        name: networkName(),
    },
    {
        token: zoneGroupType,
        durationKey: "dns zone group or record",
        inputs: {
            name: text,
            privateDnsZoneConfigs: {
                type: "array",
                required: true,
                items: { type: "object", properties: { name: { ...text, required: true }, privateDnsZoneId: text } },
            },
        },
        outputs: { etag: text, provisioningState: text },
        references: [existing("privateDnsZoneConfigs[*].privateDnsZoneId", privateZoneType)],
        refuse: (inputs, { inventory, config, previous }) => {
            const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
            const type = "Microsoft.Network/privateEndpoints";
            const endpoint = resourceId(group, type, [textOf(inputs["privateEndpointName"])]);
            const other = inventory.find(zoneGroupType, (row) => sameId(parentId(row.id), endpoint));
            return previous === undefined && other !== undefined
                ? armError(
                      400,
                      "PrivateDnsZoneGroupLimitExceeded",
                      `Private endpoint ${endpoint} has private DNS zone group ${other.id} already. It can have one.`,
                  )
                : undefined;
        },
        computed: () => ({ etag: "W/1", provisioningState: succeeded }),
        brings: recordsOf,
        takesAlong: (row, inventory) =>
            recordsOf(row, inventory).flatMap(({ id }) => rowById(inventory, privateRecordType, id) ?? []),
    },
);

/** A record of the target's name in each zone. */
function recordsOf({ id, inputs }: Row, inventory: InventoryView): Row[] {
    const endpoint = rowById(inventory, privateEndpointType, parentId(id));
    if (endpoint === undefined) {
        return [];
    }
    const name = lastName(targetOf(endpoint.inputs));
    return valuesAt(inputs, "privateDnsZoneConfigs[*].privateDnsZoneId").map((zone) => ({
        type: privateRecordType,
        id: `${textOf(zone)}/A/${name}`,
        state: "active",
        inputs: {
            privateZoneName: lastName(zone),
            recordType: "A",
            relativeRecordSetName: name,
            resourceGroupName: textOf(zone).split("/")[4],
            ttl: 10,
            aRecords: [{ ipv4Address: addressOf(endpoint) }],
        },
        outputs: { name, aRecords: [{ ipv4Address: addressOf(endpoint) }] },
    }));
}
