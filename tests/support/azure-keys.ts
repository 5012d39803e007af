/** What mocks tell of vaults, keys and identities, and a network whose private endpoints are counted. */
import * as pulumi from "@pulumi/pulumi";
import type { NetworkFacts, PrivateEndpointInput } from "../../sdk/azure/facts";
import { idIn } from "./azure-platform";
import type { Given } from "./graph";

/** As Azure makes them. */
export const keyOutputs: Readonly<Record<string, Given>> = {
    "azure-native:keyvault:Vault": ({ vaultName, properties }) => ({
        name: vaultName,
        properties: { ...(properties as object), vaultUri: `https://${String(vaultName)}.vault.azure.net/` },
    }),
    "azure-native:keyvault:Key": ({ vaultName, keyName }) => {
        const keyUri = `https://${String(vaultName)}.vault.azure.net/keys/${String(keyName)}`;
        return { name: keyName, keyUri, keyUriWithVersion: `${keyUri}/0123456789abcdef0123456789abcdef` };
    },
    "azure-native:managedidentity:UserAssignedIdentity": ({ resourceName = "auto" }) => ({
        name: resourceName,
        clientId: `client of ${String(resourceName)}`,
        principalId: `principal of ${String(resourceName)}`,
    }),
    "azure-native:authorization:RoleAssignment": () => ({ createdOn: "2026-01-01T00:00:00.0000000Z" }),
    "random:index/randomId:RandomId": ({ prefix }) => ({ hex: `${String(prefix)}0badcafe` }),
};

/** A private endpoint. */
export class Endpoint extends pulumi.CustomResource {
    constructor({ service, targetId, endpointName, interfaceName }: PrivateEndpointInput) {
        super("test:index:Endpoint", `endpoint-${service}`, { targetId, endpointName, interfaceName });
    }
}

/** As much of a network as the keys need. */
export const network: Pick<NetworkFacts, "privateEndpoint"> = { privateEndpoint: (input) => [new Endpoint(input)] };

/** An identity that is there. */
export function identityOf(name: string) {
    return {
        id: pulumi.output(idIn(`Microsoft.ManagedIdentity/userAssignedIdentities/${name}`)),
        name: pulumi.output(name),
        clientId: pulumi.output(`client of ${name}`),
        principalId: pulumi.output(`principal of ${name}`),
    };
}
