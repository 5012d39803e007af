/**
 * IAM is consistent only after some seconds: until then other services do not know a new role, and refuse what names it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 *
 * Whether anybody notices depends on the provider, so each sight says which requests its source repeats.
 */
import type { Sight } from "../model";
import { textOf, valuesAt } from "../values";
import { statementsOf } from "./policy";

/** Key of durations/aws.json. */
export const roleUnseenKey = "iam role, until other services know it";

/** @param paths where ARNs of roles stand among the inputs */
export function roleSight(paths: readonly string[], { unknown, repeated }: Omit<Sight, "arns">): Sight {
    return {
        arns: (inputs) => paths.flatMap((path) => valuesAt(inputs, path)).map((arn) => textOf(arn)),
        unknown,
        repeated,
    };
}

/**
 * Roles in the principals of a policy. All rows with one are repeated at creation and update.
 *
 * @param property where the policy stands
 * @param kind as `statementsOf` has it
 */
export function principalSight(
    property: string,
    unknown: Sight["unknown"],
    kind?: Parameters<typeof statementsOf>[1],
): Sight {
    return {
        arns: (inputs) => {
            try {
                return statementsOf(textOf(inputs[property]), kind).flatMap(({ principals }) => principals);
            } catch {
                // Not a policy: the row itself refuses it.
                return [];
            }
        },
        unknown,
        repeated: ["create", "update"],
    };
}
