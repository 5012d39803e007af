/** What a running AWS load balancer controller was told, read from its Deployment as its process would read it. Pure. */
import type { KubeObject } from "../kube";

/** The configuration of a controller that runs. */
export interface ControllerSettings {
    readonly cluster: string;
    readonly region: string;
    readonly vpcId: string;
    readonly ingressClass: string;
    readonly namespace: string;
    readonly serviceAccount: string;
    /** Empty: all. */
    readonly watchNamespace: string;
    /** For everything it makes. */
    readonly tags: Readonly<Record<string, string>>;
}

/** Labels of the chart's Deployment. */
export const controllerSelector = "app.kubernetes.io/name=aws-load-balancer-controller";

interface PodTemplate {
    readonly spec: { readonly serviceAccountName?: string; readonly containers: { readonly args?: string[] }[] };
}

/**
 * The settings of the Deployment; undefined while none of its pods is available. Region and network must be given: the
 * real controller asks the instance's metadata for them, which a hop limit of 1 keeps from pods.
 */
export function settingsOf(deployment: KubeObject): ControllerSettings | undefined {
    const { metadata, spec, status } = deployment;
    const available = (status?.availableReplicas as number | undefined) ?? 0;
    const template = spec?.template as PodTemplate | undefined;
    const flags = new Map(
        (template?.spec.containers[0]?.args ?? []).map((arg) => {
            const [name, ...value] = arg.replace(/^--/, "").split("=");
            return [name, value.join("=")] as const;
        }),
    );
    const [cluster, region, vpcId] = ["cluster-name", "aws-region", "aws-vpc-id"].map((name) => flags.get(name) ?? "");
    if (available === 0 || metadata?.deletionTimestamp !== undefined || !cluster || !region || !vpcId) {
        return undefined;
    }
    return {
        cluster,
        region,
        vpcId,
        ingressClass: flags.get("ingress-class") ?? "alb",
        namespace: metadata?.namespace ?? "",
        serviceAccount: template?.spec.serviceAccountName ?? "default",
        watchNamespace: flags.get("watch-namespace") ?? "",
        tags: pairsOf(flags.get("default-tags")),
    };
}

/** `a=b,c=d` as a map. */
export function pairsOf(text: string | undefined): Record<string, string> {
    return Object.fromEntries(
        listOf(text).map((pair) => {
            const [name, ...value] = pair.split("=");
            return [name, value.join("=")];
        }),
    );
}

/** `a, b` as a list. */
export function listOf(text: string | undefined): string[] {
    return (text ?? "")
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
}
