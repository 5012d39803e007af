import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { ApiError } from "../../sdk/readiness/api-error";
import { readOnce } from "../../sdk/readiness/wait";
import { albIngress, PublicAddress } from "../support/alb-ingress";
import {
    activeSecret,
    type FakeCluster,
    operatorDeployment,
    releaseSecret,
    unreachable,
    workload,
} from "../support/fake-api";
import { readyCluster, target } from "../support/readiness-cluster";

describe("readiness: read once", () => {
    it("gives what runs, without waiting, when the current settings are applied", async () => {
        const cluster = readyCluster();
        assert.equal((await readOnce(cluster, target))?.address, "lb.example");
        cluster.deployments = [workload("wandb-app-bc", 1, { availableReplicas: 0 }), operatorDeployment()];
        assert.equal((await readOnce(cluster, target))?.operatorVersion, "1.22.0", "a pod that restarts is no change");
    });

    it("gives nothing, and never throws, when it is not there or cannot be read", async () => {
        const cases: readonly ((cluster: FakeCluster) => void)[] = [
            (cluster) => (cluster.instances = []),
            (cluster) => (cluster.secrets = []),
            (cluster) => (cluster.secrets = [activeSecret("old")]),
            (cluster) => (cluster.ingresses = []),
            (cluster) => (cluster.ingresses = [albIngress("internal", PublicAddress)]),
            (cluster) => (cluster.failures.getInstance = unreachable()),
            (cluster) => (cluster.failures.getSecret = new ApiError("denied", "no")),
        ];
        for (const change of cases) {
            const cluster = readyCluster();
            change(cluster);
            assert.equal(await readOnce(cluster, target), undefined, change.toString());
        }
    });

    it("takes the chart's version from Helm's record when the settings name no exact one", async () => {
        const release = { chart: { metadata: { version: "0.43.9" } } };
        const packed = gzipSync(JSON.stringify(release)).toString("base64");
        const record = releaseSecret("wandb", 2, "deployed", { release: Buffer.from(packed).toString("base64") });
        const older = releaseSecret("wandb", 1, "superseded", { release: "" });
        for (const chart of [{ path: "/charts/x" }, { version: "^0.43.0" }, { version: "" }]) {
            const cluster = readyCluster();
            cluster.secrets = [activeSecret("new", chart), older, record];
            assert.equal((await readOnce(cluster, target))?.chartVersion, "0.43.9", JSON.stringify(chart));
        }
        const broken = readyCluster();
        broken.secrets = [activeSecret("new", {}), releaseSecret("wandb", 1, "deployed", { release: "bm9uZQ==" })];
        assert.deepEqual(await readOnce(broken, target), {
            chartVersion: undefined,
            operatorVersion: "1.22.0",
            address: "lb.example",
        });
    });
});
