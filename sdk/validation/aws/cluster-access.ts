import type { AwsAccessEntryArgs, AwsClusterArgs } from "../../aws/args/cluster";
import { refuseRepetition } from "../lists";
import type { Section } from "../section";
import { dnsLabel } from "../syntax";
import { given } from "../wording";
import { wrongPrincipal } from "./rules";

/** Full rights over the cluster. */
const AdminPolicy = "AmazonEKSClusterAdminPolicy";

/** `aws.cluster.accessEntries`, and whether anybody may enter at all. */
export function checkAccessEntries(cluster: Section<AwsClusterArgs>): void {
    const entries = cluster.sections("accessEntries");
    const seen = new Map<string, string>();
    for (const { key, path, value: entry } of entries) {
        const wrong = dnsLabel(key);
        if (wrong !== undefined) {
            cluster.report(path, `has a key that becomes part of a name, and it ${wrong}`);
        }
        if (entry !== undefined) {
            checkEntry(path, entry);
            checkTwice(entry, path, seen);
        }
    }
    const admin = entries.some(
        ({ value }) =>
            value === undefined ||
            value.pending("policies") ||
            ((!value.has("namespaces") || value.pending("namespaces")) &&
                value.texts("policies").some((policy) => policy.value === undefined || policy.value === AdminPolicy)),
    );
    if (cluster.flag("creatorAdmin") === false && !admin && !cluster.pending("accessEntries")) {
        cluster.refuse(
            "creatorAdmin",
            `is false, and no access entry has ${AdminPolicy}: nobody could install anything. Add to \`aws.cluster.accessEntries\` whoever runs \`pulumi up\`, or leave it out.`,
        );
    }
}

function checkTwice(entry: Section<AwsAccessEntryArgs>, path: string, seen: Map<string, string>): void {
    const arn = entry.text("principalArn");
    if (arn === undefined) {
        return;
    }
    const first = seen.get(arn);
    if (first === undefined) {
        seen.set(arn, path);
    } else {
        entry.refuse(
            "principalArn",
            `is that of \`${first}\` too ${given(arn)}, but EKS takes one entry for each. Join them.`,
        );
    }
}

function checkEntry(path: string, entry: Section<AwsAccessEntryArgs>): void {
    entry.check("principalArn", wrongEntryPrincipal);
    entry.check("username", wrongUsername);
    checkList(entry, "groups", wrongGroup);
    checkList(entry, "policies", wrongPolicy);
    checkList(entry, "namespaces", wrongNamespace);
    const policies = entry.pending("policies") || entry.texts("policies").length > 0;
    const groups = entry.pending("groups") || entry.texts("groups").length > 0;
    if (!policies && !groups) {
        entry.report(
            path,
            `has neither \`policies\` nor \`groups\`, so it gives no rights. Give for example policies: [${AdminPolicy}].`,
        );
    }
    if (entry.has("namespaces") && !entry.pending("namespaces")) {
        if (entry.texts("namespaces").length === 0) {
            entry.refuse("namespaces", "is empty. Name namespaces, or leave it out for the whole cluster.");
        } else if (!policies) {
            entry.refuse("namespaces", "has no effect without `policies`, which it limits. Leave it out.");
        }
    }
}

type ListKey = "groups" | "policies" | "namespaces";

function checkList(
    entry: Section<AwsAccessEntryArgs>,
    key: ListKey,
    check: (value: string) => string | undefined,
): void {
    const members = entry.texts(key);
    members.forEach((member) => entry.checkEntry(member, check));
    refuseRepetition(entry, members);
}

/** https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
function wrongEntryPrincipal(arn: string): string | undefined {
    if (arn === "*" || arn.endsWith(":root")) {
        return `is not one role or user ${given(arn)}. Give for example arn:aws:iam::123456789012:role/admin.`;
    }
    if (/:role\/aws-service-role\//.test(arn)) {
        return `is a service-linked role ${given(arn)}, which EKS does not take. Give another role or user.`;
    }
    return wrongPrincipal(arn);
}

const ReservedStart = /^(system|eks|aws|amazon|iam):/;

function wrongGroup(group: string): string | undefined {
    return ReservedStart.test(group)
        ? `begins as EKS's own groups do ${given(group)}. Use a group of your own, or \`policies\`: ${AdminPolicy} gives what system:masters would.`
        : undefined;
}

function wrongUsername(username: string): string | undefined {
    if (ReservedStart.test(username)) {
        return `begins with system:, eks:, aws:, amazon: or iam: ${given(username)}, which EKS keeps for itself. Choose another name, or leave it out.`;
    }
    return /^[^:]*\{\{SessionName(Raw)?\}\}/.test(username)
        ? `has no colon before the name of the session ${given(username)}. Give for example admin:{{SessionName}}.`
        : undefined;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
function wrongPolicy(policy: string): string | undefined {
    const [, name] = /:cluster-access-policy\/(\w+)$/.exec(policy) ?? [];
    if (name !== undefined) {
        return `is an ARN ${given(policy)}. Give the name alone, ${name}: the partition is that of the provider.`;
    }
    return /^Amazon[A-Za-z0-9]+Policy$/.test(policy)
        ? undefined
        : `is not the name of an EKS access policy ${given(policy)}. Give for example ${AdminPolicy} or AmazonEKSViewPolicy.`;
}

function wrongNamespace(namespace: string): string | undefined {
    return /^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/.test(namespace)
        ? undefined
        : `is not a namespace ${given(namespace)}. Use lower-case letters, digits and hyphens; * may stand for any.`;
}
