/**
 * The workload identity pool of a project, `<project>.svc.id.goog`: it comes with the first cluster that uses it, and stays when that goes.
 *
 * https://docs.cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
 */
import type { Row } from "../../inventory";
import type { InventoryView } from "../../model";
import { isMap, textOf } from "../../values";

export const clusterType = "gcp:container/cluster:Cluster";
/** A pool without a cluster that uses it (id: its name). */
export const poolType = "gcp:iam/workloadIdentityPool";

export function poolName(projectId: string): string {
    return `${projectId}.svc.id.goog`;
}

/** Whether members of the project's pool can be told: not before its first cluster is there. */
export function poolExists(projectId: string, inventory: InventoryView): boolean {
    const name = poolName(projectId);
    return (
        inventory.find(poolType, ({ id }) => id === name) !== undefined ||
        inventory.find(clusterType, (row) => row.state === "active" && poolOf(row) === name) !== undefined
    );
}

/** The pool that a cluster uses; empty when it uses none. */
export function poolOf({ inputs, outputs }: Pick<Row, "inputs" | "outputs">): string {
    const config = outputs["workloadIdentityConfig"] ?? inputs["workloadIdentityConfig"];
    return isMap(config) ? textOf(config["workloadPool"]) : "";
}

/** What is left of the pool when its last cluster goes. */
export function poolLeft(cluster: Row, inventory: InventoryView): Row[] {
    const id = poolOf(cluster);
    const isThere = id === "" || inventory.find(poolType, (row) => row.id === id) !== undefined;
    return isThere ? [] : [{ type: poolType, id, state: "active", inputs: {}, outputs: { name: id } }];
}
