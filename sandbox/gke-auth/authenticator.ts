/** Who a token of a Google identity belongs to, and what Google's IAM lets him do in the simulated GKE cluster. Pure. */
import type { InventoryView } from "../clouds/model";
import { clusterType } from "../clouds/gcp/container/pool";
import { textOf } from "../clouds/values";
import type { AuthenticatedUser } from "../control-plane/authenticator";
import { clusterRights } from "./identity";
import { readToken } from "./token";

/** GKE asks IAM about each request; here an administrator of the project is one of the cluster, and others have Kubernetes' own roles only. */
const administratorGroup = "system:masters";

/** The user behind the token; undefined when there is no cluster, or none of a project in which he may connect. */
export function authenticateGoogle(
    key: string,
    token: string,
    inventory: InventoryView,
    now = new Date(),
): AuthenticatedUser | undefined {
    const claims = readToken(key, token, now);
    const cluster = inventory.find(clusterType, ({ state }) => state === "active");
    if (claims === undefined || cluster === undefined) {
        return undefined;
    }
    const rights = clusterRights(claims.email, textOf(cluster.outputs["project"]), inventory);
    return rights === "none"
        ? undefined
        : { username: claims.email, groups: rights === "administrator" ? [administratorGroup] : [] };
}
