import type { Check } from "../check";

/** Checks of layering and kinds of values. */
export const shapeChecks: readonly Check[] = [];
