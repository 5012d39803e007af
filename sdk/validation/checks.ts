import type { WandbDeploymentArgs } from "../args";
import { Checks } from "../checks";
import { referenceProblems } from "../checks/reference";
import type { Section } from "./section";
import { closest } from "./suggest";
import { given } from "./wording";

const Ids = Checks.map(({ id }) => id);

/** `checks` */
export function checkChecks(args: Section<WandbDeploymentArgs>): void {
    const checks = args.section("checks");
    if (checks === undefined) {
        return;
    }
    for (const { key, path } of checks.texts("silence")) {
        if (!Ids.includes(key)) {
            const meant = closest(key, Ids);
            checks.report(
                path,
                `is not a check ${given(key)}. ${meant === undefined ? "docs/checks.md lists all of them." : `Did you mean \`${meant}\`?`}`,
            );
        }
    }
    const reference = checks.section("reference");
    const rows = reference?.trees("values") ?? [];
    const wrong = rows.every(({ value }) => value !== undefined)
        ? referenceProblems(rows.map(({ value }) => value))
        : [];
    if (reference?.has("values") === true && !reference.pending("values") && wrong.length > 0) {
        checks.report(
            "checks.reference.values",
            `is not a list of values of a chart: ${wrong.join("; ")}. Give one row per value, as docs/checks.md tells.`,
        );
    }
}
