/** Virtual networks: https://learn.microsoft.com/en-us/rest/api/virtualnetwork/virtual-networks/create-or-update */
import { isIPv4 } from "node:net";
import { isWithin, overlap, wrongCidr } from "../../cidr";
import type { Row } from "../../inventory";
import type { InventoryView, Problem, RefuseContext, ResourceModel } from "../../model";
import { textOf, valuesAt, type PropertyMap } from "../../values";
import { arm } from "../arm";
import { parentId } from "../ids";
import { outsideNetwork, prefixesOf, spaceOf } from "./ranges";
import { networkApi, networkName, reference, subnetType, succeeded, vnetType } from "./shared";
import { usedSubnet } from "./subnet";

/** https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-faq#what-address-ranges-can-i-use-in-my-virtual-networks */
const Forbidden = ["224.0.0.0/4", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32"];

const text = { type: "string" } as const;

export const vnets: ResourceModel = arm(
    {
        type: "Microsoft.Network/virtualNetworks",
        apiVersion: networkApi,
        names: ["virtualNetworkName"],
        name: networkName(2, 64),
    },
    {
        token: vnetType,
        durationKey: "storage account, vault, vnet, subnet, identity",
        inputs: {
            addressSpace: {
                type: "object",
                required: true,
                properties: { addressPrefixes: { type: "array", required: true } },
            },
            ddosProtectionPlan: reference,
            dhcpOptions: { type: "object", properties: { dnsServers: { type: "array" } } },
            enableDdosProtection: { type: "boolean", default: false },
            enableVmProtection: { type: "boolean", default: false },
            flowTimeoutInMinutes: { type: "integer" },
        },
        outputs: { etag: text, provisioningState: text, resourceGuid: text, subnets: { type: "any" } },
        validate: (inputs) => [...wrongSpace(inputs), ...wrongServers(inputs)],
        refuse: refusedSpace,
        computed: (_inputs, { id }) => ({ etag: "W/1", provisioningState: succeeded, resourceGuid: id, subnets: [] }),
        blocksDeletion: (row, inventory) =>
            subnetsOf(row, inventory)
                .map((subnet) => usedSubnet(subnet, inventory))
                .find((reason) => reason !== undefined),
    },
);

function subnetsOf({ id }: Pick<Row, "id">, inventory: InventoryView): Row[] {
    return inventory.rows(subnetType).filter((row) => parentId(row.id).toLowerCase() === id.toLowerCase());
}

function wrongSpace(inputs: PropertyMap): Problem[] {
    const property = "addressSpace.addressPrefixes";
    const prefixes = spaceOf(inputs);
    if (prefixes.length === 0) {
        return [{ property, reason: "must have at least one prefix. Give one." }];
    }
    return prefixes.flatMap((prefix, index) => {
        const forbidden = Forbidden.find((range) => overlap(prefix, range));
        const other = prefixes.slice(0, index).find((earlier) => overlap(prefix, earlier));
        const problems = wrongCidr(`${property}[${index}]`, prefix);
        if (forbidden !== undefined) {
            problems.push({
                property,
                reason: `${textOf(prefix)} overlaps ${forbidden}, which is Azure's own. Change it.`,
            });
        }
        if (other !== undefined) {
            problems.push({ property, reason: `${textOf(prefix)} overlaps ${textOf(other)}. Change one.` });
        }
        return problems;
    });
}

function wrongServers(inputs: PropertyMap): Problem[] {
    return valuesAt(inputs, "dhcpOptions.dnsServers[*]")
        .filter((server) => typeof server === "string" && !isIPv4(server))
        .map((server) => ({
            property: "dhcpOptions.dnsServers",
            reason: `${textOf(server)} is no IPv4 address. Correct it.`,
        }));
}

/** Subnets that are there must stay within the space. */
function refusedSpace(inputs: PropertyMap, { inventory, previous }: RefuseContext): string | undefined {
    if (previous === undefined) {
        return undefined;
    }
    const network = textOf(previous["name"]);
    const outside = inventory
        .rows(subnetType)
        .filter(({ inputs: subnet }) => subnet["virtualNetworkName"] === network)
        .filter(({ inputs: subnet }) => subnet["resourceGroupName"] === inputs["resourceGroupName"])
        .find(({ inputs: subnet }) =>
            prefixesOf(subnet).some((prefix) => !spaceOf(inputs).some((range) => isWithin(prefix, range))),
        );
    return outside === undefined ? undefined : outsideNetwork(textOf(outside.outputs["name"]), network);
}
