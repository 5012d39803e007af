/** What IAM says of the text of policies. */
import { statementsOf, type Statement } from "./policy";

/** IAM counts no white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function documentLength(text: string): number {
    return text.replace(/\s/g, "").length;
}

/** Why IAM does not take the policy of an identity; absent when it does. */
export function malformedIdentityPolicy(text: string, partition: string): string | undefined {
    let statements: Statement[];
    try {
        statements = statementsOf(text, "identity");
    } catch (error) {
        return malformed(error instanceof Error ? error.message : String(error));
    }
    for (const { actions, resources } of statements) {
        if (actions.some((action) => !/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/i.test(action))) {
            return malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        const strange = resources.find(
            (resource) => resource !== "*" && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$/.test(resource),
        );
        if (strange !== undefined) {
            return malformed(`Resource ${strange} must be in ARN format or "*".`);
        }
        const foreign = resources.find(
            (resource) => resource !== "*" && !["*", partition].includes(resource.split(":")[1]),
        );
        if (foreign !== undefined) {
            return malformed(`Partition "${foreign.split(":")[1]}" is not valid for resource "${foreign}".`);
        }
    }
    return undefined;
}

export function malformed(reason: string): string {
    return `MalformedPolicyDocument: ${reason}`;
}
