/** Finalizer by which the operator uninstalls the application's release before the custom resource goes. */
export const OperatorFinalizer = "finalizer.app.wandb.com";

/** Which deployment to look at, and what is expected of it. */
export interface Target {
    /** Namespace and name of the custom resource. */
    readonly namespace: string;
    readonly name: string;
    /** Stamp of the current settings (`values.pulumiWandb.revision`). Absent: whatever the operator has applied will do. */
    readonly revision?: string;
    /** The operator's Deployment. Absent when it is not known where the operator runs. */
    readonly operator?: OperatorTarget;
    /** Name of the Ingress: W&B counts as ready only when it has an address. Absent when there is none. */
    readonly ingress?: string;
    /** Public address of W&B, for the probe. */
    readonly url?: string;
}

/** Where the operator runs. */
export interface OperatorTarget {
    readonly namespace: string;
    readonly deployment: string;
    /** Installed by us: then it must be there and available. Otherwise it is only looked at. */
    readonly ours: boolean;
}

/** Labels of the application's workloads. */
export function workloadSelector(target: Target): string {
    return `app.kubernetes.io/instance=${target.name},app.kubernetes.io/managed-by=Helm`;
}

/** Name of the Secret that holds the settings which the operator has applied last. */
export function activeSpecName(target: Target): string {
    return `${target.name}-spec-active`;
}
