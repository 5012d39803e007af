import assert from "node:assert/strict";
import type { Problem } from "../../sdk/errors";
import { validate } from "../../sdk/validate";
import type { ArgumentTree, BadArguments } from "./bad-arguments";

/** What validation finds without a Kubernetes provider. */
export function problemsOf(args: unknown, name = "wandb"): Problem[] {
    return validate(name, args as never, { hasKubernetesProvider: false });
}

function shown(problems: readonly Problem[]): string {
    return problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("\n");
}

/** Plants the mistakes of all rows into valid arguments, and expects each to be found once and nothing else. */
export function assertFindsAll(args: ArgumentTree, rows: readonly BadArguments[]): void {
    rows.forEach(({ change }) => change(args));
    const problems = problemsOf(args);
    const names = rows.map(({ name }) => name).join(" + ");
    for (const { path, mustSay } of rows) {
        const found = problems.filter(({ propertyPath, reason }) => propertyPath === path && mustSay.test(reason));
        assert.equal(found.length, 1, `${names}: ${path} ${String(mustSay)} in\n${shown(problems)}`);
    }
    assert.equal(problems.length, rows.length, `${names}:\n${shown(problems)}`);
}
