import type { WandbDeploymentArgs } from "../args";
import { checkKubeconfig } from "./kubeconfig";
import type { Section } from "./section";
import { Places } from "./where";

/** What the caller's options bring. */
export interface ValidationContext {
    /** Whether `opts.providers` has a Kubernetes provider. */
    readonly hasKubernetesProvider: boolean;
}

/** Arguments about what a cloud makes. */
const OfClouds = ["access", "tags", "charts"] as const;

/** Where W&B runs: exactly one cloud argument, and the kubeconfig where the cluster is there already. */
export function checkCluster(args: Section<WandbDeploymentArgs>, context: ValidationContext): void {
    const [place, ...others] = args.givenOf(...Places);
    if (others.length > 0) {
        for (const other of others) {
            args.refuse(other, `is given together with \`${place}\`. Keep one: it decides where W&B runs.`);
        }
    } else if (place === "existing") {
        const retained = args.flag("retainData") === true ? (["retainData"] as const) : [];
        for (const key of [...args.givenOf(...OfClouds), ...retained]) {
            args.refuse(key, "has no effect with `existing`, where nothing is made in a cloud. Leave it out.");
        }
    } else if (place === undefined) {
        args.refuse(
            "existing",
            "is missing: nothing says where W&B shall run. Give `existing: { kubeconfig }` for a cluster that is there already, `existing: {}` with a Kubernetes provider in `opts.providers`, `aws: {}` for a deployment on AWS, `gcp: {}` for one on Google Cloud, or `azure: {}` for one on Azure.",
        );
    }
    checkExisting(args, context);
}

function checkExisting(args: Section<WandbDeploymentArgs>, context: ValidationContext): void {
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
