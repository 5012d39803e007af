import { given, list, quote } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";

const LeastMinor = 29;
const NewestLeast = "1.32";

const Requirements = "Vendor's documentation: requirements";

/** Checks of the cluster, where it is known. */
export const clusterChecks: readonly Check[] = [
    {
        id: "k8s.version",
        level: "warning",
        wrong: `The cluster's Kubernetes is older than 1.${LeastMinor}`,
        why: `Older versions are not supported; the newest pages ask for ${NewestLeast}`,
        source: Requirements,
        remedy: `Upgrade the cluster to ${NewestLeast} or newer.`,
        find: oldCluster,
    },
    {
        id: "k8s.arch",
        level: "error",
        wrong: "No node of the cluster has the architecture amd64",
        why: "The images exist for amd64 only",
        source: Requirements,
        remedy: "Add nodes with amd64.",
        find: foreignNodes,
    },
];

function* oldCluster({ context }: CheckInput): Iterable<Fault> {
    const version = context.kubernetes?.version ?? "";
    const numbers = /^v?(\d{1,4})\.(\d{1,4})/.exec(version);
    if (numbers !== null && Number(numbers[1]) * 10_000 + Number(numbers[2]) < 10_000 + LeastMinor) {
        yield {
            path: "kubernetes.version",
            message: `is older than 1.${LeastMinor} ${given(version)}, the oldest that the vendor supports`,
            remedy: `Upgrade the cluster to ${NewestLeast} or newer.`,
        };
    }
}

function* foreignNodes({ context }: CheckInput): Iterable<Fault> {
    const architectures = context.kubernetes?.architectures ?? [];
    if (architectures.length > 0 && !architectures.includes("amd64")) {
        yield {
            path: "kubernetes.architectures",
            message: `has no amd64 (nodes have ${list(Array.from(new Set(architectures), quote))}), and the images exist for nothing else`,
            remedy: "Add a node pool with amd64.",
        };
    }
}
