import type { Check } from "../check";

/** Checks of CA certificates and service accounts. */
export const certificatesChecks: readonly Check[] = [];
