import type * as pulumi from "@pulumi/pulumi";
import type { ClusterAccess } from "../readiness/cluster-access";

/** Where in-cluster children of one deployment go, and how to look at what is there. */
export interface Scope {
    /** Logical name of the deployment, prefix of its children's logical names. */
    readonly name: string;
    readonly parent: pulumi.Resource;
    readonly provider: pulumi.ProviderResource;
    /** Absent when only a provider object was given: then nobody looks. */
    readonly access: ClusterAccess | undefined;
}

/** Labels of every object that we make ourselves. `managed-by: Helm` would make the operator take ownership of them. */
export const ObjectLabels: Readonly<Record<string, string>> = {
    "app.kubernetes.io/part-of": "wandb",
    "app.kubernetes.io/managed-by": "pulumi",
};

/** After a killed run an object of a fixed name may carry fields of another field manager: they are ours to set. */
export const FixedNameAnnotations: Readonly<Record<string, string>> = { "pulumi.com/patchForce": "true" };
