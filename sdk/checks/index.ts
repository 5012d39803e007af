import type { Check } from "./check";
import { authenticationChecks } from "./themes/authentication";
import { bucketChecks } from "./themes/bucket";
import { certificatesChecks } from "./themes/certificates";
import { databaseChecks } from "./themes/database";
import { hostChecks } from "./themes/host";
import { ingressChecks } from "./themes/ingress";
import { mailChecks } from "./themes/mail";
import { operatorChecks } from "./themes/operator";
import { redisChecks } from "./themes/redis";
import { shapeChecks } from "./themes/shape";
import { sizingChecks } from "./themes/sizing";

export type { Check, CheckContext, CheckInput, DatabaseContext, OperatorInput } from "./check";
export { type CheckLevel, type Finding, findingText } from "./finding";
export { type ChartReference, chartReference, type ChartValue, knownReference } from "./reference";
export { runChecks } from "./run";
export { Unknown, View } from "./view";

/** Every check, in the order of the documentation. */
export const Checks: readonly Check[] = [
    ...shapeChecks,
    ...operatorChecks,
    ...hostChecks,
    ...ingressChecks,
    ...bucketChecks,
    ...databaseChecks,
    ...redisChecks,
    ...mailChecks,
    ...authenticationChecks,
    ...certificatesChecks,
    ...sizingChecks,
];
