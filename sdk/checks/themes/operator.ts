import type { Check } from "../check";

/** Checks of the operator's release and spec.chart. */
export const operatorChecks: readonly Check[] = [];
