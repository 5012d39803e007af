import { Checks, type Finding, knownReference, runChecks, Unknown, View } from "pulumi-wandb/checks";

/** What one check finds in values that stand elsewhere than in a custom resource, where its own policy does not look. */
export function findIn(id: string, values: View): Finding[] {
    const elsewhere = new View("", Unknown);
    return runChecks(
        Checks.filter((check) => check.id === id),
        {
            metadata: elsewhere,
            chart: elsewhere,
            values,
            untyped: values,
            operator: undefined,
            context: { now: new Date() },
            reference: knownReference,
        },
    );
}
