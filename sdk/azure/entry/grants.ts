import type * as pulumi from "@pulumi/pulumi";
import { assignRole } from "../identity/role";
import type { AzureDeploymentScope } from "../scope";
import type { GatewayFacts } from "./gateway";

export interface ControllerGrantsInput {
    readonly gateway: Pick<GatewayFacts, "id" | "resourceGroupId" | "uses">;
    /** Object id of the identity of the cluster's add-on. */
    readonly principalId: pulumi.Input<string>;
}

/**
 * Lets the ingress controller change the gateway. Microsoft gives Network Contributor and Reader on the whole resource group; here the first is on the
 * gateway and on what Azure checks whenever somebody changes it: its subnet, its public address, its firewall policy.
 * https://learn.microsoft.com/azure/application-gateway/tutorial-ingress-controller-add-on-existing
 * https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#permissions
 *
 * @returns what must be there before the Ingress, and outlive it
 */
export function grantController(
    scope: AzureDeploymentScope,
    { gateway, principalId }: ControllerGrantsInput,
): pulumi.Resource[] {
    const grant = (word: string, role: "Network Contributor" | "Reader", scopeId: pulumi.Output<string>) =>
        assignRole(scope, `${scope.name}-gateway-controller-${word}`, { role, principalId, scopeId });
    return [
        grant("gateway", "Network Contributor", gateway.id),
        ...Object.entries(gateway.uses).map(([word, id]) => grant(word, "Network Contributor", id)),
        grant("group", "Reader", gateway.resourceGroupId),
    ];
}
