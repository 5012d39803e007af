import type { Check } from "../check";

/** Checks of the Ingress. */
export const ingressChecks: readonly Check[] = [];
