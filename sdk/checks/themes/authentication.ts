import type { Check } from "../check";

/** Checks of OIDC, sessions and LDAP. */
export const authenticationChecks: readonly Check[] = [];
