/** All members of one role in the policy of one thing (`...IAMBinding`): the resource says who they are, and others go. */
import type { ResourceModel } from "../model";
import type { PropertyMap } from "../values";

/**
 * The binding that goes with a kind of member. A change of its members is made in place; who it is of is in its id.
 *
 * https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket_iam
 */
export function bindingOf(one: ResourceModel, token: string): ResourceModel {
    const { member, ...inputs } = one.inputs;
    return {
        ...one,
        token,
        inputs: { ...inputs, members: { type: "array", required: true, items: { ...member, required: undefined } } },
        replaceOn: Object.keys(inputs),
        validate: (given, ...rest) => each(given).flatMap((single) => one.validate?.(single, ...rest) ?? []),
        refuse: (given, context) =>
            each(given)
                .map((single) => one.refuse?.(single, context))
                .find((reason) => reason !== undefined),
        id: ({ members: _, ...given }, context) =>
            // The member has a part of its own in the id of a single one.
            (one.id?.({ ...given, member: "" }, context) ?? "").replace(/\/(?=\/|$)/, ""),
    };
}

/** The same inputs for each member. */
function each({ members, ...given }: PropertyMap): PropertyMap[] {
    return Array.isArray(members) ? members.map((member) => ({ ...given, member })) : [];
}
