import type { WandbDeploymentArgs } from "../args";
import { checkKubeconfig } from "./kubeconfig";
import type { Section } from "./section";

/** What the caller's options bring. */
export interface ValidationContext {
    /** Whether `opts.providers` has a Kubernetes provider. */
    readonly hasKubernetesProvider: boolean;
}

/** Where the cluster is: the cloud argument, and the kubeconfig in it. */
export function checkCluster(args: Section<WandbDeploymentArgs>, context: ValidationContext): void {
    if (!args.has("existing")) {
        args.refuse(
            "existing",
            "is missing: nothing says where the cluster is. Give `existing: { kubeconfig }`, or `existing: {}` with a Kubernetes provider in `opts.providers`.",
        );
    }
    const existing = args.section("existing");
    if (existing === undefined) {
        return;
    }
    if (existing.has("kubeconfig")) {
        checkKubeconfig(existing);
    } else if (!context.hasKubernetesProvider) {
        existing.refuse(
            "kubeconfig",
            "is missing, and `opts.providers` has no Kubernetes provider. Give the kubeconfig's content, or pass a provider in `opts.providers` and set `readiness.wait` to false.",
        );
    } else if (waits(args)) {
        args.report(
            "readiness.wait",
            "is not false, but readiness is read with a kubeconfig, and only a provider is given. Give `existing.kubeconfig` too, or set `readiness.wait` to false.",
        );
    }
}

/** Whether `up` waits for readiness, as far as is known. */
function waits(args: Section<WandbDeploymentArgs>): boolean {
    const readiness = args.section("readiness");
    const wait = readiness?.flag("wait");
    const unknown =
        args.pending("readiness") || readiness?.pending("wait") === true || args.pending("createCustomResource");
    return !unknown && wait !== false && args.flag("createCustomResource") !== false;
}
