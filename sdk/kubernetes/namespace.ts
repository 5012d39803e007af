import type * as pulumi from "@pulumi/pulumi";
import { Namespace } from "@pulumi/kubernetes/core/v1";
import { isBuiltInNamespace } from "../naming";
import { guardedNamespace, OwnerAnnotation, ownerOf } from "./preflight";
import { FixedNameAnnotations, ObjectLabels, type Scope } from "./scope";

/** A namespace that the deployment uses, made here or there already. */
export interface UsedNamespace {
    readonly name: pulumi.Input<string>;
    /** Present when it is made here. */
    readonly resource?: pulumi.Resource;
}

/** What decides whether a namespace is made here. */
export interface NamespaceArgs {
    /** Last word of the logical name. */
    readonly role: "namespace" | "operator-namespace";
    readonly namespace: string;
    /** Absent: made unless every cluster has it. */
    readonly create?: boolean;
    /** What must outlive it. */
    readonly dependsOn?: readonly pulumi.Resource[];
}

/** Makes the namespace, or uses the one that is there. */
export function useNamespace(scope: Scope, args: NamespaceArgs): UsedNamespace {
    if (!(args.create ?? !isBuiltInNamespace(args.namespace))) {
        return { name: args.namespace };
    }
    const resource = new Namespace(
        `${scope.name}-${args.role}`,
        {
            metadata: {
                name: guardedNamespace(scope, args.namespace),
                labels: ObjectLabels,
                annotations: { ...FixedNameAnnotations, [OwnerAnnotation]: ownerOf(scope) },
            },
        },
        { parent: scope.parent, provider: scope.provider, dependsOn: [...(args.dependsOn ?? [])] },
    );
    return { name: resource.metadata.name, resource };
}
