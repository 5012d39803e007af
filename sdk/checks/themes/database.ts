import type { Check } from "../check";

/** Checks of MySQL. */
export const databaseChecks: readonly Check[] = [];
