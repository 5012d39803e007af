import assert from "node:assert/strict";
import { failureText } from "../../sdk/readiness/diagnose";
import { type Evidence, NoEvidence } from "../../sdk/readiness/evidence";
import type { Snapshot } from "../../sdk/readiness/snapshot";
import type { Target } from "../../sdk/readiness/target";
import { deploymentGap } from "../../sdk/readiness/workloads";
import { instance, operatorDeployment } from "../support/fake-api";

const target: Target = {
    namespace: "ml",
    name: "wandb",
    revision: "new",
    operator: { namespace: "wandb-cr", deployment: "wandb-controller-manager", ours: true },
};
const running: Snapshot = {
    instance: instance("Completed", 0, 3),
    deployments: [],
    statefulSets: [],
    operator: { kind: "found", deployment: operatorDeployment() },
};
const deleted = { ...running.instance?.metadata, deletionTimestamp: "2026-01-01T12:00:04Z" };

/** The message about a snapshot in which the operator's log has an error. */
function textOf(snapshot: Snapshot | undefined, about: Target = target): string {
    const evidence: Evidence = { ...NoEvidence, snapshot, operatorErrors: [{ text: "boom" }] };
    return failureText({ cause: "it is not there", missing: [], timeoutMs: 60_000 }, evidence, about);
}

describe("readiness: what to do", () => {
    it("about a custom resource in deletion: finish it, and what it needs", () => {
        const text = textOf({ ...running, instance: { ...running.instance, metadata: deleted } });
        assert.match(text, /What to do:\n {2}A deletion cannot be taken back\. Finish it with `pulumi destroy`/);
        assert.match(text, /needs the operator, and the operator needs the application's chart/);
    });

    it("about a custom resource that is gone: refresh, and nothing of what the operator said before", () => {
        const text = textOf({ ...running, instance: undefined });
        assert.match(text, /What to do:\n {2}If the kubeconfig is the right one: `pulumi refresh`, and `pulumi up`/);
        assert.match(text, /^W&B is not ready after 1m: it is not there\.$/m);
        assert.match(textOf(running), /^W&B is not ready after 1m: it is not there: boom\.$/m);
    });

    it("about our operator when it is gone: refresh or rollback; another's is not ours to mend", () => {
        const gone: Snapshot = { ...running, operator: { kind: "missing" } };
        const remedy = /Somebody has removed the operator: `pulumi refresh`, then `pulumi up`.*`helm rollback`/;
        assert.match(textOf(gone), remedy);
        const others = { namespace: "wandb-cr", deployment: "wandb-controller-manager", ours: false };
        assert.doesNotMatch(textOf(gone, { ...target, operator: others }), remedy);
        assert.doesNotMatch(textOf(running), remedy);
    });

    it("about a cluster that does not answer: kubeconfig and network", () => {
        const remedy = /What to do:\n {2}Check the kubeconfig \(address, context\)/;
        assert.match(textOf(undefined), remedy);
        assert.doesNotMatch(textOf(running), remedy);
    });
});

describe("readiness: a rollout that is stuck", () => {
    const gap = (availableReplicas: number): string | undefined =>
        deploymentGap({ spec: { replicas: 1 }, status: { replicas: 2, updatedReplicas: 1, availableReplicas } });

    it("tells that the new replica is not available before it tells of the old one", () => {
        assert.equal(gap(1), "1 replica not available yet, 1 old replica not gone yet");
        assert.equal(gap(2), "1 old replica not gone yet");
    });
});
