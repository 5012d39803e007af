import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type { ValuesTree } from "../values/types";
import { FixedNameAnnotations, type Scope } from "./scope";

/** API version and kind of the operator's custom resource. */
export const ApiVersion = "apps.wandb.com/v1";
export const Kind = "WeightsAndBiases";

/** What the custom resource says. */
export interface InstanceArgs {
    readonly instanceName: string;
    readonly namespace: pulumi.Input<string>;
    readonly chart?: ValuesTree;
    readonly values: ValuesTree;
    readonly deletionProtection: boolean;
    readonly dependsOn: pulumi.Resource[];
}

/** The custom resource as plain data with Inputs at its leaves: also what the output `manifest` shows. */
export function instanceManifest(args: InstanceArgs, annotations?: Readonly<Record<string, string>>): ValuesTree {
    return {
        apiVersion: ApiVersion,
        kind: Kind,
        metadata: {
            name: args.instanceName,
            namespace: args.namespace,
            labels: { "app.kubernetes.io/name": "weightsandbiases", "app.kubernetes.io/instance": args.instanceName },
            ...(annotations ? { annotations } : {}),
        },
        spec: { ...(args.chart ? { chart: args.chart } : {}), values: args.values },
    };
}

/**
 * No finalizer beside the operator's: after the uninstall it writes back the resource that it read before, and passes over the conflict
 * when the garbage collector has taken off the finalizer of a foreground deletion meanwhile. The resource would never go.
 */
const DeletionAnnotations = { "pulumi.com/deletionPropagationPolicy": "background" };

/** Creates the custom resource. It depends on the operator, so that it is deleted first and its finalizer is served. */
export function createInstance(scope: Scope, args: InstanceArgs): CustomResource {
    return new CustomResource(
        `${scope.name}-instance`,
        {
            ...instanceManifest(args, { ...FixedNameAnnotations, ...DeletionAnnotations }),
            apiVersion: ApiVersion,
            kind: Kind,
        },
        {
            parent: scope.parent,
            provider: scope.provider,
            dependsOn: args.dependsOn,
            // Never `false`: that would override the user's own protection.
            protect: args.deletionProtection || undefined,
            // The operator uninstalls the application's release, which it allows 10 minutes.
            customTimeouts: { delete: "15m" },
        },
    );
}
