import { AccessEntry, AccessPolicyAssociation } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { AwsAccessEntryArgs } from "../args/cluster";
import type { AwsScope } from "../scope";

/** Lets IAM roles and users into the cluster. What they may do is in force once all that is given back is there. */
export function createAccessEntries(
    scope: AwsScope,
    clusterName: pulumi.Output<string>,
    entries: Readonly<Record<string, AwsAccessEntryArgs>>,
): pulumi.Resource[] {
    return Object.entries(entries).flatMap(([word, args]) => createEntry(scope, clusterName, word, args));
}

function createEntry(
    { name, parent, partition, tags }: AwsScope,
    clusterName: pulumi.Output<string>,
    word: string,
    { principalArn, groups, username, policies = [], namespaces }: AwsAccessEntryArgs,
): pulumi.Resource[] {
    const logicalName = `${name}-access-${word}`;
    const entry = new AccessEntry(
        logicalName,
        // Only this type takes groups and policies.
        { clusterName, principalArn, kubernetesGroups: groups, userName: username, type: "STANDARD", tags },
        { parent },
    );
    const accessScope = namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces };
    const associations = policies.map(
        (policy) =>
            new AccessPolicyAssociation(
                `${logicalName}-${policy}`,
                {
                    clusterName,
                    // By the entry, which has to be there first.
                    principalArn: entry.principalArn,
                    policyArn: pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/${policy}`,
                    accessScope,
                },
                // EKS has one of these for each entry: the deletion of the old one would take the new one away.
                { parent, deleteBeforeReplace: true },
            ),
    );
    return [entry, ...associations];
}
