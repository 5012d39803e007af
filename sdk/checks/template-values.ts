import { TemplateComponents } from "../validation/component-names";
import type { ChartValue } from "./reference";

/**
 * What the common template of W&B's components (chart `wandb-base`, values.yaml) reads beside the values that the reference lists
 * for each of them. `<component>.containers.<name>.resources` is one of these.
 */
const TemplateValues: Readonly<Record<string, string>> = {
    kind: "string",
    nameOverride: "string",
    fullnameOverride: "string",
    deploymentPostfix: "string",
    helmHook: "map",
    envTpls: "list",
    envFrom: "map",
    addReloaderAnnotations: "boolean",
    "common.labels": "map",
    "common.annotations": "map",
    "serviceAccount.automount": "boolean",
    azureWorkloadIdentity: "map",
    role: "map",
    podAnnotationsTpls: "list",
    strategy: "map",
    terminationGracePeriodSeconds: "integer",
    initContainers: "map",
    containers: "map",
    jobs: "map",
    cronJobs: "map",
    "service.enabled": "boolean",
    "service.name": "string",
    "service.labels": "map",
    "service.headless": "boolean",
    "service.internal": "boolean",
    "service.loadBalancerHealthCheckPath": "string",
    "service.type": "string",
    "service.ports": "list",
    services: "list",
    ingress: "map",
    "autoscaling.vertical": "map",
    "autoscaling.keda": "map",
    "podDisruptionBudget.maxUnavailable": "integer|string",
    "podDisruptionBudget.minAvailable": "integer|string",
    "podDisruptionBudget.annotations": "map",
    volumesTpls: "list",
    "container.securityContext": "map",
    "deployment.labels": "map",
    "deployment.annotations": "map",
    "statefulset.labels": "map",
    "statefulset.annotations": "map",
    test: "map",
};

/** Values that no component reads, and what to use. The vendor's documentation and modules set them for more than one component. */
const UnreadEverywhere: readonly (readonly [path: string, type: string, instead: string])[] = [
    ["extraEnvs", "map", "extraEnv"],
    ["pod.securityContext", "map", "podSecurityContext"],
];

/** Rows for the components that a reference knows. Rows of the reference itself win over these. */
export function templateValues(values: readonly ChartValue[]): ChartValue[] {
    const tops = new Set(values.map(({ path }) => path.split(".", 1)[0]));
    return TemplateComponents.filter((name) => tops.has(name)).flatMap((name) => [
        ...Object.entries(TemplateValues).map(([path, type]): ChartValue => ({ path: `${name}.${path}`, type })),
        ...UnreadEverywhere.map(([path, type, instead]): ChartValue => ({
            path: `${name}.${path}`,
            type,
            read: "no",
            note: `use ${name}.${instead}`,
        })),
    ]);
}
