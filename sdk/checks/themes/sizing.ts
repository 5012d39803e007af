import type { Check } from "../check";

/** Checks of sizes, pairs of switches, environment variables and the cluster. */
export const sizingChecks: readonly Check[] = [];
