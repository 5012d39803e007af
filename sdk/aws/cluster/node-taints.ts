import { type AwsNodeTaintArgs, AwsTaintEffect } from "../args/cluster";

/** A toleration as pods carry it. */
export interface Toleration {
    readonly key: string;
    readonly operator: "Equal" | "Exists";
    readonly value?: string;
    readonly effect?: string;
}

/** EKS and Kubernetes spell the effects differently. */
const Effects: Readonly<Record<AwsTaintEffect, string>> = {
    [AwsTaintEffect.NoSchedule]: "NoSchedule",
    [AwsTaintEffect.NoExecute]: "NoExecute",
    [AwsTaintEffect.PreferNoSchedule]: "PreferNoSchedule",
};

/** What pods need to run on nodes with these taints: all nodes have them, so what we install must tolerate them. */
export function tolerationsOf(taints: readonly AwsNodeTaintArgs[] = []): Toleration[] {
    return taints.map(({ key, value, effect }) => ({
        key,
        ...(value === undefined ? { operator: "Exists" } : { operator: "Equal", value }),
        effect: Effects[effect],
    }));
}
