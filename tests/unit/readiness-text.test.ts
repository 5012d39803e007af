import assert from "node:assert/strict";
import { failureText, type Failure } from "../../sdk/readiness/diagnose";
import { formatDuration, parseDuration } from "../../sdk/readiness/duration";
import { type Evidence, NoEvidence } from "../../sdk/readiness/evidence";
import { logErrors } from "../../sdk/readiness/operator-log";
import { isPodReady, podReasons } from "../../sdk/readiness/pods";
import { hideKnown, redact } from "../../sdk/readiness/redact";
import type { Target } from "../../sdk/readiness/target";
import { imageVersion } from "../../sdk/readiness/workloads";
import { at, instance, Noon, operatorDeployment } from "../support/fake-api";

describe("readiness: durations", () => {
    it("are read in hours, minutes and seconds", () => {
        const cases: readonly (readonly [string, number])[] = [
            ["90s", 90_000],
            ["20m", 1_200_000],
            ["1h", 3_600_000],
            ["1h30m", 5_400_000],
            ["1h0m5s", 3_605_000],
        ];
        for (const [text, expected] of cases) {
            assert.equal(parseDuration(text), expected, text);
        }
    });

    it("are refused when they are something else", () => {
        for (const text of [
            "",
            "0s",
            "20",
            "20 m",
            "m",
            "1.5h",
            "-5m",
            "30m1h",
            "1d",
            "20M",
            " 5m",
            "5m5m",
            "1234567s",
        ]) {
            assert.equal(parseDuration(text), undefined, text);
        }
    });

    it("are written as they are read", () => {
        assert.equal(formatDuration(5_400_999), "1h30m");
        assert.equal(formatDuration(90_000), "1m30s");
        assert.equal(formatDuration(999), "0s");
    });
});

describe("readiness: redaction", () => {
    const secret = "Xk29vPq7LmRt4WzYb81NcD";
    const cases: readonly string[] = [
        `dial mysql://wandb:${secret}@db.example:3306 failed`,
        `invalid DSN wandb:${secret}@tcp(db.example:3306)/wandb_local`,
        `redis://:${secret}@cache:6379`,
        `https://${secret}@charts.example/index.yaml`,
        `Authorization: Bearer ${secret}`,
        `authorization: Basic ${secret}`,
        `license eyJhbGciOiJSUzI1NiJ9.${secret}eyJ.${secret} is expired`,
        `values: {"mysql":{"password":"${secret}"}}`,
        `values: {\\"mysql\\":{\\"password\\":\\"short ${secret} words\\"}}`,
        `map[host:db password:${secret} port:3306]`,
        `mysql:\n  password: ${secret}\n  port: 3306`,
        `GET /x?X-Amz-Signature=${secret}&next=1`,
        `LDAP_BIND_PASSWORD=${secret}`,
        `accessKey: ${secret}`,
        `clientSecret='${secret}'`,
        `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
        `-----BEGIN PRIVATE KEY-----\n${secret} cut off`,
        `blob ${secret}${secret} end`,
        `api says local-${Buffer.from(secret).toString("hex")}`,
    ];
    for (const text of cases) {
        it(`hides the credential in: ${text.replaceAll(secret, "<secret>").replaceAll("\n", " ").slice(0, 70)}`, () => {
            const result = redact(text);
            assert.ok(!result.includes(secret) && !result.includes(Buffer.from(secret).toString("hex")), result);
            assert.ok(result.includes("***"), result);
        });
    }

    it("hides passwords that look like words, too", () => {
        for (const text of [
            "password: hunter2",
            "password=hunter2",
            '"db_password": "hunter2"',
            "root:hunter2@mysql",
        ]) {
            assert.ok(!redact(text).includes("hunter2"), text);
        }
    });

    it("leaves alone what helps", () => {
        const helpful = [
            'chart "operator-wandb" version "9.9.9" not found in https://charts.wandb.ai repository',
            'Back-off pulling image "registry.example:5000/wandb/local:0.60.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"',
            'secret "wandb-license" not found',
            "couldn't find key password in Secret wandb/wandb-mysql",
            "0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available",
            'Ingress.networking.k8s.io "wandb" is invalid: spec.rules[0].host: Invalid value: "localhost:8080"',
            "pod wandb-app-bc-7d9f8c5b6d-abcde in /apis/apps/v1/namespaces/wandb/deployments/wandb-app-bc",
            "at 2026-01-01T12:00:00Z type not match: mysql.port",
        ];
        for (const text of helpful) {
            assert.equal(redact(text), text);
        }
    });

    it("hides known values in each spelling, the longer of two first, and no short ones", () => {
        const known = ["pass word/1", "pass word/1+more", "wandb"];
        const base64 = Buffer.from("pass word/1").toString("base64");
        assert.equal(
            hideKnown(`pass word/1+more pass%20word%2F1 ${base64} pass word/1 wandb`, known),
            "*** *** *** *** wandb",
        );
    });
});

describe("readiness: the operator's log", () => {
    const line = (fields: object): string => JSON.stringify({ level: "ERROR", ts: at(1), ...fields });
    const ours = { name: "wandb", namespace: "wandb" };

    it("gives the errors of our custom resource, by either way of naming it, oldest first", () => {
        const log = [
            line({ msg: "Failed to apply config changes.", error: "boom", ...ours }),
            `2026-01-01T12:00:02Z ${line({ ts: at(2), msg: "Reconciler error", WeightsAndBiases: ours })}`,
            line({ msg: "of another one", name: "other", namespace: "wandb" }),
            line({ level: "INFO", msg: "fine", ...ours }),
            line({ msg: "chart download" }),
            "not JSON",
            '{"level":"ERROR","msg":"cut',
        ].join("\n");
        assert.deepEqual(logErrors(log, "wandb", "wandb"), [
            { time: Noon + 1_000, text: "Failed to apply config changes.: boom" },
            { time: Noon + 2_000, text: "Reconciler error" },
        ]);
    });

    it("tells a repeated error once, as of the last time, and reads times in seconds", () => {
        const log = [
            line({ msg: "a", ...ours }),
            line({ msg: "b", ...ours }),
            line({ level: "error", ts: Noon / 1_000 + 9, msg: "a", ...ours }),
        ].join("\n");
        assert.deepEqual(logErrors(log, "wandb", "wandb"), [
            { time: Noon + 1_000, text: "b" },
            { time: Noon + 9_000, text: "a" },
        ]);
    });

    it("takes lines that name no custom resource only when none names ours", () => {
        const log = [line({ msg: "download failed", ts: "?" }), line({ msg: "x", name: "other", namespace: "w" })].join(
            "\n",
        );
        assert.deepEqual(logErrors(log, "wandb", "wandb"), [{ time: undefined, text: "download failed" }]);
    });
});

describe("readiness: pods", () => {
    it("say why they are not ready", () => {
        const cases: readonly (readonly [Parameters<typeof podReasons>[0]["status"], string[]])[] = [
            [
                {
                    conditions: [
                        {
                            type: "PodScheduled",
                            status: "False",
                            reason: "Unschedulable",
                            message: "0/3 nodes are available",
                        },
                    ],
                },
                ["not scheduled: Unschedulable: 0/3 nodes are available"],
            ],
            [
                {
                    containerStatuses: [
                        {
                            name: "app",
                            state: { waiting: { reason: "ImagePullBackOff", message: "Back-off pulling x" } },
                        },
                    ],
                },
                ["container app: ImagePullBackOff: Back-off pulling x"],
            ],
            [
                {
                    containerStatuses: [
                        {
                            name: "app",
                            restartCount: 4,
                            state: { waiting: { reason: "CrashLoopBackOff" } },
                            lastState: { terminated: { reason: "OOMKilled", exitCode: 137 } },
                        },
                    ],
                },
                ["container app: CrashLoopBackOff; ended before: OOMKilled, exit code 137; 4 restarts"],
            ],
            [
                {
                    initContainerStatuses: [{ name: "init", state: { terminated: { reason: "Error", exitCode: 1 } } }],
                    containerStatuses: [{ name: "app", state: { waiting: { reason: "PodInitializing" } } }],
                },
                ["container init: ended: Error, exit code 1"],
            ],
            [
                { containerStatuses: [{ name: "app", ready: false, restartCount: 1, state: {} }] },
                ["container app: runs but is not ready (its probes fail); 1 restart"],
            ],
            [{ phase: "Failed", reason: "Evicted", message: "low on memory" }, ["Evicted: low on memory"]],
            [{ containerStatuses: [{ name: "app", state: { waiting: { reason: "ContainerCreating" } } }] }, []],
        ];
        for (const [status, expected] of cases) {
            assert.deepEqual(podReasons({ status }), expected);
        }
    });

    it("are ready by their condition, or when they are done", () => {
        assert.equal(isPodReady({ status: { conditions: [{ type: "Ready", status: "True" }] } }), true);
        assert.equal(isPodReady({ status: { phase: "Succeeded" } }), true);
        assert.equal(
            isPodReady({ status: { phase: "Running", conditions: [{ type: "Ready", status: "False" }] } }),
            false,
        );
        assert.equal(isPodReady({}), false);
    });

    it("images tell the version: tag, else digest", () => {
        const version = (image: string): string | undefined => imageVersion(operatorDeployment(image), "manager");
        assert.equal(version("wandb/controller:1.22.0"), "1.22.0");
        assert.equal(version("registry.example:5000/wandb/controller"), undefined);
        assert.equal(version("registry.example:5000/wandb/controller:1.22.0@sha256:abc"), "1.22.0");
        assert.equal(version("wandb/controller@sha256:abc"), "sha256:abc");
        assert.equal(imageVersion(undefined, "manager"), undefined);
    });
});

const target: Target = {
    namespace: "ml",
    name: "wandb",
    revision: "new",
    operator: { namespace: "wandb-cr", deployment: "wandb-controller-manager", ours: true },
    ingress: "wandb",
};

const invalid: Evidence = {
    snapshot: {
        instance: instance("Invalid Config", 0, 3),
        deployments: [],
        statefulSets: [],
        operator: { kind: "found", deployment: operatorDeployment() },
    },
    events: [
        { reason: "Reconciling", message: "Reconciling", lastTimestamp: at(1) },
        { reason: "ApplyFailed", message: "Invalid config for apply", lastTimestamp: at(3), count: 2 },
    ],
    operatorErrors: [{ time: Noon + 3_000, text: 'Failed to apply config changes.: no chart version "9.9.9"\n found' }],
    pods: [],
    unreadable: [],
};

describe("readiness: failure text", () => {
    it("of settings that could not be applied", () => {
        const failure: Failure = {
            cause: "the operator could not apply the settings (phase Invalid Config)",
            missing: [],
            finalizerRemoved: true,
            context: "prod cluster",
        };
        assert.equal(
            failureText(failure, invalid, target),
            `W&B is not ready: the operator could not apply the settings (phase Invalid Config): Failed to apply config changes.: no chart version "9.9.9" found.
Custom resource:
  ml/wandb: phase Invalid Config, generation 2, revision applied: none, wanted new
Operator's Events, newest last:
  2026-01-01T12:00:01Z Reconciling: Reconciling
  2026-01-01T12:00:03Z ApplyFailed: Invalid config for apply (2 times)
Operator's errors (its log), newest last:
  2026-01-01T12:00:03Z Failed to apply config changes.: no chart version "9.9.9" found
What to do:
  Mend what the operator complains about, and run \`pulumi up\` again.
  The operator tries the same settings again only after an hour. To make it try at once:
    kubectl --context 'prod cluster' --namespace wandb-cr rollout restart deployment/wandb-controller-manager
  This was the first install and nothing of it is in the cluster, so the operator's finalizer was taken off the custom resource:
  \`pulumi destroy\` can delete it. The operator puts the finalizer back when it tries again (settings changed, or after an hour).
  Look further:
    kubectl --context 'prod cluster' --namespace ml describe weightsandbiases.apps.wandb.com wandb
    kubectl --context 'prod cluster' --namespace wandb-cr logs deployment/wandb-controller-manager --tail 100`,
        );
    });

    it("of a time-out", () => {
        const failure: Failure = {
            cause: "Deployment wandb-app-bc: 0 of 1 replicas available, and 1 more",
            missing: ["Deployment wandb-app-bc: 0 of 1 replicas available", "Ingress wandb: it has no address yet"],
            timeoutMs: 1_200_000,
        };
        const evidence: Evidence = {
            ...NoEvidence,
            snapshot: {
                instance: instance("Completed", 0, 3),
                active: { revision: "new" },
                deployments: [],
                statefulSets: [],
                operator: { kind: "unknown" },
            },
            pods: [{ namespace: "ml", name: "wandb-app-bc-1", reasons: ["container app: ImagePullBackOff: Back-off"] }],
            unreadable: ["log of the operator: no right"],
        };
        assert.equal(
            failureText(failure, evidence, target),
            `W&B is not ready after 20m: Deployment wandb-app-bc: 0 of 1 replicas available, and 1 more.
Missing:
  Deployment wandb-app-bc: 0 of 1 replicas available
  Ingress wandb: it has no address yet
Custom resource:
  ml/wandb: phase Completed, generation 2, revision applied: new, wanted new
Pods that are not ready:
  ml/wandb-app-bc-1: container app: ImagePullBackOff: Back-off
Could not be read:
  log of the operator: no right
What to do:
  Look further:
    kubectl --namespace ml describe pod wandb-app-bc-1
    kubectl --namespace ml logs wandb-app-bc-1 --all-containers --tail 50
    kubectl --namespace ml describe weightsandbiases.apps.wandb.com wandb
    kubectl --namespace wandb-cr logs deployment/wandb-controller-manager --tail 100
  Nothing was rolled back: what is merely slow goes on, and the next \`pulumi up\` waits for it again. To wait longer than 20m set readiness.timeout.`,
        );
    });

    it("stays readable: the newest few of each kind, each on one line that ends", () => {
        const many = Array.from({ length: 40 }, (_, index) => index);
        const text = failureText(
            { cause: "c", missing: many.map((index) => `m${index}`), timeoutMs: 1_000 },
            {
                ...invalid,
                events: many.map((index) => ({ reason: `e${index}`, message: "x".repeat(5_000) })),
                operatorErrors: many.map((index) => ({ text: `o${index}\n${"y ".repeat(5_000)}` })),
            },
            target,
        );
        assert.ok(text.includes("m9\n  and 30 more\n"));
        assert.ok(!text.includes("e33:") && text.includes("e34:") && text.includes("e39:"));
        assert.ok(!text.includes("o36 ") && text.includes("o37 ") && text.includes("o39 "));
        assert.ok(text.length < 8_000, String(text.length));
    });

    it("has no credential from any place", () => {
        const canary = "Canary9DoNotPrint7Xyz";
        const leak = `mysql://wandb:${canary}@db password=${canary} {"accessKey":"${canary}"}`;
        const text = failureText(
            { cause: "c", missing: [] },
            {
                ...invalid,
                events: [{ reason: "ApplyFailed", message: leak }],
                operatorErrors: [{ text: leak }],
                pods: [{ namespace: "ml", name: "p", reasons: [leak] }],
            },
            target,
        );
        assert.ok(!text.includes(canary), text);
    });
});
