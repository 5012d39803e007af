import type { Check, CheckContext, CheckInput } from "../../sdk/checks/check";
import type { Finding } from "../../sdk/checks/finding";
import { knownReference } from "../../sdk/checks/reference";
import { runChecks } from "../../sdk/checks/run";
import { View } from "../../sdk/checks/view";

/** Parts of a configuration, as a test writes them down. `untyped` is all of `values`. */
export interface Configuration {
    readonly name?: string;
    readonly namespace?: string;
    readonly chart?: unknown;
    readonly values?: unknown;
    readonly operator?: {
        readonly version?: unknown;
        readonly source?: unknown;
        readonly namespace?: unknown;
        readonly values?: unknown;
    };
    readonly context?: Partial<CheckContext>;
}

/** The input of the checks for a custom resource that somebody wrote by hand. */
export function checkInput(given: Configuration = {}): CheckInput {
    const { name = "wandb", namespace = "wandb", chart, values, operator, context } = given;
    return {
        metadata: new View("metadata", { name, namespace }),
        chart: new View("spec.chart", chart),
        values: new View("spec.values", values),
        untyped: new View("spec.values", values),
        operator: operator && {
            version: new View("operator.version", operator.version),
            source: new View("operator.chart", operator.source),
            namespace: new View("operator.namespace", operator.namespace),
            values: new View("operator.values", operator.values),
        },
        context: { now: new Date("2026-11-24T00:00:00Z"), ...context },
        reference: knownReference,
    };
}

/** What one check finds. */
export function findingsOf(checks: readonly Check[], id: string, given: Configuration): Finding[] {
    const chosen = checks.filter((check) => check.id === id);
    if (chosen.length !== 1) {
        throw new Error(`${chosen.length} checks are called ${id}`);
    }
    return runChecks(chosen, checkInput(given));
}
