/** Network interfaces, as far as they are those of private endpoints: those tell their addresses. */
import type { InvokeModel } from "../../model";
import { isMap, textOf, type PropertyValue } from "../../values";
import { armOutputs } from "../arm";
import { resourceNotFound } from "../errors";
import { groupId, identityOf, resourceId, sameId } from "../ids";
import { idIn, networkApi, privateEndpointType, succeeded } from "./shared";

const type = "Microsoft.Network/networkInterfaces";
const text = { type: "string" } as const;
const any = { type: "any" } as const;

const getNetworkInterface: InvokeModel = {
    token: "azure-native:network:getNetworkInterface",
    inputs: {
        expand: text,
        networkInterfaceName: { ...text, required: true },
        resourceGroupName: { ...text, required: true },
    },
    outputs: { ...armOutputs, id: text, ipConfigurations: any, privateEndpoint: any, provisioningState: text },
    answer: (inputs, { config, inventory }) => {
        const [group, name] = [textOf(inputs["resourceGroupName"]), textOf(inputs["networkInterfaceName"])];
        const id = resourceId(groupId(identityOf(config).subscriptionId, group), type, [name]);
        const endpoint = inventory.find(privateEndpointType, ({ outputs }) =>
            listOf(outputs["networkInterfaces"]).some((one) => sameId(idIn(one), id)),
        );
        if (endpoint === undefined) {
            throw new Error(resourceNotFound(type, name, group));
        }
        const [dns] = listOf(endpoint.outputs["customDnsConfigs"]);
        const [address] = listOf(isMap(dns) ? dns["ipAddresses"] : undefined);
        return {
            azureApiVersion: networkApi,
            id,
            ipConfigurations: [{ name: "privateEndpointIpConfig", primary: true, privateIPAddress: textOf(address) }],
            name,
            privateEndpoint: { id: endpoint.id },
            provisioningState: succeeded,
            type,
        };
    },
};

function listOf(value: PropertyValue | undefined): PropertyValue[] {
    return Array.isArray(value) ? value : [];
}

export const interfaceInvokes: readonly InvokeModel[] = [getNetworkInterface];
