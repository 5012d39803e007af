/**
 * What Google identities may do with simulated clusters: the part of
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/iam that the plugin and the API server ask about. Pure.
 *
 * The sandbox's user owns its projects; what others may do stands in the policies of the inventory.
 */
import type { Row } from "../clouds/inventory";
import type { InventoryView } from "../clouds/model";
import { accountType } from "../clouds/gcp/iam-principals";
import { projectMemberType } from "../clouds/gcp/iam";
import { isMap, textOf } from "../clouds/values";
import { sandboxUser } from "./token";

const accountMemberType = "gcp:serviceaccount/iAMMember:IAMMember";

/** Full rights over what is in the clusters of a project. */
const administrators: readonly string[] = ["roles/owner", "roles/container.admin"];
/** Those who may connect, and whose rights are for Kubernetes' own roles to say; their rights by IAM are not simulated. */
const visitors: readonly string[] = [
    "roles/editor",
    "roles/viewer",
    "roles/container.clusterAdmin",
    "roles/container.clusterViewer",
    "roles/container.developer",
    "roles/container.viewer",
];
/** Owners do not have it by being owners. */
const tokenCreator = "roles/iam.serviceAccountTokenCreator";

/** Rights of an identity in the clusters of a project. */
export type ClusterRights = "administrator" | "visitor" | "none";

export function clusterRights(email: string, projectId: string, inventory: InventoryView): ClusterRights {
    if (email === sandboxUser || hasProjectRole(email, projectId, administrators, inventory)) {
        return "administrator";
    }
    return hasProjectRole(email, projectId, visitors, inventory) ? "visitor" : "none";
}

/** Whether somebody may act as a service account; accounts of projects that the inventory does not have cannot be looked up. */
export function mayImpersonate(email: string, account: string, inventory: InventoryView): boolean {
    const found = inventory.find(accountType, ({ outputs }) => outputs["email"] === account);
    if (found === undefined) {
        return false;
    }
    const projectId = textOf(found.outputs["project"]);
    const onAccount = inventory
        .rows(accountMemberType)
        .some(({ inputs }) => inputs["serviceAccountId"] === found.id && grants(inputs, email, [tokenCreator]));
    return onAccount || hasProjectRole(email, projectId, [tokenCreator], inventory);
}

function hasProjectRole(email: string, projectId: string, roles: readonly string[], inventory: InventoryView): boolean {
    return inventory
        .rows(projectMemberType)
        .some(({ inputs }) => inputs["project"] === projectId && grants(inputs, email, roles));
}

/** A grant with a condition counts for nothing here: nobody evaluates it. */
function grants(inputs: Row["inputs"], email: string, roles: readonly string[]): boolean {
    const { member, role, condition } = inputs;
    const isIdentity = member === `user:${email}` || member === `serviceAccount:${email}`;
    return isIdentity && roles.includes(textOf(role)) && !isMap(condition);
}
