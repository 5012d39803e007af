import type { Check } from "../check";

/** Checks of Redis. */
export const redisChecks: readonly Check[] = [];
