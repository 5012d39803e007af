/** What programs look up of a network that is there. */
import type { Row } from "../../inventory";
import type { InvokeModel, PropertyModels } from "../../model";
import { textOf, type PropertyMap } from "../../values";
import { armOutputs } from "../arm";
import { resourceNotFound } from "../errors";
import { groupId, groupNameIn, identityOf, lastName, parentId, resourceId, rowById } from "../ids";
import { publicAddresses } from "./addresses";
import { publicAddressType, subnetType, vnetType } from "./shared";
import { subnets } from "./subnet";
import { vnets } from "./vnet";

interface Lookup {
    readonly token: string;
    readonly row: string;
    readonly type: string;
    readonly names: readonly string[];
    readonly outputs: PropertyModels;
    /** What is computed of it besides its inputs and outputs. */
    readonly more?: (row: Row, rows: readonly Row[]) => PropertyMap;
}

function lookup({ token, row: rowType, type, names, outputs, more }: Lookup): InvokeModel {
    const given = ["resourceGroupName", ...names];
    return {
        token,
        inputs: {
            ...Object.fromEntries(given.map((name) => [name, { type: "string", required: true } as const])),
            expand: { type: "string" },
        },
        outputs: { ...armOutputs, id: { type: "string" }, ...outputs },
        answer: (inputs, { config, inventory }) => {
            const group = groupId(identityOf(config).subscriptionId, textOf(inputs["resourceGroupName"]));
            const own = names.map((name) => textOf(inputs[name]));
            const id = resourceId(group, type, own);
            const row = rowById(inventory, rowType, id);
            if (row === undefined) {
                throw new Error(resourceNotFound(type, own.join("/"), groupNameIn(id)));
            }
            const told = Object.entries({ ...row.inputs, ...row.outputs }).filter(([name]) => !given.includes(name));
            return { ...Object.fromEntries(told), id: row.id, ...more?.(row, inventory.rows(subnetType)) };
        },
    };
}

const any = { type: "any" } as const;

export const networkInvokes: readonly InvokeModel[] = [
    lookup({
        token: "azure-native:network:getVirtualNetwork",
        row: vnetType,
        type: "Microsoft.Network/virtualNetworks",
        names: ["virtualNetworkName"],
        outputs: { ...vnets.inputs, ...vnets.outputs },
        more: ({ id }, rows) => ({
            subnets: rows
                .filter((subnet) => parentId(subnet.id).toLowerCase() === id.toLowerCase())
                .map((subnet) => ({ id: subnet.id, name: lastName(subnet.id), ...subnet.inputs })),
        }),
    }),
    lookup({
        token: "azure-native:network:getSubnet",
        row: subnetType,
        type: "Microsoft.Network/virtualNetworks/subnets",
        names: ["virtualNetworkName", "subnetName"],
        outputs: { ...subnets.inputs, ...subnets.outputs, ipConfigurations: any },
    }),
    lookup({
        token: "azure-native:network:getPublicIPAddress",
        row: publicAddressType,
        type: "Microsoft.Network/publicIPAddresses",
        names: ["publicIpAddressName"],
        outputs: { ...publicAddresses.inputs, ...publicAddresses.outputs },
    }),
];
