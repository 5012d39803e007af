/** Who a token of Microsoft Entra ID belongs to in the simulated AKS cluster. Pure. */
import { clusterType } from "../clouds/azure/containerservice/shared";
import type { InventoryView } from "../clouds/model";
import type { AuthenticatedUser } from "../control-plane/authenticator";
import { aksServerId, clusterRights } from "./identity";
import { readToken } from "./token";

/** AKS asks Azure about each request; here an administrator by Azure is one of the cluster, and others have Kubernetes' own roles only. */
const administratorGroup = "system:masters";

/** The user behind the token; undefined when there is no cluster, or none that asks Entra ID. */
export function authenticateEntra(
    key: string,
    token: string,
    inventory: InventoryView,
    now = new Date(),
): AuthenticatedUser | undefined {
    const claims = readToken(key, token, now);
    const cluster = inventory.find(clusterType, ({ state }) => state === "active");
    if (claims === undefined || cluster === undefined || claims.audience !== aksServerId) {
        return undefined;
    }
    const rights = clusterRights(claims.objectId, cluster, inventory);
    return rights === "none"
        ? undefined
        : { username: claims.objectId, groups: rights === "administrator" ? [administratorGroup] : [] };
}
