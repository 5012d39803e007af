import type { Check } from "../check";

/** Checks of host and license. */
export const hostChecks: readonly Check[] = [];
