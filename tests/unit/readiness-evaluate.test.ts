import assert from "node:assert/strict";
import { evaluate, Settle } from "../../sdk/readiness/evaluate";
import { decodeActiveSpec, type Snapshot } from "../../sdk/readiness/snapshot";
import type { Target } from "../../sdk/readiness/target";
import { albIngress, InternalAddress, PublicAddress } from "../support/alb-ingress";
import { activeSecret, at, instance, Noon, operatorDeployment, workload } from "../support/fake-api";

const target: Target = {
    namespace: "wandb",
    name: "wandb",
    revision: "new",
    operator: { namespace: "wandb-cr", deployment: "wandb-controller-manager", ours: true },
    ingress: "wandb",
};

const ready: Snapshot = {
    instance: instance("Completed", 0, 3),
    active: { revision: "new", chartVersion: "0.43.8" },
    deployments: [workload("wandb-app-bc"), workload("wandb-parquet-bc", 2)],
    statefulSets: [workload("wandb-redis-master")],
    operator: { kind: "found", deployment: operatorDeployment() },
    ingress: { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } },
};

/** Verdict in one word and its words, for tables. */
function verdictOf(change: Partial<Snapshot>, options: { target?: Partial<Target>; steadyMs?: number } = {}): string {
    const verdict = evaluate({ ...ready, ...change }, { ...target, ...options.target }, options.steadyMs ?? 0);
    switch (verdict.kind) {
        case "ready":
            return `ready ${verdict.warning ?? ""}`.trim();
        case "waiting":
            return `waiting ${verdict.reasons.join(" | ")}`;
        case "failed":
            return `failed ${verdict.cause}`;
    }
}

describe("readiness: evaluate", () => {
    it("is ready when the revision is applied and everything is available", () => {
        assert.equal(verdictOf({}), "ready");
    });

    describe("the custom resource", () => {
        it("failed when it is gone, naming both possible reasons", () => {
            assert.match(
                verdictOf({ instance: undefined }),
                /^failed .*wandb\/wandb is not in the cluster.*another cluster/,
            );
        });

        it("failed when it is being deleted, however ready all looks", () => {
            const deleted = instance("Completed", 0, 3, { deletionTimestamp: at(5) });
            assert.equal(verdictOf({ instance: deleted }), "failed the custom resource wandb/wandb is being deleted");
        });
    });

    describe("the revision", () => {
        const applying = /^waiting the operator has not applied the current settings of wandb\/wandb yet/;

        it("waits while the settings before are applied, though phase and old Deployments look fine", () => {
            for (const steadyMs of [0, Settle.otherwise, 3_600_000]) {
                assert.match(verdictOf({ active: { revision: "old" } }, { steadyMs }), applying);
            }
        });

        it("waits when nothing was ever applied, or something without our stamp", () => {
            assert.match(
                verdictOf({ active: undefined, instance: instance(undefined, 0) }),
                /it has not looked at them yet/,
            );
            assert.match(verdictOf({ active: {} }), applying);
        });

        it("does not matter when none is expected, but something must be applied", () => {
            assert.equal(verdictOf({ active: { revision: "old" } }, { target: { revision: undefined } }), "ready");
            assert.match(verdictOf({ active: undefined }, { target: { revision: undefined } }), applying);
        });

        it("is not yet enough when it fits by going back and the operator has not begun", () => {
            const gone = { instance: instance("Completed", 10, 3) };
            assert.match(verdictOf(gone), /^waiting the operator may not have seen the last edit/);
            assert.equal(verdictOf(gone, { steadyMs: Settle.completed }), "ready");
        });

        it("is decoded from the operator's Secret, whatever its shape", () => {
            assert.deepEqual(decodeActiveSpec(activeSecret("r1")), { revision: "r1", chartVersion: "0.43.8" });
            assert.deepEqual(decodeActiveSpec({}), { revision: undefined, chartVersion: undefined });
            const broken = { data: { values: "bm90IGpzb24=", chart: Buffer.from("null").toString("base64") } };
            assert.deepEqual(decodeActiveSpec(broken), { revision: undefined, chartVersion: undefined });
        });
    });

    describe("phase Invalid Config", () => {
        const cases: readonly (readonly [string, Partial<Snapshot>, number, RegExp])[] = [
            ["from before the edit waits", { instance: instance("Invalid Config", 10, 5) }, 3_600_000, /^waiting/],
            [
                "of the current settings, just reported, waits a moment",
                { instance: instance("Invalid Config", 0, 3) },
                0,
                /^waiting/,
            ],
            [
                "of the current settings fails",
                { instance: instance("Invalid Config", 0, 3) },
                Settle.failed,
                /^failed .*could not apply/,
            ],
            [
                "reported in the second of the edit waits longer",
                { instance: instance("Invalid Config", 3, 3) },
                Settle.failed,
                /^waiting/,
            ],
            [
                "reported in the second of the edit fails at last",
                { instance: instance("Invalid Config", 3, 3) },
                Settle.sameSecond,
                /^failed/,
            ],
            [
                "reported between two edits by different hands waits",
                {
                    instance: instance("Invalid Config", 0, 5, {
                        managedFields: [
                            { manager: "pulumi-kubernetes", time: at(0), fieldsV1: { "f:spec": {} } },
                            { manager: "kubectl", time: at(9), fieldsV1: { "f:spec": {} } },
                            { manager: "manager", subresource: "status", time: at(5), fieldsV1: { "f:status": {} } },
                        ],
                    }),
                },
                3_600_000,
                /^waiting/,
            ],
            [
                "reported in the second in which the custom resource was made fails",
                { instance: instance("Invalid Config", 3, 3, { generation: 1 }) },
                Settle.failed,
                /^failed/,
            ],
            [
                "unchanged, but failed again after the edit, fails",
                { instance: instance("Invalid Config", 10, 5), lastFailure: Noon + 12_400 },
                Settle.failed,
                /^failed/,
            ],
            [
                "with a failure from before the edit waits",
                { instance: instance("Invalid Config", 10, 5), lastFailure: Noon + 6_000 },
                3_600_000,
                /^waiting/,
            ],
            [
                "without any time counts after a minute",
                { instance: { metadata: { name: "wandb" }, status: { phase: "Invalid Config" } } },
                Settle.otherwise,
                /^failed/,
            ],
        ];
        for (const [title, change, steadyMs, expected] of cases) {
            it(title, () => {
                assert.match(verdictOf({ active: { revision: "old" }, ...change }, { steadyMs }), expected);
            });
        }

        it("or Loading with our settings applied and available is ready after a minute, with a warning", () => {
            for (const phase of ["Invalid Config", "Loading", undefined]) {
                const change = { instance: instance(phase, 0, 9) };
                assert.match(verdictOf(change), /^waiting the operator says phase/);
                assert.match(verdictOf(change, { steadyMs: Settle.otherwise }), /^ready the operator says phase/);
            }
        });
    });

    describe("workloads", () => {
        const cases: readonly (readonly [string, Partial<Snapshot>, string])[] = [
            ["none", { deployments: [] }, "waiting there is no Deployment of W&B yet"],
            [
                "StatefulSets only",
                { deployments: [], statefulSets: [workload("x")] },
                "waiting there is no Deployment of W&B yet",
            ],
            [
                "scaled to nothing",
                { deployments: [workload("a", 0)] },
                "waiting all Deployments of W&B are scaled to 0",
            ],
            ["one scaled to nothing beside one that runs", { deployments: [workload("a", 0), workload("b")] }, "ready"],
            [
                "a generation that its controller has not seen",
                { deployments: [workload("a", 1, { observedGeneration: 2 })] },
                "waiting Deployment a: its current generation is not looked at yet",
            ],
            [
                "a roll-out that has begun",
                { deployments: [workload("a", 2, { updatedReplicas: 1, replicas: 3 })] },
                "waiting Deployment a: 1 of 2 replicas are of the current generation",
            ],
            [
                "new replicas that are not available",
                { deployments: [workload("a", 2, { availableReplicas: 1 })] },
                "waiting Deployment a: 1 of 2 replicas available",
            ],
            [
                "an old replica that lingers",
                { deployments: [workload("a", 2, { replicas: 3, availableReplicas: 3 })] },
                "waiting Deployment a: 1 old replica not gone yet",
            ],
            [
                "no status at all",
                { deployments: [{ ...workload("a"), status: {} }] },
                "waiting Deployment a: its current generation is not looked at yet",
            ],
            [
                "a StatefulSet without its pod",
                { statefulSets: [workload("s", 1, { availableReplicas: 0 })] },
                "waiting StatefulSet s: 0 of 1 replicas available",
            ],
            [
                "an old API server that counts ready instead of available replicas",
                { statefulSets: [workload("s", 1, { availableReplicas: undefined, readyReplicas: 0 })] },
                "waiting StatefulSet s: 0 of 1 replicas available",
            ],
            [
                "a StatefulSet that is being updated",
                { statefulSets: [workload("s", 3, { updatedReplicas: 1 })] },
                "waiting StatefulSet s: 1 of 3 replicas are of the current generation",
            ],
            [
                "a StatefulSet that leaves old pods to the user",
                { statefulSets: [workload("s", 3, { updatedReplicas: 0 }, { updateStrategy: { type: "OnDelete" } })] },
                "ready",
            ],
            [
                "a StatefulSet updated up to its partition",
                {
                    statefulSets: [
                        workload(
                            "s",
                            3,
                            { updatedReplicas: 1 },
                            { updateStrategy: { rollingUpdate: { partition: 2 } } },
                        ),
                    ],
                },
                "ready",
            ],
            [
                "several, told in a fixed order",
                {
                    deployments: [
                        workload("b", 1, { availableReplicas: 0 }),
                        workload("a", 1, { availableReplicas: 0 }),
                    ],
                },
                "waiting Deployment a: 0 of 1 replicas available | Deployment b: 0 of 1 replicas available",
            ],
        ];
        for (const [title, change, expected] of cases) {
            it(title, () => assert.equal(verdictOf(change), expected));
        }
    });

    describe("the operator's Deployment", () => {
        const missing = { operator: { kind: "missing" } } as const;
        const starting = {
            operator: { kind: "found", deployment: operatorDeployment("i", { availableReplicas: 0 }) },
        } as const;

        it("must be there and available when it is ours", () => {
            const name = "Deployment wandb-cr/wandb-controller-manager (the operator)";
            assert.equal(verdictOf(missing), `waiting ${name}: it does not exist`);
            assert.equal(verdictOf(starting), `waiting ${name}: 0 of 1 replicas available`);
        });

        it("is told first while the settings are not applied: it is the cause", () => {
            assert.match(
                verdictOf({ ...missing, active: undefined }),
                /^waiting Deployment wandb-cr.* \| the operator has not/,
            );
        });

        it("does not hold anything up when it is somebody else's, not readable or not known", () => {
            const theirs = { namespace: "ops", deployment: "x", ours: false };
            assert.equal(verdictOf(missing, { target: { operator: theirs } }), "ready");
            assert.equal(verdictOf({ operator: { kind: "unknown" } }), "ready");
            assert.equal(verdictOf(missing, { target: { operator: undefined } }), "ready");
        });
    });

    describe("the address", () => {
        const cases: readonly (readonly [string, Snapshot["ingress"], boolean, string])[] = [
            ["no Ingress", undefined, true, "waiting Ingress wandb: it does not exist"],
            ["no address", { status: {} }, true, "waiting Ingress wandb: it has no address yet"],
            [
                "an empty list",
                { status: { loadBalancer: { ingress: [] } } },
                true,
                "waiting Ingress wandb: it has no address yet",
            ],
            ["a host name", { status: { loadBalancer: { ingress: [{ hostname: "lb.example" }] } } }, true, "ready"],
            ["none where none is needed", undefined, false, "ready"],
            ["the one that was asked for", albIngress("internal", InternalAddress), true, "ready"],
            [
                "that of the load balancer before, to others than asked for",
                albIngress("internal", PublicAddress),
                true,
                `waiting Ingress wandb: it still has the address of a load balancer of another scheme or group (${PublicAddress}): its Events tell what keeps that one, unless an IngressClassParams sets scheme or group`,
            ],
        ];
        for (const [title, ingress, needsAddress, expected] of cases) {
            it(title, () =>
                assert.equal(
                    verdictOf({ ingress }, { target: { ingress: needsAddress ? "wandb" : undefined } }),
                    expected,
                ),
            );
        }
    });
});
