import assert from "node:assert/strict";
import { ApiError } from "../../sdk/readiness/api-error";
import { removePendingRelease } from "../../sdk/readiness/recover";
import { OperatorFinalizer } from "../../sdk/readiness/target";
import { activeSecret, FakeCluster, instance, releaseSecret, workload } from "../support/fake-api";
import { failedInstall, wait } from "../support/readiness-cluster";

describe("readiness: finalizer of a failed first install", () => {
    const removed = (cluster: FakeCluster): string[] =>
        cluster.calls.filter((call) => call.startsWith("setFinalizers"));

    it("is taken off, other finalizers stay, and the text says so", async () => {
        const cluster = failedInstall();
        const { error } = await wait(cluster);
        assert.deepEqual(removed(cluster), ["setFinalizers keep.example"]);
        assert.match(String(error?.message), /the operator's finalizer was taken off the custom resource/);
    });

    it("is taken off when a failed record is all that is left", async () => {
        const cluster = failedInstall();
        cluster.secrets = [releaseSecret("wandb", 1, "failed")];
        await wait(cluster);
        assert.equal(removed(cluster).length, 1);
    });

    const kept: readonly (readonly [string, (cluster: FakeCluster) => void])[] = [
        [
            "a release is deployed",
            (cluster) =>
                (cluster.secrets = [releaseSecret("wandb", 1, "deployed"), releaseSecret("wandb", 2, "failed")]),
        ],
        ["an install is pending", (cluster) => (cluster.secrets = [releaseSecret("wandb", 1, "pending-install")])],
        ["settings were applied once", (cluster) => (cluster.secrets = [activeSecret("old")])],
        ["workloads of a failed install are there", (cluster) => cluster.deployments.push(workload("wandb-app-bc"))],
        [
            "a StatefulSet of a failed install is there",
            (cluster) => cluster.statefulSets.push(workload("wandb-redis-master")),
        ],
        ["there is none", (cluster) => (cluster.instances = [instance("Invalid Config", 0, 3)])],
    ];
    for (const [title, change] of kept) {
        it(`stays when ${title}`, async () => {
            const cluster = failedInstall();
            change(cluster);
            const { error } = await wait(cluster);
            assert.match(String(error?.message), /phase Invalid Config/);
            assert.deepEqual(removed(cluster), []);
            assert.doesNotMatch(String(error?.message), /finalizer was taken off/);
        });
    }

    it("stays while the operator may be installing: time-out in phase Loading", async () => {
        const cluster = failedInstall();
        cluster.instances = [instance("Loading", 0, 3, { finalizers: [OperatorFinalizer] })];
        const { error } = await wait(cluster);
        assert.match(String(error?.message), /^W&B is not ready after 2m/);
        assert.deepEqual(removed(cluster), []);
    });

    it("that may not be taken off does not hide the failure", async () => {
        const cluster = failedInstall();
        cluster.failures.setFinalizers = new ApiError("denied", "may not patch");
        const { error } = await wait(cluster);
        assert.match(
            String(error?.message),
            /^W&B is not ready: [^]*finalizer of the custom resource: may not patch\n/,
        );
    });
});

describe("readiness: half-done Helm releases", () => {
    const run = async (...secrets: FakeCluster["secrets"]): Promise<{ removed: string[]; left: string[] }> => {
        const cluster = new FakeCluster();
        cluster.secrets = secrets;
        const removed = await removePendingRelease(cluster, "wandb", "operator");
        return { removed, left: cluster.secrets.map(({ metadata }) => metadata?.name ?? "") };
    };
    const name = (revision: number): string => `sh.helm.release.v1.operator.v${revision}`;

    for (const status of ["pending-install", "pending-upgrade", "pending-rollback"]) {
        it(`are removed in status ${status}, the newest only`, async () => {
            const { removed, left } = await run(
                releaseSecret("operator", 9, "deployed"),
                releaseSecret("operator", 10, status),
            );
            assert.deepEqual(removed, [`${name(10)} (${status})`]);
            assert.deepEqual(left, [name(9)]);
        });
    }

    for (const status of ["deployed", "failed", "superseded", "uninstalling", "uninstalled", "unknown"]) {
        it(`are left alone in status ${status}, also with an older pending one`, async () => {
            const { removed, left } = await run(
                releaseSecret("operator", 1, "pending-install"),
                releaseSecret("operator", 2, status),
            );
            assert.deepEqual(removed, []);
            assert.deepEqual(left, [name(1), name(2)]);
        });
    }

    it("of other names are left alone, and none at all is fine", async () => {
        const other = releaseSecret("operator-two", 1, "pending-install");
        const mislabelled = { ...releaseSecret("operator", 1, "pending-install") };
        const foreign = { ...mislabelled, metadata: { ...mislabelled.metadata, name: "my-secret" } };
        assert.deepEqual(await run(other, foreign), { removed: [], left: [other.metadata?.name, "my-secret"] });
        assert.deepEqual(await run(), { removed: [], left: [] });
    });

    it("are left alone when somebody is at work on them, and other errors are passed on", async () => {
        const cluster = new FakeCluster();
        cluster.secrets = [releaseSecret("operator", 1, "pending-install")];
        cluster.failures.deleteSecret = new ApiError("conflict", "changed");
        assert.deepEqual(await removePendingRelease(cluster, "wandb", "operator"), []);
        cluster.failures.deleteSecret = new ApiError("denied", "may not delete");
        await assert.rejects(removePendingRelease(cluster, "wandb", "operator"), /may not delete/);
    });
});
