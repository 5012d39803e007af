/**
 * What kwok plays: three fake nodes whose pods become Ready without running, and Jobs whose pods complete.
 *
 * A pod with an image of the tag `does-not-exist` stays in ImagePullBackOff, as on a real node. Tests use this to see a
 * workload that never becomes available.
 */

/** Zones of the fake nodes, one node each. */
const zones = ["a", "b", "c"];

/** The tag that no fake registry has. */
export const missingImageTag = "does-not-exist";

interface Expression {
    key: string;
    operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
    values?: string[];
}

const notDeleted: Expression = { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" };
const phaseIs = (phase: string): Expression => ({ key: ".status.phase", operator: "In", values: [phase] });
const readyIs = (operator: "In" | "NotIn"): Expression => ({
    key: '.status.conditions.[] | select( .type == "Ready" ) | .status',
    operator,
    values: ["True"],
});
const imageMissing = (answer: "true" | "false"): Expression => ({
    key: `[.spec.containers[].image | endswith(":${missingImageTag}")] | any`,
    operator: "In",
    values: [answer],
});

const nodeStatus = `
{{ $now := Now }}
phase: Running
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ or $.metadata.creationTimestamp $now | Quote }}
{{ end }}
addresses:
- type: InternalIP
  address: {{ NodeIP | Quote }}
- type: Hostname
  address: {{ NodeName | Quote }}
daemonEndpoints:
  kubeletEndpoint:
    Port: {{ NodePort }}
`;

const podAddresses = `
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
{{ with PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) .metadata.uid .metadata.name .metadata.namespace }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
`;

const podRunning = `
{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
conditions:
{{ range ( list "Initialized" "ContainersReady" "Ready" ) }}
- type: {{ . | Quote }}
  status: "True"
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
{{ range .spec.readinessGates }}
- type: {{ .conditionType | Quote }}
  status: "True"
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  started: true
  restartCount: 0
  state:
    running:
      startedAt: {{ $now | Quote }}
{{ end }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  state:
    {{ if eq ( or .restartPolicy "" ) "Always" }}
    running:
      startedAt: {{ $now | Quote }}
    {{ else }}
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ $now | Quote }}
      finishedAt: {{ $now | Quote }}
    {{ end }}
{{ end }}
${podAddresses}`;

const podWaitingForImage = `
{{ $now := Now }}
phase: Pending
conditions:
{{ range ( list "ContainersReady" "Ready" ) }}
- type: {{ . | Quote }}
  status: "False"
  reason: ContainersNotReady
  message: containers are waiting for their image
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  started: false
  restartCount: 0
  state:
    waiting:
      reason: ImagePullBackOff
      message: {{ printf "Back-off pulling image %s: not found" .image | Quote }}
{{ end }}
`;

const podSucceeded = `
{{ $now := Now }}
phase: Succeeded
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  started: false
  restartCount: 0
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ $now | Quote }}
      finishedAt: {{ $now | Quote }}
{{ end }}
`;

function stage(name: string, kind: "Node" | "Pod", matchExpressions: Expression[], next: object, delayMs = 0): object {
    return {
        apiVersion: "kwok.x-k8s.io/v1alpha1",
        kind: "Stage",
        metadata: { name },
        spec: {
            resourceRef: { apiGroup: "v1", kind },
            selector: { matchExpressions },
            ...(delayMs > 0 ? { delay: { durationMilliseconds: delayMs } } : {}),
            next,
        },
    };
}

/** The text of kwok's --config file. */
export function kwokConfig(): string {
    const ofJob: Expression = { key: ".metadata.ownerReferences.[].kind", operator: "In", values: ["Job"] };
    const neverTried: Expression = { key: ".status.containerStatuses", operator: "DoesNotExist" };
    const deleted: Expression = { key: ".metadata.deletionTimestamp", operator: "Exists" };
    const stages = [
        stage("node-ready", "Node", [readyIs("NotIn")], { statusTemplate: nodeStatus }),
        stage("node-heartbeat", "Node", [readyIs("In")], { statusTemplate: nodeStatus }, 60_000),
        stage("pod-ready", "Pod", [notDeleted, phaseIs("Pending"), readyIs("NotIn"), imageMissing("false")], {
            statusTemplate: podRunning,
        }),
        stage("pod-without-image", "Pod", [notDeleted, phaseIs("Pending"), neverTried, imageMissing("true")], {
            statusTemplate: podWaitingForImage,
        }),
        stage("pod-complete", "Pod", [notDeleted, phaseIs("Running"), ofJob], { statusTemplate: podSucceeded }),
        stage("pod-delete", "Pod", [deleted], { delete: true }),
    ];
    return stages.map((object) => JSON.stringify(object)).join("\n---\n") + "\n";
}

/** The fake nodes: enough room for several deployments of the largest size. */
export function fakeNodes(): object[] {
    const capacity = { cpu: "64", memory: "256Gi", pods: "110", "ephemeral-storage": "1Ti" };
    const nodeInfo = {
        architecture: "amd64",
        operatingSystem: "linux",
        osImage: "simulated",
        kernelVersion: "simulated",
        containerRuntimeVersion: "simulated://0",
        kubeletVersion: "v1.36.3",
        kubeProxyVersion: "v1.36.3",
        machineID: "",
        systemUUID: "",
        bootID: "",
    };
    return zones.map((zone) => ({
        apiVersion: "v1",
        kind: "Node",
        metadata: {
            name: `sandbox-${zone}`,
            annotations: { "kwok.x-k8s.io/node": "fake", "node.alpha.kubernetes.io/ttl": "0" },
            labels: {
                "kubernetes.io/arch": "amd64",
                "kubernetes.io/hostname": `sandbox-${zone}`,
                "kubernetes.io/os": "linux",
                "topology.kubernetes.io/region": "sandbox",
                "topology.kubernetes.io/zone": zone,
            },
        },
        status: { capacity, allocatable: capacity, nodeInfo },
    }));
}

/** The definition that lets a program say in which file the log of a pod lies (see pod-logs.ts). */
export function podLogsDefinition(): object {
    return {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "logs.kwok.x-k8s.io" },
        spec: {
            group: "kwok.x-k8s.io",
            scope: "Namespaced",
            names: { kind: "Logs", listKind: "LogsList", plural: "logs", singular: "logs" },
            versions: [
                {
                    name: "v1alpha1",
                    served: true,
                    storage: true,
                    schema: {
                        openAPIV3Schema: {
                            type: "object",
                            properties: {
                                spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
                            },
                        },
                    },
                },
            ],
        },
    };
}
