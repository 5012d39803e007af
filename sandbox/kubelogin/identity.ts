/** Who identities of Microsoft Entra ID are, and what they may do in the simulated AKS cluster. Pure. */
import { assignmentsOver } from "../clouds/azure/authorization/role-assignments";
import { part, textsIn } from "../clouds/azure/containerservice/shared";
import { guidFor, identityOf, lastName, sameId } from "../clouds/azure/ids";
import { identityType } from "../clouds/azure/managedidentity/identity";
import type { Row } from "../clouds/inventory";
import type { InventoryView } from "../clouds/model";
import { textOf } from "../clouds/values";

/** The application of Entra ID that stands for all AKS clusters: https://learn.microsoft.com/azure/aks/kubelogin-authentication */
export const aksServerId = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** `Azure Kubernetes Service RBAC Cluster Admin`: https://learn.microsoft.com/azure/aks/manage-azure-rbac */
const clusterAdmin = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b";

/** Who is logged in to the Azure CLI: the sandbox's user, in every group of administrators that a cluster names. */
export const sandboxUser = identityOf({}).objectId;

/** Object id of what has that client id: a managed identity of the inventory, else a service principal. */
export function objectIdOf(clientId: string, inventory: InventoryView): string {
    const managed = inventory.find(identityType, ({ outputs }) => sameId(outputs["clientId"], clientId));
    return managed === undefined ? guidFor(clientId) : textOf(managed.outputs["principalId"]);
}

export type ClusterRights = "administrator" | "visitor" | "none";

/** What an identity may do in a cluster. Without Entra ID a cluster takes no token; its own roles are Kubernetes' to say. */
export function clusterRights(objectId: string, cluster: Row, inventory: InventoryView): ClusterRights {
    if (cluster.inputs["aadProfile"] === undefined) {
        return "none";
    }
    const { adminGroupObjectIDs, enableAzureRBAC } = part(cluster.inputs["aadProfile"]);
    const isAsked = enableAzureRBAC === true;
    const byGroup = objectId === sandboxUser && textsIn(adminGroupObjectIDs).length > 0;
    // Who makes the sandbox's subscription has given himself the role.
    const byRole =
        isAsked &&
        (objectId === sandboxUser ||
            assignmentsOver(inventory, objectId, cluster.id).some(
                ({ inputs }) => lastName(inputs["roleDefinitionId"]).toLowerCase() === clusterAdmin,
            ));
    return byGroup || byRole ? "administrator" : "visitor";
}
