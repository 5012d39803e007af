/** What the rows of Bigtable share, as of @pulumi/gcp 9.37. */
import type { Row } from "../../inventory";
import type { InventoryView, RefuseContext } from "../../model";
import { isMap, textOf, type PropertyMap } from "../../values";
import { denied, projectOf, refusedProject, projectIdOf } from "../project";

export const instanceType = "gcp:bigtable/instance:Instance";
export const tableType = "gcp:bigtable/table:Table";
export const gcPolicyType = "gcp:bigtable/gCPolicy:GCPolicy";
export const instanceMemberType = "gcp:bigtable/instanceIamMember:InstanceIamMember";
/** Backups, which tests plant (`instance`, the id of it): Bigtable makes them by itself. */
export const backupType = "gcp:bigtable/backup";
export const bigtableService = "bigtableadmin.googleapis.com";

export const failed = (code: string, reason: string) => `rpc error: code = ${code} desc = ${reason}`;

type Context = Pick<RefuseContext, "config" | "inventory">;

/** Id of the instance that a table or policy names, by its name or its whole id. */
export function instanceId(inputs: PropertyMap, { config, inventory }: Context): string {
    const named = textOf(inputs["instanceName"] ?? inputs["instance"]);
    return named.startsWith("projects/")
        ? named
        : `projects/${projectOf(inputs, config, inventory).projectId}/instances/${named}`;
}

export function refusedBigtable(inputs: PropertyMap, context: RefuseContext, permission: string): string | undefined {
    return refusedProject(projectIdOf(inputs, context.config), bigtableService, context, (missing) =>
        denied(permission, `projects/${missing}`),
    );
}

export function instanceNamed(id: string, inventory: InventoryView): Row | undefined {
    return inventory.find(instanceType, (row) => row.id === id);
}

export function clustersOf({ clusters }: PropertyMap): PropertyMap[] {
    return Array.isArray(clusters) ? clusters.filter(isMap) : [];
}
