import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { RevisionKey } from "../naming";
import type { ValuesTree } from "./types";

const HashLength = 16;

/** Sorted keys, so that the order in which arguments were written does not look like a change. */
function canonical(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(canonical);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item)]));
}

/** Stable hash of what is asked for, unknown while a part is unknown and secret when a part is secret. */
export function revisionOf(values: ValuesTree, chart: ValuesTree | undefined): pulumi.Output<string> {
    return pulumi.output([values, chart]).apply((resolved) =>
        createHash("sha256")
            .update(JSON.stringify(canonical(resolved)))
            .digest("hex")
            .slice(0, HashLength),
    );
}

/**
 * Stamps the values. The operator copies them into Secret `<name>-spec-active` only after it has applied them, and neither the phase
 * nor a generation tells: for seconds after an edit the old workloads look available and the phase says `Completed`. So
 * readiness waits until that Secret holds this stamp, and only then looks at the workloads.
 */
export function withRevision(values: ValuesTree, revision: pulumi.Input<string>): ValuesTree {
    return { ...values, [RevisionKey]: { revision } };
}
