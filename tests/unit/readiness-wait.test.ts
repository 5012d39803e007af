import assert from "node:assert/strict";
import { ApiError } from "../../sdk/readiness/api-error";
import { activeSecret, at, instance, operatorDeployment, unreachable, workload } from "../support/fake-api";
import { failedInstall, logLine, operatorPod, readyCluster, wait } from "../support/readiness-cluster";

describe("readiness: wait", () => {
    it("returns at once, and says nothing, when all is ready", async () => {
        const { state, lines, seconds } = await wait(readyCluster());
        assert.deepEqual(state, { chartVersion: "0.43.8", operatorVersion: "1.22.0", address: "lb.example" });
        assert.deepEqual([lines, seconds], [[], 0]);
    });

    it("goes through a whole update: old workloads, new settings, roll-out, address", async () => {
        const cluster = readyCluster();
        cluster.instances = [instance("Completed", 100, 3)];
        cluster.secrets = [activeSecret("old")];
        const { state, lines, seconds } = await wait(cluster, {
            changes: {
                4: () => (cluster.instances = [instance("Loading", 100, 104)]),
                8: () => {
                    cluster.secrets = [activeSecret("new")];
                    cluster.instances = [instance("Completed", 100, 108)];
                    cluster.deployments = [workload("wandb-app-bc", 1, { updatedReplicas: 0 }), operatorDeployment()];
                    cluster.ingresses = [];
                },
                12: () => (cluster.deployments = readyCluster().deployments),
                16: () => (cluster.ingresses = readyCluster().ingresses),
            },
        });
        assert.equal(state?.address, "lb.example");
        assert.equal(seconds, 16);
        const applying = "the operator has not applied the current settings of wandb/wandb yet";
        assert.deepEqual(lines, [
            `waiting (0s of 2m): ${applying} (phase Completed)`,
            `waiting (4s of 2m): ${applying} (phase Loading)`,
            "waiting (8s of 2m): Deployment wandb-app-bc: 0 of 1 replicas are of the current generation; Ingress wandb: it does not exist",
            "waiting (12s of 2m): Ingress wandb: it does not exist",
        ]);
    });

    it("says that it still waits each half minute, and what the operator reports meanwhile, once", async () => {
        const cluster = readyCluster();
        cluster.secrets = [activeSecret("old")];
        cluster.pods = [operatorPod];
        cluster.logs[operatorPod.metadata.name] = [logLine("before the edit", -9), logLine("type not match", 5)].join(
            "\n",
        );
        const { error, lines } = await wait(cluster, { options: { timeoutMs: 90_000 } });
        assert.deepEqual(
            lines.map((line) => line.replace(/the operator has not .*/, "...")),
            [
                "waiting (0s of 1m30s): ...",
                "waiting (30s of 1m30s): ...",
                "the operator reports: Failed: type not match",
                "waiting (1m of 1m30s): ...",
            ],
        );
        assert.match(
            String(error?.message),
            /^W&B is not ready after 1m30s: .*: Failed: type not match\.\n[^]*12:00:05Z Failed: type not match\n/,
        );
        assert.doesNotMatch(String(error?.message), /before the edit/);
    });

    it("goes on while the API server is out of reach, and tells so", async () => {
        const cluster = readyCluster();
        cluster.failures.listDeployments = unreachable();
        const { state, lines, seconds } = await wait(cluster, {
            changes: { 6: () => delete cluster.failures.listDeployments },
        });
        assert.ok(state);
        assert.equal(seconds, 6);
        assert.deepEqual(lines, [`waiting (0s of 2m): ${unreachable().message}`]);
    });

    it("ends in time when the API server stays out of reach", async () => {
        const cluster = readyCluster();
        cluster.failures.getInstance = unreachable();
        const { error, seconds } = await wait(cluster);
        assert.equal(seconds, 120);
        assert.match(
            String(error?.message),
            /^W&B is not ready after 2m: Kubernetes API server .* ECONNREFUSED\.\nWhat to do:/,
        );
    });

    it("fails at once when the rights are missing", async () => {
        const cluster = readyCluster();
        cluster.failures.getSecret = new ApiError(
            "denied",
            'The identity may not get secrets "x". Set readiness.wait: false.',
        );
        const { error, seconds } = await wait(cluster);
        assert.equal(seconds, 0);
        assert.match(
            String(error?.message),
            /^W&B is not ready: its state cannot be read\. The identity may not get secrets/,
        );
    });

    it("does without the operator's Deployment when that may not be read", async () => {
        const cluster = readyCluster();
        cluster.failures.getDeployment = new ApiError("denied", "no");
        const { state } = await wait(cluster);
        assert.deepEqual(state, { chartVersion: "0.43.8", operatorVersion: undefined, address: "lb.example" });
    });

    it("fails when the custom resource goes away meanwhile", async () => {
        const cluster = readyCluster();
        cluster.ingresses = [];
        const { error, seconds } = await wait(cluster, { changes: { 4: () => (cluster.instances = []) } });
        assert.equal(seconds, 4);
        assert.match(
            String(error?.message),
            /^W&B is not ready: the custom resource wandb\/wandb is not in the cluster/,
        );
    });

    it("fails soon after the operator reports Invalid Config, with the cause from its log in the first line", async () => {
        const { error, seconds } = await wait(failedInstall());
        assert.equal(seconds, 6);
        assert.match(
            String(error?.message),
            /^W&B is not ready: the operator could not apply the settings \(phase Invalid Config\): Failed: no such chart\.\n/,
        );
    });

    it("leaves out what the operator reported about an earlier custom resource of the same name", async () => {
        const cluster = failedInstall();
        cluster.events["WeightsAndBiases/wandb"]?.push({ reason: "Earlier", lastTimestamp: at(-2_000) });
        const { error } = await wait(cluster);
        assert.match(String(error?.message), /ApplyFailed: Invalid config for apply/);
        assert.doesNotMatch(String(error?.message), /Earlier/);
    });

    it("names the operator's complaint in the first line, unless the settings are applied and something else is missing", async () => {
        const cluster = failedInstall();
        cluster.instances = [instance("Completed", 0, 3)];
        assert.match(
            String((await wait(cluster)).error?.message),
            /^W&B is not ready after 2m: .*: Failed: no such chart\.\n/,
        );
        cluster.secrets = [activeSecret("new")];
        assert.match(
            String((await wait(cluster)).error?.message),
            /^W&B is not ready after 2m: there is no Deployment of W&B yet\.\n/,
        );
    });

    it("does not fail for Invalid Config of the settings before", async () => {
        const cluster = failedInstall();
        cluster.instances = [instance("Invalid Config", 60, 3)];
        const { state } = await wait(cluster, {
            changes: {
                80: () => (cluster.instances = [instance("Loading", 60, 140)]),
                90: () => Object.assign(cluster, { ...readyCluster(), instances: [instance("Completed", 60, 150)] }),
            },
        });
        assert.ok(state);
    });

    it("does not take the operator's beginning for its failure", async () => {
        const cluster = failedInstall();
        cluster.instances = [instance("Invalid Config", 60, 3)];
        cluster.events["WeightsAndBiases/wandb"]?.push({ reason: "Reconciling", lastTimestamp: at(61) });
        const { error } = await wait(cluster);
        assert.match(String(error?.message), /^W&B is not ready after 2m/);
    });

    it("reads the log of our operator, not of another one in its namespace", async () => {
        const cluster = failedInstall();
        const name = "other-controller-manager-abc";
        const newer = { ...operatorPod.metadata, name, creationTimestamp: at(5) };
        cluster.pods.push({ metadata: newer });
        cluster.logs[name] = logLine("of another operator", 4);
        const { error } = await wait(cluster);
        assert.match(String(error?.message), /no such chart/);
        assert.doesNotMatch(String(error?.message), /of another operator/);
    });

    it("warns when all is there but the operator is not content", async () => {
        const cluster = readyCluster();
        cluster.instances = [instance("Invalid Config", 0, 3)];
        const { state, lines, seconds } = await wait(cluster);
        assert.ok(state);
        assert.equal(seconds, 60);
        assert.match(String(lines.at(-1)), /^the operator says phase Invalid Config although/);
    });

    it("probes the address last, and tells what it answers", async () => {
        const answers = ["https://wandb.example/healthz answers 503", undefined];
        const asked: string[] = [];
        const { state, lines } = await wait(readyCluster(), {
            options: {
                probe: true,
                ask: (url) => {
                    asked.push(url);
                    return Promise.resolve(answers.shift());
                },
            },
        });
        assert.ok(state);
        assert.deepEqual(asked, ["https://wandb.example/healthz", "https://wandb.example/healthz"]);
        assert.deepEqual(lines, ["waiting (0s of 2m): https://wandb.example/healthz answers 503"]);
    });

    it("never shows a value that is known to be secret, in progress or error", async () => {
        const cluster = readyCluster();
        cluster.secrets = [activeSecret("old")];
        cluster.pods = [operatorPod];
        cluster.logs[operatorPod.metadata.name] = logLine("cannot use horse-battery", 5);
        const { error, lines } = await wait(cluster, { options: { secrets: ["horse-battery"] } });
        assert.match(lines.join("\n"), /the operator reports: Failed: cannot use \*\*\*/);
        assert.match(String(error?.message), /cannot use \*\*\*/);
        assert.ok(![...lines, error?.message].join("\n").includes("horse-battery"));
    });

    it("tells pods with their reason, from their Events when they give none, and what could not be read", async () => {
        const cluster = readyCluster();
        const labels = { "app.kubernetes.io/instance": "wandb" };
        cluster.deployments = [workload("wandb-app-bc", 1, { availableReplicas: 0 }), operatorDeployment()];
        cluster.pods = [
            { metadata: { namespace: "wandb", name: "b", labels }, status: { phase: "Pending" } },
            { metadata: { namespace: "wandb", name: "a", labels }, status: { reason: "Evicted" } },
            { metadata: { namespace: "wandb", name: "gone", labels, deletionTimestamp: at(0) } },
            { metadata: { namespace: "wandb", name: "ok", labels }, status: { phase: "Succeeded" } },
        ];
        cluster.events["Pod/b"] = [
            { type: "Warning", reason: "FailedMount", message: 'secret "x" not found', lastTimestamp: at(9) },
            { type: "Normal", reason: "Pulled", message: "image is there", lastTimestamp: at(10) },
        ];
        cluster.failures.podLog = new ApiError("denied", "may not get pods/log");
        cluster.pods.push(operatorPod);
        const { error } = await wait(cluster);
        assert.match(
            String(error?.message),
            /Pods that are not ready:\n {2}wandb\/a: Evicted\n {2}wandb\/b: FailedMount: secret "x" not found\nCould not be read:\n {2}log of the operator: may not get pods\/log\n/,
        );
    });
});
