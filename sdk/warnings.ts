import type { WandbDeploymentArgs } from "./args";

/** What is allowed, but has a consequence that is better known before than after. */
export function warnings({ database, chart }: WandbDeploymentArgs): string[] {
    const found: string[] = [];
    if (database?.install === true) {
        found.push(
            "database.install: MySQL runs in the cluster as one pod with one volume and no backup, which is not for production. " +
                "Give `database.host` of an external MySQL 8.",
        );
    }
    const credentials = chart?.credentials ? "credentials" : "credentialsSecret";
    if (chart?.repository !== undefined && chart[credentials] !== undefined) {
        found.push(
            `chart.${credentials}: when the custom resource is deleted, the operator asks the repository again, and without credentials: ` +
                "deletion would never end. Before you destroy, change `chart` to `oci` or `path` and run `pulumi up`.",
        );
    }
    return found;
}
