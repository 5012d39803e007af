import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import type { Problem } from "../../sdk/errors";
import { readKinds } from "../../sdk/validation/kinds";
import { Section } from "../../sdk/validation/section";
import { DeploymentShape } from "../../sdk/validation/shapes";

type Rule = (args: Section<WandbDeploymentArgs>) => void;

/** What a rule finds in arguments, as `path: reason`, together with what is wrong with their kinds. */
export function problemsOf(rule: Rule, args: object): string[] {
    const found: Problem[] = [];
    const known = readKinds({ host: "wandb.example.com", ...args }, DeploymentShape, "", found);
    assert.ok(known instanceof Map);
    rule(new Section<WandbDeploymentArgs>("", known, found));
    return found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
}

/** Checks a table: what is found must be exactly these, in this order. */
export function assertFinds(rule: Rule, args: object, expected: readonly RegExp[]): void {
    const found = problemsOf(rule, args);
    assert.equal(found.length, expected.length, found.join("\n"));
    expected.forEach((pattern, index) => assert.match(found[index], pattern));
    // Each says what is wrong and what to do.
    found.forEach((text) => assert.match(text, /\. [A-Z].*[.@-]$/));
}
