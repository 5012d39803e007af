import type * as pulumi from "@pulumi/pulumi";

/** One key of a Kubernetes Secret that exists already, in the namespace of the custom resource. */
export interface SecretKeyArgs {
    /** Name of the Secret. It must exist before W&B starts; it is neither created nor read by this component. */
    name: pulumi.Input<string>;
    /** Key inside the Secret. */
    key: pulumi.Input<string>;
}

/** One key of a ConfigMap that exists already, in the namespace of the custom resource. */
export interface ConfigMapKeyArgs {
    /** Name of the ConfigMap. */
    name: pulumi.Input<string>;
    /** Key inside the ConfigMap. */
    key: pulumi.Input<string>;
}

/** Where the value of an environment variable comes from: exactly one of the fields (Kubernetes `valueFrom`). */
export interface EnvSourceArgs {
    /** A key of a Secret (`valueFrom.secretKeyRef`). */
    secretKeyRef?: SecretKeyArgs;
    /** A key of a ConfigMap (`valueFrom.configMapKeyRef`). */
    configMapKeyRef?: ConfigMapKeyArgs;
    /** A field of the pod, for example `status.podIP` (`valueFrom.fieldRef.fieldPath`). */
    fieldPath?: string;
}
