/** Findings of the policy pack that our own examples live with, each with its reason. */
import assert from "node:assert/strict";
import expectations from "../policy-expectations.json";
import { countOf, reported } from "./policy-run";

/** A finding that we live with. */
interface Expected {
    readonly policy: string;
    readonly resource: string;
    readonly path: string;
    readonly reason: string;
}

/** By example. */
export const explainedFindings: Readonly<Record<string, readonly Expected[]>> = expectations;

/** A preview of the example with the pack has no error, and reports nothing but what is explained. */
export function assertExplained(example: string, output: string): void {
    const found = reported(output).map(
        ({ level, policy, resource, path }) => `${level} ${policy} ${resource}: ${path}`,
    );
    const explained = explainedFindings[example].map(
        ({ policy, resource, path }) => `advisory ${policy} ${resource}: ${path}`,
    );
    assert.deepEqual(found.sort(), explained.sort(), output);
    assert.equal(countOf(output), explained.length, output);
    assert.match(output, /Policies:/);
}
