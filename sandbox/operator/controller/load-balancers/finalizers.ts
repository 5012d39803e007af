/**
 * By which group of Ingresses an Ingress is held: each group marks its members before it makes anything, and takes the mark away when it
 * has taken away what it made. https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/ingress/finalizer.go
 */
import type { KubeObject } from "../kube";
import { groupOf, stackOf } from "./model";

const ungrouped = "ingress.k8s.aws/resources";
const grouped = "group.ingress.k8s.aws/";

/** The mark of the group to which the Ingress belongs now. */
export function finalizerOf(ingress: KubeObject): string {
    const group = groupOf(ingress);
    return group === undefined ? ungrouped : `${grouped}${group}`;
}

/** A group that holds an Ingress. */
export interface Holder {
    readonly finalizer: string;
    readonly stack: string;
}

/** All groups that hold the Ingress, former ones too. */
export function holdersOf({ metadata }: KubeObject): Holder[] {
    return (metadata?.finalizers ?? []).flatMap((finalizer) => {
        if (finalizer === ungrouped) {
            return [{ finalizer, stack: `${metadata?.namespace}/${metadata?.name}` }];
        }
        return finalizer.startsWith(grouped) ? [{ finalizer, stack: finalizer.slice(grouped.length) }] : [];
    });
}

/** Whether the Ingress is a member of the stack, and held for it. */
export function isMember(ingress: KubeObject, stack: string): boolean {
    return stackOf(ingress) === stack && holdersOf(ingress).some((holder) => holder.stack === stack);
}
