import type { Check } from "../check";

/** Checks of the object store. */
export const bucketChecks: readonly Check[] = [];
