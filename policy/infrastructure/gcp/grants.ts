import { View } from "pulumi-wandb/checks";
import type { Resource } from "../../resource";
import { texts } from "../settings";

/** A role that somebody is given. */
export interface Grant {
    /** Where it stands who is given it. */
    readonly path: string;
    readonly role: string | undefined;
    /** Those that are known. */
    readonly members: readonly string[];
    /** Whether a condition limits it, or may. */
    readonly conditional: boolean;
}

/**
 * Types of the resources that grant roles on a thing, with one member, all members of a role, or all roles.
 *
 * @param word the provider spells some of them `Iam`
 */
export function grantTypes(module: string, thing = "", word = "IAM"): string[] {
    return ["Member", "Binding", "Policy"].map((kind) => {
        const name = `${thing}${word}${kind}`;
        return `gcp:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
    });
}

/** Types that grant roles on a project, and on what is above it. */
export const ProjectGrantTypes: readonly string[] = ["projects", "folder", "organizations"].flatMap((module) =>
    grantTypes(module),
);

export const AccountGrantTypes: readonly string[] = grantTypes("serviceaccount");

export function grantsOf({ type, properties }: Resource): Grant[] {
    if (type.endsWith("Policy")) {
        const policy = properties.at("policyData");
        return documentOf(policy).at("bindings").items.map(grantOf);
    }
    return [grantOf(properties)];
}

function grantOf(binding: View): Grant {
    const one = binding.at("member");
    const members = one.given ? one : binding.at("members");
    return {
        path: members.path,
        role: binding.at("role").text,
        members: texts(members),
        conditional: binding.at("condition").filled,
    };
}

function documentOf(policy: View): View {
    try {
        return new View(policy.path, policy.text === undefined ? undefined : JSON.parse(policy.text));
    } catch {
        // What Google would refuse anyway.
        return new View(policy.path, undefined);
    }
}
