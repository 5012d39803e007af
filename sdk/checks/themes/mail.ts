import type { Check } from "../check";

/** Checks of SMTP. */
export const mailChecks: readonly Check[] = [];
