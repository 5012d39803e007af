import { ApiError } from "./api-error";
import type { ClusterApi } from "./cluster-api";
import { releaseRecords } from "./helm";
import { InvalidConfig } from "./snapshot";
import { activeSpecName, OperatorFinalizer, type Target, workloadSelector } from "./target";

/** Release records that leave nothing for an uninstall to do, when no workload is there either. */
const NothingInstalled = new Set(["failed", "uninstalled"]);

/**
 * Takes the operator's finalizer off a custom resource whose first install failed: the operator's uninstall would look for a release
 * that is not there and keep the custom resource for ever. Where anything was installed the finalizer stays, or it would be left behind.
 *
 * @returns whether it was taken off.
 * @throws ApiError when the cluster does not let us look or change.
 */
export async function freeFailedInstall(api: ClusterApi, target: Target): Promise<boolean> {
    const { namespace, name } = target;
    const instance = await api.getInstance(namespace, name);
    const finalizers = instance?.metadata?.finalizers ?? [];
    // In any other phase the operator may be installing right now.
    if (instance?.status?.phase !== InvalidConfig || !finalizers.includes(OperatorFinalizer)) {
        return false;
    }
    if (await isSomethingInstalled(api, target)) {
        return false;
    }
    try {
        await api.setFinalizers(
            instance,
            finalizers.filter((finalizer) => finalizer !== OperatorFinalizer),
        );
        return true;
    } catch (error) {
        if (error instanceof ApiError && error.problem === "conflict") {
            // The operator or somebody else has just changed it: it is being taken care of.
            return false;
        }
        throw error;
    }
}

async function isSomethingInstalled(api: ClusterApi, target: Target): Promise<boolean> {
    const { namespace, name } = target;
    const selector = workloadSelector(target);
    const [records, active, deployments, statefulSets] = await Promise.all([
        releaseRecords(api, namespace, name),
        api.getSecret(namespace, activeSpecName(target)),
        api.listDeployments(namespace, selector),
        api.listStatefulSets(namespace, selector),
    ]);
    return (
        active !== undefined ||
        deployments.length > 0 ||
        statefulSets.length > 0 ||
        records.some(({ status }) => !NothingInstalled.has(status))
    );
}
