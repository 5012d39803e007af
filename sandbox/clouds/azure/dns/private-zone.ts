/** A private zone that is looked up. Its row is in `../privatedns`. */
import type { InvokeModel } from "../../model";
import { textOf } from "../../values";
import { armOutputs } from "../arm";
import { resourceNotFound } from "../errors";
import { groupId, identityOf, resourceId, rowById } from "../ids";
import { privateZoneType } from "../network/shared";

const type = "Microsoft.Network/privateDnsZones";
const text = { type: "string" } as const;

const getPrivateZone: InvokeModel = {
    token: "azure-native:privatedns:getPrivateZone",
    inputs: { privateZoneName: { ...text, required: true }, resourceGroupName: { ...text, required: true } },
    outputs: { ...armOutputs, id: text, location: text, provisioningState: text, tags: { type: "map" } },
    answer: (inputs, { config, inventory }) => {
        const [group, name] = [textOf(inputs["resourceGroupName"]), textOf(inputs["privateZoneName"])];
        const id = resourceId(groupId(identityOf(config).subscriptionId, group), type, [name]);
        const row = rowById(inventory, privateZoneType, id);
        if (row === undefined) {
            throw new Error(resourceNotFound(type, name, group));
        }
        return {
            azureApiVersion: "2024-06-01",
            id: row.id,
            location: "global",
            name,
            provisioningState: "Succeeded",
            tags: row.inputs["tags"] ?? {},
            type,
        };
    },
};

export const privateZoneInvokes: readonly InvokeModel[] = [getPrivateZone];
