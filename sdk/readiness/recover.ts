import { ApiError } from "./api-error";
import type { ClusterApi } from "./cluster-api";
import { releaseRecords } from "./helm";

const Pending = new Set(["pending-install", "pending-upgrade", "pending-rollback"]);

/**
 * Removes the record of a Helm operation that was killed half-way. Such a record blocks every later install and upgrade of the release;
 * without it they go on from the revision before, and adopt the objects that are there.
 *
 * Only the newest record is looked at, and only one in a `pending-*` status is removed, never one that was deployed or that failed.
 *
 * @returns the names of the Secrets that were removed, with their status.
 * @throws ApiError when the Secrets cannot be listed or deleted.
 */
export async function removePendingRelease(api: ClusterApi, namespace: string, releaseName: string): Promise<string[]> {
    const [newest] = await releaseRecords(api, namespace, releaseName);
    if (!newest || !Pending.has(newest.status)) {
        return [];
    }
    try {
        await api.deleteSecret(newest.secret);
    } catch (error) {
        if (error instanceof ApiError && error.problem === "conflict") {
            // It changed since it was read, so somebody is working on the release: it is not half-done.
            return [];
        }
        throw error;
    }
    return [`${newest.secretName} (${newest.status})`];
}
