/** Subnets: https://learn.microsoft.com/en-us/rest/api/virtualnetwork/subnets/create-or-update */
import { isWithin, overlap, prefixOf, wrongCidr } from "../../cidr";
import type { Row } from "../../inventory";
import type { InventoryView, Problem, PropertyModels, RefuseContext, ResourceModel } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { armError } from "../errors";
import { groupId, identityOf, parentId, resourceId, rowById, sameId } from "../ids";
import { delegationsOf, outsideNetwork, prefixesOf, spaceOf } from "./ranges";
import {
    existing,
    inUse,
    natGatewayType,
    networkApi,
    networkName,
    reference,
    routeTableType,
    securityGroupType,
    subnetType,
    succeeded,
    usersOf,
    vnetType,
} from "./shared";

const type = "Microsoft.Network/virtualNetworks/subnets";
const SmallestPrefix = 29;
const text = { type: "string" } as const;

const inputs: PropertyModels = {
    addressPrefix: text,
    addressPrefixes: { type: "array" },
    defaultOutboundAccess: { type: "boolean" },
    delegations: {
        type: "array",
        items: {
            type: "object",
            properties: { name: { ...text, required: true }, serviceName: { ...text, required: true } },
        },
    },
    name: text,
    natGateway: reference,
    networkSecurityGroup: reference,
    privateEndpointNetworkPolicies: {
        type: "string",
        values: ["Enabled", "Disabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"],
        default: "Disabled",
    },
    privateLinkServiceNetworkPolicies: { type: "string", values: ["Enabled", "Disabled"], default: "Enabled" },
    routeTable: reference,
    serviceEndpoints: {
        type: "array",
        items: { type: "object", properties: { service: text, locations: { type: "array" } } },
    },
    sharingScope: { type: "string", values: ["Tenant", "DelegatedServices"] },
};

export const subnets: ResourceModel = arm(
    {
        type,
        apiVersion: networkApi,
        names: ["virtualNetworkName", "subnetName"],
        parent: vnetType,
        name: networkName(),
        oneByOne: true,
    },
    {
        token: subnetType,
        durationKey: "storage account, vault, vnet, subnet, identity",
        inputs,
        outputs: { etag: text, provisioningState: text, purpose: text, privateEndpoints: { type: "any" } },
        references: [
            existing("natGateway.id", natGatewayType),
            existing("networkSecurityGroup.id", securityGroupType),
            existing("routeTable.id", routeTableType),
        ],
        validate: wrongSubnet,
        refuse: (given, context) => refusedRange(given, context) ?? refusedChange(given, context),
        computed: () => ({ etag: "W/1", provisioningState: succeeded, purpose: "", privateEndpoints: [] }),
        blocksDeletion: usedSubnet,
    },
);

/** Why a subnet cannot go; absent when nothing is in it. */
export function usedSubnet(row: Row, inventory: InventoryView): string | undefined {
    return inUse(inventory, row, (users) => [
        "InUseSubnetCannotBeDeleted",
        `Subnet ${textOf(row.outputs["name"])} is in use by ${users} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
    ]);
}

function wrongSubnet(given: PropertyMap, names: ReadonlySet<string>): Problem[] {
    const ranges = ["addressPrefix", "addressPrefixes"].filter((name) => names.has(name));
    if (ranges.length !== 1) {
        return [{ property: "addressPrefix", reason: "or addressPrefixes is required, and not both. Give one." }];
    }
    const problems = prefixesOf(given).flatMap((prefix) => [
        ...wrongCidr(ranges[0], prefix),
        ...(prefixOf(prefix) > SmallestPrefix
            ? [
                  {
                      property: ranges[0],
                      reason: `${textOf(prefix)} is too small: a subnet has /${SmallestPrefix} at least.`,
                  },
              ]
            : []),
    ]);
    if (given["sharingScope"] !== undefined && given["defaultOutboundAccess"] !== false) {
        problems.push({ property: "sharingScope", reason: "needs defaultOutboundAccess to be false. Set it." });
    }
    if (delegationsOf(given).length > 1) {
        problems.push({ property: "delegations", reason: "a subnet is delegated to one service at most. Give one." });
    }
    return problems;
}

function ownId(given: PropertyMap, { config }: Pick<RefuseContext, "config">): string {
    const group = groupId(identityOf(config).subscriptionId, textOf(given["resourceGroupName"]));
    return resourceId(group, type, [textOf(given["virtualNetworkName"]), textOf(given["subnetName"])]);
}

function refusedRange(given: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory } = context;
    const id = ownId(given, context);
    const network = rowById(inventory, vnetType, parentId(id));
    const [name, networkName] = [textOf(given["subnetName"]), textOf(given["virtualNetworkName"])];
    const ranges = prefixesOf(given);
    if (ranges.some((range) => !spaceOf(network?.inputs ?? {}).some((space) => isWithin(range, space)))) {
        return outsideNetwork(name, networkName);
    }
    const others = inventory
        .rows(subnetType)
        .filter((row) => !sameId(row.id, id) && sameId(parentId(row.id), parentId(id)))
        .flatMap((row) => prefixesOf(row.inputs));
    return ranges.some((range) => others.some((other) => overlap(range, other)))
        ? armError(
              400,
              "NetcfgSubnetRangesOverlap",
              `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${networkName}'.`,
          )
        : undefined;
}

/** What cannot change while something is in the subnet. */
function refusedChange(given: PropertyMap, context: RefuseContext): string | undefined {
    const { inventory, previous } = context;
    if (previous === undefined || usersOf(inventory, ownId(given, context)).length === 0) {
        return undefined;
    }
    const name = textOf(given["subnetName"]);
    const now = prefixesOf(given);
    const gone = prefixesOf(previous).find((prefix) => !now.includes(prefix));
    if (gone !== undefined) {
        return armError(
            400,
            "InUsePrefixCannotBeDeleted",
            `IpPrefix ${textOf(gone)} on Subnet ${name} has active allocations and cannot be deleted.`,
        );
    }
    return delegationsOf(previous).join() === delegationsOf(given).join()
        ? undefined
        : armError(
              400,
              "SubnetDelegationCannotBeChanged",
              `Delegations of subnet ${name} cannot be changed from [${delegationsOf(previous).join()}] to [${delegationsOf(given).join()}] because it is being used.`,
          );
}
