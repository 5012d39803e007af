import type { Check, CheckInput } from "./check";
import type { Finding } from "./finding";

/** What all checks find, in the order of the table. Silenced checks are left out. */
export function runChecks(
    checks: readonly Check[],
    input: CheckInput,
    silenced: ReadonlySet<string> = new Set(),
): Finding[] {
    return checks
        .filter(({ id }) => !silenced.has(id))
        .flatMap(({ id, level, find }) => Array.from(find(input), (fault) => ({ id, level, ...fault })));
}
