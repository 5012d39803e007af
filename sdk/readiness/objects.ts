/** The few fields of Kubernetes objects that readiness reads. Everything an API server may leave out is optional. */
export interface Metadata {
    readonly name?: string;
    readonly namespace?: string;
    readonly generation?: number;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly ManagedFields[];
}

/** Who set which fields last, and when. */
export interface ManagedFields {
    readonly manager?: string;
    readonly subresource?: string;
    readonly time?: string;
    readonly fieldsV1?: Readonly<Record<string, unknown>>;
}

/** Any object, as far as its metadata goes. */
export interface KubernetesObject {
    readonly metadata?: Metadata;
}

/** The custom resource `WeightsAndBiases`. */
export interface Instance extends KubernetesObject {
    readonly status?: { readonly phase?: string };
}

/** A Secret; values are base64. */
export interface Secret extends KubernetesObject {
    readonly data?: Readonly<Record<string, string>>;
}

/** A condition as Deployments and pods carry it. */
export interface Condition {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
}

/** A container of a pod template, as far as it is read. */
export interface Container {
    readonly name: string;
    readonly image?: string;
}

/** A Deployment or a StatefulSet. */
export interface Workload extends KubernetesObject {
    readonly spec?: {
        readonly replicas?: number;
        readonly template?: { readonly spec?: { readonly containers?: readonly Container[] } };
        readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
    };
    readonly status?: {
        readonly observedGeneration?: number;
        readonly replicas?: number;
        readonly updatedReplicas?: number;
        readonly readyReplicas?: number;
        readonly availableReplicas?: number;
        readonly conditions?: readonly Condition[];
    };
}

/** An Ingress. */
export interface Ingress extends KubernetesObject {
    readonly spec?: { readonly ingressClassName?: string };
    readonly status?: {
        readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname?: string; readonly ip?: string }[] };
    };
}

/** An Event (`v1`). */
export interface KubernetesEvent extends KubernetesObject {
    readonly type?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly count?: number;
    readonly firstTimestamp?: string;
    readonly lastTimestamp?: string;
    readonly eventTime?: string;
    readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
}

/** How a container ended. */
export interface Termination {
    readonly reason?: string;
    readonly message?: string;
    readonly exitCode?: number;
}

/** State of one container of a pod. */
export interface ContainerStatus {
    readonly name: string;
    readonly ready?: boolean;
    readonly restartCount?: number;
    readonly state?: {
        readonly waiting?: { readonly reason?: string; readonly message?: string };
        readonly terminated?: Termination;
    };
    readonly lastState?: { readonly terminated?: Termination };
}

/** A pod. */
export interface Pod extends KubernetesObject {
    readonly status?: {
        readonly phase?: string;
        readonly reason?: string;
        readonly message?: string;
        readonly conditions?: readonly Condition[];
        readonly initContainerStatuses?: readonly ContainerStatus[];
        readonly containerStatuses?: readonly ContainerStatus[];
    };
}

/** When the newest occurrence of an Event was, in milliseconds since the epoch; 0 when it does not say. */
export function eventTime(event: KubernetesEvent): number {
    const times = [
        event.series?.lastObservedTime,
        event.lastTimestamp,
        event.eventTime,
        event.firstTimestamp,
        event.metadata?.creationTimestamp,
    ];
    return Math.max(0, ...times.map((time) => Date.parse(time ?? "")).filter((time) => !Number.isNaN(time)));
}
