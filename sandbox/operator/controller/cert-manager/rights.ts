/** Whether cert-manager can prove in a zone of Azure DNS whose hosts they are: https://cert-manager.io/docs/configuration/acme/dns01/azuredns/. Pure. */
import { builtInRoles } from "../../../clouds/azure/authorization/built-in-roles";
import { roleAssignmentType } from "../../../clouds/azure/authorization/role-assignments";
import { dnsZoneToken } from "../../../clouds/azure/dns";
import { groupId, isWithinScope, lastName, parentId, resourceId, sameId } from "../../../clouds/azure/ids";
import { credentialType, identityType } from "../../../clouds/azure/managedidentity/identity";
import type { InventoryView } from "../../../clouds/model";
import { textOf } from "../../../clouds/values";

/** `spec.acme.solvers[].dns01.azureDNS` */
export interface AzureDns {
    readonly subscriptionID: string;
    readonly resourceGroupName: string;
    readonly hostedZoneName?: string;
    readonly managedIdentity?: { readonly clientID?: string };
}

const changes = ["DNS Zone Contributor", "Network Contributor", "Contributor", "Owner"];

/**
 * @param account `system:serviceaccount:<namespace>:<name>` of its pods
 * @returns in the words of cert-manager what Azure refuses
 */
export function refusedProof(
    inventory: InventoryView,
    { subscriptionID, resourceGroupName, hostedZoneName = "", managedIdentity }: AzureDns,
    account: string,
): string | undefined {
    const group = groupId(subscriptionID, resourceGroupName);
    const zoneId = resourceId(group, "Microsoft.Network/dnszones", [hostedZoneName]);
    if (inventory.find(dnsZoneToken, ({ id }) => sameId(id, zoneId)) === undefined) {
        return `Zone ${hostedZoneName} not found in AzureDNS for domain`;
    }
    const clientId = managedIdentity?.clientID;
    const identity = inventory.find(identityType, ({ outputs }) => sameId(outputs["clientId"], clientId));
    const credential = inventory.find(
        credentialType,
        ({ id, inputs }) => inputs["subject"] === account && sameId(parentId(id), identity?.id),
    );
    if (identity === undefined || credential === undefined) {
        return `AADSTS70021: No matching federated identity record found for presented assertion subject '${account}'`;
    }
    const assigned = inventory.find(
        roleAssignmentType,
        ({ inputs }) =>
            sameId(inputs["principalId"], identity.outputs["principalId"]) &&
            isWithinScope(zoneId, textOf(inputs["scope"])) &&
            changes.includes(builtInRoles[lastName(inputs["roleDefinitionId"]).toLowerCase()]?.name ?? ""),
    );
    return assigned === undefined
        ? `The client '${textOf(clientId)}' does not have authorization to perform action 'Microsoft.Network/dnsZones/TXT/write' over scope '${zoneId}'`
        : undefined;
}
